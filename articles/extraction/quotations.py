"""Quotations from their marks alone.

Decides which stretches between marks belong to one quotation: paragraphs that each open with a mark, only the last of
them closing, are one. Leaves undecided whether the words are speech, whose, and which pieces a cue splits: see
`attribution.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction.marks import Stretch, find_stretches
from articles.extraction.types import Form, Quotation
from articles.text.spans import Span

_BEGINS_SENTENCE = re.compile(r"(?:\A|\n|[.?!]\s)\Z")
_SENTENCE_END = re.compile(r"[.?!…](?=\s|$)")


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find what stands in quotation marks, a quotation each, with one span a paragraph.

    In text order, without overlap, marks included. A mark that nothing closes costs no more than its sentence, or its
    paragraph where it opens one. Time is linear in the text.

    >>> text = '“The well is dry,” said Ana Lopez.'
    >>> [quotation.spans[0].of(text) for quotation in find_quotations(text)]
    ['“The well is dry,”']
    """
    return tuple(Quotation(spans, Form.DIRECT) for spans in _joined(text, find_stretches(text)))


def _joined(text: str, stretches: list[Stretch]) -> Iterator[tuple[Span, ...]]:
    spans: list[Span] = []
    awaits: Stretch | None = None
    for stretch in stretches:
        continues = awaits is not None and _follows(awaits, stretch)
        if spans and not continues:
            yield tuple(spans)
            spans = []
        if stretch.is_opened or continues:
            spans.append(stretch.span if stretch.is_closed else _recovered(text, stretch))
        awaits = None if stretch.is_closed else stretch
    if spans:
        yield tuple(spans)


def _follows(awaits: Stretch, stretch: Stretch) -> bool:
    """Whether a stretch opens the paragraph after one that was left open, in the same marks."""
    return stretch.span.start == awaits.span.end + 1 and stretch.family is awaits.family


def _recovered(text: str, stretch: Stretch) -> Span:
    """The stretch up to where its missing mark can be thought: the paragraph's end, or the sentence's within one."""
    span = stretch.span
    if _BEGINS_SENTENCE.search(text, max(0, span.start - 3), span.start):
        return Span(span.start, span.start + len(span.of(text).rstrip()))
    end = _SENTENCE_END.search(text, span.start, span.end)
    return Span(span.start, end.end() if end else span.end)
