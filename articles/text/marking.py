"""Put marks into a body at offsets of its plain text.

Every character and every tag of the body stays as it is written; only the marks' own markup is added between them.
A mark that crosses the boundary of an element is closed before it and opened again behind it, so that the result
nests whenever the body does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from articles.text.body import WHITE_SPACE, plain_text
from articles.text.spans import Span

LINK = re.compile("<a[\\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup around a stretch of text. The markup is inserted as it is, so whoever makes a mark escapes it.

    `level` says what encloses what where marks share characters: 0 stands outside 1. `opening` begins the first piece
    and `again` (when given) each later one, so that an id is not repeated; `closing` ends every piece, and `after`
    follows the last. A mark that `is_link` is left out where it would stand inside a link, or around one.
    """

    span: Span
    opening: str
    closing: str
    level: int = 0
    again: str | None = None
    after: str = ""
    is_link: bool = False


@dataclass(slots=True)
class _Piece:
    """A part of a body as written: markup (`tag` says of which element), or one character, at `offset` if it counts."""

    written: str
    tag: str = ""
    offset: int | None = None

    @property
    def step(self) -> int:
        """What markup does to the depth inside its element: 1 for an opening tag, -1 for a closing one."""
        return -1 if self.written.startswith("</") else 1


def mark(body: str, marks: Iterable[Mark]) -> str:
    """Put marks into a body.

    Args:
        body: sanitised HTML, as `read_body` takes it.
        marks: in any order; spans count in `plain_text(body)`, and may overlap and nest. A span beyond the end of the
            text marks what there is of it.

    Returns:
        The body with the marks; taking their markup out again gives the body back, to the character, and its plain
        text is the same. Links never nest: of two marks that are links and overlap, the one that begins first stays
        and of two that begin together the longer.

    >>> mark("<p>Rain <em>in Lagos</em></p>", [Mark(Span(0, 7), "<q>", "</q>")])
    '<p><q>Rain </q><em><q>in</q> Lagos</em></p>'
    """
    pieces = list(_pieces(body))
    waiting = sorted(_placeable(marks, _linked(pieces)), key=lambda mark: mark.span.start, reverse=True)
    edges = sorted({edge for mark in waiting for edge in (mark.span.start, mark.span.end)}, reverse=True)
    sweep = _Sweep()
    for piece in pieces:
        if piece.tag:
            sweep.pass_tag(piece)
        elif piece.offset is None:
            sweep.written.append(piece.written)
        elif sweep.is_settled and not (edges and edges[-1] <= piece.offset + 1):
            sweep.written.append(piece.written)  # nothing begins or ends beside most characters
        else:
            while edges and edges[-1] <= piece.offset:
                edges.pop()
            while waiting and waiting[-1].span.start <= piece.offset:
                sweep.active.append(waiting.pop())
            sweep.end_marks(piece.offset)
            sweep.open_marks()
            sweep.written.append(piece.written)
            sweep.end_marks(piece.offset + 1)
    sweep.close_marks(0)
    return "".join([*sweep.written, *sweep.held])


