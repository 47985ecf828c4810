"""What the tagger can say of a word: one tag of each head, and whose words it takes them for.

A head tags words B (begins), I (goes on) or O (outside), B and I once for each of its labels. Heads are independent of
one another, for reported words hold names, and a role holds the name of an organisation.

Beside the tags stand two vectors of each word, a question and an answer: what a word that reports asks for, and what a
name has to say to it. The nearer the two, the likelier it is that the one who is named speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PERSON, ORGANISATION, LOCATION, OTHER = "person", "organisation", "location", "other"


@dataclass(frozen=True, slots=True)
class Head:
    """A question asked of every word. Its tags are O, then B and I of each label in order."""

    name: str
    labels: tuple[str, ...]

    @property
    def size(self) -> int:
        return 1 + 2 * len(self.labels)

    def begins(self, label: str) -> int:
        return 1 + 2 * self.labels.index(label)

    def goes_on(self, label: str) -> int:
        return 2 + 2 * self.labels.index(label)

    def label(self, tag: int) -> str | None:
        return self.labels[(tag - 1) // 2] if tag else None


NAMES = Head("names", (PERSON, ORGANISATION, LOCATION, OTHER))
ROLES = Head("roles", ("role",))
CONTENTS = Head("contents", ("content",))
CUES = Head("cues", ("cue",))
SOURCES = Head("sources", ("source",))

HEADS = (NAMES, ROLES, CONTENTS, CUES, SOURCES)
TAGS = sum(head.size for head in HEADS)

# Reported words, cues and sources ask who speaks; people, organisations and locations may.
ASKING = (CONTENTS, CUES, SOURCES)
ANSWERING = frozenset({PERSON, ORGANISATION, LOCATION})
LINK_WIDTH = 64
# Where a word's vectors stand behind the scores of its tags, and last the score that nobody named speaks.
QUESTION = slice(TAGS, TAGS + LINK_WIDTH)
ANSWER = slice(QUESTION.stop, QUESTION.stop + LINK_WIDTH)
NOBODY = ANSWER.stop
COLUMNS = NOBODY + 1


def columns(head: Head) -> slice:
    """Where the scores of a head stand among those of all heads, which follow one another in the order of `HEADS`.

    >>> columns(ROLES)
    slice(9, 12, None)
    """
    start = sum(other.size for other in HEADS[: HEADS.index(head)])
    return slice(start, start + head.size)


def forbidden(head: Head) -> NDArray[np.bool_]:
    """Which tag may not follow which: I only follows B or I of its own label.

    Returns:
        A square array, true at `[before, after]` where `after` may not follow `before`.
    """
    table = np.zeros((head.size, head.size), dtype=np.bool_)
    for label in head.labels:
        table[:, head.goes_on(label)] = True
        table[[head.begins(label), head.goes_on(label)], head.goes_on(label)] = False
    return table


def by_size() -> list[list[Head]]:
    """The heads in groups that have the same number of tags, and so can be decoded together."""
    return [[head for head in HEADS if head.size == size] for size in sorted({head.size for head in HEADS})]
