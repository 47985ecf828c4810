"""Half an hour of a newsroom at work, and what it costs and leaves behind.

    python -m tests.benchmarks.soak [--database sqlite|postgresql] [--minutes N] [--articles N] [--rate N]

Readers ask for pages at a steady rate, two editors save articles through the admin's own forms, and stories are
imported by `manage.py import_article`, all at once. Printed each minute: pages, errors, private memory of each worker.
At the end: how much memory a worker gained an hour, and whether all records, counts and files agree, no import was
lost or doubled, and each article says what was saved last.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import defaultdict

import numpy as np

from tests.benchmarks import running

EDITED = 20  # articles of each editor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--articles", type=int, default=2_000, metavar="N")
    parser.add_argument("--rate", type=float, default=20, metavar="N", help="readers' requests a second")
    parser.add_argument("--pause", type=float, default=3, help="seconds between two saves, and between two imports")
    parser.add_argument("--port", type=int, default=8766)
    options = parser.parse_args()
    with running.site(database=options.database, articles=options.articles, port=options.port) as new:
        sys.exit(soak(new, options))


def soak(new: running.Site, options: argparse.Namespace) -> int:
    readers, editors, stop = running.Tally(), running.Tally(), threading.Event()
    imported: list[int] = []
    failed: list[int] = []
    saved: list[dict[int, str]] = [{}, {}]
    memory: dict[int, list[tuple[float, float]]] = defaultdict(list)
    with new.served() as gunicorn:
        threads = [
            threading.Thread(
                target=running.read_on, args=(new, readers, stop), kwargs={"rate": options.rate / 4, "seed": each}
            )
            for each in range(4)
        ]
        for at, name in enumerate(running.EDITORS):
            own = list(range(1 + at * EDITED, 1 + (at + 1) * EDITED))
            arguments = (new, name, own, saved[at], editors, stop)
            threads.append(threading.Thread(target=running.edit_on, args=arguments, kwargs={"pause": options.pause}))
        imports = {"first": 1, "pause": options.pause}
        threads.append(threading.Thread(target=running.import_on, args=(new, imported, failed, stop), kwargs=imports))
        started = time.monotonic()
        for thread in threads:
            thread.start()
        while (elapsed := time.monotonic() - started) < options.minutes * 60:
            if stop.wait(min(60.0, options.minutes * 60 - elapsed)):
                break
            elapsed = time.monotonic() - started
            for pid in running.workers_of(gunicorn):
                memory[pid].append((elapsed, running.megabytes(pid)))
            tell(elapsed, readers, editors, imported, failed, memory)
        stop.set()
        for thread in threads:
            thread.join()
    return report(new, readers, editors, imported, failed, saved, memory)


def tell(elapsed, readers, editors, imported, failed, memory) -> None:  # type: ignore[no-untyped-def]
    held = ", ".join(f"{size:.0f} MB" for at, size in (values[-1] for values in memory.values()) if at == elapsed)
    print(
        f"{elapsed / 60:5.1f} min: {sum(readers.answers.values()):,} pages, {editors.answers['saved']} saved, "
        f"{len(imported)} imported; errors {readers.bad() | editors.bad()}, {len(failed)} imports failed; "
        f"workers {held}",
        flush=True,
    )


def report(new, readers, editors, imported, failed, saved, memory) -> int:  # type: ignore[no-untyped-def]
    for who, tally in (("readers", readers), ("editors", editors)):
        half, most = tally.within(0.5), tally.within(0.99)
        print(f"{who}: {dict(tally.answers)}, half within {half:.0f} ms, 99 % within {most:.0f} ms")
        for what in tally.bad():
            print(f"  {what}: {tally.examples[what]}")
    print(f"imports: {len(imported)}, {len(failed)} failed")
    for pid, values in memory.items():
        later = values[len(values) // 3 :]
        slope = np.polyfit([at / 3600 for at, _ in later], [size for _, size in later], 1)[0] if len(later) > 2 else 0
        print(f"worker {pid}: {values[0][1]:.0f} MB at first, {values[-1][1]:.0f} MB at last, {slope:+.1f} MB an hour")
    wrong = running.faults_of(new, imported=imported, saved=saved[0] | saved[1])
    for each in wrong:
        print(f"WRONG: {each}")
    print("Nothing was lost, doubled or at odds." if not wrong else f"{len(wrong)} things are wrong")
    return bool(wrong or readers.bad() or editors.bad() or failed)


if __name__ == "__main__":
    main()
