"""Print how well the extraction does on annotated stories."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from articles.documents.errors import DocumentError
from articles.documents.reading import read_stories
from articles.extraction.annotations import BrokenAnnotation, read_annotation
from articles.extraction.mistakes import Frequent, most_frequent
from articles.extraction.pipeline import extract
from articles.extraction.scoring import Figures, score
from articles.extraction.sides import ScoredStory
from articles.importing.taggers import tagger_for


class Command(BaseCommand):
    help = "Compare what is extracted from annotated stories with their annotation, and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder of annotated stories, NAME.txt each")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
        parser.add_argument(
            "--mistakes", action="store_true", help="print the most frequent kinds of mistake of each figure as well"
        )
        parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N mistakes as well")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = find_annotated(options["folder"])
        shown = track(paths, "Extracting", console=Console(stderr=True), disable=not sys.stderr.isatty())
        result = score(story for path in shown for story in read_scored(path))
        frequent = most_frequent(result.mistakes) if options["mistakes"] else {}
        if options["json"]:
            figures: dict[str, Any] = {"stories": result.stories, **result.figures}
            if frequent:
                figures["mistakes"] = {figure: list(map(describe, kinds)) for figure, kinds in frequent.items()}
            self.stdout.write(json.dumps(figures))
        else:
            console = Console(file=self.stdout, highlight=False, markup=False)  # type: ignore[arg-type]
            console.print(tabulate(result.figures))
            if frequent:
                console.print(tabulate_mistakes(frequent))
        for mistake in result.mistakes[: options["misses"]]:
            self.stdout.write(str(mistake))


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
        try:
            tagger = tagger_for(story.language)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        yield ScoredStory(path.name, annotated, story.text, extract(story, tagger=tagger))


def tabulate(figures: Figures) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("figure")
    for heading in ("precision", "recall", "F1", "accuracy", "annotated"):
        table.add_column(heading, justify="right")
    for name, parts in figures.items():
        shares = (f"{parts[part]:.4f}" if part in parts else "" for part in ("precision", "recall", "f1", "accuracy"))
        table.add_row(name, *shares, str(parts["gold"]))
    return table


def tabulate_mistakes(frequent: Mapping[str, Sequence[Frequent]]) -> Table:
    table = Table(box=None, pad_edge=False, title="\nmistakes, the most frequent kinds first", title_justify="left")
    table.add_column("figure", no_wrap=True)
    table.add_column("times", justify="right")
    table.add_column("kind")
    table.add_column("example: as annotated → as extracted")
    for figure, kinds in frequent.items():
        for number, kind in enumerate(kinds):
            table.add_row("" if number else figure, str(kind.count), kind.kind, kind.example.words)
    return table


def describe(frequent: Frequent) -> dict[str, str | int]:
    example = frequent.example
    return {"kind": frequent.kind, "count": frequent.count, "example": example.words, "story": example.story}
