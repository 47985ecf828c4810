"""NITF 3, the IPTC's markup of single stories, alone or within NewsML-G2.

Read as agencies and newspapers write it: with and without its namespace, with text as elements or as HTML in CDATA.
Pictures and their captions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import lxml.etree

from articles.documents import declared, xml
from articles.documents.assembling import Draft, assemble
from articles.documents.errors import BrokenDocument
from articles.documents.formats import plain_text
from articles.documents.story import Dateline, Status, Story

# What the body's elements are called in HTML; all that is not named here is a mark in the text, or the same in both.
HTML_NAMES = {"hl1": "h2", "hl2": "h3", "bq": "blockquote", "block": "div", "credit": "p", "note": "div"}
LEFT_OUT = ("{*}media", "{*}nitf-table-metadata", "{*}datasource")
# Newspapers' archives have the first paragraph twice, and headline and byline as the web or a register had them.
REPEATED = frozenset({"lead_paragraph", "online_lead_paragraph", "online_headline", "originalheadline"})
NORMALISED = frozenset({"normalized_byline", "normalised_byline"})
MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE)


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read the one story of a document.

    Raises:
        UnknownEncoding: the bytes are no text.
        BrokenDocument: it is no well-formed XML, no NITF, or has a date that is none.
        NoStory: there is nothing that can be a headline.
    """
    root = xml.parse(content, source)
    if xml.local_name(root) != "nitf":
        raise BrokenDocument(source, f"the first element is <{xml.local_name(root)}>; expected <nitf>")
    yield assemble(read_draft(root, source), source=source, format="nitf")


def is_sure(start: bytes) -> bool:
    return xml.root_name(start).rpartition("}")[2] == "nitf"


def read_draft(root: Any, source: str) -> Draft:
    """What an `nitf` element says of its story; its body is changed on the way.

    Raises:
        BrokenDocument: a date is none.
    """
    head = xml.first(root, "body/body.head")
    data = xml.first(root, "head/docdata")
    publication = xml.first(root, "head/pubdata")
    bylines = [each for each in xml.each(head, "byline") if not _marks(each) & NORMALISED]
    issued, embargo = _moments(root, source)
    status, warnings = _status(data, embargo)
    address = publication.get("ex-ref", "")
    return Draft(
        body_in(xml.first(root, "body/body.content")),
        headline=_words(head, "hedline/hl1") or _words(root, "head/title"),
        standfirst=_words(head, "abstract") or _words(head, "hedline/hl2"),
        byline=tuple(dict.fromkeys(name for each in bylines for name in _names(each))),
        credits=declared.credits(map(xml.text_of, bylines)),
        published=issued,
        language=_language(root),
        address=address if re.fullmatch(r"https?://\S{1,480}", address) else "",
        publisher=publication.get("name") or _words(head, "distributor") or _value(data, "doc.copyright", "holder"),
        keywords=_keywords(root, data),
        dateline=_dateline(xml.first(head, "dateline")),
        end_notes=_end_notes(root, head),
        identifier=_identifier(root, data),
        version=declared.number(_value(data, "du-key", "version") or _value(data, "du-key", "generation")),
        modified=_modified(root, source),
        section=publication.get("position.section")
        or _value(root, "head/tobject/tobject.subject", "tobject.subject.type"),
        urgency=declared.number(_value(data, "urgency", "ed-urg"), largest=9),
        copyright=_copyright(data, head),
        instructions=_instructions(data, head),
        embargo=embargo,
        status=status,
        corrections=tuple(each.get("info", "") for each in xml.each(data, "correction")),
        warnings=warnings,
    )


def body_in(element: Any) -> str:
    """The text of a `body.content` as HTML: from elements, from HTML in CDATA, or from plain lines."""
    blocks = list(xml.each(element, "block"))
    if len(blocks) > 1 and not all(_marks(each) & REPEATED for each in blocks):
        for each in blocks:
            if _marks(each) & REPEATED:
                element.remove(each)
    lxml.etree.strip_elements(element, *LEFT_OUT, with_tail=False)
    if len(element) == 1 and xml.local_name(element[0]) == "block" and not (element.text or "").strip():
        element = element[0]
    if not len(element):
        written = element.text or ""
        return written if MARKUP.search(written) else plain_text.to_html(written)
    for each in element.iter("{*}*"):
        each.tag = HTML_NAMES.get(xml.local_name(each), each.tag)
    return xml.markup_in(element)


def _identifier(root: Any, data: Any) -> str:
    """The story's own; in a notice that takes another story back, that of the other one."""
    if _takes_back(data) and (other := data.get("management-doc-idref")):
        return str(other)
    return _value(data, "doc-id", "id-string") or root.get("uno", "")


