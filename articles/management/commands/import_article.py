"""Import stories from files, folders, addresses of the web or standard input."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from articles.documents.errors import DocumentError
from articles.documents.reading import find_documents, open_document
from articles.extraction.pipeline import NOTHING_EXTRACTED
from articles.importing.options import ImportOptions
from articles.importing.reports import STATUSES, Report
from articles.importing.service import LEFT_UNPUBLISHED, import_address, import_file, refuse_document
from articles.management.arguments import add_import_arguments, import_options, positive

STANDARD_INPUT = "-"
ADDRESSES = ("http://", "https://")
WIDTH = 160  # of the table where it goes to a file: no headline is broken


@dataclass(frozen=True, slots=True)
class Document:
    """A file or an address to import, or a reason why there is none."""

    source: str
    path: Path | None = None
    is_address: bool = False
    error: DocumentError | None = None


class Command(BaseCommand):
    help = "Import stories; the people, organisations, locations and quotations in them become records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "sources",
            nargs="+",
            metavar="SOURCE",
            help="a file, a folder (read with all its subfolders), an address of the web, or - for standard input",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and extract, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object a story instead of a table")
        parser.add_argument("--fail-fast", action="store_true", help="stop at the first story that cannot be imported")
        parser.add_argument(
            "--workers",
            type=positive,
            metavar="N",
            help="read and extract files and folders in so many processes, as import_archive does",
        )
        add_import_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr if options["json"] else self.stdout
        self.console = Console(file=stream, highlight=False, width=None if stream.isatty() else WIDTH)
        if options["workers"]:
            self.import_as_archive(options)
            return
        asked = import_options(options, dry_run=options["dry_run"])
        reports: list[Report] = []
        for report in self.import_all(options["sources"], asked):
            reports.append(report)
            if options["json"]:
                self.stdout.write(json.dumps(report, ensure_ascii=False))
            if options["fail_fast"] and report["status"] == "failed":
                break
        if options["verbosity"] > 0:
            self.print_summary(reports, is_detailed=options["verbosity"] > 1)
        failed = [report for report in reports if report["status"] == "failed"]
        if failed:
            raise CommandError(f"{len(failed)} of {len(reports)} stories failed: {failed[0]['error']}")

    def import_as_archive(self, options: dict[str, Any]) -> None:
        sources = options["sources"]
        others = [each for each in sources if each == STANDARD_INPUT or each.lower().startswith(ADDRESSES)]
        refused = [
            *others,
            *(f"--{name}" for name in ("dry-run", "json", "fail-fast") if options[name.replace("-", "_")]),
        ]
        if refused:
            raise CommandError(f"--workers reads files and folders, and goes without {', '.join(refused)}")
        asked = {name: options[name] for name in ("workers", "verbosity", "format", "publish", "tag", "source")}
        asked |= {name: options[name] for name in ("date", "existing", "with_decisions")}
        call_command("import_archive", *sources, **asked, stdout=self.stdout, stderr=self.stderr)

    def import_all(self, sources: list[str], options: ImportOptions) -> Iterator[Report]:
        documents = list(find_all(sources))
        if not documents:
            raise CommandError(f"no document that can be read in {', '.join(sources)}")
        shown = track(documents, "Importing", console=Console(stderr=True), disable=not sys.stderr.isatty())
        for document in shown:
            yield from import_one(document, options)

    def print_summary(self, reports: list[Report], *, is_detailed: bool) -> None:
        table = Table(title=None, box=None, pad_edge=False)
        for heading in ("status", "story", "people", "organisations", "locations", "quotations"):
            table.add_column(heading, overflow="fold", justify="left" if heading in ("status", "story") else "right")
        if is_detailed:
            for report in reports:
                table.add_row(*_row(report))
            self.console.print(table)
        for report in reports:
            if report["status"] == "failed":
                self.console.print(f"failed     {report['error']}", markup=False, soft_wrap=True)
            else:
                for warning in report["warnings"] if is_detailed else left_unpublished(report):
                    self.console.print(f"warning    {report['source']}: {warning}", markup=False, soft_wrap=True)
        for warning, number in _unread(reports).items():
            self.console.print(f"warning    {_stories(number)}: {warning}", markup=False, soft_wrap=True)
        self.console.print(_totals(reports), markup=False)


def find_all(sources: list[str]) -> Iterator[Document]:
    """The documents of every source, in the order given; a source that cannot be opened is one with an error."""
    for source in sources:
        if source == STANDARD_INPUT:
            yield Document("standard input")
            continue
        if source.lower().startswith(ADDRESSES):
            yield Document(source, is_address=True)
            continue
        try:
            for path in find_documents([Path(source)]):
                yield Document(str(path), path)
        except DocumentError as error:
            yield Document(source, error=error)


def import_one(document: Document, options: ImportOptions) -> Iterator[Report]:
    if document.error:
        yield refuse_document(document.error, options=options)
    elif document.is_address:
        yield from import_address(document.source, options=options)
    elif document.path is None:
        yield from import_file(sys.stdin.buffer, source=document.source, options=options)
    else:
        try:
            file = open_document(document.path)
        except DocumentError as error:
            yield refuse_document(error, options=options)
            return
        with file:
            yield from import_file(file, source=document.source, options=options)


def _row(report: Report) -> tuple[str, ...]:
    counts = (len(report[kind]) for kind in ("people", "organisations", "locations", "quotes"))
    return report["status"], report["headline"] or report["source"], *(str(count) for count in counts)


def _totals(reports: list[Report]) -> str:
    counts = {status: sum(report["status"] == status for report in reports) for status in STATUSES}
    said = [f"{number} {status}" for status, number in counts.items() if number or status not in ("dry-run",)]
    return f"{_stories(len(reports))}: {', '.join(said)}"


def left_unpublished(report: Report) -> list[str]:
    return [warning for warning in report["warnings"] if warning.startswith(LEFT_UNPUBLISHED)]


def _unread(reports: list[Report]) -> Counter[str]:
    """Why nothing was extracted from stories, and from how many."""
    warnings = (warning for report in reports for warning in report["warnings"])
    return Counter(warning for warning in warnings if warning.startswith(NOTHING_EXTRACTED))


def _stories(number: int) -> str:
    return f"{number} {'story' if number == 1 else 'stories'}"
