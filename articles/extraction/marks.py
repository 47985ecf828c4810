"""Which characters of a text are quotation marks, and what they enclose.

Decides by shape (what stands before and after a mark), by direction where the mark has one, and by balance within
the paragraph; apostrophes, primes and stray marks are told apart. Leaves undecided whether enclosed words are speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from articles.text.spans import Span


class Family(Enum):
    """Marks that close one another. House styles mix them: “like this" and „so“."""

    DOUBLE = '“”„‟"'
    GUILLEMETS = "«»"
    SINGLE = "‘’‚'`"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters between an opening mark and its closing mark, both included, within one paragraph.

    Where the closing mark is missing (`is_closed` is false) the stretch runs to the next opening mark or to the end
    of the paragraph. A stretch without an opening mark (`is_opened` is false) closes the paragraph before.
    """

    span: Span
    family: Family
    is_opened: bool = True
    is_closed: bool = True


class _Shape(Enum):
    OPENING = 1
    CLOSING = -1
    NEITHER = 0


_MARK = re.compile(r"[“”„‟\"«»‘’‚'`]")
_PARAGRAPH = re.compile(r"[^\n]+")
_FAMILY = {mark: family for family in Family for mark in family.value}
# What may stand before an opening mark without a space: ("so"), He said—"so", 'either/"or".
_BEFORE_OPENING = frozenset("([{—–-/‘'`“\"„«>…")
_ENDS_SPEECH = frozenset(',.?!…;:—–-)]”"’»')
# 6'2" and 5" are lengths, not marks.
_LENGTH = re.compile(r"\d[’']\d{1,2}[”\"]|\d[’'](?=\d)")
# Words that begin with an apostrophe: 'tis the season, rock 'n' roll, the '90s, the summer of '68.
_ELISION = re.compile(r"(?:tis|twas|twere|em|til|till|cause|cos|bout|round|n[’']?|\d0s|\d\d)\b", re.IGNORECASE)
# “the farmers’ market”, “goin’ home”, “o’ the”, ‘the bosses’.’: an apostrophe at the end of a word, or the end of a
# quotation.
_MAY_BE_APOSTROPHE = re.compile(r"(?<=[sSxXzZnNoO])[’'](?: \w|[.,?!][’'])")
# A quotation in single marks holds fewer of them: what holds more is no prose, and would take long.
_MOST_MARKS = 1000


def find_stretches(text: str) -> list[Stretch]:
    """Find what stands in quotation marks, outermost marks only, in text order and without overlap.

    Time is linear in the text. Offsets are half-open code points into `text`; no stretch crosses a newline.

    >>> text = "‘It’s the farmers’ market,’ he said"
    >>> [stretch.span.of(text) for stretch in find_stretches(text)]
    ['‘It’s the farmers’ market,’']
    """
    stretches: list[Stretch] = []
    lengths = {position for match in _LENGTH.finditer(text) for position in range(*match.span())}
    for paragraph in _PARAGRAPH.finditer(text):
        marks = [m.start() for m in _MARK.finditer(text, *paragraph.span()) if m.start() not in lengths]
        if marks:
            before = stretches[-1] if stretches else None
            is_awaited = before is not None and not before.is_closed and before.span.end == paragraph.start() - 1
            stretches += _in_paragraph(text, paragraph.start(), paragraph.end(), marks, before if is_awaited else None)
    return stretches


def _in_paragraph(text: str, start: int, end: int, marks: list[int], awaiting: Stretch | None) -> Iterator[Stretch]:
    doubles = [
        (at, shape) for at in marks if _FAMILY[text[at]] is Family.DOUBLE for shape in [_shape(text, at, start, end)]
    ]
    balance = _balance_behind(doubles)
    shapes = dict(doubles)
    position, number = start, 0
    if awaiting and (closing := _orphan_closing(text, marks, shapes, awaiting.family)) is not None:
        # “It was late.¶ Nobody came,” she said: the second paragraph lacks its opening mark.
        yield Stretch(Span(start, closing + 1), awaiting.family, is_opened=False)
        position = closing + 1
    while number < len(marks):
        at = marks[number]
        number += 1
        if at < position or not _opens(text, at, start, end, shapes):
            continue
        family = _FAMILY[text[at]]
        if family is Family.SINGLE:
            closing = _closing_single(text, marks, number, start, end)
            if closing is None and not (text[at] == "‘" and _may_run_on(text, at, start, end)):
                continue
            stop = end if closing is None else closing + 1
            is_closed = closing is not None
        else:
            stop, is_closed = _closing(text, marks, number, end, shapes, balance, family)
        if family is Family.SINGLE and is_closed:
            at, stop = _widened(text, at, stop, position, end)
        if text[at + 1 : stop - is_closed].strip():
            yield Stretch(Span(at, stop), family, is_closed=is_closed)
        position = stop


def _widened(text: str, at: int, stop: int, start: int, end: int) -> tuple[int, int]:
    """A stretch with the second mark of both pairs where two single marks stand for a double one: ''so'', ``so''."""
    is_doubled = at > start and text[at - 1] == text[at] and stop < end and text[stop] == text[stop - 1]
    return (at - 1, stop + 1) if is_doubled else (at, stop)


def _shape(text: str, at: int, start: int, end: int) -> _Shape:
    """What the neighbours of a double mark, then its own direction, say."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    opening = (before.isspace() or before in _BEFORE_OPENING) and not (after.isspace() or after in ",.;:?!)")
    closing = not before.isspace() and before not in "([{" and not after.isalnum()
    if opening != closing:
        return _Shape.OPENING if opening else _Shape.CLOSING
    if text[at] in "“„‟":
        return _Shape.OPENING
    if text[at] == "”":
        return _Shape.CLOSING
    if not opening and before in ",.?!…":  # "It rains,"he said
        return _Shape.CLOSING
    if not opening and before in ":;":  # he said:"It rains"
        return _Shape.OPENING
    return _Shape.NEITHER


