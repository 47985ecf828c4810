"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from articles.documents.assembling import Draft
from articles.documents.encodings import decode
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
from articles.documents.story import Story
from articles.documents.strict_json import parse

MARK = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the items of a feed.

    Raises:
        BrokenDocument: it is no JSON, or no feed.
        NoStory: it has no items.
    """
    feed = parse(decode(read_whole(file, source=source, max_bytes=max_bytes), source), source)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise BrokenDocument(source, "this is JSON without a list “items”; expected a JSON Feed")
    found = (_item(each if isinstance(each, dict) else {}, feed) for each in items)
    yield from stories_of(found, source=source, format="jsonfeed")


def is_sure(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and bool(MARK.search(start))


def _item(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Item:
    published, warnings = moment(filter(None, [_text(item, "date_published")]))
    changed, doubts = moment(filter(None, [_text(item, "date_modified")]))
    base = web_address(_text(feed, "home_page_url"))
    addresses = (web_address(_text(item, name), base) for name in ("url", "external_url", "id"))
    tags = item.get("tags")
    text = _text(item, "content_text")
    draft = Draft(
        "",
        headline=" ".join(_text(item, "title").split()),
        byline=authors(_people(item) or _people(feed)),
        published=published or changed,
        modified=as_time(changed) if published else None,
        language=_text(item, "language") or _text(feed, "language"),
        address=next(filter(None, addresses), ""),
        publisher=publisher(line(_text(feed, "title"))),
        keywords=tuple(dict.fromkeys(tag for tag in tags if isinstance(tag, str) and tag.strip()))
        if isinstance(tags, list)
        else (),
        identifier=str(item["id"]) if isinstance(item.get("id"), (str, int)) else "",
        warnings=(*warnings, *doubts),
    )
    content = _text(item, "content_html") or (plain_text.to_html(text) if text.strip() else "")
    return Item(draft, content, _text(item, "summary"))


def _people(said: Mapping[str, Any]) -> list[str]:
    people = said.get("authors")
    people = people if isinstance(people, list) else [said.get("author")]
    return [name for person in people if isinstance(person, dict) and (name := _text(person, "name"))]


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
