"""Poll the feeds that the newsroom subscribes to, and import what is new in them, once.

It decides when a feed is asked again and which of its items are new; what becomes of an item is the import's affair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from articles.documents.encodings import charset_of, transcode
from articles.documents.errors import DocumentError, NoStory, SummaryOnly, UnknownFormat
from articles.documents.fetching import Fetched, RefusedByServer, Validators, fetch
from articles.documents.formats import FORMATS
from articles.documents.formats.feed_pace import FeedSelf, read_self
from articles.documents.reading import read_fetched
from articles.documents.story import Story
from articles.documents.telling import find_format
from articles.importing.identity import fingerprint_of, identity_of
from articles.importing.options import ImportOptions
from articles.importing.reports import Report
from articles.importing.service import import_stories, refuse_document
from articles.models import Article, Feed, FeedItem

FEEDS = ("feed", "jsonfeed")
# Of a new feed of summaries, so many pages are fetched at a poll; the others follow at the next ones.
MOST_PAGES = 20
# A page that cannot be fetched is asked for so many times, then left.
MOST_TRIES = 3
# However often it failed and whatever it asks for, a feed is asked once a day; a server may ask for a week's peace.
LONGEST = timedelta(days=1)
LONGEST_AS_TOLD = timedelta(days=7)
# Who began to poll a feed and did not end in this time has died.
HELD = timedelta(minutes=30)
# An item that a feed dropped is forgotten after this; the archive would know its story all the same.
REMEMBERED = timedelta(days=90)
GONE = 410
CUT = {"etag": 1000, "last_modified": 100}


@dataclass
class Polled:
    """What came of a poll: a report for each item that was new or different, how many were neither, or what failed."""

    feed: Feed
    reports: list[Report] = field(default_factory=list)
    known: int = 0
    problem: str = ""
    is_busy: bool = False  # somebody else is polling it
    is_complete: bool = True

    def number(self, status: str) -> int:
        return sum(report["status"] == status for report in self.reports)


def poll_due(now: datetime | None = None, *, everything: bool = False) -> Iterator[Polled]:
    """Poll the feeds whose time has come, or `everything` that is active, one after the other."""
    moment = now or timezone.now()
    feeds = Feed.objects.filter(is_active=True) if everything else Feed.objects.due(moment)
    for feed in list(feeds):
        yield poll(feed, now=now)


def poll(feed: Feed, *, now: datetime | None = None, most_pages: int = MOST_PAGES, end: float | None = None) -> Polled:
    """Ask a feed for what is new, import it, and write down how it went and when it is asked again.

    Args:
        feed: saved; whether it is due does not matter.
        now: the present, unless a test says so.
        most_pages: of items that are summaries, so many pages are fetched.
        end: a moment of `time.monotonic()`, from which on no further item is imported; the next poll goes on.
    """
    now = now or timezone.now()
    if not Feed.objects.free(now).filter(pk=feed.pk).update(held_until=now + HELD):
        return Polled(feed, is_busy=True)
    try:
        return _poll(feed, now, most_pages, end)
    finally:
        Feed.objects.filter(pk=feed.pk).update(held_until=None)


def _poll(feed: Feed, now: datetime, most_pages: int, end: float | None) -> Polled:
    try:
        fetched = _fetch(feed.address, Validators(feed.etag, feed.last_modified))
        said = FeedSelf() if fetched.is_unchanged else _read_self(fetched)
        polled = Polled(feed) if fetched.is_unchanged else _bring_in(feed, fetched, now, most_pages, end)
    except DocumentError as error:
        return _failed(feed, error, now)
    except IntegrityError:
        if Feed.objects.filter(pk=feed.pk).exists():
            raise
        return Polled(feed, problem="it was deleted meanwhile")
    _answered(polled, fetched, said, now)
    return polled


def _fetch(address: str, validators: Validators | None = None) -> Fetched:
    return fetch(
        address,
        max_bytes=settings.NEWSROOM_MAX_DOCUMENT_BYTES,
        seconds=settings.NEWSROOM_FETCH_SECONDS,
        allowed_hosts=settings.NEWSROOM_FETCH_HOSTS,
        validators=validators,
    )


def _read_self(fetched: Fetched) -> FeedSelf:
    """What the feed says of itself.

    Raises:
        UnknownFormat: it is no feed.
    """
    format = find_format(fetched.content, source=fetched.address, content_type=fetched.content_type)
    if format not in FEEDS:
        found = f"this is {FORMATS[format].label}, no feed; expected RSS, Atom or JSON Feed"
        raise UnknownFormat(fetched.address, found)
    return read_self(transcode(fetched.content, charset_of(fetched.content_type)), fetched.address)


# Its items.


def _bring_in(feed: Feed, fetched: Fetched, now: datetime, most_pages: int, end: float | None) -> Polled:
    """Import what is new or different in a feed, the oldest item first.

    Raises:
        DocumentError: the feed itself cannot be read.
    """
    polled = Polled(feed)
    options = ImportOptions(publisher=feed.publisher, section=feed.section.name if feed.section else "")
    known = {item.key: item for item in feed.items.all()}
    seen: list[str] = []
    for item in reversed(_items(fetched)):
        key, digest = _key(item), _digest(item)
        key = _hash(key, digest) if key in seen else key  # two items that bear one identifier
        seen.append(key)
        before = known.get(key)
        if before and before.digest == digest and not _is_tried_again(before):
            polled.known += 1
            continue
        page = item.address if isinstance(item, SummaryOnly) and feed.fetches_pages else ""
        if (page and most_pages <= 0) or (end is not None and monotonic() >= end):
            polled.is_complete = False
            continue
        most_pages -= bool(page)
        reports = list(_import_page(page, options) if page else import_stories([item], options))
        polled.reports += reports
        row = _write_item(feed, key, digest, before, reports, now, is_page=bool(page))
        polled.is_complete &= not _is_tried_again(row)
    feed.items.filter(key__in=seen).update(seen=now)
    feed.items.filter(seen__lt=now - REMEMBERED).delete()
    return polled


def _items(fetched: Fetched) -> list[Story | DocumentError]:
    items = list(read_fetched(fetched, max_bytes=settings.NEWSROOM_MAX_DOCUMENT_BYTES))
    for item in items:
        # An error that names no item is about all of the feed. One without items is quiet, not broken.
        if isinstance(item, DocumentError) and item.source == fetched.address:
            if type(item) is NoStory:
                return []
            raise item
    return items


def _import_page(address: str, options: ImportOptions) -> Iterator[Report]:
    """Import the story of a page that a feed sums up; a page that is no page, another feed say, is refused."""
    try:
        page = _fetch(address)
        format = find_format(page.content, source=page.address, content_type=page.content_type)
        if format != "html":
            raise UnknownFormat(page.address, f"this is {FORMATS[format].label}; expected the page of a story")
    except DocumentError as error:
        yield refuse_document(error, options=options)
        return
    yield from import_stories(read_fetched(page, max_bytes=settings.NEWSROOM_MAX_DOCUMENT_BYTES), options)


def _write_item(
    feed: Feed,
    key: str,
    digest: str,
    before: FeedItem | None,
    reports: list[Report],
    now: datetime,
    *,
    is_page: bool,
) -> FeedItem:
    last = reports[-1] if reports else None
    error = (last["error"] or "") if last else ""
    is_again = before is not None and before.digest == digest
    row, _ = FeedItem.objects.update_or_create(
        feed=feed,
        key=key,
        defaults={
            "digest": digest,
            "headline": last["headline"][:300] if last else "",
            "article": Article.objects.filter(slug=last["slug"]).first() if last and last["slug"] else None,
            "error": error,
            "is_page": is_page,
            "tries": before.tries + 1 if before and is_again else 1,
            "imported": now,
            "seen": now,
        },
    )
    return row


def _is_tried_again(item: FeedItem) -> bool:
    """Whether an item's page could not be had, and may be there the next time."""
    return bool(item.error) and item.is_page and item.tries < MOST_TRIES


