"""The text of Ghost's posts as HTML, out of what its two editors keep: Lexical's and Mobiledoc's."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt

from articles.documents.errors import BrokenDocument
from articles.documents.strict_json import parse

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
# Lists in quotations in lists: nobody writes deeper.
DEEPEST = 40
# Bits of a Lexical text's format.
MARKS = ((1, "strong"), (2, "em"), (32, "sub"), (64, "sup"))
BLOCKS = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li"}
# Of cards, what has words of the story; pictures, films and buttons have none.
WORDS = {"html": "html", "callout": "calloutText", "toggle": "content"}


def from_lexical(text: str, source: str) -> str:
    """The text of a post of Ghost 5, pictures and other cards without words left out.

    Raises:
        BrokenDocument: it is no JSON, or nested too deep.

    >>> from_lexical('{"root": {"children": [{"type": "paragraph", "children": [{"text": "It rained."}]}]}}', "a")
    '<p>It rained.</p>'
    """
    return _children(_mapping(parse(text, source)).get("root"), source, 0)


def from_mobiledoc(text: str, source: str) -> str:
    """The text of a post of Ghost 1 to 4.

    Raises:
        BrokenDocument: it is no JSON.

    >>> from_mobiledoc('{"markups": [["em"]], "sections": [[1, "p", [[0, [0], 1, "It"], [0, [], 0, " rained."]]]]}', "")
    '<p><em>It</em> rained.</p>'
    """
    document = _mapping(parse(text, source))
    return "".join(_section(_sequence(section), document) for section in _sequence(document.get("sections")))


def _children(node: Any, source: str, depth: int) -> str:
    if depth > DEEPEST:
        raise BrokenDocument(source, f"its text is nested deeper than {DEEPEST} elements")
    return "".join(_node(_mapping(child), source, depth + 1) for child in _sequence(_mapping(node).get("children")))


def _node(node: Mapping[str, Any], source: str, depth: int) -> str:
    kind = _text(node, "type").removeprefix("extended-")
    if "text" in node:
        return _marked(node)
    if kind == "linebreak":
        return "<br>"
    if kind == "horizontalrule":
        return "<hr>"
    if kind == "codeblock":
        return f"<pre>{html.escape(_text(node, 'code'))}</pre>"
    if kind == "markdown":
        return str(PARSER.render(_text(node, "markdown")))
    if kind in WORDS:
        return f"<div>{_text(node, WORDS[kind])}</div>"
    inside = _children(node, source, depth)
    if kind == "link":
        return f'<a href="{html.escape(_text(node, "url"))}">{inside}</a>'
    name = _text(node, "tag") if kind in {"heading", "list"} else BLOCKS.get(kind, "")
    return f"<{name}>{inside}</{name}>" if name.isalnum() else inside


def _marked(node: Mapping[str, Any]) -> str:
    written = html.escape(_text(node, "text"), quote=False)
    bits = node.get("format")
    for bit, name in MARKS:
        if isinstance(bits, int) and bits & bit:
            written = f"<{name}>{written}</{name}>"
    return written


def _section(section: Sequence[Any], document: Mapping[str, Any]) -> str:
    """A paragraph (1, name, markers), a list (3, name, items) or a card (10, number)."""
    kind, name, *rest = [*section, None, None, None][:4]
    if kind == 10:
        return _card(_at(document.get("cards"), name))
    if not isinstance(name, str) or not name.isalnum():
        return ""
    if kind == 3:
        items = "".join(f"<li>{_markers(item, document)}</li>" for item in _sequence(rest[0]))
        return f"<{name}>{items}</{name}>"
    return f"<{name}>{_markers(rest[0], document)}</{name}>" if kind == 1 else ""


def _card(card: Any) -> str:
    kind, said = [*_sequence(card), None, None][:2]
    payload = _mapping(said)
    if kind in ("markdown", "card-markdown"):
        return str(PARSER.render(_text(payload, "markdown")))
    return _text(payload, "html") if kind == "html" else ""


def _markers(markers: Any, document: Mapping[str, Any]) -> str:
    """Runs of text, each with the marks that open before it and how many close behind it."""
    written: list[str] = []
    opened: list[str] = []
    for marker in map(_sequence, _sequence(markers)):
        kind, opening, closed, text = [*marker, None, None, None, None][:4]
        for number in _sequence(opening):
            mark = [*_sequence(_at(document.get("markups"), number)), None, None][:2]
            opened.append(mark[0] if isinstance(mark[0], str) and mark[0].isalnum() else "span")
            written.append(_opening(opened[-1], _sequence(mark[1])))
        written.append(html.escape(text, quote=False) if kind == 0 and isinstance(text, str) else "<br>")
        for _ in range(min(closed, len(opened)) if isinstance(closed, int) else 0):
            written.append(f"</{opened.pop()}>")
    return "".join([*written, *(f"</{name}>" for name in reversed(opened))])


def _opening(name: str, attributes: Sequence[Any]) -> str:
    if name == "a" and len(attributes) > 1 and attributes[0] == "href":
        return f'<a href="{html.escape(str(attributes[1]))}">'
    return f"<{name}>"


def _at(values: Any, number: Any) -> Any:
    found = _sequence(values)
    return found[number] if isinstance(number, int) and 0 <= number < len(found) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
