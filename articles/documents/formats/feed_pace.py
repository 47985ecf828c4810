"""What a feed says of itself: its title, and how often it wants to be asked."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.etree

from articles.documents import xml
from articles.documents.encodings import decode
from articles.documents.errors import DocumentError
from articles.documents.strict_json import parse as parse_json

# RSS's module “syndication”: so many minutes, divided by how often in that time.
PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


@dataclass(frozen=True, slots=True)
class FeedSelf:
    """A feed's own title, and the minutes it asks for between two polls; empty and 0 where it does not say."""

    title: str = ""
    minutes: int = 0


def read_self(content: bytes, source: str) -> FeedSelf:
    """What a feed says of itself; nothing of what is no feed.

    >>> read_self(b"<rss><channel><title>Cobh Sheet</title><ttl>60</ttl></channel></rss>", "feed")
    FeedSelf(title='Cobh Sheet', minutes=60)
    """
    try:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            said = parse_json(decode(content, source), source)
            title = said.get("title") if isinstance(said, dict) else None
            return FeedSelf(" ".join(title.split()) if isinstance(title, str) else "")
        root = xml.parse(content, source)
    except DocumentError:
        return FeedSelf()
    channel = root if xml.local_name(root) == "feed" else xml.first(root, "channel")
    minutes = _number(xml.text_of(xml.first(channel, "ttl"))) or _syndicated(channel)
    return FeedSelf(xml.text_of(xml.first(channel, "title")), minutes)


def _syndicated(channel: lxml.etree._Element) -> int:
    period = PERIODS.get(xml.text_of(xml.first(channel, "updatePeriod")).lower(), 0)
    return period // (_number(xml.text_of(xml.first(channel, "updateFrequency"))) or 1)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