def _takes_back(data: Any) -> bool:
    return declared.status(data.get("management-idref-status", ""))[0] is Status.CANCELED


def _status(data: Any, embargo: datetime | None) -> tuple[Status, tuple[str, ...]]:
    said = data.get("management-status", "").strip()
    if _takes_back(data):
        return Status.CANCELED, ()
    if said.casefold() == "embargoed" and not embargo:
        return Status.WITHHELD, ("it is under an embargo, and does not say until when: it is withheld",)
    return declared.status(said)


def _moments(root: Any, source: str) -> tuple[date | datetime | None, datetime | None]:
    """When a story was issued, and when it may be released where that is later."""
    data = xml.first(root, "head/docdata")
    issued = declared.day_or_moment(
        _value(data, "date.issue", "norm")
        or _value(root, "head/pubdata", "date.publication")
        or _value(root, "body/body.head/dateline/story.date", "norm"),
        source,
        "date.issue",
    )
    release = declared.day_or_moment(_value(data, "date.release", "norm"), source, "date.release")
    embargo = declared.moment(_value(data, "date.release", "norm"), source, "date.release")
    if embargo and issued and _sortable(release) <= _sortable(issued):
        embargo = None
    return issued or release, embargo


def _sortable(moment: date | datetime | None) -> str:
    """Days, and moments with and without a zone, in one order."""
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat() if moment else ""


def _modified(root: Any, source: str) -> datetime | None:
    moments = [
        declared.moment(each.get("norm", ""), source, "revision-history")
        for each in root.findall("{*}head/{*}revision-history")
    ]
    return max(filter(None, moments), key=_sortable, default=None)


def _names(byline: Any) -> tuple[str, ...]:
    """People where they are marked; else what the line says, without the title behind the name."""
    people = [xml.text_of(each) for each in byline.iter("{*}person")]
    titles = [xml.text_of(each) for each in byline.iter("{*}byttl")]
    said = xml.text_of(byline)
    for title in titles:
        said = said.replace(title, "", 1).strip(" ,") or said
    return declared.names(people or [said])


def _dateline(element: Any) -> Dateline | None:
    dated = [xml.text_of(each) for each in element.iter("{*}story.date")]
    said = xml.text_of(element)
    for day in filter(None, dated):
        said = said.replace(day, "", 1)
    return declared.dateline(" ".join(said.split()))


def _keywords(root: Any, data: Any) -> tuple[str, ...]:
    """Keywords, and what a story is about; paths in a register's tree ("Top/News") are left out."""
    listed = [each.get("key", "") for each in data.iter("{*}keyword")]
    for subject in root.findall("{*}head/{*}tobject/{*}tobject.subject"):
        listed += [subject.get("tobject.subject.matter", ""), subject.get("tobject.subject.detail", "")]
    listed += [each.get("value") or xml.text_of(each) for each in data.iter("{*}classifier")]
    words = (word.strip() for each in listed if "/" not in each for word in each.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _copyright(data: Any, head: Any) -> str:
    holder, year = _value(data, "doc.copyright", "holder"), _value(data, "doc.copyright", "year")
    said = " ".join(filter(None, ["©", year, holder])) if holder else ""
    return _words(head, "rights") or said


def _instructions(data: Any, head: Any) -> str:
    """What editors are told: messages, and notes above the story that are not for readers."""
    said = [each.get("info", "") for each in xml.each(data, "ed-msg")]
    said += [xml.text_of(each) for each in xml.each(head, "note") if each.get("noteclass") != "end"]
    return " ".join(filter(None, said))


def _end_notes(root: Any, head: Any) -> tuple[str, ...]:
    notes = [each for each in xml.each(head, "note") if each.get("noteclass") == "end"]
    notes += [each for name in ("tagline", "bibliography") for each in xml.each(xml.first(root, "body/body.end"), name)]
    return tuple(filter(None, map(xml.text_of, notes)))


def _language(root: Any) -> str:
    marked = [root, *(xml.first(root, path) for path in ("body", "body/body.content", "body/body.head"))]
    return next(filter(None, (each.get(xml.LANG) or each.get("baselang") for each in marked)), "")


def _marks(element: Any) -> set[str]:
    return {str(element.get(name, "")).casefold() for name in ("class", "id")}


def _value(element: Any, path: str, name: str) -> str:
    return str(xml.first(element, path).get(name, "")).strip()


def _words(element: Any, path: str) -> str:
    """The words at a path, of several elements one after the other, but for those that repeat others."""
    return " ".join(
        filter(None, (xml.text_of(each) for each in xml.each(element, path) if not _marks(each) & REPEATED))
    )
