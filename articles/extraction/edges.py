"""Where a name that the tagger found begins and ends: possessive endings, titles and points stand outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from articles.extraction.lexicons import load
from articles.extraction.names import GIVEN_TOO, PARTICLES, POSSESSIVE, is_abbreviation
from articles.text.spans import Span

# Letters after a person's name, which stand outside of it.
POSTNOMINALS = frozenset("QC KC SC MP MEP MSP MLA MBE OBE CBE KBE DBE PhD MD RN Esq".split())

_FIRST = re.compile(r"[\w@#“\"'‘’]")
# “the late Ann Li -- Omar Li’s sister -- left”: no name crosses a dash between spaces, or a line.
_PART = re.compile(r"(?:(?!\s(?:--?|[–—])\s)[^\n])+")
_WORD = re.compile(r"[^\W\d_]\S*")
_NEXT = re.compile(r"[ \u00a0]([A-Z][^\W\d_]+(?:[-’'][^\W\d_]+)*)")
_BEFORE = re.compile(r"([A-Z][^\W\d_]+)[ \u00a0]\Z")
# Behind these May and June are months, and “Will” begins nothing.
_MONTH = re.compile(r"(?:\A|\n|[.?!:”\"] |\b(?:[Ii]n|[Oo]n|of|last|next|this|since|until|by|from|to)[ \u00a0])\Z")
# What a name may go on with where the tagger stopped: Kettleblog | .com, Ann [Li | ]
_REST = re.compile(r"(\.(?:com|org|net|[a-z]{2})(?!\w))|\]")
# A mark at the end is the name's own where it began in the name: John “Jack”.
_OPENING = {"’": "‘", "'": "'‘", "”": "“„", '"': '"', ")": "(", "]": "["}
# The first mark of a name, if it closes what opens before it.
_CLOSED = re.compile(r"[^“„”\"]+([”\"])[ \u00a0]")


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
        start = _start(text, first.start(), part.end())
        end = _end(text, start, part.end())
        if is_person:
            start, end = _person(text, start, end)
        if start < end:
            yield Span(start, end)


def _start(text: str, start: int, end: int) -> int:
    """The start with the mark before it where only its closing one is in the name: “ | Tubby” Marsh."""
    closed = _CLOSED.match(text, start, end)
    return start - 1 if closed and start and text[start - 1] in _OPENING[closed[1]] else start


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
    end = start + len(form)
    if form.endswith((" Jr", " Sr")) and text[end : end + 1] == ".":
        return end + 1
    rest = _REST.match(text, end)
    if rest and (rest[1] or form.count("[") > form.count("]")):
        end = rest.end()
    return end


def _keeps_last(form: str) -> bool:
    """Whether the point or mark at the end is the name's own: U.S., Acme Inc., John “Jack”."""
    last, body = form[-1], form[:-1]
    if last == ".":
        return is_abbreviation(body.rpartition(" ")[2])
    return any(opening in body for opening in _OPENING[last])


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    words = list(_WORD.finditer(text, start, end))
    for one, following in pairwise(words):
        if not _is_title(one.group()):
            break
        start = following.start()
    if len(words) > 1 and words[-1].group() in POSTNOMINALS:
        end = words[-2].end()
    elif words and words[-1].group().lower() in PARTICLES and (after := _NEXT.match(text, end)):
        end = after.end()  # Haitham bin Tariq Al | Said
    before = _BEFORE.search(text, max(0, start - 30), start)
    if before and words and words[0].group().lower() in PARTICLES - GIVEN_TOO and _may_be_given(before[1]):
        start = before.start()  # Inês | de Sá Leite
    elif before and len(words) == 1 and _is_given(text, before):
        start = before.start()  # June | Pratt
    return start, end


def _may_be_given(form: str) -> bool:
    lower = form.lower()
    return not (_is_title(form) or lower in load("function_words") or lower in load("common_words"))


def _is_given(text: str, before: re.Match[str]) -> bool:
    """Whether the word before a surname is a given name: June Pratt; not: Captain Pratt, in June Pratt."""
    is_listed = before[1] in load("given_names") and before[1].lower() not in load("titles")
    return is_listed and not _MONTH.search(text, max(0, before.start() - 12), before.start())


def _is_title(form: str) -> bool:
    """Whether the first word of a name is none of it: Sir, Cllr, King; not Don or Earl, which are given names."""
    is_listed = any(one in load(words) for words in ("honorifics", "titles") for one in (form, form.lower()))
    return is_listed and form not in load("given_names")
