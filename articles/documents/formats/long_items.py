"""Cut what is too long out of a feed or an export before a parser holds it in memory: one item, and not the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MARK = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|<item[\s>]|</item\s*>")
# A mark may be cut by the end of a piece; none that is written by a program is longer.
LONGEST_MARK = 12
ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
TOO_LONG = "too-long"
IN_ITS_PLACE = f"<item><{TOO_LONG}/></item>"


def without_long_items(pieces: Iterable[str], most: int) -> Iterator[str]:
    """The pieces of an XML text, its items whole, with `IN_ITS_PLACE` for each that has more than `most` characters.

    >>> "".join(without_long_items(["<a><item>one</item><it", "em>two, and more</item></a>"], 20))
    '<a><item>one</item><item><too-long/></item></a>'
    """
    cutter = _Cutter(most)
    rest = ""
    for piece in pieces:
        rest += piece
        at = 0
        for mark in MARK.finditer(rest):
            yield from cutter.text(rest[at : mark.start()])
            yield from cutter.mark(mark.group())
            at = mark.end()
        safe = max(at, len(rest) - LONGEST_MARK)
        yield from cutter.text(rest[at:safe])
        rest = rest[safe:]
    yield from cutter.text(rest)
    yield "".join(cutter.held)


class _Cutter:
    def __init__(self, most: int) -> None:
        self.most = most
        self.held: list[str] = []
        self.size = 0
        self.is_in_item = False
        self.end = ""  # what ends the CDATA section or comment that is open

    def text(self, text: str) -> Iterator[str]:
        if not self.is_in_item:
            yield text
            return
        self.size += len(text)
        if self.size <= self.most:
            self.held.append(text)
        else:
            self.held.clear()

    def mark(self, mark: str) -> Iterator[str]:
        if self.end:
            self.end = "" if mark == self.end else self.end
            yield from self.text(mark)
        elif mark in ENDS:
            self.end = ENDS[mark]
            yield from self.text(mark)
        elif mark.startswith("<item") and not self.is_in_item:
            self.is_in_item, self.size = True, 0
            yield from self.text(mark)
        elif mark.startswith("</item") and self.is_in_item:
            yield from self.text(mark)
            yield "".join(self.held) if self.size <= self.most else IN_ITS_PLACE
            self.is_in_item, self.held = False, []
        else:
            yield from self.text(mark)
