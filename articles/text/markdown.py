"""A body as Markdown (CommonMark, with tables): what a reader of that makes of it has the same text.

Marks that Markdown has no way to write where they stand are left out (sub and sup, emphasis against a letter), never a
character of the text; a line break in a table's cell becomes a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from articles.text.body import BLOCKS, VOID, WHITE_SPACE

SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
# What would begin a heading, a list, a quotation, a fence or a table if it stood first on a line.
AT_START = re.compile(r"(?m)^(?:(?P<sign>[-+=>~:|])|(?P<heading>#)|(?P<number>\d{1,9})(?=[.)]))")
HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
EMPHASIS = {"strong": "**", "em": "*"}
# Where two lists follow each other, the second has other marks: else they would be one.
BULLETS, NUMBERS = ("-", "*"), (".", ")")


@dataclass(slots=True)
class Element:
    name: str
    href: str = ""
    children: list[Element | str] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.name in BLOCKS and self.name != "br"


def as_markdown(body: str) -> str:
    """Write a sanitised body as Markdown.

    >>> as_markdown('<h2>Fire</h2><p>It <strong>burns</strong>, 2 * 2 metres.</p><ul><li><p>wood</p></li></ul>')
    '## Fire\\n\\nIt **burns**, 2 \\\\* 2 metres.\\n\\n- wood'
    """
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return "\n\n".join(blocks_of(reader.root))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs).get("href") or "")
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].name == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def blocks_of(element: Element) -> list[str]:
    """The blocks in an element, each without a line end behind it; words between blocks are one, too."""
    found: list[str] = []
    words = Element("p")
    lists = 0
    for child in element.children:
        if isinstance(child, str) or not child.is_block:
            words.children.append(child)
            continue
        found += _paragraph(words)
        words = Element("p")
        lists = lists + 1 if child.name in ("ul", "ol") else 0
        found += _block(child, lists)
    return found + _paragraph(words)


def _block(element: Element, lists: int) -> list[str]:
    """`lists` counts the lists that follow each other, this one included."""
    match element.name:
        case "h2" | "h3" | "h4":
            return [HEADINGS[element.name] + line for line in _heading(element)]
        case "blockquote":
            inside = "\n\n".join(blocks_of(element))
            return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))] if inside else []
        case "ul" | "ol":
            return _list(element, lists)
        case "pre":
            return [_fenced(text_of(element).strip("\n"))]
        case "hr":
            return ["* * *"]
        case "table":
            return _table(element)
        case "p" | "figcaption":
            return _paragraph(element)
    return blocks_of(element)


def _heading(element: Element) -> list[str]:
    """A heading has one line: what has more becomes several, without marks, which could reach from one to the next."""
    lines = text_of(element).split("\n")
    return [line for each in lines for line in _paragraph(Element("p", children=[each]) if lines[1:] else element)]


def _list(element: Element, lists: int) -> list[str]:
    items: list[str] = []
    which = (lists + 1) % 2
    for child in element.children:
        if isinstance(child, Element):
            number = len(items) + 1
            sign = BULLETS[which] if element.name == "ul" else f"{number}{NUMBERS[which]}"
            inside = "\n\n".join(blocks_of(child))
            indent = " " * (len(sign) + 1)
            lines = [f"{indent}{line}".rstrip() if at else line for at, line in enumerate(inside.split("\n"))]
            items.append(f"{sign} " + "\n".join(lines))
    return ["\n".join(items)] if items else []


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _table(element: Element) -> list[str]:
    rows = [[_cell(cell) for cell in _inside(row, "td", "th")] for row in _inside(element, "tr")]
    if not rows:
        return []
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    head = rows.pop(0) if any(True for _ in _inside(element, "thead")) else [""] * width
    lines = [head, ["---"] * width, *rows]
    return ["\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _inside(element: Element, *names: str) -> list[Element]:
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found += [child] if child.name in names else _inside(child, *names)
    return found


def _cell(element: Element) -> str:
    return " ".join(_paragraph(element, breaks=" ")).replace("|", "\\|")


def text_of(element: Element) -> str:
    parts = [child if isinstance(child, str) else text_of(child) for child in element.children]
    return "\n" if element.name == "br" else "".join(parts)


def _paragraph(element: Element, *, breaks: str = "\\\n") -> list[str]:
    """The words of an element as one block, or none; `breaks` stands for a line break."""
    text = WHITE_SPACE.sub(" ", text_of(element).replace("\n", "\0")).replace("\0", "\n")
    writer = _Inline(f" {text} ", breaks)
    writer.write(element)
    words = "\n".join(line.strip(" ") for line in "".join(writer.written).split("\n")).strip()
    return [AT_START.sub(_escaped_start, words)] if words else []


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else f"\\{found[0]}"


class _Inline:
    """Writes the inside of a paragraph; `text` is its words, with a space around, to look at what stands beside."""

    def __init__(self, text: str, breaks: str) -> None:
        self.text = text
        self.breaks = breaks
        self.at = 1
        self.written: list[str] = []
        self.opened = 0  # how much was written when a mark was opened last

    def write(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                words = WHITE_SPACE.sub(" ", child)
                self.at += len(words)
                self.written.append(SPECIAL.sub(lambda found: f"\\{found[0]}", words))
            elif child.name == "br":
                self.at += 1
                self.written.append(self.breaks)
            elif child.name == "a" and child.href:
                if self.written and self.written[-1].endswith("!"):
                    self.written[-1] = f"{self.written[-1][:-1]}\\!"  # or it would be a picture
                self.enclose(child, "[", f"](<{_address(child.href)}>)")
            elif child.name in EMPHASIS and self.can_be_marked(child):
                self.enclose(child, EMPHASIS[child.name], EMPHASIS[child.name])
            else:
                self.write(child)

    def enclose(self, element: Element, opening: str, closing: str) -> None:
        self.written.append(opening)
        self.opened = len(self.written)
        self.write(element)
        self.written.append(closing)

    def can_be_marked(self, element: Element) -> bool:
        """Whether asterisks around it would be read as marks: they hold to words, and not to each other."""
        inside = WHITE_SPACE.sub(" ", text_of(element))
        is_first_inside = len(self.written) == self.opened
        is_behind_mark = bool(self.written) and self.written[-1].endswith("*") and not is_first_inside
        if not inside.strip() or inside != inside.strip() or is_behind_mark:
            return False
        before, after = self.text[self.at - 1], self.text[self.at + len(inside) : self.at + len(inside) + 1] or " "
        opens = inside[0].isalnum() or not before.isalnum()
        closes = inside[-1].isalnum() or not after.isalnum()
        return opens and closes


def _address(href: str) -> str:
    return re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", href).replace("&", "&amp;")
