"""What can be followed: each kind of page that has a feed, and what its feed says."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, Author, Correction, Entity, Quote, Section, Series, Tag
from articles.models.article_queries import ArticleQuerySet
from articles.models.mentions import LATEST, mention
from articles.models.quotes import QuoteQuerySet
from articles.site.feeds.entries import Feed, of_articles, of_corrections, of_quotes

ENTRIES = 30

Record = Entity | Tag | Author | Section | Series


def latest() -> Feed:
    mention(LATEST)
    description = _("The latest from %(name)s") % {"name": settings.NEWSROOM_NAME}
    return _feed(settings.NEWSROOM_NAME, description, reverse("home"), Article.objects.published())


def latest_quotes() -> Feed:
    mention(LATEST)
    description = _("Who said what, the latest first")
    return _quotes_feed(_named(_("quotations")), description, reverse("quotations"), Quote.objects.public())


def latest_corrections() -> Feed:
    mention(LATEST)
    rows = Correction.objects.public().select_related("article")[:ENTRIES]
    description = _("What was wrong in published articles, and what is right.")
    return Feed(_named(_("corrections")), description, reverse("corrections"), list(of_corrections(rows)))


def articles_about(record: Record) -> Feed:
    """The articles that a record's page lists, the latest first."""
    mention(f"{'entity' if isinstance(record, Entity) else record._meta.model_name}:{record.pk}")
    description = getattr(record, "description", "") or _("Articles: %(name)s") % {"name": record}
    return _feed(_named(str(record)), description, record.get_absolute_url(), _articles(record))


def quotes_by(entity: Entity) -> Feed:
    """What a person, an organisation or a place said."""
    mention(f"entity:{entity.pk}")
    title = _("%(name)s: quotations") % {"name": entity.name}
    description = _("What %(name)s said") % {"name": entity.name}
    quotes = Quote.objects.public().filter(speaker=entity.pk)
    return _quotes_feed(_named(title), description, entity.get_absolute_url(), quotes, folder="quotes/")


def _articles(record: Record) -> ArticleQuerySet:
    published = Article.objects.published()
    match record:
        case Entity():
            return published.showing(record)
        case Tag():
            return published.under(record)
        case Author():
            return published.by(record)
        case Section():
            return published.in_section(record)
        case _:
            return published.filter(series=record)


def _feed(title: str, description: str, page: str, articles: ArticleQuerySet) -> Feed:
    return Feed(title, description, page, list(of_articles(articles.latest_first().for_feed()[:ENTRIES])))


def _quotes_feed(title: str, description: str, page: str, quotes: QuoteQuerySet, *, folder: str = "") -> Feed:
    entries = list(of_quotes(quotes.for_list().latest_first()[:ENTRIES]))
    return Feed(title, description, page, entries, folder)


def _named(what: str) -> str:
    return f"{settings.NEWSROOM_NAME}: {what}"
