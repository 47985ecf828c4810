"""A feed in each format: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, with the hub that tells of news where one is set.

Addresses within entries begin with the site's root; here each becomes a whole one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from lxml import etree

from articles.models.feeds import feed_of
from articles.site.feeds.entries import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot say at all, not even escaped.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ROOTED = re.compile(r'(<(?:a|img)\b[^>]*\b(?:href|src)=")(/[^"]*)')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed is published: the site, and the feed's own address in the format that is written."""

    site: str
    feed: str

    def whole(self, path: str) -> str:
        return urljoin(self.site, path)

    def content(self, entry: Entry) -> str:
        return ROOTED.sub(lambda match: match[1] + self.whole(match[2]), entry.content)


def written(feed: Feed, form: str, site: str) -> bytes:
    """`form` is one of `articles.models.feeds.FORMATS`."""
    return WRITERS[form](feed, Place(site, urljoin(site, feed_of(feed.page + feed.folder, form))))


def atom(feed: Feed, place: Place) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", {XML_LANG: settings.LANGUAGE_CODE}, nsmap={None: ATOM, "media": MEDIA})
    _add(root, "id", place.feed)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "updated", feed.updated.isoformat())
    _add(_add(root, "author"), "name", settings.NEWSROOM_NAME)
    _add(root, "link", rel="alternate", type="text/html", href=place.whole(feed.page))
    _add(root, "link", rel="self", type=TYPES["atom"], href=place.feed)
    if settings.NEWSROOM_WEBSUB_HUB:
        _add(root, "link", rel="hub", href=settings.NEWSROOM_WEBSUB_HUB)
    for entry in feed.entries:
        _atom_entry(_add(root, "entry"), entry, place)
    return _xml(root)


def _atom_entry(node: Any, entry: Entry, place: Place) -> None:
    if entry.language:
        node.set(XML_LANG, entry.language)
    _add(node, "id", entry.identity(place.site))
    _add(node, "title", entry.title)
    _add(node, "link", rel="alternate", type="text/html", href=place.whole(entry.url))
    _add(node, "published", entry.published.isoformat())
    _add(node, "updated", entry.updated.isoformat())
    for maker in entry.makers:
        author = _add(node, "author")
        _add(author, "name", maker.name)
        if maker.url:
            _add(author, "uri", place.whole(maker.url))
    for tag in entry.tags:
        _add(node, "category", term=tag)
    if entry.summary:
        _add(node, "summary", entry.summary)
    _add(node, "content", place.content(entry), type="html")
    if entry.picture:
        _add(node, "link", rel="enclosure", type="image/jpeg", href=place.whole(entry.picture.url))
        _media(node, entry, place)


def rss(feed: Feed, place: Place) -> bytes:
    names = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}
    root = etree.Element("rss", {"version": "2.0"}, nsmap=names)
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", place.whole(feed.page))
    _add(channel, "description", feed.description)
    _add(channel, "language", settings.LANGUAGE_CODE)
    _add(channel, "lastBuildDate", format_datetime(feed.updated))
    _add(channel, f"{{{ATOM}}}link", rel="self", type=TYPES["rss"], href=place.feed)
    if settings.NEWSROOM_WEBSUB_HUB:
        _add(channel, f"{{{ATOM}}}link", rel="hub", href=settings.NEWSROOM_WEBSUB_HUB)
    for entry in feed.entries:
        _rss_item(_add(channel, "item"), entry, place)
    return _xml(root)


def _rss_item(node: Any, entry: Entry, place: Place) -> None:
    _add(node, "title", entry.title)
    _add(node, "link", place.whole(entry.url))
    _add(node, "guid", entry.identity(place.site), isPermaLink="false")
    _add(node, "pubDate", format_datetime(entry.published))
    for maker in entry.makers:
        _add(node, f"{{{DC}}}creator", maker.name)
    for tag in entry.tags:
        _add(node, "category", tag)
    # Of an item it is HTML, in which words that look like mark-up are words.
    _add(node, "description", escape(entry.summary or entry.title, quote=False))
    _add(node, f"{{{CONTENT}}}encoded", place.content(entry))
    # Readers that show what has changed look at the date of Atom; RSS itself has none.
    _add(node, f"{{{ATOM}}}updated", entry.updated.isoformat())
    if entry.picture:
        _add(node, "enclosure", url=place.whole(entry.picture.url), type="image/jpeg", length="0")
        _media(node, entry, place)


def json_feed(feed: Feed, place: Place) -> bytes:
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": place.whole(feed.page),
        "feed_url": place.feed,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": settings.NEWSROOM_NAME, "url": place.site}],
        "hubs": [{"type": "WebSub", "url": settings.NEWSROOM_WEBSUB_HUB}] if settings.NEWSROOM_WEBSUB_HUB else [],
        "items": [_json_item(entry, place) for entry in feed.entries],
    }
    return json.dumps(
        {name: value for name, value in said.items() if value or name == "items"}, ensure_ascii=False
    ).encode()


def _json_item(entry: Entry, place: Place) -> dict[str, Any]:
    picture = place.whole(entry.picture.url) if entry.picture else ""
    makers = [{"name": maker.name, "url": maker.url and place.whole(maker.url)} for maker in entry.makers]
    said = {
        "id": entry.identity(place.site),
        "url": place.whole(entry.url),
        "title": entry.title,
        "summary": entry.summary,
        "content_html": place.content(entry),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.language,
        "authors": [{name: value for name, value in maker.items() if value} for maker in makers],
        "tags": entry.tags,
        "image": picture,
        "attachments": [{"url": picture, "mime_type": "image/jpeg"}] if picture else [],
    }
    return {name: value for name, value in said.items() if value or name == "content_html"}


def _media(node: Any, entry: Entry, place: Place) -> None:
    if entry.picture:
        size = {"width": str(entry.picture.width), "height": str(entry.picture.height)}
        media = _add(
            node,
            f"{{{MEDIA}}}content",
            url=place.whole(entry.picture.url),
            type="image/jpeg",
            medium="image",
            **size,
        )
        if entry.picture.alt:
            _add(media, f"{{{MEDIA}}}description", entry.picture.alt)


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """A child of `parent`, in the namespace of it unless `name` brings its own."""
    space = etree.QName(parent).namespace
    node = etree.SubElement(parent, name if name.startswith("{") or not space else f"{{{space}}}{name}")
    for key, value in attributes.items():
        node.set(key, speakable(value))
    if text:
        node.text = speakable(text)
    return node


def speakable(text: str) -> str:
    return UNSPEAKABLE.sub("", text)


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


WRITERS: dict[str, Callable[[Feed, Place], bytes]] = {"atom": atom, "rss": rss, "json": json_feed}
TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
