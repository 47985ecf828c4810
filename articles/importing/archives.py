"""Import a whole archive: read and extracted by any number of processes, written by one, in batches.

A run is registered once, in parts: some small files, or one large one. Each batch of stories is one transaction, which
also counts them to their part. Whatever ends the program between two batches, or within one, whoever goes on begins
just behind the last story that was written. In which order stories are written, and with which in one transaction, does
not depend on the number of processes.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.documents.formats import FORMATS, SHARED
from articles.documents.reading import find_documents
from articles.editing.trying import trying_again
from articles.importing.extracting import Item
from articles.importing.options import ImportOptions
from articles.importing.preparing import Task, is_large
from articles.importing.reports import Report
from articles.importing.service import import_batch
from articles.models import ArchivePart, ArchiveRun

STORIES_AT_ONCE = 50
# A part holds so many small files, and so many bytes.
FILES_IN_A_PART = 50
BYTES_IN_A_PART = 2_000_000
# Files of these formats hold any number of stories, however small they are.
OF_MANY = ("wordpress", "ghost", "jsonl", "mbox", "zip", "tar", "gzip")
SUFFIXES_OF_MANY = frozenset(suffix for name in OF_MANY for suffix in FORMATS[name].suffixes) - SHARED


class AnotherIsAtIt(Exception):
    """Somebody else wrote stories of this part meanwhile."""


@dataclass(frozen=True, slots=True)
class Written:
    """A batch that is in the database; `bytes` of the archive are done with it."""

    part: int
    start: int
    reports: list[Report]
    bytes: int = 0


# Does tasks in their order: `in_this_process`, or `Processes` with some of their own.
Preparing = Callable[[Iterator[Task]], Iterator[tuple[Task, list[Item]]]]
# What is told the number of a part, the number of its first story there, and the reports, before they are committed.
Note = Callable[[int, int, list[Report]], None]


# Registering.


def register(
    sources: Sequence[Path],
    options: ImportOptions,
    *,
    user: User | None = None,
    is_enqueued: bool = False,
    stories_at_once: int = STORIES_AT_ONCE,
) -> ArchiveRun:
    """Write down what there is to import, in one transaction.

    Raises:
        UnreadableDocument: a path does not exist, or a folder may not be read.
    """
    with transaction.atomic():
        run = ArchiveRun.objects.create(
            sources=[str(path) for path in sources],
            options=written_options(options),
            stories_at_once=stories_at_once,
            is_enqueued=is_enqueued,
            user=user,
        )
        parts = enumerate(_parts_of(find_documents(sources)), start=1)
        while some := [
            ArchivePart(run=run, number=number, files=files, size=size) for number, (files, size) in islice(parts, 500)
        ]:
            ArchivePart.objects.bulk_create(some)
    return run


def _parts_of(paths: Iterable[Path]) -> Iterator[tuple[list[str], int]]:
    """Files that go together, in their order, with their bytes: a large one is alone."""
    files: list[str] = []
    total = 0
    for path in paths:
        size = path.stat().st_size if path.exists() else 0
        is_alone = size > BYTES_IN_A_PART or path.suffix.lower() in SUFFIXES_OF_MANY
        if files and (is_alone or len(files) == FILES_IN_A_PART or total + size > BYTES_IN_A_PART):
            yield files, total
            files, total = [], 0
        files.append(str(path))
        total += size
        if is_alone:
            yield files, total
            files, total = [], 0
    if files:
        yield files, total


def unfinished_run(sources: Sequence[Path], options: ImportOptions, *, is_enqueued: bool = False) -> ArchiveRun | None:
    """The last run of the same sources with the same options, unless it was ended; of workers or of a command."""
    same = ArchiveRun.objects.unfinished().filter(sources=[str(path) for path in sources], is_enqueued=is_enqueued)
    # SQLite would compare them as text, in which PostgreSQL, where a backup may come from, has another order.
    asked = written_options(options)
    return next((run for run in same.order_by("-pk") if run.options == asked), None)


def written_options(options: ImportOptions) -> dict[str, Any]:
    said = dataclasses.asdict(options)
    return {**said, "tags": list(options.tags), "date": options.date.isoformat() if options.date else None}


def options_of(run: ArchiveRun) -> ImportOptions:
    said = dict(run.options)
    day = said["date"]
    return ImportOptions(
        **{**said, "tags": tuple(said["tags"]), "date": date.fromisoformat(day) if day else None, "is_brief": True}
    )


# Carrying out.


def carry_out(
    run: ArchiveRun,
    prepared: Callable[[Iterator[Task]], Iterator[tuple[Task, list[Item]]]],
    *,
    note: Note | None = None,
) -> Iterator[Written]:
    """Write what is left of a run, in order; one that is done already has nothing left.

    Args:
        run: registered.
        prepared: reads and extracts.
        note: see `Note`; what it raises takes the batch back.

    Raises:
        DatabaseError: the database cannot be used, although it was tried again; what was written stays.
    """
    for task, items in prepared(_tasks(run, _waiting(run))):
        yield from write(run, task, items, note=note)
    end(run)


def carry_out_part(run: ArchiveRun, part: ArchivePart) -> Iterator[Written]:
    """Write what is left of one part, as a worker does that has others beside it.

    Raises:
        AnotherIsAtIt: somebody else wrote stories of it meanwhile.
    """
    for task in _tasks(run, [part] if not part.is_done else []):
        yield from write(run, task, task.items())
    end(run)


def end(run: ArchiveRun) -> None:
    """Write down that a run has ended, if it has."""
    if not run.parts.filter(is_done=False).exists():
        ArchiveRun.objects.filter(pk=run.pk, ended=None).update(ended=timezone.now())


def _waiting(run: ArchiveRun) -> Iterator[ArchivePart]:
    """The parts that are not done, in order; no cursor stays open while others are written."""
    last = 0
    while portion := list(run.parts.filter(is_done=False, number__gt=last).order_by("number")[:100]):
        yield from portion
        last = portion[-1].number


def _tasks(run: ArchiveRun, parts: Iterable[ArchivePart]) -> Iterator[Task]:
    """What is to be read and extracted: a part of small files whole, of a large one a batch after the other."""
    options = options_of(run)
    for part in parts:
        task = Task(part.pk, part.stories, options, files=tuple(part.files), is_last=True)
        if is_large(part.size, len(part.files)) or Path(part.files[0]).suffix.lower() in SUFFIXES_OF_MANY:
            yield from task.in_batches(run.stories_at_once)
        else:
            yield task


def write(run: ArchiveRun, task: Task, items: Sequence[Item], *, note: Note | None = None) -> Iterator[Written]:
    """Write the stories of a task, batch by batch.

    Raises:
        AnotherIsAtIt: they are not the next ones of their part any more.
    """
    size = run.stories_at_once
    for first in range(0, max(len(items), 1), size):
        some = items[first : first + size]
        is_last = task.is_last and first + size >= len(items)
        yield trying_again(lambda: _write_batch(task, first, some, is_last=is_last, note=note))  # noqa: B023


def _write_batch(task: Task, first: int, items: Sequence[Item], *, is_last: bool, note: Note | None) -> Written:
    start = task.start + first
    with transaction.atomic():
        # Held until the end: a job that was taken over from a worker thought dead is not done twice.
        part = ArchivePart.objects.select_for_update().get(pk=task.part)
        if part.is_done or part.stories != start:
            raise AnotherIsAtIt(str(part))
        reports = import_batch(items, task.options)
        for status, number in Counter(report["status"] for report in reports).items():
            setattr(part, status, getattr(part, status) + number)
        part.stories += len(reports)
        part.is_done, part.written = is_last, timezone.now()
        part.save()
        if note:
            note(part.number, start, reports)
    return Written(part.number, start, reports, part.size if is_last else 0)


def in_this_process(tasks: Iterator[Task]) -> Iterator[tuple[Task, list[Item]]]:
    return ((task, task.items()) for task in tasks)
