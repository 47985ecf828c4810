"""RSS (0.9x, 1.0 and 2.0) and Atom.

A feed is a list of stories only where its items have all of their text; of one that has a summary alone nothing is
read, and the error tells where its page is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from articles.documents import xml
from articles.documents.assembling import Draft
from articles.documents.errors import BrokenDocument, DocumentError
from articles.documents.formats import plain_text
from articles.documents.formats.feed_items import (
    Item,
    as_time,
    authors,
    line,
    moment,
    publisher,
    stories_of,
    web_address,
)
from articles.documents.formats.format import read_whole
from articles.documents.story import Credit, Status, Story

# How namespaces are called here, by how their names begin: versions follow.
PREFIXES = (
    ("http://purl.org/rss/1.0/modules/content", "content:"),
    ("http://purl.org/dc/elements/", "dc:"),
    ("http://purl.org/dc/terms", "dcterms:"),
    ("http://search.yahoo.com/mrss", "media:"),
    ("http://www.w3.org/2005/Atom", "atom:"),
    ("http://purl.org/atom/ns#", "atom:"),
    ("http://prismstandard.org/namespaces/", "prism:"),
    ("http://purl.org/net/prism", "prism:"),
    ("http://www.w3.org/2007/app", "app:"),
    *((f"http://wordpress.org/export/{version}/excerpt/", "excerpt:") for version in ("1.0", "1.1", "1.2")),
    ("http://wordpress.org/export/", "wp:"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://backend.userland.com/", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
)
XML = "{http://www.w3.org/XML/1998/namespace}"
ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
RSS_1 = (b"http://purl.org/rss/1.0/", b"http://my.netscape.com/rdf/simple/0.9/")
WORDPRESS = b"http://wordpress.org/export/"


class Fields:
    """The children of an element by their names, prefixes as in `PREFIXES`."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.found: dict[str, list[Any]] = {}
        for child in element if element is not None else ():
            self.found.setdefault(_name(child), []).append(child)

    def all(self, *names: str) -> list[Any]:
        return [each for name in names for each in self.found.get(name, [])]

    def texts(self, *names: str) -> list[str]:
        return [text for each in self.all(*names) if (text := xml.text_of(each))]

    def text(self, *names: str) -> str:
        return next(iter(self.texts(*names)), "")

    def markup(self, *names: str) -> str:
        """The first one's text as written, white space kept; where it has elements, these as HTML."""
        for each in self.all(*names):
            if written := xml.markup_in(each) if len(each) else each.text or "":
                return written
        return ""


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the items of a feed.

    Raises:
        BrokenDocument: it is no well-formed XML, or none of RSS or Atom.
        NoStory: it has no items.
    """
    root = xml.parse(read_whole(file, source=source, max_bytes=max_bytes), source)
    yield from stories_of(_items(root, source), source=source, format="feed")


def is_sure(start: bytes) -> bool:
    root = xml.root_name(start)
    name = root.rpartition("}")[2]
    if root.startswith(ATOM):
        return name in {"feed", "entry"}
    if name == "rss":
        return WORDPRESS not in start
    return name == "RDF" and any(space in start for space in RSS_1)


def _items(root: Any, source: str) -> Iterable[Item]:
    name = _name(root)
    if name in {"atom:feed", "atom:entry"}:
        feed = Fields(root if name == "atom:feed" else None)
        entries = feed.all("atom:entry") if name == "atom:feed" else [root]
        return (atom_item(Fields(entry), feed) for entry in entries)
    if name.endswith(("rss", "RDF")):
        channel = Fields(next(iter(Fields(root).all("channel")), None))
        items = [*channel.all("item"), *Fields(root).all("item")]
        return (rss_item(Fields(item), channel) for item in items)
    raise BrokenDocument(source, f"the first element is <{xml.local_name(root)}>; expected <rss>, <RDF> or <feed>")


def rss_item(item: Fields, channel: Fields) -> Item:
    """What an RSS item and its channel say."""
    published, warnings = moment(
        item.texts("pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published")
    )
    changed, doubts = moment(item.texts("atom:updated", "dcterms:modified"))
    guid = item.text("guid")
    links = [*item.texts("link"), *(each.get("href", "") for each in item.all("atom:link") if _is_alternate(each))]
    permanent = [guid] if all(each.get("isPermaLink", "true") != "false" for each in item.all("guid")) else []
    about = [value for name, value in item.element.items() if name.endswith("}about")]
    draft = Draft(
        "",
        headline=line(item.markup("title", "dc:title", "media:title")),
        byline=authors(item.texts("dc:creator", "author") or _people(item, channel)),
        credits=_credits(item),
        published=published,
        modified=as_time(changed),
        language=item.text("dc:language") or _language(item.element) or channel.text("language", "dc:language"),
        address=next(filter(None, (web_address(each) for each in [*links, *permanent, *about])), ""),
        publisher=item.text("source", "dc:publisher") or channel.text("dc:publisher") or _publisher(channel, "title"),
        keywords=_keywords(item),
        identifier=guid or item.text("dc:identifier") or next(iter(about), ""),
        section=item.text("prism:section"),
        copyright=item.text("dc:rights", "media:copyright", "prism:copyright")
        or channel.text("copyright", "dc:rights"),
        warnings=(*warnings, *doubts),
    )
    return Item(draft, item.markup("content:encoded") or _content(item, "atom:content"), item.markup("description"))


def atom_item(entry: Fields, feed: Fields) -> Item:
    """What an Atom entry and its feed say. One that names no day of publication was published when it last changed."""
    issued, warnings = moment(entry.texts("atom:published", "atom:issued", "atom:created"))
    changed, doubts = moment(entry.texts("atom:updated", "atom:modified"))
    origin = Fields(next(iter(entry.all("atom:source")), None))
    is_draft = any(Fields(each).text("app:draft") == "yes" for each in entry.all("app:control"))
    alternates = [each.get("href", "") for each in entry.all("atom:link") if _is_alternate(each)]
    draft = Draft(
        "",
        headline=line(_content(entry, "atom:title")),
        byline=authors(_people(entry, origin) or _people(entry, feed)),
        credits=_credits(entry),
        published=issued or changed,
        modified=as_time(changed) if issued else None,
        language=_language(entry.element) or _language(feed.element),
        address=next(filter(None, (web_address(each, entry.element.base or "") for each in alternates)), ""),
        publisher=entry.text("dc:publisher") or _publisher(origin, "atom:title") or _publisher(feed, "atom:title"),
        keywords=_keywords(entry),
        identifier=entry.text("atom:id"),
        section=entry.text("prism:section"),
        copyright=entry.text("atom:rights") or origin.text("atom:rights") or feed.text("atom:rights"),
        status=Status.WITHHELD if is_draft else Status.USABLE,
        warnings=(*warnings, *doubts),
    )
    return Item(draft, _content(entry, "atom:content"), _content(entry, "atom:summary"))


def _content(fields: Fields, name: str) -> str:
    """Atom's text as HTML: its type says how it is written."""
    for each in fields.all(name):
        kind = each.get("type", "text").lower()
        if len(each) or kind in {"xhtml", "application/xhtml+xml"}:
            return xml.markup_in(each)
        if kind in {"html", "text/html"} or each.get("mode") == "escaped":
            return each.text or ""
        if kind in {"text", "text/plain"}:
            return plain_text.to_html(each.text) if (each.text or "").strip() else ""
    return ""


