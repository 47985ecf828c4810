"""Rows of what stories bring anew, collected from many stories and written together."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from articles.editing.bylines import Authors
from articles.extraction.types import Place
from articles.importing.new_records import Numbers, create_records
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
from articles.models.inserting import insert_rows
from articles.models.slugs import unique_slugs


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
    numbers: Numbers = field(default_factory=Numbers)
    authors: Authors = field(default_factory=Authors)

    def add_article(self, article: Article) -> None:
        """Add an article that is new, and give it its number."""
        self.numbers.give(Article, [article])
        self.articles.append(article)

    def write(self) -> None:
        """Write all of it, in the order in which one needs the other.

        Raises:
            django.db.IntegrityError: another process has written one of the records or articles meanwhile.
        """
        slugs = unique_slugs(Article.objects.all(), [each.headline for each in self.articles], fallback="article")
        for article, slug in zip(self.articles, slugs, strict=True):
            article.slug = slug
        insert_rows(self.articles)
        insert_rows(self.bylines)
        create_records(self.records)
        insert_rows(self.aliases)
        set_wider_places(self.places)
        self.numbers.give(Appearance, self.appearances)
        for part in self.parts:
            part.appearance_id = part.appearance.pk
        insert_rows(self.appearances)
        insert_rows(self.parts)
        insert_rows(self.roles)
        insert_rows(self.quotes)
        insert_rows(self.proposals)
        for article, said in self.told:
            said["slug"] = article.slug
        for each in fields(self):
            if isinstance(waiting := getattr(self, each.name), list):
                waiting.clear()
