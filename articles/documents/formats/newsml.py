"""NewsML-G2, the IPTC's envelope of news: single items, and messages and packages of many.

A story's text is NITF, XHTML or plain text within its item; what the item says of it wins over what the text says.
Packages hold references alone: the items that stand beside them are read, and what is not in the file is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import IO, Any

from articles.documents import declared, xml
from articles.documents.assembling import Draft, assemble
from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.formats import nitf, plain_text
from articles.documents.formats.inline import CORRECTIONS, Inline, read_inline
from articles.documents.story import Credit, Dateline, Status, Story

NAR = "{http://iptc.org/std/nar/"
ITEMS = frozenset("newsItem packageItem knowledgeItem conceptItem planningItem catalogItem".split())
ROOTS = ITEMS | {"newsMessage"}
NO_STORIES = {
    "knowledgeItem": "a knowledge item: a list of concepts",
    "conceptItem": "a concept item: a name or an event",
    "planningItem": "a planning item: what will be covered",
    "catalogItem": "a catalogue of names",
}
# Subjects of these types are found in the text, or say where a story was filed.
NO_KEYWORDS = frozenset("person organisation organization geoArea poi event object section animal".split())
CREDITS = frozenset({"additional", "photographs", "editing", "translation"})
MOST_NAMED = 3


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the items of a file in their order, and for each that is no story the error that says why.

    Raises:
        DocumentTooLarge: the file has more than `max_bytes` bytes.
        UnknownEncoding: the bytes are no text.
        BrokenDocument: it is no well-formed XML, or no NewsML-G2.
        NoStory: there is no item in it.
    """
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise DocumentTooLarge(source, f"the file has more than {max_bytes:,} bytes")
    root = xml.parse(content, source)
    name = xml.local_name(root)
    if name not in ROOTS:
        raise BrokenDocument(source, f"the first element is <{name}>; expected <newsItem> or <newsMessage>")
    items = [root] if name in ITEMS else _items(root)
    if not items:
        raise NoStory(source, "the message has no items in it; expected a newsItem")
    present = {item.get("guid", "") for item in items}
    for number, item in enumerate(items, 1):
        place = f"item {number} ({item.get('guid', '')[:100]}): " if len(items) > 1 else ""
        try:
            if xml.local_name(item) == "packageItem":
                _tell_missing(item, source, present)
            else:
                yield _story(item, source)
        except DocumentError as error:
            yield type(error)(source, f"{place}{error.found}")


def is_sure(start: bytes) -> bool:
    namespace, _, name = xml.root_name(start).rpartition("}")
    return namespace.startswith(NAR) and name in ROOTS


def _items(message: Any) -> list[Any]:
    return [each for each in message.iterfind("{*}itemSet/*") if xml.local_name(each) in ITEMS]