def _balance_behind(doubles: list[tuple[int, _Shape]]) -> dict[int, int]:
    """For each double mark, openings less closings from it to the end of the paragraph."""
    total, balance = 0, {}
    for at, shape in reversed(doubles):
        total += shape.value
        balance[at] = total
    return balance


def _opens(text: str, at: int, start: int, end: int, shapes: dict[int, _Shape]) -> bool:
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if at in shapes:
        return shapes[at] is _Shape.OPENING or (shapes[at] is _Shape.NEITHER and before.isspace())
    if mark == "«":
        return at + 1 < end
    if mark == "»":  # »So schreibt man«
        return before.isspace() and after.isalnum()
    if mark == "’" or not (before.isspace() or before in _BEFORE_OPENING):
        return False
    return (after.isalnum() or after in '[(“"…£$€') and not _ELISION.match(text, at + 1, end)


def _closing(
    text: str,
    marks: list[int],
    number: int,
    end: int,
    shapes: dict[int, _Shape],
    balance: dict[int, int],
    family: Family,
) -> tuple[int, bool]:
    """Where a stretch of double marks or guillemets ends, and whether a mark ends it."""
    opener, depth = text[marks[number - 1]], 1
    for at in map(marks.__getitem__, range(number, len(marks))):
        if family is Family.GUILLEMETS:
            is_mirrored = text[at] in "«»" and text[at] != opener
            if is_mirrored or (text[at] == opener and opener == "»" and not text[at - 1].isspace()):
                return at + 1, True
        elif at in shapes:
            if shapes[at] is _Shape.OPENING:
                # Two openings: a quotation inside, if as many marks close, or else the first was never closed.
                if balance[at] >= 0:
                    return at, False
                depth += 1
            else:
                depth -= 1
                if not depth:
                    return at + 1, True
    return end, False


def _closing_single(text: str, marks: list[int], number: int, start: int, end: int) -> int | None:
    """The closing mark of a single one: the first that cannot be an apostrophe, or else the last that may be."""
    doubtful = None
    inside_double = False
    for at in marks[number : number + _MOST_MARKS]:
        if _FAMILY[text[at]] is Family.DOUBLE:
            inside_double = not inside_double
        if _FAMILY[text[at]] is not Family.SINGLE or inside_double:
            continue
        after = text[at + 1] if at + 1 < end else " "
        if not text[at - 1].isspace() and not after.isalnum() and text[at] not in "‚`":
            if text[at - 1] in _ENDS_SPEECH or not _MAY_BE_APOSTROPHE.match(text, at):
                return at
            doubtful = at
        elif text[at] != "’" and _opens(text, at, start, end, {}):
            break
    return doubtful


def _may_run_on(text: str, at: int, start: int, end: int) -> bool:
    """Whether a single mark that nothing closes is a mark all the same: it, or the next one, opens a paragraph."""
    return at == start or text.startswith("\n‘", end) or text.endswith(": ", start, at)


def _orphan_closing(text: str, marks: list[int], shapes: dict[int, _Shape], family: Family) -> int | None:
    """The first mark of a paragraph, if it closes what the paragraph before left open."""
    first = next((at for at in marks if _FAMILY[text[at]] is family), None)
    if first is None or family is Family.SINGLE:
        return None
    closes = shapes[first] is _Shape.CLOSING if first in shapes else text[first] == "»"
    return first if closes else None
