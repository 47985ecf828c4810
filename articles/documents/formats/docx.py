"""Word documents (Office Open XML): text by `mammoth`, properties from their core. Macros and pictures are left alone.

Deletions that somebody marked are gone, insertions are text; comments, headers and footers are no part of the story.
Footnotes become end notes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

import mammoth
from mammoth import documents, transforms
from mammoth.raw_text import extract_raw_text_from_element

from articles.documents.assembling import Draft
from articles.documents.errors import BrokenDocument, DocumentTooLarge, NoStory, UnknownEncoding
from articles.documents.formats.properties import Properties, assemble_with, split_keywords, split_names
from articles.documents.furniture import HEAD, LONGEST_HEADLINE, SHORTEST_PARAGRAPH
from articles.documents.story import Story
from articles.documents.xml import local_name, parse, text_of
from articles.documents.zips import open_zip, read_member

LABEL = "Word document"
MAIN = "word/document.xml"
CORE = "docProps/core.xml"
# A novel has some three megabytes of markup. Text is read into a tree a hundred times its size.
LARGEST_PART = 15_000_000
# A report of a hundred pages, each word of it changed by somebody, has fewer; each takes a third of a millisecond.
MOST_ELEMENTS = 150_000
# Tables in tables in text boxes; the library reads by recursion.
DEEPEST = 120
# Parts by which a package is told from others, as they stand in the first entries of the archive.
PARTS = re.compile(
    rb"word/(?:document|styles|settings|fontTable|numbering|webSettings|footnotes|endnotes|comments|_rels/|theme/|media/)"
)
# A paragraph that is closed where it is opened, or has nothing but its own properties.
EMPTY = re.compile(
    rb"<w:p(?:\s[^<>]*)?/>|<w:p(?:\s[^<>]*)?>\s*(?:<w:pPr>(?:<w:(?:pStyle|spacing|jc)\b[^<>]*/>)*</w:pPr>\s*)?</w:p>"
)
# What styles are called by Word in any language, by newsrooms and by press offices.
HEADLINES = frozenset({"title", "headline", "head", "hed", "story headline", "article title"})
STANDFIRSTS = frozenset({"subtitle", "standfirst", "dek", "deck", "subheadline", "sell"})
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
"""
DAMAGES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    expat.ExpatError,
)


