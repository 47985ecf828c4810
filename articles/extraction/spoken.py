"""Words in quotation marks that are speech, by their marks and their length alone: for stories in any language.

Decides what a story that cannot be read for its verbs of saying quotes. Leaves undecided who speaks, but where a
paragraph names the speaker before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.extraction.loose import LABELLED
from articles.extraction.tagger.tags import Tag
from articles.extraction.types import Entity, Kind, Quotation
from articles.text.spans import Span

# So many words are a clause; fewer are as often a nickname or a thing so called: die „schwarze Null“.
_CLAUSE = 5
_MARKS = " \u00a0\u202f“”„‟\"«»‘’‚'"
_ENDS = tuple(".?!…")
_COLON = re.compile(r":\s?\Z")
_LABEL = re.compile(r"(?:\A|\n)([^\n:]+?)\s?:\s?\Z")
# No name is longer.
_BEFORE = 80


def find_spoken(
    text: str, quotations: Sequence[Quotation], entities: Sequence[Entity], names: Sequence[Tag]
) -> tuple[Quotation, ...]:
    """Keep the quotations that are speech, with their speakers where a label names them.

    Args:
        text: what all spans count in.
        quotations: what `find_quotations` yields for it.
        entities: of the story.
        names: what the tagger takes for names, works and events among them; those in marks are no speech.

    >>> from articles.extraction.quotations import find_quotations
    >>> text = "Der „Spiegel“ fragt. Weber sagte: „Nein.“"
    >>> [spoken.spans[0].of(text) for spoken in find_spoken(text, find_quotations(text), (), ())]
    ['„Nein.“']
    """
    named = {_inside(text, tag.span) for tag in names}
    return tuple(_labelled(text, entities, quotation) for quotation in _spoken(text, quotations, named))


def _spoken(text: str, quotations: Sequence[Quotation], named: set[Span]) -> Iterator[Quotation]:
    for quotation in quotations:
        start = quotation.spans[0].start
        words = " ".join(span.of(text).strip(_MARKS) for span in quotation.spans)
        is_sentence = words.endswith(_ENDS) or _COLON.search(text, max(0, start - 2), start)
        if _inside(text, quotation.spans[0]) not in named and (is_sentence or len(words.split()) >= _CLAUSE):
            yield quotation


def _inside(text: str, span: Span) -> Span:
    """A stretch without the marks at its edges."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_MARKS))
    return Span(start, max(start, span.start + len(words.rstrip(_MARKS))))


def _labelled(text: str, entities: Sequence[Entity], quotation: Quotation) -> Quotation:
    """Name the speaker of “Weber: „Wir warten.“”, where the name opens the paragraph and nothing else is before it."""
    start = quotation.spans[0].start
    label = _LABEL.search(text, max(0, start - _BEFORE), start)
    if not label:
        return quotation
    source = Span(*label.span(1))
    for number, entity in enumerate(entities):
        if entity.kind is not Kind.LOCATION and source in entity.mentions:
            return replace(quotation, source=source, speaker=number, rule=LABELLED)
    return quotation
