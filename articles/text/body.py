"""The body of a story: a small subset of HTML, and the plain text that all offsets count in.

`plain_text` and everything that puts marks into a body (`marking.py`) read the same tokens, so that an offset
means the same character to both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

# Elements that stand on a line of their own. A line break counts as the end of a line, too.
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "hr", "img", "wbr"})
# Not form feed and friends alone: every character that HTML and Python agree to be white space, no-break space not.
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
TAG_NAME = re.compile(r"<(?P<closing>/?)(?P<name>[a-z][a-z0-9]*)")


@dataclass(frozen=True, slots=True)
class Tag:
    """Markup as written, which takes no room in the text."""

    name: str
    html: str
    closing: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the text, beginning at offset `start`."""

    start: int
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Tag | Run] = []
        self.length = 0
        self.separator = ""  # what must come before the next character, if one comes
        self.spaces_at = 0  # where among the tokens that is, if it is spaces
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.boundary(tag)
        self.preformatted += tag == "pre"
        self.tokens.append(Tag(tag, self.get_starttag_text() or "", closing=False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.boundary(tag)
        self.tokens.append(Tag(tag, self.get_starttag_text() or "", closing=False))

    def handle_endtag(self, tag: str) -> None:
        self.boundary(tag)
        self.preformatted -= tag == "pre" and self.preformatted > 0
        self.tokens.append(Tag(tag, f"</{tag}>", closing=True))

    def handle_data(self, data: str) -> None:
        for line in data.splitlines(keepends=True) if self.preformatted else [data]:
            self.words(line)

    def boundary(self, tag: str) -> None:
        if tag in CELLS:
            self.separator = self.separator if self.separator == "\n" else "\t"
        elif tag in BLOCKS:
            self.separator = "\n"

    def words(self, data: str) -> None:
        if self.preformatted:
            words = data.rstrip("\r\n")
        else:
            words = WHITE_SPACE.sub(" ", data)
            if words.startswith(" "):
                self.space(" ")
            words = words.lstrip(" ")
        core = words.rstrip(" ")
        if core:
            self.emit(core)
        if len(words) > len(core):
            self.space(words[len(core) :])
        if self.preformatted and data.endswith(("\n", "\r")):
            self.separator = "\n"

    def space(self, spaces: str) -> None:
        if not self.separator:
            self.separator = spaces
            self.spaces_at = len(self.tokens)

    def emit(self, words: str) -> None:
        if self.length and self.separator:
            at = len(self.tokens) if self.separator.strip(" ") else self.spaces_at
            self.tokens.insert(at, Run(self.length, self.separator))
            self.length += len(self.separator)
        self.separator = ""
        self.tokens.append(Run(self.length, words))
        self.length += len(words)


def read_body(body: str) -> list[Tag | Run]:
    """Split a body into markup and runs of text, in order.

    White space is folded as a browser folds it (kept inside `<pre>`); between two blocks stands a run of one
    newline, between two cells of a table one tab. The runs joined are the plain text.
    """
    reader = _Reader()
    reader.feed(_without_comments(body))
    reader.close()
    return reader.tokens


def _without_comments(body: str) -> str:
    """A comment that has no end hides what follows, as in browsers; looking for its end from each place takes ages."""
    parts, at = [], 0
    while (start := body.find("<!--", at)) >= 0:
        parts.append(body[at:start])
        end = body.find("-->", start + 4)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join([*parts, body[at:]])


def plain_text(body: str) -> str:
    """The text of a body, one newline between blocks, none at its ends.

    >>> plain_text("<p>One &amp; <em>two</em></p><p>three</p>")
    'One & two\\nthree'
    """
    return "".join(token.text for token in read_body(body) if isinstance(token, Run))


def top_blocks(body: str) -> list[str]:
    """The elements that follow each other in a body, with all that is in them, and text that stands between them.

    >>> top_blocks("<p>One</p><ul><li>two</li></ul>")
    ['<p>One</p>', '<ul><li>two</li></ul>']
    """
    blocks, depth = [""], 0
    for piece in re.split(r"(<[^>]*>)", body):
        name = TAG_NAME.match(piece)
        if name and not depth and not name["closing"] and name["name"] in BLOCKS:
            blocks.append("")
        blocks[-1] += piece
        if name and name["name"] not in VOID:
            depth += -1 if name["closing"] else 1
        if name and depth == 0 and name["name"] in BLOCKS:
            blocks.append("")
    return [block for block in blocks if block.strip()]