def is_docx(start: bytes) -> bool:
    return start.startswith(b"PK\x03\x04") and PARTS.search(start) is not None


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read the one story of a Word document.

    Raises:
        BrokenDocument: it is damaged or encrypted, or no Word document.
        DocumentTooLarge: it unpacks to more than a text has.
        NoStory: there is no text in it, or nothing that can be a headline.
    """
    with open_zip(io.BytesIO(content), source, label=LABEL) as package:
        parts = checked_parts(package, source)
        properties = _properties(package, source)
    found = _Found()
    try:
        markup = mammoth.convert_to_html(
            _packed(parts),
            transform_document=found.read,
            convert_image=lambda image: [],
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        ).value
    # The library trusts documents: a part or a style that is missing comes out as whatever it stumbles over.
    except DAMAGES as error:
        raise BrokenDocument(
            source, f"this {LABEL} is damaged ({type(error).__name__}); expected a whole one"
        ) from error
    if not markup:
        raise NoStory(source, f"there is no text in this {LABEL}; expected a headline and a story")
    draft = Draft(markup, headline=found.headline, standfirst=found.standfirst, end_notes=found.notes)
    yield assemble_with(properties, draft, source=source, format="docx")


def checked_parts(package: ZipFile, source: str) -> dict[str, bytes]:
    """The markup of a package by its names, looked through before anything reads it into a tree.

    Raises:
        BrokenDocument: a part is no well-formed XML, nests too deep or declares entities; or there is no text part.
        DocumentTooLarge: there is more of it than a text can have.
    """
    names = dict.fromkeys(package.namelist())
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise BrokenDocument(source, f"this zip archive is no {LABEL}; expected a part {MAIN!r} in it")
    parts: dict[str, bytes] = {}
    elements = 0
    for name in names:
        if name.endswith((".xml", ".rels")) and not name.startswith(("customXml/", "docProps/")):
            part = read_member(package, name, source, label=LABEL, max_bytes=LARGEST_PART)
            elements += _count_elements(part, name, source)
            parts[name] = _without_empty(part)
        if elements > MOST_ELEMENTS:
            raise DocumentTooLarge(source, f"this {LABEL} has more than {MOST_ELEMENTS:,} elements; expected a story")
    return parts


def _count_elements(part: bytes, name: str, source: str) -> int:
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = elements = 0

    def enter(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST:
            raise BrokenDocument(source, f"the part {name!r} of this {LABEL} nests deeper than {DEEPEST} elements")

    def leave(tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(*declared: Any) -> None:
        raise BrokenDocument(source, f"the part {name!r} of this {LABEL} declares a document type; expected none")

    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.StartDoctypeDeclHandler = declare
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenDocument(source, f"the part {name!r} of this {LABEL} is no XML ({error})") from error
    return elements


def _without_empty(part: bytes) -> bytes:
    """The text without paragraphs that have nothing in them: the library would build each, and leave it out."""
    return EMPTY.sub(b"", part)


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A package of these parts and nothing else: what was not looked through is not there for the library."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    packed.seek(0)
    return packed


class _Found:
    """What styles say of a document's paragraphs, and its footnotes; filled while the library reads."""

    headline = ""
    standfirst = ""
    notes: tuple[str, ...] = ()

    def read(self, document: Any) -> Any:
        self.notes = _notes(document)
        paragraphs = [
            (element, " ".join(extract_raw_text_from_element(element).split()))
            for element in document.children
            if isinstance(element, documents.Paragraph)
        ]
        head = [(_style(element), text) for element, text in paragraphs if text][:HEAD]
        self.headline = next((text for style, text in head if style in HEADLINES), "") or _heading(head)
        self.standfirst = next((text for style, text in head if style in STANDFIRSTS), "")
        if len(self.headline) > LONGEST_HEADLINE:
            self.headline = ""
        return transforms.element_of_type(documents.NoteReference, lambda _: documents.text(""))(document)


def _style(paragraph: Any) -> str:
    return (paragraph.style_name or paragraph.style_id or "").casefold()


def _heading(head: list[tuple[str, str]]) -> str:
    """The first heading of the highest level, where no paragraph stands above it."""
    for style, text in head:
        if style in {"heading 1", "heading1"}:
            return text
        if len(text) >= SHORTEST_PARAGRAPH:
            break
    return ""


def _notes(document: Any) -> tuple[str, ...]:
    references = transforms.get_descendants_of_type(document, documents.NoteReference)
    notes = (document.notes.resolve(reference) for reference in references)
    texts = (" ".join(text.split()) for note in notes for text in [_text_of(note)])
    return tuple(text for text in texts if text)


def _text_of(note: Any) -> str:
    return " ".join(extract_raw_text_from_element(paragraph) for paragraph in note.body)


def _properties(package: ZipFile, source: str) -> Properties:
    """The core properties; none where they are missing or broken: the text is there all the same."""
    if CORE not in package.namelist():
        return Properties()
    core = read_member(package, CORE, source, label=LABEL, max_bytes=1_000_000)
    try:
        said = {local_name(element): text_of(element) for element in parse(core, source)}
    except (BrokenDocument, UnknownEncoding):
        return Properties()
    return Properties(
        title=said.get("title", ""),
        authors=split_names(said.get("creator", "")),
        keywords=split_keywords(said.get("keywords", "")),
        created=_moment(said.get("created", "")),
        modified=_moment(said.get("modified", "")),
        identifier=said.get("identifier", ""),
        section=said.get("category", ""),
        instructions=said.get("description", ""),
        language=said.get("language", ""),
    )


def _moment(written: str) -> datetime | None:
    """A moment of the package, which is always in UTC: "2026-03-14T06:30:00Z"."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
