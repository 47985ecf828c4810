"""ninjs, the IPTC's News in JSON: versions 1 to 3, an item, a list of items, or an item a line.

Version 1 has `headline`, `body_xhtml` and `byline`; 2 and 3 have lists of headlines and bodies, written `contenttype`
and `contentType`; editorial systems write `body_html`, `authors` and `service` besides. Associated items are left out
but for the corrections that this program exports with an article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from articles.documents import declared
from articles.documents.assembling import Draft, assemble
from articles.documents.encodings import decode
from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.formats import plain_text
from articles.documents.formats.inline import CORRECTIONS, Inline, read_inline
from articles.documents.sanitizing import sanitise
from articles.documents.story import Credit, Dateline, Status, Story
from articles.text import normalize
from articles.text.body import plain_text as plain_text_of

# What no other JSON has near the beginning of an item, beside the `uri` that each has.
BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
URI = re.compile(rb'"uri"\s*:')
MARKS = re.compile(
    rb'"(?:body_(?:xhtml|html5?|text)|bodies|headlines|pub[Ss]tatus|version[Cc]reated|representation[Tt]ype)"\s*:'
    rb'|"name"\s*:\s*"ninjs"'
)
HTML_BODIES = ("body_xhtml", "body_html", "body_html5")
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)
END_NOTE = "end note"
# Descriptions with other roles are of pictures, or for search engines.
STANDFIRSTS = frozenset({"", "standfirst", "summary", "abstract", "text", "main", "lead", "deck"})
CREDITS = ("additional", "photographs", "editing", "translation")
# Newer than any of them is what a version of it says.
PUBLISHED = ("contentcreated", "firstpublished", "firstcreated", "versioncreated")
KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the items of a file in their order, and for each that is no story the error that says why.

    Raises:
        DocumentTooLarge: an item, or a list of items, has more than `max_bytes` bytes.
        BrokenDocument: the file is no JSON.
    """
    first = file.readline(max_bytes + 1)
    is_one_a_line = _is_item(first) and file.read(1)
    file.seek(0)
    if is_one_a_line:
        yield from _lines(file, source, max_bytes)
        return
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise DocumentTooLarge(source, f"the file has more than {max_bytes:,} bytes; expected less, or an item a line")
    data = _parsed(content, source, "")
    items = data if isinstance(data, list) else [data]
    if not items:
        raise NoStory(source, "the list of items is empty; expected ninjs items")
    for number, item in enumerate(items, 1):
        yield _story(item, source, f"item {number}: " if len(items) > 1 else "")


def is_sure(start: bytes) -> bool:
    return bool(BEGINNING.match(start) and URI.search(start) and MARKS.search(start))


