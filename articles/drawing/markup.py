"""Elements of SVG and HTML as text: whatever is put between or into tags is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape


class Markup(str):
    """Text that is markup already; any other text is escaped where it is put into an element."""

    __slots__ = ()


def element(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> Markup:
    """`<name …>content</name>`; attributes that are None are left out."""
    given = "".join(
        f' {key}="{escape(_plain(str(value)))}"' for key, value in (attributes or {}).items() if value is not None
    )
    inner = joined(content)
    return Markup(f"<{name}{given}>{inner}</{name}>" if inner or name not in EMPTY else f"<{name}{given}/>")


def joined(content: Iterable[str]) -> Markup:
    return Markup("".join(each if isinstance(each, Markup) else escape(_plain(each)) for each in content))


# Elements that hold nothing; in HTML, “<a/>” would open one.
EMPTY = frozenset("path circle line rect use polyline".split())


def _plain(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n") if not text.isprintable() else text
