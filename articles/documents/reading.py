"""Find documents, read their bytes, tell their format, and stream the stories in them."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from articles.documents.errors import DocumentTooLarge, NoStory, UnknownFormat, UnreadableDocument
from articles.documents.formats import FORMATS
from articles.documents.story import Story

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
EXPECTED = "expected plain text, Markdown or HTML"
# The first bytes of what is dropped on an import by mistake.
SIGNATURES = (
    (b"%PDF-", "a PDF document"),
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
    (b"PK\x03\x04", "a zip archive (docx, odt or epub?)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# What a page begins with stands in its first lines.
START = 4096
PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL
)
FRAGMENT = re.compile(r"<(?:p|div|h1|h2|section|main|header)\b[^>]*>", re.IGNORECASE)
OTHER_XML = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?P<root>[A-Za-z][\w:.-]*)[\s>]", re.DOTALL)
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z][\w -]*:")
MARKDOWN = re.compile(r"#{1,2} \S")


def read_stories(content: bytes, *, source: str, format: str | None = None) -> Iterator[Story]:
    """Read the stories of a document, one after the other.

    Args:
        content: its bytes, as `read_document` gives them.
        source: what it is called in errors and in `Story.source`: a path, or "standard input".
        format: a key of `FORMATS`; told from the name and the first bytes when left out.

    Raises:
        DocumentError: the kind says what is wrong, the message what was found and what was expected.

    >>> next(read_stories(b"Rain floods Lagos\\n\\nIt rained.", source="rain.txt")).headline
    'Rain floods Lagos'
    """
    if not content.strip():
        raise NoStory(source, "the file is empty; expected a headline and a story")
    yield from FORMATS[format or find_format(content, source=source)](content, source)


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """List the documents at some paths: files as they are, directories with all below them, ordered by name.

    In directories, hidden files and those whose suffix no format has are passed over.

    Raises:
        UnreadableDocument: a path does not exist, or a directory may not be read.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableDocument(str(path), "there is no such file or directory")
        if not path.is_dir():
            yield path
            continue
        try:
            entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            raise UnreadableDocument(str(path), f"the directory cannot be read: {error.strerror}") from error
        for entry in entries:
            if entry.is_dir():
                # A link to a directory could lead back up.
                yield from () if entry.is_symlink() else find_documents([entry])
            elif entry.suffix.lower() in SUFFIXES:
                yield entry


def read_document(path: Path, *, max_bytes: int) -> bytes:
    """Read a file whole, unless it is larger than `max_bytes`: of a larger one nothing is read.

    Raises:
        UnreadableDocument: it is missing, no regular file, or may not be read.
        DocumentTooLarge: it is larger than the limit.
        NoStory: it is empty.
    """
    source = str(path)
    try:
        # Without waiting: a named pipe would never open.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument(source, "this is no regular file; expected a document")
            if status.st_size > max_bytes:
                raise _too_large(source, status.st_size, max_bytes)
            return read_stream(file, source=source, max_bytes=max_bytes)
    except OSError as error:
        raise UnreadableDocument(source, f"the file cannot be read: {error.strerror}") from error


def read_stream(stream: BinaryIO, *, source: str, max_bytes: int) -> bytes:
    """Read a stream to its end, or to one byte beyond the limit.

    Raises:
        DocumentTooLarge: there is more than `max_bytes` in it.
        NoStory: there is nothing in it.
    """
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise _too_large(source, None, max_bytes)
    if not content:
        raise NoStory(source, "the file is empty; expected a headline and a story")
    return content


def _too_large(source: str, size: int | None, max_bytes: int) -> DocumentTooLarge:
    found = f"the file has {size:,} bytes" if size else "there is more to read"
    return DocumentTooLarge(source, f"{found}; expected at most {max_bytes:,} bytes")


def find_format(content: bytes, *, source: str) -> str:
    """Tell a document's format: from its suffix, or from how it begins.

    Returns:
        A key of `FORMATS`; plain text for a text that looks like nothing else.

    Raises:
        UnknownFormat: it is something that no format reads; the message says what.

    >>> find_format(b"<!doctype html><p>Rain", source="page")
    'html'
    """
    for signature, found in SIGNATURES:
        if content.startswith(signature):
            raise UnknownFormat(source, f"this is {found}; {EXPECTED}")
    suffix = Path(source).suffix.lower()
    start = _start(content)
    if suffix in SUFFIXES and not (SUFFIXES[suffix] == "text" and PAGE.match(start)):
        return SUFFIXES[suffix]
    if PAGE.match(start) or len(FRAGMENT.findall(start)) > 1:
        return "html"
    if FRONT_MATTER.match(start) or MARKDOWN.match(start):
        return "markdown"
    if (xml := OTHER_XML.match(start)) and (start.startswith("<?xml") or f"</{xml['root']}>".encode() in content):
        raise UnknownFormat(source, f"this is XML with the root <{xml['root']}>; {EXPECTED}")
    if start[:1] in ("{", "[") and _is_json(content):
        raise UnknownFormat(source, f"this is JSON; {EXPECTED}")
    return "text"


def _start(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return content[:START].decode(encoding, "ignore").lstrip()


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
