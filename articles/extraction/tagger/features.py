"""Words of a text and what can be seen of them that an uncased vocabulary does not say.

Training and prediction read words and features here and nowhere else: a model is only as good as the features it is
given are the ones it learnt from. A change of what a value means needs a new model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from articles.extraction.marks import find_stretches
from articles.extraction.tagger.known import VALUES, KnownNames

_WORD = re.compile(r"\n+|\w+|[^\w\s]")
_ENDS_SENTENCE = frozenset(".?!:")
# A line is in capitals or in Title Case where this share of what could be written small is not. Names alone
# ("Ana Lopez and Tom Webb met in Oslo") reach about a half.
_CAPITALS = 0.7
_TITLE_CASE = 0.8
# Fewer words say nothing of the style of a line: a name alone ("Ana Lopez") is no headline.
_LINE_WORDS = 4


class Shape(IntEnum):
    LOWER = 0
    TITLE = 1
    UPPER = 2
    CAPITAL = 3
    MIXED = 4
    DIGITS = 5
    MARK = 6
    BREAK = 7
    OTHER = 8


_CAPITALISED = frozenset({Shape.TITLE, Shape.UPPER, Shape.MIXED})


class Marks(IntEnum):
    """Where a word stands to the quotation marks around it."""

    OUTSIDE = 0
    OPENING = 1
    INSIDE = 2
    CLOSING = 3
    UNCLOSED = 4
    UNOPENED = 5


class Place(IntEnum):
    ELSEWHERE = 0
    PARAGRAPH = 1
    SENTENCE = 2


class Line(IntEnum):
    PLAIN = 0
    TITLE_CASE = 1
    CAPITALS = 2


class Seen(IntEnum):
    """How a capitalised word is written elsewhere in the text: small, capitalised within a sentence, both."""

    SMALL_HERE = 0
    NOWHERE = 1
    SMALL = 2
    CAPITALISED = 3
    BOTH = 4


# How many values each column of the features has: those above, and what lists of names say.
FEATURES = (len(Shape), len(Marks), len(Place), len(Line), len(Seen), VALUES)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order: their offsets, their characters and a column of numbers a feature.

    A run of line breaks is a word (`Shape.BREAK`), and so is every mark. White space within a line is none.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    texts: list[str]
    features: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.texts)


def read_words(text: str, known: KnownNames) -> Words:
    """Cut a text into words and describe each.

    Offsets are half-open code points into `text`. An empty text has no words.

    >>> read_words("Ana Lopez’s plan", KnownNames([])).texts
    ['Ana', 'Lopez', '’', 's', 'plan']
    """
    matches = list(_WORD.finditer(text))
    texts = [match.group() for match in matches]
    starts = np.fromiter((match.start() for match in matches), np.int64, len(matches))
    ends = np.fromiter((match.end() for match in matches), np.int64, len(matches))
    shapes = [_shape(word) for word in texts]
    places = _places(texts, shapes)
    lines = _lines(texts, shapes)
    listed = known.values(texts, [shape in _CAPITALISED for shape in shapes])
    columns = [shapes, _marks(text, starts), places, lines, _seen(texts, shapes, places, lines), listed]
    return Words(starts, ends, texts, np.array(columns, dtype=np.int64).T.reshape(len(texts), len(FEATURES)))


def _shape(word: str) -> Shape:
    if word[0] == "\n":
        return Shape.BREAK
    if word.islower():
        return Shape.LOWER
    if word.isupper():
        return Shape.UPPER if len(word) > 1 else Shape.CAPITAL
    if word.isdigit():
        return Shape.DIGITS
    if word[0].isupper() and word[1:].islower():
        return Shape.TITLE
    if not (word[0].isalnum() or word[0] == "_"):
        return Shape.MARK
    return Shape.MIXED if any(character.isupper() for character in word) else Shape.OTHER


def _marks(text: str, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    marks = np.full(len(starts), Marks.OUTSIDE, dtype=np.int64)
    for stretch in find_stretches(text):
        first, last = np.searchsorted(starts, (stretch.span.start, stretch.span.end))
        if not stretch.is_opened:
            marks[first:last] = Marks.UNOPENED
        else:
            marks[first:last] = Marks.INSIDE if stretch.is_closed else Marks.UNCLOSED
            marks[first] = Marks.OPENING
        if stretch.is_closed:
            marks[last - 1] = Marks.CLOSING
    return marks


def _places(texts: Sequence[str], shapes: Sequence[Shape]) -> list[Place]:
    places, awaited = [], Place.PARAGRAPH
    for word, shape in zip(texts, shapes, strict=True):
        if shape is Shape.BREAK:
            awaited = Place.PARAGRAPH
            places.append(Place.ELSEWHERE)
        elif shape is Shape.MARK:
            if word in _ENDS_SENTENCE and awaited is Place.ELSEWHERE:
                awaited = Place.SENTENCE
            places.append(Place.ELSEWHERE)
        else:
            places.append(awaited)
            awaited = Place.ELSEWHERE
    return places


def _lines(texts: Sequence[str], shapes: Sequence[Shape]) -> NDArray[np.int64]:
    lines = np.full(len(texts), Line.PLAIN, dtype=np.int64)
    breaks = [-1, *(at for at, shape in enumerate(shapes) if shape is Shape.BREAK), len(texts)]
    for before, end in pairwise(breaks):
        words = [at for at in range(before + 1, end) if texts[at].isalpha() and len(texts[at]) > 1]
        if len(words) < _LINE_WORDS:
            continue
        if sum(shapes[at] is Shape.UPPER for at in words) >= _CAPITALS * len(words):
            lines[before + 1 : end] = Line.CAPITALS
            continue
        # Articles and prepositions stay small in most Title Case.
        long = [at for at in words if len(texts[at]) > 3]
        if len(long) >= _LINE_WORDS and sum(shapes[at] is not Shape.LOWER for at in long) >= _TITLE_CASE * len(long):
            lines[before + 1 : end] = Line.TITLE_CASE
    return lines


def _seen(
    texts: Sequence[str], shapes: Sequence[Shape], places: Sequence[Place], lines: NDArray[np.int64]
) -> list[Seen]:
    small = {word for word, shape in zip(texts, shapes, strict=True) if shape is Shape.LOWER}
    within = {
        word.lower()
        for word, shape, place, line in zip(texts, shapes, places, lines.tolist(), strict=True)
        if shape in _CAPITALISED and place is Place.ELSEWHERE and line == Line.PLAIN
    }
    seen = []
    for word, shape in zip(texts, shapes, strict=True):
        key = word.lower()
        if shape not in _CAPITALISED:
            seen.append(Seen.SMALL_HERE)
        else:
            seen.append(Seen(1 + (key in small) + 2 * (key in within)))
    return seen