def _lines(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        place = f"line {number}: "
        if len(line) > max_bytes:
            yield DocumentTooLarge(source, f"{place}the item has more than {max_bytes:,} bytes")
            while line and not line.endswith(b"\n"):
                line = file.readline(max_bytes)
        elif line.strip():
            try:
                item = _parsed(line, source, place)
            except DocumentError as error:
                yield error
            else:
                yield _story(item, source, place)


def _is_item(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(content: bytes, source: str, place: str) -> Any:
    try:
        return json.loads(decode(content, source), strict=False)
    except json.JSONDecodeError as error:
        where = place or f"line {error.lineno}: "
        raise BrokenDocument(source, f"{where}this is no JSON: {error.msg} (column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise BrokenDocument(source, f"{place}this JSON is nested too deep, or has a number too long") from error


def _story(item: Any, source: str, place: str) -> Story | DocumentError:
    try:
        if not isinstance(item, dict):
            raise BrokenDocument(source, f"this is {_kind(item)}; expected an object with “uri” and “headlines”")
        return assemble(read_draft(item, source), source=source, format="ninjs")
    except DocumentError as error:
        return type(error)(source, f"{place}{error.found}")


def read_draft(item: Mapping[str, Any], source: str) -> Draft:
    """What an item says of its story.

    Raises:
        NoStory: it is a picture or anything else than a text.
        BrokenDocument: a property has a value of another type, or a date is none.
    """
    said = _Said.of(item, source)
    kind = said.text("type")
    if kind not in {"", "text", "composite"}:
        raise NoStory(source, f"this is an item of the type “{kind[:60]}”; expected a text")
    inline = _inline(said)
    status, warnings = declared.status(said.text("pubstatus"))
    by = said.text("by", "byline")
    return Draft(
        inline.body,
        headline=said.value_of("headlines") or said.text("headline", "title"),
        standfirst=declared.unless_repeated(_standfirst(said), inline.body),
        byline=said.sources("reporting") or declared.names([by or said.value_of("bylines")]) or said.names("authors"),
        credits=tuple(Credit(name, role) for role in CREDITS for name in said.sources(role)) or declared.credits([by]),
        published=next(filter(None, map(said.day_or_moment, PUBLISHED)), None),
        language=said.text("language"),
        address=_address(said),
        publisher=_publisher(said),
        keywords=_keywords(said),
        dateline=_dateline(said),
        end_notes=inline.end_notes,
        identifier=said.text("uri", "guid"),
        version=said.number("version"),
        modified=declared.moment(said.text("versioncreated"), source, "versioncreated"),
        section=_section(said),
        urgency=said.number("urgency", largest=9),
        copyright=said.text("copyrightnotice"),
        instructions=" ".join(filter(None, (said.text("ednote"), said.text("usageterms"), inline.notepad))),
        embargo=declared.moment(said.text("embargoed", "embargo"), source, "embargoed"),
        status=status,
        corrections=tuple(_corrections(said)),
        warnings=(*warnings, *_unread(said, inline, status)),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """An object of JSON, the names of its properties in small letters; a value of a wrong type is refused."""

    values: Mapping[str, Any]
    source: str

    @classmethod
    def of(cls, item: Mapping[str, Any], source: str) -> _Said:
        return cls({name.lower(): value for name, value in item.items()}, source)

    def text(self, *names: str) -> str:
        """The first of some properties that says something."""
        for name in names:
            value = self.values.get(name) or ""
            if not isinstance(value, str):
                raise BrokenDocument(self.source, f"“{name}” is {_kind(value)}; expected a text")
            if text := normalize.clean(value).strip():
                return text
        return ""

    def number(self, name: str, **limits: int) -> int:
        value = self.values.get(name)
        return declared.number(str(value) if isinstance(value, int) else self.text(name), **limits)

    def day_or_moment(self, name: str) -> date | datetime | None:
        return declared.day_or_moment(self.text(name), self.source, name)

    def objects(self, *names: str) -> list[_Said]:
        """The objects of the first of some lists; a word in one is the name of an object."""
        for name in names:
            value = self.values.get(name) or []
            listed = list(value.values()) if isinstance(value, dict) else value
            if not isinstance(listed, list):
                raise BrokenDocument(self.source, f"“{name}” is {_kind(value)}; expected a list")
            made = [{"name": each} if isinstance(each, str) else each for each in listed]
            if any(not isinstance(each, dict) for each in made):
                raise BrokenDocument(self.source, f"“{name}” has something else than objects in it")
            if made:
                return [_Said.of(each, self.source) for each in made]
        return []

    def names(self, *names: str) -> tuple[str, ...]:
        return tuple(filter(None, (each.text("name") for each in self.objects(*names))))

    def value_of(self, name: str) -> str:
        """The value of the main one of a list, else of the first."""
        listed = sorted(self.objects(name), key=lambda each: each.text("role") != "main")
        return next(filter(None, (each.text("value", "name") for each in listed)), "")

    def sources(self, role: str) -> tuple[str, ...]:
        sources = self.objects("infosources", "infosource")
        return tuple(each.text("name") for each in sources if each.text("role", "rel") == role)


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "nothing")


def _inline(said: _Said) -> Inline:
    """HTML wherever it stands, else plain text, and the notes behind it."""
    bodies = said.objects("bodies")
    notes = tuple(each.text("value") for each in bodies if each.text("role") == END_NOTE)
    bodies = [each for each in bodies if each.text("role") != END_NOTE]
    pages = [each.text("value") for each in bodies if _type(each) in HTML_TYPES] + [said.text(*HTML_BODIES)]
    texts = [each.text("value") for each in bodies if _type(each) in {"", "text/plain"}] + [said.text("body_text")]
    page, text = next(filter(None, pages), ""), next(filter(None, texts), "")
    inline = read_inline(page or (text if MARKUP.search(text) else plain_text.to_html(text)))
    return Inline(inline.body, inline.notepad, notes or inline.end_notes)


def _type(body: _Said) -> str:
    return body.text("contenttype").partition(";")[0].strip().lower()


def _standfirst(said: _Said) -> str:
    described = [each for each in said.objects("descriptions") if each.text("role") in STANDFIRSTS]
    values = [_words(each.text("value")) if _type(each) in HTML_TYPES else each.text("value") for each in described]
    return next(filter(None, [*values, said.text("description_text"), _words(said.text("description_html"))]), "")


def _words(markup: str) -> str:
    return plain_text_of(sanitise(markup))


def _dateline(said: _Said) -> Dateline | None:
    place = declared.dateline(said.text("located"))
    agency = next(iter(said.sources("agency")), "")
    return Dateline(place.place, place.agency or agency) if place else None


def _address(said: _Said) -> str:
    listed = {each.text("role", "name"): each.text("value") for each in said.objects("altids")}
    address = listed.get("first published") or listed.get("page") or ""
    return address if re.fullmatch(r"https?://\S{1,480}", address) else ""


def _publisher(said: _Said) -> str:
    known = {"reporting", "agency", *CREDITS}
    others = [
        each.text("name") for each in said.objects("infosources", "infosource") if each.text("role", "rel") not in known
    ]
    return next(filter(None, [*said.sources("publisher"), *others, said.text("source", "copyrightholder")]), "")


def _keywords(said: _Said) -> tuple[str, ...]:
    about = [each for each in said.objects("subjects", "subject") if each.text("rel") not in {"section", "series"}]
    listed = [each.text("name") for each in [*about, *said.objects("keywords")]]
    return tuple(dict.fromkeys(filter(None, listed)))


def _section(said: _Said) -> str:
    sections = [each for each in said.objects("subjects", "subject") if each.text("rel") == "section"]
    return next(filter(None, (each.text("name") for each in [*sections, *said.objects("service")])), "")


def _corrections(said: _Said) -> Iterator[str]:
    for each in said.objects("associations"):
        if each.text("type") == "text" and each.text("profile") in CORRECTIONS:
            yield each.value_of("bodies")


def _unread(said: _Said, inline: Inline, status: Status) -> Iterator[str]:
    if said.text("type") == "composite" and not inline.body and status is Status.USABLE:
        yield f"it is made of {len(said.objects('associations'))} associated items, which are not read"
