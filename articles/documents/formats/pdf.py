"""PDF documents with text: lines and where they stand by `pypdf`, paragraphs by `pdf_layout`.

A scan is pictures and has no text; it is refused and said to be one.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from articles.documents.assembling import Draft
from articles.documents.errors import BrokenDocument, DocumentTooLarge, NoStory
from articles.documents.formats.pdf_layout import Line, lay_out
from articles.documents.formats.properties import Properties, assemble_with, split_keywords, split_names
from articles.documents.story import Story
from articles.documents.zips import damaged
from articles.text import normalize

LABEL = "PDF"
# The library says of every slip in a file what it made of it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
# What it raises on files that do not keep to the rules, beside its own errors.
DAMAGES = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# A story is on a few pages, a report on a hundred.
MOST_PAGES = 400
# Letters are drawn by some ten thousand operations a page; a drawing in a drawing in a drawing multiplies them.
MOST_OPERATIONS = 1_000_000
A_DRAWING = 100
# Fewer characters a page than a page number and a stamp.
LEAST_TEXT = 12
# Of a text, four characters in five are letters.
LEAST_LETTERS = 0.45


def is_pdf(start: bytes) -> bool:
    """Whether a file is a PDF; some bytes of a mail or a server may stand before it."""
    return b"%PDF-" in start[:1024] and not start.startswith((b"From", b"Received", b"PK", b"<"))


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read the one story of a PDF.

    Raises:
        BrokenDocument: it is damaged or needs a password.
        DocumentTooLarge: it has more pages, or more on them, than a text has.
        NoStory: it is a scan, or there is nothing that can be a headline.
    """
    try:
        reader = _opened(content, source)
        pages = list(_pages(reader, source))
        properties = _properties(reader)
    except DAMAGES as error:
        raise damaged(source, LABEL, error) from error
    if not pages:
        raise NoStory(source, f"this {LABEL} has no pages; expected a headline and a story")
    text = "".join(line.text for page in pages for line in page)
    if len(text) < LEAST_TEXT * len(pages):
        raise NoStory(
            source,
            f"there is no text on the {len(pages)} pages of this {LABEL}, a scan perhaps; expected one with text",
        )
    if sum(map(str.isalpha, text)) < LEAST_LETTERS * len(text):
        raise NoStory(source, f"the fonts of this {LABEL} do not tell what its letters are; expected one with text")
    page = lay_out(pages)
    yield assemble_with(properties, Draft(page.markup, headline=page.headline), source=source, format="pdf")


def _opened(content: bytes, source: str) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        # Without a word: such a file may be read by anybody, and changed by nobody.
        try:
            opened = reader.decrypt("")
        except DependencyError:
            opened = pypdf.PasswordType.NOT_DECRYPTED
        if opened == pypdf.PasswordType.NOT_DECRYPTED:
            raise BrokenDocument(source, f"this {LABEL} is encrypted; expected one without password")
    if len(reader.pages) > MOST_PAGES:
        raise DocumentTooLarge(source, f"this {LABEL} has {len(reader.pages):,} pages; expected at most {MOST_PAGES}")
    return reader


def _pages(reader: pypdf.PdfReader, source: str) -> Iterator[list[Line]]:
    left = MOST_OPERATIONS

    def count(operator: bytes, *rest: Any) -> None:
        nonlocal left
        left -= A_DRAWING if operator == b"Do" else 1
        if left < 0:
            raise DocumentTooLarge(source, f"this {LABEL} draws more than {MOST_OPERATIONS:,} times; expected a text")

    for page in reader.pages:
        bottom, height = float(page.mediabox.bottom), float(page.mediabox.height)
        yield _lines(page, count, bottom, height)


def _lines(page: Any, count: Callable[..., None], bottom: float, height: float) -> list[Line]:
    lines: list[Line] = []
    pieces: list[tuple[str, float, float, float, bool]] = []

    def end_line() -> None:
        text = " ".join(normalize.clean("".join(piece[0] for piece in pieces)).split(" ")).strip()
        marks = [piece for piece in pieces if piece[0].strip()]
        if text and marks:
            x, y = marks[0][1], (marks[0][2] - bottom) / (height or 1)
            is_bold = all(piece[4] for piece in marks)
            lines.append(Line(re.sub(r"\s+", " ", text), x, y * height, max(m[3] for m in marks), is_bold, y))
        pieces.clear()

    def take(text: str, user: list[float], matrix: list[float], font: Any, size: float) -> None:
        x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
        y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
        scale = abs(matrix[3] or matrix[1] or 1) * abs(user[3] or user[1] or 1)
        is_bold = re.search("bold|black|heavy", str((font or {}).get("/BaseFont", "")), re.IGNORECASE) is not None
        for number, piece in enumerate(text.split("\n")):
            if number:
                end_line()
            if piece:
                pieces.append((piece, x, y, round(float(size) * scale, 1), is_bold))

    page.extract_text(visitor_text=take, visitor_operand_before=count)
    end_line()
    return lines


def _properties(reader: pypdf.PdfReader) -> Properties:
    said = reader.metadata or pypdf.DocumentInformation()
    language = reader.root_object.get("/Lang", "")
    return Properties(
        title=_text(said.get("/Title")),
        authors=split_names(_text(said.get("/Author"))),
        keywords=split_keywords(_text(said.get("/Keywords"))),
        created=_moment(said, "creation_date"),
        modified=_moment(said, "modification_date"),
        language=_text(language),
    )


def _text(value: Any) -> str:
    return " ".join(normalize.clean(str(value)).split()) if value is not None else ""


def _moment(said: pypdf.DocumentInformation, name: str) -> datetime | None:
    try:
        moment = getattr(said, name)
    except DAMAGES:
        return None
    return moment if isinstance(moment, datetime) else None