def _tell_missing(package: Any, source: str, present: set[str]) -> None:
    """Tell which items a package refers to that are not in the file; their order and roles are left out."""
    named = [each.get("residref") or each.get("href", "") for each in package.iter("{*}itemRef")]
    missing = [name for name in dict.fromkeys(named) if name not in present]
    if missing:
        listed = ", ".join(name[:100] for name in missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
        raise NoStory(source, f"the package refers to {len(missing)} items that are not in this file: {listed}")
    if not named:
        raise NoStory(source, "the package is empty; expected references to items")


def _story(item: Any, source: str) -> Story:
    name = xml.local_name(item)
    if name in NO_STORIES:
        raise NoStory(source, f"this is {NO_STORIES[name]}; expected a newsItem with a story")
    return assemble(read_draft(item, source), source=source, format="newsml")


def read_draft(item: Any, source: str) -> Draft:
    """What a newsItem says of its story.

    Raises:
        NoStory: it is a picture or anything else than a text, or its text is not in the file.
        BrokenDocument: a date is none.
    """
    meta, about, rights = (xml.first(item, name) for name in ("itemMeta", "contentMeta", "rightsInfo"))
    kind = _code(xml.first(meta, "itemClass"))
    status, warnings = declared.status(_code(xml.first(meta, "pubStatus")))
    if kind not in {"", "text", "composite"}:
        raise NoStory(source, f"this is a newsItem of the class “{kind[:60]}”; expected a text")
    text, inline = _content(item, source, is_needed=status is Status.USABLE)
    embargoed = xml.first(meta, "embargoed")
    if xml.is_there(embargoed) and not xml.text_of(embargoed):
        status, warnings = Status.WITHHELD, ("it is under an embargo, and does not say until when: it is withheld",)
    corrections, instructions = _notes(meta)
    modified = declared.moment(xml.words(meta, "versionCreated"), source, "versionCreated")
    created = ("contentMeta/contentCreated", "itemMeta/firstCreated")
    said = Draft(
        inline.body,
        headline=_main(about, "headline") or _main(meta, "title"),
        standfirst=declared.unless_repeated(_standfirst(about), inline.body),
        byline=_byline(about),
        credits=_credits(about),
        published=next(filter(None, (declared.day_or_moment(xml.words(item, at), source, at) for at in created)), None),
        language=xml.first(about, "language").get("tag", "") or item.get(xml.LANG, ""),
        address=_address(about),
        publisher=_publisher(meta, about, rights),
        keywords=_keywords(about, item.get(xml.LANG, "")),
        dateline=_dateline(about),
        end_notes=inline.end_notes,
        identifier=item.get("guid", ""),
        version=declared.number(item.get("version", "")),
        modified=modified,
        section=_section(meta, about),
        urgency=declared.number(xml.words(about, "urgency"), largest=9),
        copyright=xml.words(rights, "copyrightNotice"),
        instructions=" ".join(filter(None, [*instructions, xml.words(rights, "usageTerms"), inline.notepad])),
        embargo=declared.moment(xml.text_of(embargoed), source, "embargoed"),
        status=status,
        corrections=tuple(corrections),
        warnings=warnings,
    )
    draft = _over(text, said)
    return replace(draft, published=draft.published or modified)


def _over(text: Draft, said: Draft) -> Draft:
    """What the item says, and where it says nothing what the text within it says."""
    silent = Draft("")
    loud = {
        each.name: value for each in fields(Draft) if (value := getattr(said, each.name)) != getattr(silent, each.name)
    }
    return replace(text, **loud)


def _content(item: Any, source: str, *, is_needed: bool) -> tuple[Draft, Inline]:
    """The first text of an item that has words: as the draft of a NITF, or as markup."""
    content = xml.first(item, "contentSet")
    for each in content:
        name, kind = xml.local_name(each), each.get("contenttype", "").partition(";")[0].strip().lower()
        if name == "inlineXML" and len(each):
            if xml.local_name(each[0]) == "nitf":
                return nitf.read_draft(each[0], source), Inline()
            page = xml.first(each[0], "body") if xml.local_name(each[0]) == "html" else each
            return Draft(""), read_inline(xml.markup_in(page))
        is_text = name == "inlineXML" or (name == "inlineData" and kind.startswith("text/"))
        if is_text and (text := each.text or "").strip():
            return Draft(""), read_inline(text if nitf.MARKUP.search(text) else plain_text.to_html(text))
    far = xml.first(content, "remoteContent")
    if is_needed and xml.is_there(far):
        raise NoStory(source, f"its text lies elsewhere ({far.get('href', '')[:200]}); expected it in the file")
    return Draft(""), Inline()


def _notes(meta: Any) -> tuple[list[str], list[str]]:
    """Notes that tell what was corrected, and those that tell editors anything else."""
    corrects = any(_code(each) in CORRECTIONS for each in xml.each(meta, "signal"))
    notes = [(xml.text_of(each), _tail(each.get("role", ""))) for each in xml.each(meta, "edNote")]
    has_roles = any(role in CORRECTIONS for _, role in notes)
    corrections = [note for note, role in notes if role in CORRECTIONS or (corrects and not has_roles)]
    return corrections, [note for note, _ in notes if note not in corrections]


def _byline(about: Any) -> tuple[str, ...]:
    reporters = [_name(each) for each in xml.each(about, "creator") if _tail(each.get("role", "")) == "reporting"]
    people = [_name(each) for each in xml.each(about, "creator") if _tail(each.get("type", "")) == "person"]
    return tuple(filter(None, reporters)) or declared.names([xml.words(about, "by")]) or declared.names(people)


def _credits(about: Any) -> tuple[Credit, ...]:
    makers = [(_name(each), _tail(each.get("role", ""))) for each in xml.each(about, "contributor")]
    named = tuple(Credit(name, role) for name, role in makers if name and role in CREDITS)
    return named or declared.credits([xml.words(about, "by")])


def _standfirst(about: Any) -> str:
    """The summary; a description of another role is the caption of a picture."""
    said = {_tail(each.get("role", "")): xml.text_of(each) for each in reversed(xml.each(about, "description"))}
    return said.get("summary") or said.get("") or ""


def _dateline(about: Any) -> Dateline | None:
    place = declared.dateline(xml.words(about, "dateline") or _name(xml.first(about, "located")))
    agency = next(
        (_name(each) for each in xml.each(about, "infoSource") if _tail(each.get("role", "")) == "agency"), ""
    )
    return Dateline(place.place, place.agency or agency) if place else None


def _publisher(meta: Any, about: Any, rights: Any) -> str:
    sources = [(_name(each), _tail(each.get("role", ""))) for each in xml.each(about, "infoSource")]
    named = [name for name, role in sources if role == "publisher"]
    holder, provider = xml.first(rights, "copyrightHolder"), xml.first(meta, "provider")
    return next(filter(None, [*named, _name(provider), _name(holder), _code(provider), _code(holder)]), "")


def _address(about: Any) -> str:
    listed = {_tail(each.get("role", "")): xml.text_of(each) for each in xml.each(about, "altId")}
    address = listed.get("first-published") or listed.get("page") or ""
    return address if re.fullmatch(r"https?://\S{1,480}", address) else ""


def _keywords(about: Any, language: str) -> tuple[str, ...]:
    subjects = [each for each in xml.each(about, "subject") if _tail(each.get("type", "")) not in NO_KEYWORDS]
    listed = [*map(xml.text_of, xml.each(about, "keyword")), *(_name(each, language) for each in subjects)]
    return tuple(dict.fromkeys(filter(None, listed)))


def _section(meta: Any, about: Any) -> str:
    sections = [each for each in xml.each(about, "subject") if _tail(each.get("type", "")) == "section"]
    return next(filter(None, map(_name, [*sections, *xml.each(meta, "service")])), "")


def _main(element: Any, name: str) -> str:
    """The words of the element whose role is to be the main one, else of the first."""
    listed = sorted(xml.each(element, name), key=lambda each: _tail(each.get("role", "")) not in {"main", "headline"})
    return next(filter(None, map(xml.text_of, listed)), "")


def _name(element: Any, language: str = "") -> str:
    """What somebody or something is called, in a language where there are several; never a code."""
    names = sorted(xml.each(element, "name"), key=lambda each: each.get(xml.LANG, "") != language)
    return next(filter(None, map(xml.text_of, names)), "") or element.get("literal", "").strip()


def _code(element: Any) -> str:
    """What a code says behind its scheme: "stat:usable" and ".../pubstatusg2/usable" are both usable."""
    return _tail(element.get("qcode") or element.get("uri") or "")


def _tail(code: str) -> str:
    return re.split("[:/#]", code)[-1].strip()
