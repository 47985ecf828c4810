"""What stands in the head of a page: its address, its feeds, what is shown where somebody shares it, data for programs.

The view gives the page its record; here the page's name tells which one it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from articles.models import Article, Quote
from articles.models.feeds import FORMATS, feed_of
from articles.site.addresses import whole
from articles.site.embedding import discovery
from articles.site.feeds.formats import TYPES
from articles.site.share_cards import HEIGHT, WIDTH
from articles.site.structured_data import as_script
from articles.site.structured_pages import graph_of

# By the name of an address, what its view calls the record that the page is about.
SUBJECTS = {
    "article": "article",
    "author": "author",
    "location": "location",
    "organisation": "organisation",
    "person": "person",
    "quotation": "quote",
    "section": "section",
    "series": "series",
    "tag": "tag",
}
# Pages with a feed of their own beside those of records; all others name that of the site.
FOLLOWED = ("quotations", "corrections", *(set(SUBJECTS) - {"article", "quotation"}))
# Of these nobody needs a copy: each is made for whoever asks.
UNLISTED = ("report", "report-sent")
# The one part of a query that makes another page of it: where a page of a list begins.
PAGE, LONGEST = "page", 4_000


@dataclass(frozen=True, slots=True)
class SharedImage:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    url: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Head:
    """`canonical` is empty for what is no page of its own: an error, a draft, what was withdrawn."""

    title: str = ""
    canonical: str = ""
    is_listed: bool = False
    kind: str = "website"
    image: SharedImage | None = None
    feeds: list[FeedLink] = field(default_factory=list)
    oembed: str = ""
    data: str = ""


def head_of(request: HttpRequest | None, context: Mapping[Any, Any], title: str) -> Head:
    """`title` is that of the page, escaped, which ends with the newsroom's name."""
    title = mark_safe(title.removesuffix(f" · {escape(settings.NEWSROOM_NAME)}"))  # nosec B308 B703
    match = request.resolver_match if request else None
    if request is None or match is None or "exception" in context:
        return Head(title)
    name = match.url_name or ""
    subject = context.get(SUBJECTS[name]) if name in SUBJECTS else None
    if (name in SUBJECTS and subject is None) or _is_unseen(context.get("article")):
        return Head(title)
    is_shared = isinstance(subject, Article | Quote)
    return Head(
        title=title,
        canonical=canonical(request),
        is_listed=name not in UNLISTED,
        kind="article" if is_shared else "profile" if name in ("person", "author") else "website",
        image=_image(request, subject),
        feeds=_feeds(request.path if name in FOLLOWED else reverse("home"), title, name),
        oembed=discovery(request, request.path) if is_shared else "",
        data=as_script(graph_of(name, subject, context, request)),
    )


def _is_unseen(article: Any) -> bool:
    """A draft that an editor or the owner of a link sees, or what was withdrawn."""
    return isinstance(article, Article) and not article.is_published


def canonical(request: HttpRequest) -> str:
    """The one address of a page, whatever else was asked for with it."""
    page = request.GET.get(PAGE, "")
    query = f"?{urlencode({PAGE: page})}" if 0 < len(page) <= LONGEST else ""
    return whole(request, request.path) + query


def _feeds(page: str, title: str, name: str) -> list[FeedLink]:
    called = f"{title} · {settings.NEWSROOM_NAME}" if name in FOLLOWED else settings.NEWSROOM_NAME
    return [FeedLink(feed_of(page, form), TYPES[form], f"{called} ({label})") for form, label in FORMATS.items()]


def _image(request: HttpRequest, subject: Any) -> SharedImage | None:
    """The picture that leads a story; for one without, and for a quotation, a card with its words."""
    for placed in subject.pictures.all()[:1] if isinstance(subject, Article) else ():
        file = placed.picture.shared()
        return SharedImage(whole(request, placed.picture.url(file)), file.width, file.height, placed.picture.alt)
    if isinstance(subject, Article | Quote):
        return SharedImage(whole(request, f"{subject.get_absolute_url()}card.png"), WIDTH, HEIGHT, str(subject))
    return None
