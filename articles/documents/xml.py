"""XML from anybody: nothing is fetched, no entity is declared, and what is too deep or too long is refused.

What is wrong with it is told with its line. A few slips that are no danger and that wires make every day are mended
before parsing: characters that no XML may hold, HTML's names of characters (`&nbsp;`), a declaration that says UTF-16
of a file that is not.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

import lxml.etree
import lxml.html

from articles.documents.encodings import decode
from articles.documents.errors import BrokenDocument

# lxml's parsers take these. Without `huge_tree` libxml2 itself ends at a depth of 256 and at ten million characters in
# one text.
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
DECLARATION = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
# What stands before the first element; each piece is read once, however many there are.
PROLOG = re.compile(r"\ufeff?\s*(?:(?:<\?.*?\?>|<!--.*?-->)\s*+)*+", re.DOTALL)
DOCTYPE = re.compile(r"""<!DOCTYPE\b(?:[^<>\[\]"']|"[^"]*"|'[^']*')*+(?P<end>[>\[])""", re.IGNORECASE)
ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[^\W\d][\w.-]*)(?P<attributes>[^<>]*)")
REFERENCE = re.compile(r"&(?:#x?[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOTHING = "nothing"
# The attributes that tell what is story and where links lead; writing all of thousands takes the square of the time.
KEPT = frozenset({"class", "hidden", "href", "id", "role", "src", "style"})
# libxml2 repeats the place at the end of its messages.
PLACE = re.compile(r",? line \d+, column \d+$|,? use XML_PARSE_HUGE option")


def parse(content: bytes, source: str) -> lxml.etree._Element:
    """Parse a whole document; comments and processing instructions are left out.

    Raises:
        UnknownEncoding: the bytes are no text.
        BrokenDocument: it is no well-formed XML, breaks off, is nested too deep, or declares entities.

    >>> parse(b"<nitf><p>Caf&eacute;</p></nitf>", "cafe.xml").findtext("p")
    'Café'
    """
    text = prepared(decode(content, source, declared=declared_encoding(content)), source)
    try:
        return lxml.etree.fromstring(text.encode(), lxml.etree.XMLParser(encoding="utf-8", **SAFE))
    except lxml.etree.XMLSyntaxError as error:
        raise BrokenDocument(source, told(error)) from error


def declared_encoding(content: bytes) -> str | None:
    """The encoding in the declaration; none where it says UTF-16 of bytes in which it could not be read then."""
    match = DECLARATION.match(content[:1000].removeprefix(b"\xef\xbb\xbf"))
    name = match[1].decode("ascii") if match else None
    return None if name and name.lower().startswith(("utf-16", "utf-32", "ucs", "unicode")) else name


def prepared(text: str, source: str) -> str:
    """Leave out the declaration and the document type of a document, its lines kept, and mend its characters.

    Raises:
        BrokenDocument: the document type declares something of its own.
    """
    start = PROLOG.match(text)
    at = start.end() if start else 0
    if doctype := DOCTYPE.match(text, at):
        if doctype["end"] == "[":
            line = text.count("\n", 0, at) + 1
            raise BrokenDocument(source, f"line {line} declares a document type of its own; expected XML without one")
        at = doctype.end()
    mended = REFERENCE.sub(_character, FORBIDDEN.sub("", text[at:]))
    return "\n" * text.count("\n", 0, at) + mended


def root_name(start: bytes) -> str:
    """The name of the first element of what may be XML, its namespace in braces; empty where there is none.

    >>> root_name(b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">')
    '{http://www.w3.org/2005/Atom}feed'
    """
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = start.decode(encoding, "ignore")
    prolog = PROLOG.match(text)
    at = prolog.end() if prolog else 0
    doctype = DOCTYPE.match(text, at)
    root = ROOT.match(text[doctype.end() :].lstrip() if doctype and doctype["end"] == ">" else text[at:])
    if not root:
        return ""
    prefix = f":{root['prefix']}" if root["prefix"] else ""
    declared = re.search(rf"""\sxmlns{re.escape(prefix)}\s*=\s*["']([^"'<>]*)""", root["attributes"])
    return f"{{{declared[1]}}}{root['name']}" if declared else root["name"]


def told(error: lxml.etree.XMLSyntaxError) -> str:
    """What is wrong with a document, and where, in one line."""
    said = " ".join(PLACE.sub("", error.msg or "it is empty").split())
    return f"line {error.lineno or 1} is no well-formed XML: {said}"


def text_of(element: lxml.etree._Element | None) -> str:
    """The words in an element, white space folded; empty for none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def local_name(element: lxml.etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def each(element: lxml.etree._Element, path: str) -> list[lxml.etree._Element]:
    """The elements at a path of names, in whatever namespace: "itemMeta/edNote"."""
    return list(element.findall("/".join(f"{{*}}{name}" for name in path.split("/"))))


def first(element: lxml.etree._Element, path: str) -> lxml.etree._Element:
    """The first of them; where there is none, an element that says nothing."""
    found = each(element, path)
    return found[0] if found else lxml.etree.Element(NOTHING)


def is_there(element: lxml.etree._Element) -> bool:
    return bool(element.tag != NOTHING)


def words(element: lxml.etree._Element, path: str) -> str:
    """The words of all elements at a path."""
    return " ".join(filter(None, map(text_of, each(element, path))))


def markup_in(element: lxml.etree._Element) -> str:
    """What stands in an element, as HTML without prefixes; not yet sanitised.

    >>> markup_in(parse(b'<h:div xmlns:h="http://www.w3.org/1999/xhtml">Rain<h:br/> &amp; snow</h:div>', "a"))
    'Rain<br> &amp; snow'
    """
    return html.escape(element.text or "", quote=False) + "".join(map(_as_html, element))


def _as_html(element: lxml.etree._Element) -> str:
    copy = lxml.html.Element(local_name(element) or "span")
    stack = [(element, copy)]
    while stack:
        read, written = stack.pop()
        written.text = read.text
        for name in KEPT & set(read.keys()):
            written.set(name, read.get(name, ""))
        for child in read:
            made = lxml.etree.SubElement(written, local_name(child) or "span")
            made.tail = child.tail
            stack.append((child, made))
    copy.tail = element.tail
    return str(lxml.etree.tostring(copy, method="html", encoding="unicode"))


def _character(match: re.Match[str]) -> str:
    """What a reference means, escaped anew; one that nobody knows stays, and is refused with its line."""
    written = match.group()
    if written[1] != "#" and written[1:] not in html5:
        return written
    return html.escape(FORBIDDEN.sub("", html.unescape(written)))
