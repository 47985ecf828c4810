"""Where the feed of a page stands, for readers and for the hub that is told of news."""

from __future__ import annotations

# The formats, and what each is called where a reader chooses one.
FORMATS = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}


def feed_of(page: str, form: str) -> str:
    """The address of the feed of a page in one of the formats: /tags/water/feed.atom."""
    return f"{page}feed.{form}"
