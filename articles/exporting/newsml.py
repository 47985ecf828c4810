"""An article as a NewsML-G2 item, the IPTC's XML for news, with its text as XHTML.

Names, quotations and corrections are marked in the text by `id`; `inlineRef` says which record a mark means, and an
`assert` what the article says of it. QCodes resolve to the addresses of the API, which never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import lxml.html
from django.conf import settings
from django.utils.html import format_html
from lxml import etree

from articles.exporting.addresses import COLLECTIONS, Addresses
from articles.exporting.facts import bears, listed, local, reporters, shown_names
from articles.models import Appearance, Article, Byline, Correction, Entity, Quote
from articles.text.marking import Mark, mark
from articles.text.spans import Span

NAR = "http://iptc.org/std/nar/2006-10-01/"
XHTML = "http://www.w3.org/1999/xhtml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CATALOGUE = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
NATURES = {
    Entity.Kind.PERSON: "cpnat:person",
    Entity.Kind.ORGANISATION: "cpnat:organisation",
    Entity.Kind.LOCATION: "cpnat:geoArea",
}
# Characters that no XML document may hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_newsml(article: Article, at: Addresses) -> bytes:
    """`article` comes from `for_detail()`."""
    root = etree.Element(f"{{{NAR}}}newsItem", nsmap={None: NAR})
    root.attrib.update(
        {
            "guid": at.record("articles", article.pk),
            "version": str(article.revision + 1),
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            XML_LANG: clean(article.language or settings.LANGUAGE_CODE),
        }
    )
    add(root, "catalogRef", href=CATALOGUE)
    add_catalogue(root, at)
    rights = add(root, "rightsInfo")
    add(rights, "copyrightHolder", literal=article.publisher or settings.NEWSROOM_NAME)
    add_item_meta(root, article)
    add_content_meta(root, article, at)
    names = shown_names(article)
    for appearance in names:
        add_name(root, appearance)
    for quote in article.shown_quotes:
        add_quotation(root, quote)
    for appearance in names:
        if appearance.spans:
            add(root, "inlineRef", idrefs=f"name-{appearance.pk}", qcode=qcode(appearance.entity))
    for quote in article.shown_quotes:
        add(root, "inlineRef", idrefs=f"quote-{quote.pk}", qcode=f"quotation:{quote.pk}")
    add_content(root, article, names)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{NAR}}}{name}", {key: clean(value) for key, value in attributes.items()})
    if text:
        element.text = clean(text)
    return element


def qcode(entity: Entity) -> str:
    return f"{entity.kind}:{entity.pk}"


def add_catalogue(root: Any, at: Addresses) -> None:
    """What stands before the colon of our own codes."""
    catalogue = add(root, "catalog")
    schemes = {str(kind): at.collection(collection) for kind, collection in COLLECTIONS.items()}
    schemes |= {name: at.collection(f"{name}s") for name in ("author", "quotation", "section", "tag")}
    for alias, address in {**schemes, "newsroom": f"{at.api}#"}.items():
        add(catalogue, "scheme", alias=alias, uri=address)


def add_item_meta(root: Any, article: Article) -> None:
    meta = add(root, "itemMeta")
    add(meta, "itemClass", qcode="ninat:text")
    add(meta, "provider", literal=settings.NEWSROOM_NAME)
    add(meta, "versionCreated", moment(article.modified))
    if article.released:
        add(meta, "firstCreated", moment(article.released))
    add(meta, "pubStatus", qcode="stat:usable")
    for correction in article.corrections.all():
        add(meta, "edNote", correction.note, role=f"newsroom:{correction.kind}")
    if article.corrections.all():
        add(meta, "signal", qcode="sig:correction")


def add_content_meta(root: Any, article: Article, at: Addresses) -> None:
    meta = add(root, "contentMeta")
    add(meta, "contentCreated", moment(bears(article)))
    if article.dateline_place:
        add(add(meta, "located", literal=article.dateline_place), "name", article.dateline_place)
    for role, name in (("agency", article.dateline_agency), ("publisher", article.publisher)):
        if name:
            add(add(meta, "infoSource", literal=name, role=f"newsroom:{role}"), "name", name)
    makers = list(article.bylines.all())
    for is_reporting in (True, False):
        for each in makers:
            if (each.role == Byline.Role.REPORTING) == is_reporting:
                add_maker(meta, each)
    for role, value in (("page", at.page(article)), ("first-published", article.address)):
        if value:
            add(meta, "altId", value, role=f"newsroom:{role}")
    if article.language:
        add(meta, "language", tag=article.language)
    for tag in article.tags.all():
        add(add(meta, "subject", type="cpnat:abstract", qcode=f"tag:{tag.pk}"), "name", tag.name)
    if article.section:
        section = add(meta, "subject", type="newsroom:section", qcode=f"section:{article.section.pk}")
        add(section, "name", article.section.name)
    for appearance in shown_names(article):
        entity = appearance.entity
        add(add(meta, "subject", type=NATURES[Entity.Kind(entity.kind)], qcode=qcode(entity)), "name", entity.name)
    add(meta, "slugline", article.slug)
    add(meta, "headline", article.headline)
    if names := reporters(article):
        add(meta, "by", listed(names))
    if article.standfirst:
        add(meta, "description", article.standfirst, role="drol:summary")


def add_maker(meta: Any, byline: Byline) -> None:
    name = "creator" if byline.role == Byline.Role.REPORTING else "contributor"
    who = {"qcode": f"author:{byline.author_id}"} if byline.author_id else {"literal": byline.name}
    add(add(meta, name, **who, role=f"newsroom:{byline.role}"), "name", byline.name)


def add_name(root: Any, appearance: Appearance) -> None:
    """What the article says of somebody or something that it names."""
    entity = appearance.entity
    said = add(root, "assert", qcode=qcode(entity))
    add(said, "type", qcode=NATURES[Entity.Kind(entity.kind)])
    add(said, "name", entity.name)
    if appearance.name and appearance.name != entity.name:
        add(said, "name", appearance.name, role="newsroom:printed")
    if appearance.role:
        add(said, "definition", appearance.role, role="newsroom:role")
    if entity.kind == Entity.Kind.LOCATION and entity.location.latitude is not None:
        place = entity.location
        add(add(said, "geoAreaDetails"), "position", latitude=f"{place.latitude}", longitude=f"{place.longitude}")


def add_quotation(root: Any, quote: Quote) -> None:
    said = add(root, "assert", qcode=f"quotation:{quote.pk}")
    add(said, "type", qcode=f"newsroom:{quote.form}")
    add(said, "name", quote.text)
    if quote.speaker and quote.speaker.is_public:
        add(add(said, "related", rel="newsroom:speaker", qcode=qcode(quote.speaker)), "name", quote.speaker.name)
    elif quote.source:
        add(said, "related", rel="newsroom:speaker", literal=quote.source)


def add_content(root: Any, article: Article, names: list[Appearance]) -> None:
    content = add(root, "contentSet")
    inline = add(
        content,
        "inlineXML",
        contenttype="application/xhtml+xml",
        charcount=str(len(article.text)),
        wordcount=str(len(article.text.split())),
    )
    page = etree.SubElement(inline, f"{{{XHTML}}}html", nsmap={None: XHTML})
    etree.SubElement(etree.SubElement(page, f"{{{XHTML}}}head"), f"{{{XHTML}}}title").text = clean(article.headline)
    marked = mark(article.body, [*quote_marks(article.shown_quotes), *name_marks(names)])
    body = lxml.html.fragment_fromstring(clean(marked), create_parent="body")
    for note in article.end_notes:
        add_note(body, note, "end-note")
    for correction in article.corrections.all():
        add_note(body, correction_words(correction), correction.kind, id=f"correction-{correction.pk}")
    lxml.html.html_to_xhtml(body)
    page.append(body)


def correction_words(correction: Correction) -> str:
    return f"{correction.get_kind_display().capitalize()}, {local(correction.made).date()}: {correction.note}"


def add_note(body: Any, text: str, kind: str, **attributes: str) -> None:
    etree.SubElement(body, "p", {"class": kind, **attributes}).text = clean(text)


def quote_marks(quotes: list[Quote]) -> Iterator[Mark]:
    again = '<span class="quotation">'
    for quote in quotes:
        for number, (start, end) in enumerate(quote.spans):
            opening = format_html('<span class="quotation" id="quote-{}">', quote.pk) if number == 0 else again
            yield Mark(Span(start, end), opening, "</span>", again=again)


def name_marks(names: list[Appearance]) -> Iterator[Mark]:
    for each in names:
        again = format_html('<span class="{}">', each.entity.kind)
        for number, (start, end) in enumerate(each.spans):
            opening = format_html('<span class="{}" id="name-{}">', each.entity.kind, each.pk) if number == 0 else again
            yield Mark(Span(start, end), opening, "</span>", level=1, again=again)


def moment(day: datetime | date) -> str:
    return local(day).isoformat() if isinstance(day, datetime) else day.isoformat()
