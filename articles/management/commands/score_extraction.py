"""Print how well the extraction does on annotated stories."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from articles.documents.errors import DocumentError
from articles.documents.reading import read_stories
from articles.extraction.annotations import BrokenAnnotation, read_annotation
from articles.extraction.pipeline import extract
from articles.extraction.scoring import Figures, ScoredStory, score
from articles.importing.service import chosen_tagger


class Command(BaseCommand):
    help = "Compare what is extracted from annotated stories with their annotation, and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder of annotated stories, NAME.txt each")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
        parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N mistakes as well")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = find_annotated(options["folder"])
        shown = track(paths, "Extracting", console=Console(stderr=True), disable=not sys.stderr.isatty())
        result = score(story for path in shown for story in read_scored(path))
        if options["json"]:
            self.stdout.write(json.dumps({"stories": result.stories, **result.figures}))
        else:
            Console(file=self.stdout, highlight=False).print(tabulate(result.figures))  # type: ignore[arg-type]
        for miss in result.misses[: options["misses"]]:
            self.stdout.write(miss)


def find_annotated(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder; expected one with annotated stories")
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise CommandError(f"no annotated story in {folder}; expected files named NAME.txt")
    return paths


def read_scored(path: Path) -> Iterator[ScoredStory]:
    try:
        annotated = read_annotation(path.read_text(encoding="utf-8"))
    except BrokenAnnotation as error:
        raise CommandError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: byte {error.start} is not UTF-8") from error
    try:
        stories = list(read_stories(annotated.text.encode(), source=str(path), format="text"))
    except DocumentError as error:
        raise CommandError(str(error)) from error
    for story in stories:
        yield ScoredStory(path.name, annotated, story.text, extract(story, tagger=chosen_tagger()))


def tabulate(figures: Figures) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("figure")
    for heading in ("precision", "recall", "F1", "accuracy", "annotated"):
        table.add_column(heading, justify="right")
    for name, parts in figures.items():
        shares = (f"{parts[part]:.4f}" if part in parts else "" for part in ("precision", "recall", "f1", "accuracy"))
        table.add_row(name, *shares, str(parts["gold"]))
    return table
