"""Span figures of a tagger on annotated stories, before any rule of the pipeline mends its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from articles.extraction.tagger.labels import ASKING, HEADS, LOCATION, NAMES, ORGANISATION, OTHER, PERSON, Head
from articles.extraction.tagger.tags import Tag, Tags, Voice
from articles.extraction.tagger.training.data import NOT_NAMED, Example

# A content overlaps its partner well enough where four fifths of the characters of both are shared.
STRICT = 0.8


@dataclass(slots=True)
class Figures:
    """Counts of right, printed and annotated spans, by figure."""

    right: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)
    annotated: Counter[str] = field(default_factory=Counter)

    def add(self, figure: str, right: int, printed: int, annotated: int) -> None:
        self.right[figure] += right
        self.printed[figure] += printed
        self.annotated[figure] += annotated

    def f1(self, figure: str) -> float:
        total = self.printed[figure] + self.annotated[figure]
        return 2 * self.right[figure] / total if total else 0.0

    def __str__(self) -> str:
        return "  ".join(f"{figure} {self.f1(figure):.3f}" for figure in self.annotated)


def measure(tag: Callable[[str], Tags], examples: Iterable[Example]) -> Figures:
    """Compare tags with annotations.

    Names count where span and kind are exact; other names (works, events) in a figure of their own. Roles, contents,
    cues and sources are exact but for what is no letter or digit at their edges; `contents strict` and `roles half`
    count overlaps instead.
    """
    figures = Figures()
    for example in examples:
        tags = tag(example.text)
        for kind in (PERSON, ORGANISATION, LOCATION, OTHER):
            gold = {(label.start, label.end) for label in example.labels if label.head is NAMES and label.label == kind}
            found = {(tag.span.start, tag.span.end) for tag in tags.names if tag.label == kind}
            counts = len(gold & found), len(found), len(gold)
            figures.add(kind, *counts)
            if kind != OTHER:
                figures.add("names", *counts)
        _measure_voices(figures, example, tags)
        for head in HEADS:
            if head is not NAMES and head in example.heads:
                _measure_parts(figures, head, example, getattr(tags, head.name))
    return figures


def _measure_voices(figures: Figures, example: Example, tags: Tags) -> None:
    """Of the contents, cues and sources found where annotated ones begin: how often the likeliest speaker is right."""
    identities = {label.start: label.identity for label in example.labels if label.head is NAMES}
    speakers = {label.start: label.speaker for label in example.labels if label.head in ASKING and label.speaker}
    told = [voice for voice in tags.voices if voice.span.start in speakers]
    right = sum(speakers[voice.span.start] == _loudest(voice, identities) for voice in told)
    figures.add("voices", right, len(told), len(told))


def _loudest(voice: Voice, identities: Mapping[int, str]) -> str:
    """The identity with the largest share; what is left of 1 is nobody's."""
    shares: dict[str, float] = {NOT_NAMED: 1.0 - sum(share for _, share in voice.names)}
    for span, share in voice.names:
        identity = identities.get(span.start, "")
        shares[identity] = shares.get(identity, 0.0) + share
    return max(shares, key=lambda identity: shares[identity])


def _measure_parts(figures: Figures, head: Head, example: Example, tags: tuple[Tag, ...]) -> None:
    text = example.text
    gold = [trimmed(text, label.start, label.end) for label in example.labels if label.head is head]
    found = [trimmed(text, tag.span.start, tag.span.end) for tag in tags]
    figures.add(head.name, len(set(gold) & set(found)), len(found), len(gold))
    if head.name == "contents":
        figures.add("contents strict", _overlapping(gold, found, STRICT), len(found), len(gold))
    if head.name == "roles":
        figures.add("roles half", _overlapping(gold, found, 0.5), len(found), len(gold))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without what is no letter or digit at its edges."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _overlapping(gold: list[tuple[int, int]], found: list[tuple[int, int]], share: float) -> int:
    return sum(any(_share(one, other) >= share for other in found) for one in gold)


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / max(max(one[1], other[1]) - min(one[0], other[0]), 1)
