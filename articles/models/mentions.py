"""What a page shows, told by the records themselves: whatever is linked while somebody listens is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LATEST = "latest"  # whatever lists articles, records or tags of the whole archive
CALENDAR = "calendar"  # whatever says which days have articles
LAYOUT = "layout"  # what stands on every page

_heard: ContextVar[set[str] | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[set[str]]:
    """The keys of everything that is mentioned until the end of the block."""
    keys: set[str] = set()
    token = _heard.set(keys)
    try:
        yield keys
    finally:
        _heard.reset(token)


def mention(*keys: str) -> None:
    """Say that what these keys stand for is shown: “article:12”, “latest”."""
    heard = _heard.get()
    if heard is not None:
        heard.update(keys)
