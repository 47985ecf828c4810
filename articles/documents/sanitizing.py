"""The only HTML that a body may hold."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from articles.text import normalize
from articles.text.body import WHITE_SPACE

RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "tfoot": "tbody"}
INLINE = frozenset({"strong", "em", "a", "sub", "sup"})
# What holds words only: inside one of these a block is no more than a line of its own.
LEAVES = frozenset({"h2", "h3", "h4", "pre", "figcaption", "td", "th"})
CONTAINERS = frozenset({"blockquote", "figure", "ul", "ol", "li"})
TABLE_PARTS = frozenset({"table", "thead", "tbody", "tr"})
# Not kept themselves, but a paragraph ends where one of them begins or ends.
BOUNDARIES = frozenset(
    "address article aside caption center dd details dialog dir div dl dt fieldset footer form header hgroup legend "
    "main menu nav section summary".split()
)
# Not kept, nor what stands in them.
DROPPED = frozenset(
    "applet audio button canvas embed head iframe math noscript object script select style svg template textarea title "
    "video".split()
)
READ = INLINE | LEAVES | CONTAINERS | TABLE_PARTS | BOUNDARIES | frozenset(RENAMED) | {"p", "br", "hr", "q"}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "noopener noreferrer"
# Quotations in lists in quotations: deeper than this nothing is told apart any more, and a hostile page goes deeper.
DEEPEST = 8
# The parser needs time that grows with the square of the depth; pages go some twenty deep, browsers to 512.
DEEPEST_READ = 256
NESTING = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dir|div|dl|fieldset|figure|footer|form|header|main|menu|nav|ol|"
    r"section|span|table|ul)\b[^<>]*>",
    re.IGNORECASE,
)

# Halves of a character, as JSON may hold them: no text that can be written down.
HALVES = re.compile("[\ud800-\udfff]")


def sanitise(markup: str) -> str:
    """Reduce HTML to the subset a body may hold, in one canonical spelling.

    Kept: p h2 h3 h4 blockquote ul ol li pre strong em a[href] br sub sup table thead tbody tr th td figure figcaption
    hr. h1 becomes h2, b strong, i em; words outside any paragraph get one; a list item holds paragraphs; two line
    breaks end a paragraph; `q` becomes quotation marks. White space is folded, empty elements are dropped, characters
    cleaned (`normalize.clean`). Links lead to http, https or mailto. Scripts, styles, handlers, comments and images are
    gone.

    `sanitise(sanitise(x)) == sanitise(x)`.

    >>> sanitise('<h1>Fire</h1>It <b onclick="x()">burns</b>.<script>alert(1)</script>')
    '<h2>Fire</h2><p>It <strong>burns</strong>.</p>'
    """
    return "".join(sanitised_blocks(markup))


def sanitised_blocks(markup: str) -> list[str]:
    """The same, cut between the outermost elements: paragraphs, headings, whole lists, whole tables.

    >>> sanitised_blocks("<div>One<p>two</div>")
    ['<p>One</p>', '<p>two</p>']
    """
    safe = nh3.clean(
        shallow(HALVES.sub("", markup)),
        tags=set(READ),
        clean_content_tags=set(DROPPED),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel=LINK_REL,
        strip_comments=True,
    )
    writer = _Writer()
    writer.feed(safe)
    writer.close()
    writer.end_paragraph()
    return writer.blocks


def shallow(markup: str) -> str:
    """Leave out the opening tags of elements that stand deeper than anything a person wrote."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        depth = max(depth - 1, 0) if match.group(1) else depth + 1
        return " " if depth > DEEPEST_READ and not match.group(1) else match.group()

    return NESTING.sub(kept, markup)


# A piece of a paragraph: the opening tags of the inline elements around it, and its text; None is a line break.
Piece = tuple[tuple[str, ...], str | None]


