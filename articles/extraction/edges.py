"""Where a name that the tagger found begins and ends: possessive endings, titles and points stand outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from articles.extraction.lexicons import load
from articles.extraction.names import PARTICLES, POSSESSIVE, is_abbreviation
from articles.text.spans import Span

# Letters after a person's name, which stand outside of it.
POSTNOMINALS = frozenset("QC KC SC MP MEP MSP MLA MBE OBE CBE KBE DBE PhD MD RN Esq".split())

_FIRST = re.compile(r"[\w@#“\"'‘’]")
# “the late Ann Li -- Omar Li’s sister -- left”: no name crosses a dash between spaces, or a line.
_PART = re.compile(r"(?:(?!\s(?:--?|[–—])\s)[^\n])+")
_WORD = re.compile(r"[^\W\d_]\S*")
_NEXT = re.compile(r"[ \u00a0]([A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*)")
# A mark at the end is the name's own where it began in the name: John “Jack”.
_OPENING = {"’": "‘", "'": "'‘", "”": "“„", '"': '"', ")": "(", "]": "["}


def find_edges(text: str, span: Span, *, is_person: bool) -> Iterator[Span]:
    """Yield the names of a stretch: none where nothing is left of it, two where a dash stands between them.

    >>> text = "Sir Percy Vane’s boat"
    >>> [part.of(text) for part in find_edges(text, Span(0, 16), is_person=True)]
    ['Percy Vane']
    """
    for part in _PART.finditer(text, span.start, span.end):
        first = _FIRST.search(text, *part.span())
        if not first:
            continue
        start, end = first.start(), _end(text, first.start(), part.end())
        if is_person:
            start, end = _person(text, start, end)
        if start < end:
            yield Span(start, end)


def _end(text: str, start: int, end: int) -> int:
    """The end without a possessive, and without points and marks that are not the name's own."""
    form = text[start:end]
    while form:
        shorter = POSSESSIVE.sub("", form.rstrip(" \t\u00a0,;:!?-–—([{"))
        if shorter and shorter[-1] in {".", *_OPENING} and not _keeps_last(shorter):
            shorter = shorter[:-1]
        if shorter == form:
            break
        form = shorter
    return start + len(form)


def _keeps_last(form: str) -> bool:
    """Whether the point or mark at the end is the name's own: U.S., Acme Inc., John “Jack”."""
    last, body = form[-1], form[:-1]
    if last == ".":
        return is_abbreviation(body.rpartition(" ")[2])
    return any(opening in body for opening in _OPENING[last])


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    words = list(_WORD.finditer(text, start, end))
    for one, following in pairwise(words):
        form = one.group()
        if form not in load("honorifics") and (form.lower() not in load("titles") or form in load("given_names")):
            break
        start = following.start()
    if len(words) > 1 and words[-1].group() in POSTNOMINALS:
        end = words[-2].end()
    elif words and words[-1].group().lower() in PARTICLES and (after := _NEXT.match(text, end)):
        end = after.end()  # Haitham bin Tariq Al | Said
    return start, end
