"""What goes wrong around a newsroom, done to it on purpose; whether it is whole afterwards.

    python -m tests.benchmarks.faults [NAME ...] [--database sqlite|postgresql] [--articles N]

A made-up newsroom, one for each database, is served by gunicorn:

    database  PostgreSQL is killed (SIGKILL) while readers read and stories are imported, and started again
    worker    a worker of gunicorn is killed while readers read
    disk      the disk is full while stories are imported and a backup is written (as root: it is a small tmpfs)
    clock     the clock jumps an hour forward and three back while editors save and stories are due
    two       two programs beside each other publish and withdraw the same article
    crowd     a thousand readers at the same time

`--seconds` says how long each of the last three goes on.

Printed: what happened, and whatever is wrong at the end.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks import running, troubles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--articles", type=int, default=200, metavar="N")
    parser.add_argument("--port", type=int, default=8767)
    parser.add_argument("--seconds", type=float, default=troubles.SECONDS, metavar="N")
    options = parser.parse_args()
    troubles.SECONDS = options.seconds
    kinds: dict[str, list[str]] = {}
    for name in options.names or FAULTS:
        kinds.setdefault("postgresql" if name == "database" else options.database, []).append(name)
    number = 0
    for kind, names in kinds.items():
        with running.site(database=kind, articles=options.articles, port=options.port) as new:
            number += sum(len(do(name, kind, new)) for name in names)
    sys.exit(number > 0)


def do(name: str, kind: str, new: running.Site) -> list[str]:
    print(f"{name} ({kind})", flush=True)
    wrong = FAULTS[name](replace(new, environment=dict(new.environment)))
    for each in wrong:
        print(f"  WRONG: {each}")
    print("  whole" if not wrong else f"  {len(wrong)} things are wrong", flush=True)
    return wrong


def database_killed(new: running.Site) -> list[str]:
    readers, stop, done, failed = running.Tally(), threading.Event(), [], []
    with new.served(NEWSROOM_PAGE_FILES="", NEWSROOM_KEEP_PARTS="0"):
        threads = [
            threading.Thread(target=running.read_on, args=(new, readers, stop), kwargs={"rate": 3, "seed": 1}),
            threading.Thread(
                target=running.import_on, args=(new, done, failed, stop), kwargs={"first": 1, "pause": 0.5}
            ),
        ]
        for thread in threads:
            thread.start()
        time.sleep(20)
        postmaster = int((new.folder / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGKILL)
        time.sleep(3)
        new.database.ensure_postgres_running()
        seconds = new.wait()
        time.sleep(15)
        stop.set()
        for thread in threads:
            thread.join()
        print(f"  pages came again {seconds:.1f} s after the database; readers {dict(readers.answers)}")
        print(f"  {len(done)} imports, {len(failed)} failed while it was away and are repeated")
        later = running.Tally()
        running_for(new, later, seconds=5)
        again = [number for number in failed if not new.import_story(number)]
        wrong = [f"story {number} cannot be imported" for number in again]
        wrong += [f"after that: {later.bad()}"] if later.bad() else []
    return wrong + running.faults_of(new, imported=[*done, *failed], saved={})


def worker_killed(new: running.Site) -> list[str]:
    readers, stop = running.Tally(), threading.Event()
    with new.served() as gunicorn:
        thread = threading.Thread(target=running.read_on, args=(new, readers, stop), kwargs={"rate": 10, "seed": 1})
        thread.start()
        time.sleep(5)
        killed = running.workers_of(gunicorn)[0]
        os.kill(killed, signal.SIGKILL)
        started = time.monotonic()
        while (killed in (now := running.workers_of(gunicorn)) or len(now) < 2) and time.monotonic() - started < 30:
            time.sleep(0.1)
        print(f"  another worker after {time.monotonic() - started:.1f} s")
        time.sleep(10)
        stop.set()
        thread.join()
    print(f"  readers {dict(readers.answers)}")
    lost = sum(readers.bad().values())
    wrong = [f"{lost} readers had no answer: {readers.bad()}"] if lost > 1 else []  # the one that it was answering
    return wrong + running.faults_of(new, imported=[], saved={})


def running_for(new: running.Site, tally: running.Tally, *, seconds: float) -> None:
    stop = threading.Event()
    threading.Timer(seconds, stop.set).start()
    running.read_on(new, tally, stop, rate=10, seed=2)


FAULTS: dict[str, Callable[[running.Site], list[str]]] = {
    "database": database_killed,
    "worker": worker_killed,
    "disk": troubles.disk_full,
    "clock": troubles.clock_jumps,
    "two": troubles.two_at_once,
    "crowd": troubles.crowd,
}


if __name__ == "__main__":
    main()
