"""Tell the WebSub hub which feeds have news: https://www.w3.org/TR/websub/

What changed is written down in the transaction that changes it, and told later, by a command: no editor waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import urllib3
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import reverse
from django.utils import timezone

from articles.models import Author, Entity, HubNews, Section, Series, Tag
from articles.models.feeds import FORMATS, feed_of
from articles.models.mentions import LATEST

TIMEOUT = urllib3.Timeout(connect=5, read=10)
MOST = 1_000  # changes told at once
PORTION = 50  # feeds named in one request
# A hub that is away for longer finds out by itself: it asks for feeds from time to time.
GIVE_UP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """Of how many feeds the hub was told, and why of no more; empty where it was told of all."""

    feeds: int = 0
    problem: str = ""


def tell_hub(now: datetime | None = None) -> Told:
    """Name the feeds with news to the hub; what it does not take is told again the next time, for a day."""
    HubNews.objects.filter(made__lt=(now or timezone.now()) - GIVE_UP).delete()
    if not settings.NEWSROOM_WEBSUB_HUB:
        return Told()
    news = list(HubNews.objects.order_by("pk")[:MOST])
    feeds = feeds_showing({key for each in news for key in each.keys})
    for start in range(0, len(feeds), PORTION):
        if problem := _publish(feeds[start : start + PORTION]):
            return Told(start, problem)
    HubNews.objects.filter(pk__in=[each.pk for each in news]).delete()
    return Told(len(feeds))


def feeds_showing(keys: set[str]) -> list[str]:
    """The whole addresses of the feeds in which something of the keys may stand."""
    pages = sorted(set(_pages(keys)))
    return [urljoin(settings.NEWSROOM_URL, feed_of(page, form)) for page in pages for form in FORMATS]


def _pages(keys: set[str]) -> Iterator[str]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, number = key.partition(":")
        if number.isdecimal():
            numbers[kind].append(int(number))
    if LATEST in keys:
        yield from (reverse(name) for name in ("home", "quotations", "corrections"))
    for entity in Entity.objects.public().filter(pk__in=numbers["entity"]):
        yield from (entity.get_absolute_url(), f"{entity.get_absolute_url()}quotes/")
    records: dict[str, Any] = {
        "tag": Tag.objects.current(),
        "author": Author.objects.public(),
        "section": Section.objects.all(),
        "series": Series.objects.all(),
    }
    for kind, rows in records.items():
        yield from (each.get_absolute_url() for each in rows.filter(pk__in=numbers[kind]))


def _publish(feeds: list[str]) -> str:
    """Why the hub does not know of these now; empty where it does."""
    hub = settings.NEWSROOM_WEBSUB_HUB
    said = [("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]
    try:
        with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as pool:
            answer = pool.request("POST", hub, fields=said, encode_multipart=False, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        return f"“{hub}” cannot be reached ({type(error).__name__})"
    return "" if 200 <= answer.status < 300 else f"“{hub}” answered with status {answer.status}"


def check_hub(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A hub is told of whole addresses, and a command knows of none but the setting's."""
    if settings.NEWSROOM_WEBSUB_HUB and not settings.NEWSROOM_URL:
        return [
            Error(
                "NEWSROOM_WEBSUB_HUB is set, NEWSROOM_URL is not",
                hint="Say at which address readers reach the site, as “https://news.example.org/”.",
                id="newsroom.E040",
            )
        ]
    return []
