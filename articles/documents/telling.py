"""Tell a document's format from its bytes and its name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from articles.documents.errors import UnknownFormat
from articles.documents.formats import EXPECTED, FORMATS, SHARED, SUFFIXES
from articles.documents.formats.format import START

# The first bytes of what is dropped on an import by mistake.
SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a media file (RIFF)"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"PK\x03\x04", "a packed document (odt or epub?)"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL
)
FRAGMENT = re.compile(r"<(?:p|div|h1|h2|section|main|header)\b[^>]*>", re.IGNORECASE)
OTHER_XML = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*+)*+<(?P<root>[A-Za-z][\w:.-]*)[\s>]", re.DOTALL)
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z][\w -]*:")
JSON = re.compile(r'\{\s*"[^"\n]*"\s*:|\[\s*\{\s*"')
MARKDOWN = re.compile(r"#{1,2} \S")
# Of the types that servers send with documents those that say more than the document itself.
CONTENT_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown"}


def find_format(content: bytes, *, source: str, content_type: str = "") -> str:
    """Tell a document's format: from what no other has, from type or suffix, or from how it begins.

    Args:
        content: the document, or its first `START` bytes.
        source: its name or its address.
        content_type: what a server said of it, "text/html; charset=utf-8".

    Returns:
        A key of `FORMATS`; plain text for a text that looks like nothing else.

    Raises:
        UnknownFormat: it is something that no format reads; the message says what.

    >>> find_format(b"<!doctype html><p>Rain", source="page")
    'html'
    """
    for name, format in FORMATS.items():
        if format.is_sure(content[:START]):
            return name
    for signature, found in SIGNATURES:
        if content.startswith(signature):
            raise UnknownFormat(source, f"this is {found}; {EXPECTED}")
    if named := CONTENT_TYPES.get(content_type.partition(";")[0].strip().lower()):
        return named
    suffix = _suffix(source)
    start = _start(content)
    if suffix in SUFFIXES and suffix not in SHARED and not (SUFFIXES[suffix] == "text" and PAGE.match(start)):
        return SUFFIXES[suffix]
    if PAGE.match(start) or len(FRAGMENT.findall(start)) > 1:
        return "html"
    if FRONT_MATTER.match(start) or MARKDOWN.match(start):
        return "markdown"
    if (xml := OTHER_XML.match(start)) and (start.startswith("<?xml") or f"</{xml['root']}>".encode() in content):
        raise UnknownFormat(source, f"this is XML with the root <{xml['root']}>; {EXPECTED}")
    if start.startswith("<?xml"):
        raise UnknownFormat(source, f"this is XML without a first element; {EXPECTED}")
    if JSON.match(start) or (start[:1] in ("{", "[") and _is_json(content)):
        raise UnknownFormat(source, f"this is JSON; {EXPECTED}")
    return "text"


def _suffix(source: str) -> str:
    return Path(urlsplit(source).path if source.startswith(("http://", "https://")) else source).suffix.lower()


def _start(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content[:START].decode(encoding, "ignore").lstrip()


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
