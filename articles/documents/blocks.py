"""The outermost elements of a body, one by one: what furniture is told apart in."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from articles.documents.sanitizing import sanitised_blocks
from articles.text.body import Run, plain_text, read_body


@dataclass(frozen=True)
class Block:
    """One outermost element of a sanitised body, as written."""

    html: str

    @property
    def name(self) -> str:
        """The element: "p", "h2", "ul"."""
        return self.html[1:].split(">", 1)[0].split(" ", 1)[0]

    @cached_property
    def text(self) -> str:
        if self.html.startswith("<p>") and self.html.count("<") == 2:
            # Nearly every block of a long document: sanitised already, it needs no parser.
            return html.unescape(self.html[3:-4])
        return plain_text(self.html)

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def split(markup: str) -> list[Block]:
    """Sanitise HTML and take its outermost elements apart."""
    return [Block(written) for written in sanitised_blocks(markup)]


def join(blocks: Iterable[Block]) -> str:
    """Make one body of blocks; a rule that parts nothing, since what stood beside it was taken out, goes as well.

    >>> join([Block("<hr>"), Block("<p>It rains.</p>"), Block("<hr>"), Block("<hr>"), Block("<p>It pours.</p>")])
    '<p>It rains.</p><hr><p>It pours.</p>'
    """
    body: list[Block] = []
    for block in blocks:
        if block.name != "hr" or (body and body[-1].name != "hr"):
            body.append(block)
    if body and body[-1].name == "hr":
        body.pop()
    return "".join(block.html for block in body)


def paragraph(lines: Iterable[str]) -> Block:
    """A paragraph of plain lines."""
    return Block(f"<p>{'<br>'.join(html.escape(line, quote=False) for line in lines)}</p>")


def part(block: Block, start: int, end: int | None = None) -> list[Block]:
    """What is left of a block between two offsets of its text; none where nothing is.

    >>> part(Block("<p><strong>PARIS</strong> — It <em>rains</em>.</p>"), 8)
    [Block(html='<p>It <em>rains</em>.</p>')]
    """
    end = len(block.text) if end is None else end
    pieces: list[str] = []
    for token in read_body(block.html):
        if isinstance(token, Run):
            kept = token.text[max(start - token.start, 0) : max(end - token.start, 0)]
            pieces.append(html.escape(kept, quote=False) if kept.strip("\n") else "")
        else:
            pieces.append(token.html)
    return split("".join(pieces))
