"""Annotated stories: the tags of tests/stories/README.md, read into what an extraction should say.

Everything counts in the body alone, as `Story.text` has it: blocks joined by one newline, wrapped lines unwrapped.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from articles.extraction.annotations import read_annotation
from articles.text.spans import Span

STORIES = Path(__file__).parent / "stories"
BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Tagged:
    name: str
    attributes: dict[str, str]
    span: Span


@dataclass(frozen=True)
class Speech:
    """One direct or mixed quotation; `speaker` is an annotated identity or "none"."""

    spans: frozenset[Span]
    form: str
    speaker: str


@dataclass(frozen=True)
class AnnotatedStory:
    name: str
    source: str  # without tags, as a newsroom would hand it in
    text: str
    tags: tuple[Tagged, ...]
    expected: dict[str, object]

    @cached_property
    def mentions(self) -> dict[str, frozenset[Span]]:
        found = defaultdict(set)
        for tag in self.tags:
            if tag.name in {"per", "org", "loc"}:
                found[tag.attributes["i"]].add(tag.span)
        return {identity: frozenset(spans) for identity, spans in found.items()}

    @cached_property
    def speeches(self) -> list[Speech]:
        pieces = defaultdict(list)
        for tag in self.tags:
            if tag.name == "q" and tag.attributes["f"] != "indirect":
                pieces[tag.attributes["n"]].append(tag)
        return [
            Speech(
                frozenset(trimmed(self.text, tag.span) for tag in tags),
                tags[0].attributes["f"],
                tags[0].attributes["s"] if tags[0].attributes["s"] in self.mentions else "none",
            )
            for tags in pieces.values()
        ]


def trimmed(text: str, span: Span) -> Span:
    """The span without marks and punctuation at its edges, on which two careful readers may differ."""
    inside = [offset for offset in range(span.start, span.end) if text[offset].isalnum()]
    return Span(inside[0], inside[-1] + 1) if inside else span


def annotated_story(name: str) -> AnnotatedStory:
    expected = json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8"))
    annotation = read_annotation((STORIES / f"{name}.txt").read_text(encoding="utf-8"))
    source = annotation.text
    first = source.index(expected["opening"])
    last = source.index(expected["end_notes"][0], first) if expected["end_notes"] else len(source)
    places, pieces, length = {}, [], 0  # offset in the source → offset in the text
    offset = first
    while offset < len(source[:last].rstrip()):
        gap = BREAK.match(source, offset)
        places[offset] = length
        pieces.append("\n" if gap else source[offset].replace("\n", " "))
        length += 1
        offset = gap.end() if gap else offset + 1
    return AnnotatedStory(
        name,
        source,
        "".join(pieces),
        tuple(
            Tagged(mark.name, dict(mark.attributes), Span(places[mark.start], places[mark.end - 1] + 1))
            for mark in annotation.marks
            if mark.start in places and mark.end - 1 in places
        ),
        expected,
    )


def story_names() -> list[str]:
    return sorted(path.stem for path in STORIES.glob("*.txt"))