class _Sweep:
    """What is open at one point of a body, and what is written up to there."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.active: list[Mark] = []  # the marks over this point of the text
        self.open: list[Mark] = []  # those whose markup is open, outermost first
        self.begun: set[int] = set()
        self.links = 0  # how many of the body's own links are open
        self.held: list[str] = []  # what follows a mark that ended inside such a link

    @property
    def is_settled(self) -> bool:
        """Whether all the marks over this point are open."""
        return len(self.open) == len(self.active)

    def pass_tag(self, piece: _Piece) -> None:
        self.close_marks(0)
        self.written.append(piece.written)
        if piece.tag == "a":
            self.links = max(0, self.links + piece.step)
        if not self.links:
            self.written += self.held
            self.held = []

    def open_marks(self) -> None:
        wanted = sorted(self.active, key=lambda mark: (mark.level, mark.span.start, -mark.span.end))
        shared = 0
        for one, other in zip(self.open, wanted, strict=False):
            if one is not other:
                break
            shared += 1
        self.close_marks(shared)
        for mark in wanted[shared:]:
            again = mark.again if id(mark) in self.begun else None
            self.written.append(mark.opening if again is None else again)
            self.begun.add(id(mark))
        self.open = wanted

    def close_marks(self, number: int) -> None:
        """Close all but the outermost `number`."""
        self.written += [mark.closing for mark in reversed(self.open[number:])]
        self.open = self.open[:number]

    def end_marks(self, offset: int) -> None:
        """Take leave of the marks that end at `offset` or before."""
        ended = [mark for mark in self.active if mark.span.end <= offset]
        if not ended:
            return
        self.active = [mark for mark in self.active if mark.span.end > offset]
        self.close_marks(next((index for index, mark in enumerate(self.open) if mark in ended), len(self.open)))
        (self.held if self.links else self.written).extend(mark.after for mark in ended if id(mark) in self.begun)


def linked_spans(body: str) -> list[Span]:
    """The stretches of the text of a body that are links already, in text order."""
    return _linked(list(_pieces(body))) if LINK.search(body) else []


def lead_in(body: str, markup: str) -> str:
    """Put markup before the words of the first paragraph; in a paragraph of its own where the body has none.

    >>> lead_in("<h2>Lagos</h2><p>Rain.</p>", "<b>LAGOS –</b> ")
    '<h2>Lagos</h2><p><b>LAGOS –</b> Rain.</p>'
    """
    end = 0
    for piece in _tokens(body):
        end += len(piece.written)
        if piece.tag == "p" and piece.step == 1:
            return f"{body[:end]}{markup}{body[end:]}"
    return f"<p>{markup}</p>{body}"


def _placeable(marks: Iterable[Mark], links: list[Span]) -> Iterator[Mark]:
    """The marks without the links that would stand in, around or across another link."""
    end = 0
    remaining = iter(links)
    link = next(remaining, None)
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        if mark.is_link:
            while link and link.end <= mark.span.start:
                link = next(remaining, None)
            if mark.span.start < end or (link and link.overlaps(mark.span)):
                continue
            end = mark.span.end
        yield mark


def _linked(pieces: list[_Piece]) -> list[Span]:
    spans = []
    depth, start, end = 0, None, 0
    for piece in pieces:
        if piece.tag == "a":
            depth = max(0, depth + piece.step)
            if depth == 0 and start is not None:
                spans.append(Span(start, end))
                start = None
        elif depth and piece.offset is not None:
            start = piece.offset if start is None else start
            end = piece.offset + 1
    return spans if start is None else [*spans, Span(start, end)]


def _pieces(body: str) -> Iterator[_Piece]:
    """Take a body apart. The pieces joined are the body; the offsets rise and count in its plain text.

    White space that the plain text folds away, and markup, have no offset. A character reference is one piece.
    """
    text = plain_text(body)
    position = 0
    preformatted = 0
    for token in _tokens(body):
        if token.tag:
            preformatted = max(0, preformatted + token.step) if token.tag == "pre" else preformatted
            yield token
            continue
        characters = html.unescape(token.written) if token.written.startswith("&") else token.written
        if not characters.isalnum() and WHITE_SPACE.fullmatch(characters):
            counts = text.startswith(characters if preformatted else " ", position)
        else:
            # Over the newline or tab that stands between two blocks, and no other space: that is a character itself.
            while characters and not text.startswith(characters, position) and text[position : position + 1].isspace():
                position += 1
            counts = bool(characters) and text.startswith(characters, position)
        yield _Piece(token.written, offset=position if counts else None)
        position += len(characters) if counts else 0


def _tokens(body: str) -> Iterator[_Piece]:
    """Tags, comments, character references and single characters, as written."""
    splitter = _Splitter()
    splitter.feed(body)
    splitter.close()
    lines = [0]
    for line in body.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    starts = [lines[line - 1] + column for line, column, _ in splitter.found]
    for (_, _, what), start, end in zip(splitter.found, starts, [*starts, len(body)][1:], strict=True):
        if what in ("", "&"):
            written = body[start:end]
            yield from [_Piece(written)] if what else (_Piece(character) for character in written)
        else:
            yield _Piece(body[start:end], tag=what)


class _Splitter(HTMLParser):
    """Notes where each part of a body begins: the line, the column, and the element, "&", or "" for characters."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, int, str]] = []

    def note(self, what: str) -> None:
        self.found.append((*self.getpos(), what))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.note(tag)

    def handle_endtag(self, tag: str) -> None:
        self.note(tag)

    def handle_data(self, data: str) -> None:
        self.note("")

    def handle_entityref(self, name: str) -> None:
        self.note("&")

    def handle_charref(self, name: str) -> None:
        self.note("&")

    def handle_comment(self, data: str) -> None:
        self.note("!")
