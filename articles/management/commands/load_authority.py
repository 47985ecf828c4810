"""Load the people, organisations and places that a newsroom knows, with the names and identifiers of each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from articles.importing.authority import Outcome, load_authorities
from articles.importing.authority_file import FORMATS, KINDS, BadLine, read_authorities

MOST_NAMED = 20  # lines that are named; the rest are counted


class Command(BaseCommand):
    help = "Load people, organisations and places from CSV or JSON lines; the whole file or, on a bad line, nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=sorted(FORMATS), help="read the file as this, whatever its name")
        parser.add_argument("--kind", type=_kind, help="what all are that do not say it themselves")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        name = options["format"] or path.suffix.removeprefix(".").lower()
        if name not in FORMATS:
            raise CommandError(f"{path}: its name ends in “{path.suffix}”; expected .csv or .jsonl, or --format")
        console = Console(stderr=True)
        try:
            with (
                Progress(console=console, disable=not sys.stderr.isatty()) as progress,
                progress.open(path, "rb", description="Loading") as content,
            ):
                lines = read_authorities(content, format=name, kind=options["kind"] or "")
                outcome = load_authorities(lines, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        self.report(path, outcome, verbosity=options["verbosity"], dry_run=options["dry_run"])

    def report(self, path: Path, outcome: Outcome, *, verbosity: int, dry_run: bool) -> None:
        self.name_lines(path, outcome.bad)
        if outcome.bad:
            number = len(outcome.bad)
            raise CommandError(f"{number} bad {'line' if number == 1 else 'lines'}; nothing was loaded")
        if not verbosity:
            return
        self.name_lines(path, outcome.undecided)
        counts = f"{outcome.created} created, {outcome.updated} updated, {outcome.unchanged} unchanged"
        left_out = f", {len(outcome.undecided)} left out" if outcome.undecided else ""
        tail = "; nothing was written" if dry_run else ""
        self.stdout.write(f"{counts}{left_out}{tail}")

    def name_lines(self, path: Path, lines: list[BadLine]) -> None:
        for line in lines[:MOST_NAMED]:
            self.stderr.write(f"{path}, line {line.line}: {line.problem}")
        if len(lines) > MOST_NAMED:
            self.stderr.write(f"… and {len(lines) - MOST_NAMED} more")


def _kind(text: str) -> str:
    if text.casefold() not in KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} is no kind; expected person, organisation or location")
    return KINDS[text.casefold()]
