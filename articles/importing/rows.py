"""Rows of what stories bring anew, collected from many stories and written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from articles.extraction.types import Place
from articles.importing.new_records import create_records, number_rows
from articles.importing.reports import Report
from articles.importing.wider import set_wider_places
from articles.models import (
    Alias,
    Appearance,
    Article,
    Byline,
    Location,
    NamePart,
    ProposedTag,
    Quote,
    Role,
)
from articles.models import Entity as Record
from articles.models.slugs import unique_slugs

# Rows written by one statement.
AT_ONCE = 500


@dataclass(slots=True)
class Rows:
    """Rows that wait to be written; articles and records have their numbers already, slugs they get then.

    `places` are new locations with what the gazetteer says of them, `told` the reports of new articles, which are told
    the slug.
    """

    articles: list[Article] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    places: list[tuple[Location, Place]] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    parts: list[NamePart] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    proposals: list[ProposedTag] = field(default_factory=list)
    told: list[tuple[Article, Report]] = field(default_factory=list)

    def add_article(self, article: Article) -> None:
        """Add an article that is new, and give it its number."""
        number_rows(Article, [article])
        self.articles.append(article)

    def write(self) -> None:
        """Write all of it, in the order in which one needs the other.

        Raises:
            django.db.IntegrityError: another process has written one of the records or articles meanwhile.
        """
        slugs = unique_slugs(Article.objects.all(), [each.headline for each in self.articles], fallback="article")
        for article, slug in zip(self.articles, slugs, strict=True):
            article.slug = slug
        _insert(self.articles)
        _insert(self.bylines)
        create_records(self.records)
        _insert(self.aliases)
        set_wider_places(self.places)
        for rows in (self.appearances, self.parts, self.roles, self.quotes, self.proposals):
            _insert(rows)
        for article, said in self.told:
            said["slug"] = article.slug
        for each in fields(self):
            getattr(self, each.name).clear()


def _insert(rows: Iterable[Any]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=AT_ONCE)
