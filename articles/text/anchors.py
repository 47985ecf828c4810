"""Find a stretch of a text again after the text was edited.

The method is that of the W3C Web Annotation model's text quote selector (exact words between a prefix and a suffix),
with the unchanged beginning and end of the text taken over as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.text.spans import Span

CONTEXT = 32  # characters kept on either side: enough to tell two sentences apart
ENOUGH_CONTEXT = 8  # about a word and a half: less than that, and a short name could be any other of its kind
LONG_ENOUGH = 20  # words as many as these are found again by themselves
NEAREST = 50  # places looked at for one span: a hostile text repeats one word ten thousand times
LONGEST_MENDED = 5_000  # comparing two versions of longer words takes too long
ALIKE = 0.6  # share of characters that an edited stretch must keep


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span with its words and what stands around them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where an anchor stands now. `is_certain` where its words and all that surrounds them are the same."""

    span: Span
    is_certain: bool


def anchor(text: str, span: Span) -> Anchor:
    """Describe a span of `text` so that it can be found in another version of it."""
    return Anchor(
        span.start,
        span.end,
        span.of(text),
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[Found | None]:
    """Find spans of `old` in `new`.

    Returns:
        One result a span, in the order given: its place in `new`, or None where its words are gone. Two different
        spans never share a place unless they overlapped before.

    >>> reanchor("Mr Hill left.", "On Monday Mr Hill left.", [Span(3, 7)])
    [Found(span=Span(start=13, end=17), is_certain=True)]
    """
    head, tail = _common_ends(old, new)
    shift = len(new) - len(old)
    found: dict[Span, Found | None] = {}
    taken: set[Span] = set()
    for span in sorted(set(spans)):
        if span.end <= head:
            found[span] = Found(span, is_certain=min(span.end + CONTEXT, len(old)) <= head)
        elif span.start >= len(old) - tail:
            is_certain = max(span.start - CONTEXT, 0) >= len(old) - tail
            found[span] = Found(Span(span.start + shift, span.end + shift), is_certain)
    taken.update(place.span for place in found.values() if place)
    for span in sorted(set(spans) - set(found)):
        place = find(anchor(old, span), new, taken=taken)
        found[span] = place
        if place:
            taken.add(place.span)
    return [found[span] for span in spans]


def find(anchor: Anchor, text: str, *, taken: set[Span] | frozenset[Span] = frozenset()) -> Found | None:
    """Find one anchor in `text`, in a place that is not taken; None where no place is good enough."""
    best: tuple[int, int, Span] | None = None
    for start in _nearest(text, anchor):
        span = Span(start, start + len(anchor.exact))
        if span not in taken:
            candidate = (_context(anchor, text, span), -abs(start - anchor.start), span)
            best = max(best, candidate) if best else candidate
    if best:
        score, _, span = best
        if score >= len(anchor.prefix) + len(anchor.suffix):
            return Found(span, is_certain=True)
        if score >= ENOUGH_CONTEXT or len(anchor.exact) >= LONG_ENOUGH:
            return Found(span, is_certain=False)
    return _mended(anchor, text, taken)


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts share at their beginning, and how many at their end, without overlap."""
    shorter = min(len(old), len(new))
    head = _common_prefix(old, new)
    tail = _common_prefix(old[::-1], new[::-1])
    return head, min(tail, shorter - head)


def _common_prefix(left: str, right: str) -> int:
    """Length of what two texts begin with alike, found by halving."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _nearest(text: str, anchor: Anchor) -> Iterator[int]:
    """Places of the anchor's words, those nearest to its old place, at most `NEAREST` before and behind it."""
    start = anchor.start
    for _ in range(NEAREST):
        start = text.find(anchor.exact, start)
        if start < 0:
            break
        yield start
        start += 1
    start = anchor.start + len(anchor.exact) - 1
    for _ in range(NEAREST):
        start = text.rfind(anchor.exact, 0, max(start, 0))
        if start < 0:
            break
        yield start
        start += len(anchor.exact) - 1


def _context(anchor: Anchor, text: str, span: Span) -> int:
    """How many characters before and behind a place are those of the anchor."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    behind = text[span.end : span.end + CONTEXT]
    return _common_prefix(anchor.prefix[::-1], before[::-1]) + _common_prefix(anchor.suffix, behind)


def _mended(anchor: Anchor, text: str, taken: set[Span] | frozenset[Span]) -> Found | None:
    """Find words that were themselves edited ("we wil" → "we will"), between the same neighbours."""
    length = len(anchor.exact)
    if length > LONGEST_MENDED:
        return None
    prefix, suffix = anchor.prefix[-CONTEXT // 2 :], anchor.suffix[: CONTEXT // 2]
    if len(prefix.strip()) < ENOUGH_CONTEXT and len(suffix.strip()) < ENOUGH_CONTEXT:
        return None
    starts = [match.end() for match in re.finditer(re.escape(prefix), text)][:NEAREST] if prefix else [0]
    for start in starts:
        end = text.find(suffix, start, start + 2 * length + CONTEXT) if suffix else len(text)
        if end <= start or end - start > 2 * length + CONTEXT:
            continue
        span = Span(start, end)
        alike = SequenceMatcher(None, anchor.exact, span.of(text), autojunk=False).ratio() >= ALIKE
        if alike and span not in taken:
            return Found(span, is_certain=False)
    return None
