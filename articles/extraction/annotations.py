"""Read stories in inline annotation: names, roles and reported speech as tags within the text.

    <src n="1"><per i="p1">Ana Lopez</per></src> <cue n="1">said</cue> <q n="1" s="p1" f="direct">“No.”</q>

Tags are `per`, `org`, `loc` and `misc` with an identity `i`, `role` with the person `of`, `q` with its number `n`,
speaker `s` (an identity or "none") and form `f`, `cue` and `src` with the number of their quotation. Nothing is
escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TAG = re.compile(r'<(/?)(per|org|loc|misc|role|q|cue|src)((?: [a-z]+="[^"<>]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


class BrokenAnnotation(ValueError):
    """Tags that do not nest. `line` counts from 1; `str()` says what was found and what was expected."""

    def __init__(self, line: int, found: str) -> None:
        super().__init__(f"line {line}: {found}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Mark:
    """What a tag encloses: `text[start:end]` of the annotated story."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """A story without its tags, and what they enclosed, in text order, an outer mark before an inner one."""

    text: str
    marks: tuple[Mark, ...]


def read_annotation(source: str) -> Annotated:
    """Take the tags out of an annotated story.

    >>> read_annotation('<per i="p1">Ana</per> left').marks[0]
    Mark(name='per', attributes={'i': 'p1'}, start=0, end=3)

    Raises:
        BrokenAnnotation: a tag is closed that is not open, or one stays open.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    is_open: list[tuple[str, dict[str, str], int, int]] = []
    position = length = 0
    for match in _TAG.finditer(source):
        pieces.append(source[position : match.start()])
        length += match.start() - position
        position = match.end()
        closing, name, attributes = match.groups()
        line = source.count("\n", 0, match.start()) + 1
        if not closing:
            is_open.append((name, dict(_ATTRIBUTE.findall(attributes)), length, line))
            continue
        if not is_open or is_open[-1][0] != name:
            expected = f"</{is_open[-1][0]}>" if is_open else "no closing tag"
            raise BrokenAnnotation(line, f"found </{name}>, expected {expected}")
        _, attributes_of, start, _ = is_open.pop()
        marks.append(Mark(name, attributes_of, start, length))
    if is_open:
        name, _, _, line = is_open[-1]
        raise BrokenAnnotation(line, f"<{name}> is never closed")
    pieces.append(source[position:])
    return Annotated("".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))
