"""WordPress's export (WXR): a whole site in one file, read a post at a time.

Posts come in, whatever their state: those that readers of the site do not see are withheld. Pages, comments,
attachments, revisions and the bin are left out.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

import lxml.etree

from articles.documents import declared, xml
from articles.documents.assembling import Draft, assemble
from articles.documents.encodings import codec_of
from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory, UnknownEncoding
from articles.documents.formats import wordpress_markup
from articles.documents.formats.feed_items import authors, line, web_address
from articles.documents.formats.feeds import WORDPRESS, Fields
from articles.documents.formats.long_items import TOO_LONG, without_long_items
from articles.documents.story import Status, Story

PIECE = 65_536
# What readers of the site see, and what they are to see at a time that is told.
PUBLIC = frozenset({"publish", "future"})
LEFT_OUT = frozenset({"trash", "auto-draft", "inherit"})
KNOWN = PUBLIC | LEFT_OUT | {"draft", "pending", "private"}
UNFILED = "uncategorized"


@dataclass
class _Site:
    """What the file says before its posts."""

    title: str = ""
    language: str = ""
    names: dict[str, str] = field(default_factory=dict)


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the posts of an export; one that is larger than a story may be is rejected, and the reading goes on.

    Raises:
        UnknownEncoding: the bytes are no text.
        BrokenDocument: it is no well-formed XML, or breaks off.
        DocumentTooLarge: what stands between two posts is larger than a story may be.
        NoStory: there is no post in it.
    """
    site = _Site()
    items = posts = 0
    for element in _children(file, source, max_bytes):
        if (name := xml.local_name(element)) == "item":
            items += 1
            fields = Fields(element)
            if TOO_LONG in fields.found:
                posts += 1
                yield DocumentTooLarge(f"{source}, item {items}", declared.too_long(max_bytes))
            elif fields.text("wp:post_type") == "post" and fields.text("wp:status") not in LEFT_OUT:
                posts += 1
                yield _story_or_error(fields, site, f"{source}, item {items}")
        else:
            _learn(site, name, element)
    if not posts:
        raise NoStory(source, f"of the {items} items of this WordPress export none is a post; expected one or more")


def is_sure(start: bytes) -> bool:
    return WORDPRESS in start and xml.root_name(start) == "rss"


def _learn(site: _Site, name: str, element: Any) -> None:
    if name == "author":
        fields = Fields(element)
        parts = [fields.text("wp:author_first_name"), fields.text("wp:author_last_name")]
        site.names[fields.text("wp:author_login")] = fields.text("wp:author_display_name") or " ".join(parts).strip()
    elif name == "title":
        site.title = line(element.text or "")
    elif name == "language":
        site.language = xml.text_of(element)


def _story_or_error(post: Fields, site: _Site, source: str) -> Story | DocumentError:
    try:
        return _story(post, site, source)
    except DocumentError as error:
        return error


def _story(post: Fields, site: _Site, source: str) -> Story:
    content = wordpress_markup.to_html(post.markup("content:encoded"))
    headline = line(post.markup("title"))
    if not line(content):
        raise NoStory(source, f"“{headline[:80]}”: there is no text in it" if headline else "there is no text in it")
    status, warnings = _status(post)
    state = post.text("wp:status")
    published = _time(post, "wp:post_date") if state in PUBLIC or state == "private" else None
    section, keywords = _filed(post)
    excerpt = line(wordpress_markup.to_html(post.markup("excerpt:encoded")))
    modified = _time(post, "wp:post_modified")
    draft = Draft(
        content,
        headline=headline,
        standfirst=declared.unless_repeated(excerpt, content),
        byline=authors(_writers(post, site.names)),
        published=published,
        language=site.language,
        address=web_address(post.text("link")) if state in PUBLIC else "",
        publisher=site.title,
        keywords=keywords,
        identifier=post.text("guid") or post.text("wp:post_id"),
        modified=modified if modified != published else None,
        section=section,
        embargo=published if state == "future" else None,
        status=status,
        warnings=warnings,
    )
    return assemble(draft, source=source, format="wordpress")


def _status(post: Fields) -> tuple[Status, tuple[str, ...]]:
    state = post.text("wp:status")
    if state in PUBLIC and not post.text("wp:post_password"):
        return Status.USABLE, ()
    if state in KNOWN:
        return Status.WITHHELD, ()
    return Status.WITHHELD, declared.status(state)[1]


def _time(post: Fields, name: str) -> datetime | None:
    """The time in UTC, where it is told, else that of the site's clock; drafts have zeros."""
    for value, zone in ((post.text(f"{name}_gmt"), UTC), (post.text(name), None)):
        try:
            found = datetime.fromisoformat(value).replace(tzinfo=zone)
        except ValueError:
            continue
        if found.year in declared.YEARS:
            return found
    return None


def _writers(post: Fields, names: Mapping[str, str]) -> list[str]:
    """Whom a plugin for several authors names, else the one who wrote the post, by the names that readers see."""
    several = [names[login] for login in _terms(post, "author") if names.get(login)]
    return several or [names.get(login) or login for login in post.texts("dc:creator")]


def _filed(post: Fields) -> tuple[str, tuple[str, ...]]:
    """The first category is the section, the others and the tags are keywords."""
    section, *others = [*_terms(post, "category"), ""]
    return section, tuple(dict.fromkeys(filter(None, [*others, *_terms(post, "post_tag")])))


def _terms(post: Fields, domain: str) -> list[str]:
    found = (each for each in post.all("category") if each.get("domain") == domain)
    return [name for each in found if each.get("nicename") != UNFILED and (name := line(each.text or ""))]


def _children(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Any]:
    """The elements of the channel one after the other, each gone when the next one comes."""
    parser = lxml.etree.XMLPullParser(events=("end",), encoding="utf-8", **xml.SAFE)
    size = number = 0
    try:
        for piece in without_long_items(_pieces(file, source), max_bytes):
            parser.feed(piece.encode())
            size += len(piece)
            for _, element in parser.read_events():
                parent = element.getparent()
                if parent is None or xml.local_name(parent) != "channel":
                    continue
                size = 0
                number += xml.local_name(element) == "item"
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
            if size > max_bytes + PIECE:
                raise DocumentTooLarge(
                    source,
                    f"item {number + 1} has more than {max_bytes:,} bytes, which is the most expected of a story",
                )
        parser.close()
    except lxml.etree.XMLSyntaxError as error:
        raise BrokenDocument(source, xml.told(error)) from error


def _pieces(file: IO[bytes], source: str) -> Iterable[str]:
    """The file as text, its declaration and what XML forbids left out."""
    piece = file.read(PIECE)
    encoding = codec_of(xml.declared_encoding(piece)) or "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)()
    is_first = True
    try:
        while piece:
            text = decoder.decode(piece)
            yield xml.prepared(text, source) if is_first else xml.FORBIDDEN.sub("", text)
            piece, is_first = file.read(PIECE), False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{error.object[error.start]:02x}"
        raise UnknownEncoding(source, f"{byte} is no text in {encoding.upper()}, which the file is in") from error