def _cleaned(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours with the same elements around them, and clean each; what a cleaner empties is left out."""
    if len(pieces) == 1 and (only := pieces[0][1]) is not None:
        cleaned = normalize.clean(only)
        return [(pieces[0][0], cleaned)] if cleaned else []
    # Twice: where the cleaner empties a piece, the pieces beside it become neighbours.
    for _ in range(2):
        joined: list[tuple[tuple[str, ...], list[str] | None]] = []
        for around, text in pieces:
            if text is None:
                joined.append((around, None))
            elif joined and joined[-1][0] == around and (parts := joined[-1][1]) is not None:
                parts.append(text)
            else:
                joined.append((around, [text]))
        pieces = []
        for around, parts in joined:
            if parts is None:
                pieces.append((around, None))
            elif text := normalize.clean("".join(parts)):
                pieces.append((around, text))
    return pieces


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Leave out line breaks and white space of any kind at both ends."""
    first, last = 0, len(pieces)
    while first < last and not (pieces[first][1] or "").strip():
        first += 1
    while last > first and not (pieces[last - 1][1] or "").strip():
        last -= 1
    pieces = pieces[first:last]
    if pieces:
        pieces[0] = (pieces[0][0], (pieces[0][1] or "").lstrip())
        pieces[-1] = (pieces[-1][0], (pieces[-1][1] or "").rstrip())
    return pieces


def _written(pieces: list[Piece]) -> str:
    """Write a paragraph's inside: white space folded and outside of elements, neighbours in one element."""
    output: list[str] = []
    opened: tuple[str, ...] = ()
    gap = ""
    for around, text in pieces:
        if text is None:
            gap = "<br>"
            continue
        words = WHITE_SPACE.sub(" ", text)
        if words.startswith(" "):
            gap = gap or " "
        if not words.strip(" "):
            continue
        common = 0
        while common < min(len(opened), len(around)) and opened[common] == around[common]:
            common += 1
        output += [_closing(tag) for tag in reversed(opened[common:])]
        output.append(gap if output else "")
        output += around[common:]
        output.append(html.escape(words.strip(" "), quote=False))
        opened = around
        gap = " " if words.endswith(" ") else ""
    output += [_closing(tag) for tag in reversed(opened)]
    return "".join(output)


def _closing(opening: str) -> str:
    return f"</{opening[1:-1].split()[0]}>"


@dataclass
class _Container:
    name: str  # empty for one that is not kept
    is_written: bool = False
    is_implied: bool = False


@dataclass
class _Table:
    """Rows by the part of the table they stand in; a row without words is left out."""

    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    part: str = "tbody"
    cells: list[tuple[str, str]] = field(default_factory=list)

    def end_row(self) -> None:
        if any(words for _, words in self.cells):
            row = "".join(f"<{name}>{words}</{name}>" for name, words in self.cells)
            if not self.parts or self.parts[-1][0] != self.part:
                self.parts.append((self.part, []))
            self.parts[-1][1].append(f"<tr>{row}</tr>")
        self.cells = []

    def write(self) -> str:
        parts = "".join(f"<{name}>{''.join(rows)}</{name}>" for name, rows in self.parts)
        return f"<table>{parts}</table>" if parts else ""


class _Writer(HTMLParser):
    """Write what nh3 let through again, element by element; what it reads is balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.block: list[str] = []
        self.containers: list[_Container] = []
        self.table: _Table | None = None
        self.rule_is_due = False
        self.paragraph = ""  # name of the paragraph or leaf that is open
        self.pieces: list[Piece] = []
        self.nested = 0  # leaves of the same name inside the open one
        self.around: tuple[str, ...] = ()  # opening tags of the inline elements that are open
        self.outside: list[tuple[str, ...]] = []  # what was around each of them

    # What the parser calls.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in INLINE:
            self.start_inline(tag, dict(attrs))
        elif tag == "q":
            self.handle_data("“")
        elif tag == "br":
            self.line_break()
        elif self.paragraph in LEAVES:
            self.nested += tag == self.paragraph
            self.line_break()
        elif tag in CONTAINERS:
            self.start_container(tag)
        else:
            self.end_paragraph()
            self.start_part(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in INLINE:
            self.around = self.outside.pop()
        elif tag == "q":
            self.handle_data("”")
        elif self.paragraph in LEAVES and (tag != self.paragraph or self.nested):
            self.nested -= tag == self.paragraph
            self.line_break()
        elif tag in CONTAINERS:
            self.end_container()
        else:
            self.end_paragraph()
            self.end_part(tag)

    def handle_data(self, data: str) -> None:
        if not self.paragraph:
            if not data.strip():
                return
            self.paragraph = "p"
        self.pieces.append(((), data) if self.paragraph == "pre" else (self.around, data))

    # Inside a paragraph.

    def start_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        opening = f"<{tag}>"
        if tag == "a":
            href = attributes.get("href")
            opening = f'<a href="{html.escape(href)}" rel="{LINK_REL}">' if href else ""
        self.outside.append(self.around)
        # Each element once: bold in bold is bold, and the depth stays that of INLINE.
        if opening and not any(_closing(earlier) == f"</{tag}>" for earlier in self.around):
            self.around = (*self.around, opening)

    def line_break(self) -> None:
        if self.paragraph == "pre":
            self.pieces.append(((), "\n"))
        elif self.paragraph == "p" and self.ends_with_line_break():
            self.end_paragraph()
        elif self.paragraph:
            self.pieces.append(((), None))

    def ends_with_line_break(self) -> bool:
        for _, text in reversed(self.pieces):
            if text is None or text.strip():
                return text is None
        return False

    def end_paragraph(self) -> None:
        if not self.paragraph and not self.pieces:
            self.nested = 0
            return
        name, pieces = self.paragraph, _cleaned(self.pieces)
        self.paragraph, self.pieces, self.nested = "", [], 0
        if name == "pre":
            lines = [line.rstrip() for line in "".join(text or "" for _, text in pieces).split("\n")]
            words = html.escape("\n".join(line for line in lines if line), quote=False)
        else:
            words = _written(_trimmed(pieces))
        if name in {"td", "th"} and self.table:
            self.table.cells.append((name, words))
        elif words:
            self.write(f"<{name}>{words}</{name}>")

    # Around paragraphs.

    def start_part(self, tag: str) -> None:
        if tag == "hr":
            innermost = self.innermost()
            self.rule_is_due = self.rule_is_due or (
                bool(self.blocks) if innermost is None else innermost.name == "blockquote" and innermost.is_written
            )
        elif tag == "table":
            self.table = _Table()
        elif tag in {"thead", "tbody"} and self.table:
            self.table.part = tag
        elif tag in LEAVES or tag == "p":
            self.paragraph = tag

    def end_part(self, tag: str) -> None:
        if tag == "tr" and self.table:
            self.table.end_row()
        elif tag == "table" and self.table:
            table, self.table = self.table, None
            if markup := table.write():
                self.write(markup)

    def start_container(self, tag: str) -> None:
        self.end_paragraph()
        innermost = self.innermost()
        if tag == "li" and innermost and innermost.is_implied:
            self.end_implied()
            innermost = self.innermost()
        in_list = innermost is not None and innermost.name in {"ul", "ol"}
        # What stands in a list and is no item gets an item of its own, which counts, too.
        needs_item = in_list and tag != "li"
        is_kept = len(self.containers) + needs_item < DEEPEST and (tag != "li" or in_list)
        if is_kept and needs_item:
            self.containers.append(_Container("li", is_implied=True))
        self.containers.append(_Container(tag if is_kept else ""))

    def end_container(self) -> None:
        self.end_paragraph()
        self.end_implied()
        self.close_container()

    def end_implied(self) -> None:
        while self.containers and self.containers[-1].is_implied:
            self.close_container()

    def close_container(self) -> None:
        container = self.containers.pop()
        if container.is_written:
            self.block.append(f"</{container.name}>")
            self.rule_is_due = False
            self.end_block()

    def innermost(self) -> _Container | None:
        return next((container for container in reversed(self.containers) if container.name), None)

    def write(self, markup: str) -> None:
        innermost = self.innermost()
        if innermost and innermost.name in {"ul", "ol"}:
            self.containers.append(_Container("li", is_implied=True))
        if self.rule_is_due:
            self.block.append("<hr>")
            self.rule_is_due = False
            self.end_block()
        for container in self.containers:
            if container.name and not container.is_written:
                self.block.append(f"<{container.name}>")
                container.is_written = True
        self.block.append(markup)
        self.end_block()

    def end_block(self) -> None:
        if not any(container.is_written for container in self.containers):
            self.blocks.append("".join(self.block))
            self.block = []
