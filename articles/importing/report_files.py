"""The report of an archive's import as a file: JSON lines, the run first, then each story.

Lines of a batch are written just before it is committed. Those of one that never was are cut off by whoever goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from articles.documents.errors import BrokenDocument, UnreadableDocument
from articles.importing.reports import Report
from articles.models import ArchivePart, ArchiveRun

COUNTED = ("people", "organisations", "locations", "quotes")


@dataclass(slots=True)
class ReportFile:
    """Open for writing behind the `end` of what is certain."""

    file: IO[bytes]
    end: int = 0

    def note(self, part: int, start: int, reports: list[Report]) -> None:
        """Write the lines of a batch in place of those that were written last and never certain."""
        self.file.seek(self.end)
        self.file.truncate()
        for number, report in enumerate(reports, start=start):
            self.file.write(_bytes(line_of(report, part=part, story=number)))
        self.file.flush()

    def is_certain(self) -> None:
        self.end = self.file.tell()


def line_of(report: Report, *, part: int, story: int) -> dict[str, Any]:
    """What the file says of a story: what became of it, and how many names and quotations were found."""
    said = {name: report[name] for name in ("source", "status", "error", "slug", "headline", "warnings")}
    counts = {name: len(report[name]) for name in COUNTED}  # type: ignore[literal-required]
    return {"part": part, "story": story, **said, **counts}


@contextmanager
def new_report(path: Path, run: ArchiveRun) -> Iterator[ReportFile]:
    """A report that begins.

    Raises:
        UnreadableDocument: the file is there already, or cannot be written.
    """
    try:
        file = path.open("xb")
    except FileExistsError:
        raise UnreadableDocument(str(path), "the file is there already; --resume goes on with a report") from None
    except OSError as error:
        raise UnreadableDocument(str(path), f"the file cannot be written: {error.strerror}") from error
    with file:
        file.write(_bytes({"run": run.pk, "sources": run.sources}))
        file.flush()
        yield ReportFile(file, file.tell())


def run_of(path: Path) -> ArchiveRun:
    """The run that a report is of.

    Raises:
        UnreadableDocument: the file cannot be read.
        BrokenDocument: it is no report, or the database has no such run.
    """
    try:
        with path.open("rb") as file:
            said = _parsed(file.readline(100_000))
    except OSError as error:
        raise UnreadableDocument(str(path), f"the file cannot be read: {error.strerror}") from error
    if not isinstance(said.get("run"), int):
        raise BrokenDocument(str(path), "its first line names no run; expected a report that --report wrote")
    run = ArchiveRun.objects.filter(pk=said["run"], sources=said.get("sources")).first()
    if run is None:
        raise BrokenDocument(str(path), f"the database has no run {said['run']} of these sources; begin a new one")
    return run


@contextmanager
def resumed_report(path: Path, run: ArchiveRun) -> Iterator[ReportFile]:
    """The report of a run that goes on, with the lines of those stories alone that are written.

    Raises:
        UnreadableDocument: the file cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        with path.open("rb") as old, new.open("wb") as kept:
            kept.write(old.readline())
            for line in _certain(old, run):
                kept.write(line)
        os.replace(new, path)
        file = path.open("r+b")
    except OSError as error:
        raise UnreadableDocument(str(path), f"the file cannot be written: {error.strerror}") from error
    with file:
        file.seek(0, os.SEEK_END)
        yield ReportFile(file, file.tell())


def _certain(lines: IO[bytes], run: ArchiveRun) -> Iterator[bytes]:
    number, stories = 0, 0
    for line in lines:
        said = _parsed(line)
        if said.get("part") != number:
            number = said.get("part", 0)
            stories = run.parts.filter(number=number).values_list("stories", flat=True).first() or 0
        if line.endswith(b"\n") and said.get("story", stories) < stories:
            yield line


def try_failed_again(run: ArchiveRun) -> int:
    """Have the parts of a run read again in which a story failed; returns how many."""
    parts = ArchivePart.objects.filter(run=run, failed__gt=0)
    number = parts.update(stories=0, created=0, updated=0, unchanged=0, failed=0, is_done=False)
    if number:
        ArchiveRun.objects.filter(pk=run.pk).update(ended=None)
    return number


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
