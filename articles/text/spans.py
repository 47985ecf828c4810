"""Stretches of a text, counted in code points, half-open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `text[start:end]`, never empty.

    Raises:
        ValueError: the span is empty or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def moved(self, by: int) -> Span:
        """The same stretch of a text before which `by` code points were put (taken away, if negative).

        Raises:
            ValueError: it would begin before the text.
        """
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def longest_first(spans: Iterable[Span]) -> list[Span]:
    """Choose spans that do not overlap, a longer one before a shorter, an earlier before a later; in text order."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (-len(span), span.start)):
        if not any(span.overlaps(other) for other in chosen):
            chosen.append(span)
    return sorted(chosen)


def cut(text: str, spans: Iterable[Span]) -> str:
    """The words of a text at several spans, one space between the pieces.

    >>> cut('"It rains," he said, "a lot."', [Span(0, 11), Span(21, 29)])
    '"It rains," "a lot."'
    """
    return " ".join(span.of(text) for span in spans)
