"""The sets the tagger learns from, all as one type.

Annotated stories carry every head. The open sets of names follow guides of their own; where those differ from this
one (nationalities, titles of works, words they do not mark), a word is left open between the tags that it may have.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.extraction.annotations import BrokenAnnotation, read_annotation
from articles.extraction.tagger.features import Shape, Words
from articles.extraction.tagger.labels import (
    CONTENTS,
    CUES,
    HEADS,
    LOCATION,
    NAMES,
    ORGANISATION,
    OTHER,
    PERSON,
    ROLES,
    SOURCES,
    TAGS,
    Head,
    columns,
)

# The speaker of words whose speaker the story does not name.
NOT_NAMED = "none"
_MEANING = {
    "per": (NAMES, PERSON),
    "org": (NAMES, ORGANISATION),
    "loc": (NAMES, LOCATION),
    "misc": (NAMES, OTHER),
    "role": (ROLES, "role"),
    "q": (CONTENTS, "content"),
    "cue": (CUES, "cue"),
    "src": (SOURCES, "source"),
}
_KINDS = {"PER": PERSON, "ORG": ORGANISATION, "LOC": LOCATION, "EVENT": OTHER}
# Annotated stories of our own beside this file.
STORIES = Path(__file__).parent / "stories"
# Files of names, best first; those of GUM are derived from another annotation and noisy.
OPEN = (
    "names.wikigold.all.jsonl",
    "names.crossner_politics.train.jsonl",
    "names.crossner_politics.dev.jsonl",
    "names.uner_ewt.dev.jsonl",
    "names.gum.news.train.jsonl",
    "names.gum.news.dev.jsonl",
    "names.gum.other_open.train.jsonl",
    "names.gum.other_open.dev.jsonl",
)


@dataclass(frozen=True, slots=True)
class Label:
    """What annotators say of `text[start:end]`. `identity` is the same for all namings of one thing in a story.

    `speaker` is the identity of who says the words that a content, cue or source belongs to, `NOT_NAMED` where the
    story names nobody, and empty where nothing is known.
    """

    start: int
    end: int
    head: Head
    label: str
    identity: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its labels; those of one head do not overlap.

    `heads` are those annotated. `open_spans` may be anything, and where `is_lenient` a capitalised word without a
    label may be another name.
    """

    name: str
    text: str
    labels: tuple[Label, ...]
    heads: tuple[Head, ...] = HEADS
    open_spans: tuple[tuple[int, int], ...] = ()
    is_lenient: bool = False


def read_story(name: str, source: str) -> Example:
    """Read a story in inline annotation: `<per i="p1">Ana Lopez</per> <cue n="1">said</cue> …`.

    Of labels of one head inside one another (reported speech within reported speech) the outer one stays.

    Raises:
        ValueError: tags are not properly nested. The message names the story and the line.
    """
    try:
        annotated = read_annotation(source)
    except BrokenAnnotation as error:
        raise ValueError(f"{name}, {error}") from error
    speakers = {mark.attributes["n"]: mark.attributes["s"] for mark in annotated.marks if mark.name == "q"}
    labels = [
        Label(
            mark.start,
            mark.end,
            *_MEANING[mark.name],
            identity=mark.attributes.get("i", ""),
            speaker=speakers.get(mark.attributes.get("n", ""), ""),
        )
        for mark in annotated.marks
    ]
    return Example(name, annotated.text, tuple(_outermost(labels)))


def _outermost(labels: Iterable[Label]) -> Iterator[Label]:
    ends = dict.fromkeys(HEADS, 0)
    for label in sorted(labels, key=lambda label: (label.start, -label.end)):
        if label.start >= ends[label.head]:
            ends[label.head] = label.end
            yield label


def read_stories(folder: Path) -> list[Example]:
    paths = sorted(folder.glob("*.txt"))
    return [read_story(f"{folder.parent.name}/{path.name}", path.read_text(encoding="utf-8")) for path in paths]


def read_open(path: Path) -> list[Example]:
    """Read a set of names, one JSON object a line: `text` and `entities` as `[start, end, kind]`."""
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        known = [Label(s, e, NAMES, _KINDS[kind]) for s, e, kind in record["entities"] if kind in _KINDS]
        doubtful = tuple((s, e) for s, e, kind in record["entities"] if kind not in _KINDS)
        examples.append(Example(record["id"], record["text"], tuple(known), (NAMES,), doubtful, is_lenient=True))
    return _doubt_common_words(examples) if ".gum." in path.name else examples


def _doubt_common_words(examples: list[Example]) -> list[Example]:
    """Leave open the single words that are common in the set: its spans are derived, and mark “the Court” alone."""
    common = Counter(word for example in examples for word in re.findall(r"\b[a-z]+\b", example.text))
    result = []
    for example in examples:
        doubtful = {
            label
            for label in example.labels
            if common[example.text[label.start : label.end].lower()] >= 3 or label.end - label.start < 2
        }
        spans = tuple((label.start, label.end) for label in doubtful)
        kept = tuple(label for label in example.labels if label not in doubtful)
        result.append(replace(example, labels=kept, open_spans=example.open_spans + spans))
    return result


def allowed_tags(example: Example, words: Words) -> NDArray[np.bool_]:
    """Words × tags of all heads: which tags each word may have."""
    allowed = np.ones((len(words), TAGS), dtype=np.bool_)
    for head in example.heads:
        part = allowed[:, columns(head)]
        part[:, 1:] = False
        if head is NAMES and example.is_lenient:
            may_be_name = np.isin(words.features[:, 0], (Shape.TITLE, Shape.UPPER, Shape.MIXED))
            part[may_be_name, NAMES.begins(OTHER)] = part[may_be_name, NAMES.goes_on(OTHER)] = True
    for label in example.labels:
        inside = _inside(words, label.start, label.end)
        part = allowed[:, columns(label.head)]
        part[inside] = False
        # Nothing goes on over a line break: what does, begins again behind it.
        begins = np.diff(inside, prepend=-2) != 1
        part[inside[begins], label.head.begins(label.label)] = True
        part[inside[~begins], label.head.goes_on(label.label)] = True
    for start, end in example.open_spans:
        allowed[_inside(words, start, end), columns(NAMES)] = True
    return allowed


def _inside(words: Words, start: int, end: int) -> NDArray[np.int64]:
    """The words that begin within a span, line breaks left out."""
    first, last = np.searchsorted(words.starts, (start, end))
    inside: NDArray[np.int64] = first + np.flatnonzero(words.features[first:last, 0] != Shape.BREAK)
    return inside
