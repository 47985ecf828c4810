"""Texts with what a tagger would find in them: “p⟨Ann Li⟩ left l0.4⟨Oslo⟩” has a sure person and a doubtful place."""

from __future__ import annotations

import re

from articles.extraction.tagger.tags import Tag
from articles.text.spans import Span

LABELS = {"p": "person", "o": "organisation", "l": "location", "x": "other", "r": "role"}
_EDGE = re.compile(r"([polxr])(\d\.\d+)?⟨|⟩")
_SURE = 0.95


def read_marked(marked: str) -> tuple[str, list[Tag], list[Tag]]:
    """The text of a marked one, its names and its roles (r⟨…⟩, which may hold names)."""
    text, position = "", 0
    tags: list[Tag] = []
    is_open: list[tuple[int, str, float]] = []
    for edge in _EDGE.finditer(marked):
        text += marked[position : edge.start()]
        position = edge.end()
        if edge[1]:
            is_open.append((len(text), LABELS[edge[1]], float(edge[2] or _SURE)))
        else:
            start, label, score = is_open.pop()
            tags.append(Tag(Span(start, len(text)), label, score))
    text += marked[position:]
    tags.sort(key=lambda tag: tag.span)
    return text, [tag for tag in tags if tag.label != "role"], [tag for tag in tags if tag.label == "role"]
