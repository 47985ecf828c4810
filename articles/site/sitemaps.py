"""What search engines are told to read: every page in portions by number, and the news of two days.

A portion is found by the numbers of its rows, never by counting: the thousandth costs what the first costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Entity, Quote, Section, Series, Tag, TaggedArticle
from articles.models.mentions import LATEST, mention
from articles.models.tags import TagQuerySet
from articles.site.addresses import whole
from articles.site.feeds.formats import speakable

MOST = 50_000  # addresses a file, by the protocol
# So many numbers are a portion: an article brings its quotations, so that these are fewer.
STORIES, RECORDS = 1_000, 10_000
NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1_000
LISTS = (
    "home articles archive about-the-data people organisations locations quotations tags authors corrections".split()
)

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class Page:
    """One address, from the site's root on, and when what stands there last changed, where that is known."""

    path: str
    changed: datetime | None = None


def index(request: HttpRequest) -> str:
    """The files that make up the sitemap; none of them is empty."""
    mention(LATEST)
    names = ["pages", "topics"] if _topics()[:1] else ["pages"]
    names += [f"stories-{number}" for number in _filled(STORIES, "articles_article", "status = 'published'")]
    records = _filled(RECORDS, "articles_entity", "merged_into_id IS NULL AND article_count > 0")
    names += [f"records-{number}" for number in records]
    files = (whole(request, reverse("sitemap-part", args=[name])) for name in names)
    return _document("sitemapindex", (f"<sitemap><loc>{escape(file)}</loc></sitemap>" for file in files))


def part(name: str, request: HttpRequest) -> str:
    """One of the files that the index names; empty for a name that it would not."""
    mention(LATEST)
    kind, _, number = name.partition("-")
    pages = list(_pages_of(kind, int(number or 0)))[:MOST]
    return _document("urlset", (_url(page, request) for page in pages)) if pages else ""


def news(request: HttpRequest) -> str:
    """The articles of the last two days, the latest first, as Google News reads them."""
    mention(LATEST)
    since = timezone.now() - NEWS_FOR
    recent = Article.objects.published().between(since, None).latest_first()[:MOST_NEWS]
    articles = list(recent.only("headline", "slug", "language", "published", "released"))
    for article in articles:
        mention(f"until:{(_bears(article) + NEWS_FOR).isoformat()}")
    return _document("urlset", (_news_url(article, request) for article in articles), more=f' xmlns:news="{NEWS}"')


def _pages_of(kind: str, number: int) -> Iterator[Page]:
    match kind:
        case "pages":
            yield from _fixed_pages()
        case "topics":
            yield from (Page(tag.get_absolute_url()) for tag in _topics())
        case "stories":
            yield from _stories(number)
        case "records":
            rows = Entity.objects.public().filter(pk__gte=number * RECORDS, pk__lt=(number + 1) * RECORDS)
            yield from (Page(each.get_absolute_url()) for each in rows.only("kind", "slug").order_by("pk"))


def _fixed_pages() -> Iterator[Page]:
    yield from (Page(reverse(name)) for name in LISTS)
    for rows in Section.objects.public(), Series.objects.filter(articles__status="published").distinct():
        yield from (Page(each.get_absolute_url()) for each in rows)
    yield from (Page(author.get_absolute_url()) for author in Author.objects.public().order_by("pk"))


def _topics() -> TagQuerySet:
    bearing = TaggedArticle.objects.filter(tag=OuterRef("pk"), content_object__status="published")
    return Tag.objects.current().filter(Exists(bearing)).order_by("pk")


def _stories(number: int) -> Iterator[Page]:
    """The articles of a portion, each with its quotations behind it."""
    first, last = number * STORIES, (number + 1) * STORIES - 1
    articles = Article.objects.published().filter(pk__range=(first, last)).order_by("pk")
    changed: dict[int, datetime | None] = {}
    for article in articles.only("slug", "released").annotate(corrected=Max("corrections__made")):
        known = [moment for moment in (article.released, article.corrected) if moment]
        changed[article.pk] = max(known, default=None)
        yield Page(article.get_absolute_url(), changed[article.pk])
    quotes = Quote.objects.public().filter(article__gte=first, article__lte=last).order_by("article_id", "start", "pk")
    for quote in quotes.only("article_id"):
        yield Page(quote.get_absolute_url(), changed.get(quote.article_id))


def _filled(size: int, table: str, condition: str) -> list[int]:
    """The portions with a row that fulfils the condition, in one query: from each one leap to the next such row.

    The condition is written out, for SQLite to see which index it means.
    """
    first = f"SELECT MIN(id) FROM {table} WHERE {condition}"  # nosec B608
    following = f"{first} AND id >= (found.id / {size} + 1) * {size}"
    leaps = f"{first} UNION ALL SELECT ({following}) FROM found WHERE found.id IS NOT NULL"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found(id) AS ({leaps}) SELECT id / {size} FROM found WHERE id IS NOT NULL ORDER BY 1"  # nosec B608
        )
        return [number for (number,) in cursor.fetchall()]


def _url(page: Page, request: HttpRequest) -> str:
    changed = f"<lastmod>{page.changed.isoformat()}</lastmod>" if page.changed else ""
    return f"<url><loc>{escape(whole(request, page.path))}</loc>{changed}</url>"


def _news_url(article: Article, request: HttpRequest) -> str:
    language = (article.language or settings.LANGUAGE_CODE).partition("-")[0]
    return (
        f"<url><loc>{escape(whole(request, article.get_absolute_url()))}</loc><news:news><news:publication>"
        f"<news:name>{escape(settings.NEWSROOM_NAME)}</news:name><news:language>{escape(language)}</news:language>"
        f"</news:publication><news:publication_date>{_bears(article).isoformat()}</news:publication_date>"
        f"<news:title>{escape(speakable(article.headline))}</news:title></news:news></url>"
    )


def _bears(article: Article) -> datetime:
    return article.published or article.released or article.created


def _document(root: str, lines: Iterable[str], *, more: str = "") -> str:
    body = "\n".join(lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{SITEMAP}"{more}>\n{body}\n</{root}>\n'