def _people(item: Fields, feed: Fields) -> list[str]:
    people = item.all("atom:author") or feed.all("atom:author")
    return [name for person in people if (name := Fields(person).text("atom:name"))]


def _credits(item: Fields) -> tuple[Credit, ...]:
    """The photographers that Media RSS names, beside an item or within its media."""
    found = [each for each in item.element.iter("{*}credit") if _name(each) == "media:credit"]
    roles = [(xml.text_of(each), each.get("role", "").lower()) for each in found]
    return tuple(
        dict.fromkeys(Credit(name, "photographs") for name, role in roles if name and role.startswith("photo"))
    )


def _keywords(item: Fields) -> tuple[str, ...]:
    named = [each.get("label") or each.get("term") or "" for each in item.all("atom:category")]
    listed = [word for text in item.texts("media:keywords") for word in text.split(",")]
    words = (line(word) for word in [*item.texts("category"), *named, *item.texts("dc:subject"), *listed])
    return tuple(dict.fromkeys(filter(None, words)))


def _publisher(feed: Fields, name: str) -> str:
    return publisher(line(feed.text(name)))


def _language(element: Any) -> str:
    return str(element.get(f"{XML}lang", "")) if element is not None else ""


def _is_alternate(link: Any) -> bool:
    return bool(link.get("rel", "alternate") == "alternate")


def _name(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    if not space:
        return name
    prefix = next((prefix for start, prefix in PREFIXES if space[1:].startswith(start)), f"{space}}}")
    return f"{prefix}{name}"
