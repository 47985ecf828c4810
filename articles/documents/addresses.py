"""One address of a page, of the many by which it is reached."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

# What newsletters, feeds and social networks add to tell where a reader comes from.
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|twclid|yclid|at_\w+|ref_src)(?:=|$)", re.IGNORECASE
)


def canonical(address: str) -> str:
    """An address without its fragment and without what only tells where a reader comes from; others stay as they are.

    >>> canonical("https://Cobh.example/ferry?id=7&utm_source=rss#comments")
    'https://cobh.example/ferry?id=7'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return address
    kept = "&".join(each for each in parts.query.split("&") if not TRACKING.match(each))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, kept, ""))


def of_either_scheme(address: str) -> list[str]:
    """An address with http and with https: a site that moved from one to the other did not move its pages."""
    scheme, colon, rest = address.partition("://")
    return [f"{each}://{rest}" for each in ("http", "https")] if colon and scheme in ("http", "https") else [address]