def _key(item: Story | DocumentError) -> str:
    """What names an item: its identifier, its address, or else its headline and date."""
    if isinstance(item, SummaryOnly):
        return _hash(item.address)
    if isinstance(item, DocumentError):
        return _hash(item.found)
    return _hash(item.identifier or item.address or identity_of(item))


def _digest(item: Story | DocumentError) -> str:
    return _hash(item.found) if isinstance(item, DocumentError) else fingerprint_of(item)


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


# When it is asked again.


def _answered(polled: Polled, fetched: Fetched, said: FeedSelf, now: datetime) -> None:
    feed, headers = polled.feed, fetched.headers
    asked = max(timedelta(minutes=said.minutes), _freshness(headers, now))
    wait = max(timedelta(minutes=feed.minutes), min(asked, LONGEST))
    changed: dict[str, object] = {"last_polled": now, "last_answered": now, "failures": 0, "error": ""}
    changed["next_poll"] = now + wait
    if not fetched.is_unchanged:
        # Without them all of it comes again, with what was left over this time.
        given = headers if polled.is_complete else {}
        changed |= {"etag": given.get("etag", ""), "last_modified": given.get("last-modified", "")}
        changed |= {name: "" for name, longest in CUT.items() if len(str(changed[name])) > longest}
        changed["own_title"] = said.title[:200]
    _save(feed, changed)


def _failed(feed: Feed, error: DocumentError, now: datetime) -> Polled:
    """Write down what went wrong; each failure in a row doubles the time until the feed is asked again."""
    status = error.status if isinstance(error, RefusedByServer) else 0
    failures = feed.failures + 1
    wait = min(timedelta(minutes=feed.minutes) * 2 ** min(failures, 12), LONGEST)
    if isinstance(error, RefusedByServer):
        wait = max(wait, min(_retry_after(error.headers, now), LONGEST_AS_TOLD))
    problem = f"{error.found}; it is not asked any more" if status == GONE else error.found
    changed = {"last_polled": now, "next_poll": now + wait, "failures": failures, "error": problem}
    if status == GONE:
        changed["is_active"] = False
    _save(feed, changed)
    return Polled(feed, problem=problem)


def _save(feed: Feed, changed: Mapping[str, object]) -> None:
    """Write these fields alone: an editor may have changed the others meanwhile, or deleted the feed."""
    Feed.objects.filter(pk=feed.pk, address=feed.address).update(**changed)
    for name, value in changed.items():
        setattr(feed, name, value)


def _freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the server says that its answer is good for: Cache-Control, or Expires where it says nothing there."""
    said = [each.strip().lower() for each in headers.get("cache-control", "").split(",")]
    if {"no-cache", "no-store"} & set(said):
        return timedelta()
    for each in said:
        name, _, value = each.partition("=")
        if name == "max-age":
            return _seconds(value.strip('"'))
    return _until(headers.get("expires", ""), now)


def _retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    said = headers.get("retry-after", "").strip()
    return _seconds(said) or _until(said, now)


def _seconds(written: str) -> timedelta:
    is_number = written.isascii() and written.isdigit()
    return timedelta(seconds=min(int(written[:9]), LONGEST_AS_TOLD.total_seconds())) if is_number else timedelta()


def _until(written: str, now: datetime) -> timedelta:
    """From now to an HTTP date; nothing where it is none, or over."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return timedelta()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())
