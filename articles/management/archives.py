"""Carry out the import of an archive before somebody's eyes: how far it is, and in the end what became of it."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError
from django.db.models import Sum
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from articles.documents.errors import DocumentError
from articles.importing.archives import AnotherIsAtIt, Written, carry_out, in_this_process
from articles.importing.preparing import processes
from articles.importing.report_files import ReportFile, new_report, resumed_report
from articles.models import ArchiveRun

GOES_ON = "What was written stays; the same command goes on with the rest."
# So many failures are told by name; the log of imports and a report have them all.
MOST_TOLD = 20


class Rate(ProgressColumn):
    """Stories a second since this process began."""

    def render(self, task: Task) -> Text:
        stories, seconds = task.fields["stories"], task.elapsed or 0
        return Text(f"{stories:,} stories, {stories / seconds:.1f} a second" if seconds else "")


def run_before_eyes(
    run: ArchiveRun, *, workers: int, report: Path | None, is_resumed: bool, stdout: Any, verbosity: int
) -> None:
    """Write what is left of a run with so many processes beside this one, or with none for 1.

    Raises:
        CommandError: it did not come to its end, or some stories failed.
    """
    failures: list[str] = []
    with ExitStack() as stack:
        lines = stack.enter_context(_opened(report, run, is_resumed)) if report else None
        prepared = stack.enter_context(processes(workers)) if workers > 1 else in_this_process
        stack.enter_context(_interrupted_by(signal.SIGTERM))
        try:
            written = carry_out(run, prepared, note=lines.note if lines else None)
            for batch in _shown(written, run):
                if lines:
                    lines.is_certain()
                failures += [each["error"] or "" for each in batch.reports if each["status"] == "failed"][:MOST_TOLD]
        except KeyboardInterrupt:
            raise CommandError(f"stopped. {GOES_ON}", returncode=130) from None
        except BrokenProcessPool:
            raise CommandError(
                f"a process that reads stories was ended from outside, for want of memory perhaps. {GOES_ON}"
            ) from None
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(f"the database cannot be used: {str(error).strip()}. {GOES_ON}") from error
        except AnotherIsAtIt:
            raise CommandError("another process imports the same archive; this one leaves it to it") from None
        except OSError as error:
            raise CommandError(f"{error.strerror or error}. {GOES_ON}") from error
    say_totals(run, failures, stdout, verbosity)


@contextmanager
def _opened(path: Path, run: ArchiveRun, is_resumed: bool) -> Iterator[ReportFile]:
    with ExitStack() as stack:
        try:
            file = stack.enter_context(resumed_report(path, run) if is_resumed else new_report(path, run))
        except DocumentError as error:
            raise CommandError(str(error)) from error
        yield file


def _shown(written: Iterator[Written], run: ArchiveRun) -> Iterator[Written]:
    """The same, with a bar on a terminal: how much of the archive is done, how fast, and how long the rest takes."""
    if not sys.stderr.isatty():
        yield from written
        return
    left = run.parts.filter(is_done=False).aggregate(total=Sum("size", default=0))["total"]
    columns = (TextColumn("Importing"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), Rate())
    with Progress(*columns, TimeRemainingColumn(elapsed_when_finished=True), console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=left or None, stories=0)
        stories = 0
        for batch in written:
            stories += len(batch.reports)
            progress.update(bar, advance=batch.bytes, stories=stories)
            yield batch


def say_totals(run: ArchiveRun, failures: list[str], stdout: Any, verbosity: int) -> None:
    counts: Counter[str] = Counter(
        run.parts.aggregate(**{each: Sum(each, default=0) for each in ("created", "updated", "unchanged", "failed")})
    )
    if verbosity > 0:
        for failure in failures[:MOST_TOLD]:
            stdout.write(f"failed     {failure}")
        said = ", ".join(f"{counts[each]:,} {each}" for each in ("created", "updated", "unchanged", "failed"))
        stdout.write(f"{counts.total():,} {'story' if counts.total() == 1 else 'stories'}: {said}")
    if counts["failed"]:
        first = failures[0] if failures else "the log of imports says why"
        raise CommandError(f"{counts['failed']:,} of {counts.total():,} stories failed: {first}")


@contextmanager
def _interrupted_by(number: signal.Signals) -> Iterator[None]:
    """A signal ends the work as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(number, interrupt)
    except ValueError:  # another thread than the first cannot, and is not asked
        with nullcontext():
            yield
        return
    try:
        yield
    finally:
        signal.signal(number, before)
