"""Which articles, in which order, and what is read with them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from articles.models.article_statuses import Status
from articles.models.tags import Tag, TaggedArticle

if TYPE_CHECKING:
    from articles.models.articles import Article
    from articles.models.authors import Author
    from articles.models.entities import Entity
    from articles.models.filing import Section, Series


def newest_first(article: str = "") -> tuple[Any, ...]:
    """The order of editors' lists: by the date a story bears or, with none yet, by when it came in.

    `article` is the way to the article from other rows, with `__` behind it.
    """
    dates = (f"{article}{field}" for field in ("published", "released", "created"))
    return Coalesce(*dates).desc(), F(f"{article}id").desc()


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """What readers may see: the only gate between editors and readers."""
        return self.filter(status=Status.PUBLISHED)

    def public_once(self) -> ArticleQuerySet:
        """What readers see, or saw until it was withdrawn."""
        return self.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])

    def withdrawn(self) -> ArticleQuerySet:
        return self.filter(status=Status.WITHDRAWN)

    def latest_first(self) -> ArticleQuerySet:
        return self.order_by(Coalesce("published", "released").desc(), "-pk")

    def with_counts(self) -> ArticleQuerySet:
        """With the number of people, organisations, locations, quotations and tags, whatever their state."""
        kinds = {"people": "person", "organisations": "organisation", "locations": "location"}
        return self.annotate(
            quotations=Count("quotes", distinct=True),
            topics=Count("tagged_items", distinct=True),
            **{
                name: Count("appearances", filter=Q(appearances__entity__kind=kind), distinct=True)
                for name, kind in kinds.items()
            },
        )

    def showing(self, entity: Entity) -> ArticleQuerySet:
        from articles.models.entities import Appearance

        return self.filter(pk__in=Appearance.objects.shown().filter(entity=entity.pk).values("article"))

    def covering(self, entity: Entity) -> ArticleQuerySet:
        """Those that show it, the latest first, for a list."""
        latest = self.filter(coverage__entity=entity.pk).order_by("-coverage__moment", "-coverage__article_id")
        return latest.for_headlines()

    def covering_tag(self, tag: Tag) -> ArticleQuerySet:
        latest = self.filter(tag_coverage__tag=tag.pk, tag_coverage__is_borne=True)
        return latest.order_by("-tag_coverage__moment", "-tag_coverage__article_id").for_headlines()

    def for_headlines(self) -> ArticleQuerySet:
        shown = ("headline", "slug", "standfirst", "language", "published", "published_has_time")
        return self.select_related("section").only(*shown, "section__name", "section__slug")

    def under(self, tag: Tag) -> ArticleQuerySet:
        return self.filter(pk__in=TaggedArticle.objects.filter(tag=tag).values("content_object"))

    def breaking(self) -> ArticleQuerySet:
        return self.filter(breaking_until__gt=timezone.now())

    def on_front_page(self) -> ArticleQuerySet:
        """Those that editors gave a place there, the lead first."""
        return self.filter(front_page_place__isnull=False).order_by("front_page_place__position")

    def in_section(self, section: Section) -> ArticleQuerySet:
        return self.filter(section=section)

    def parts_of(self, series: Series) -> ArticleQuerySet:
        return self.filter(series=series).order_by("part")

    def picked_for(self, article: Article) -> ArticleQuerySet:
        """What editors chose to be read after an article."""
        return self.filter(picked_for__article=article).order_by("picked_for__position", "picked_for__pk")

    def between(self, start: datetime | None, end: datetime | None) -> ArticleQuerySet:
        """Those that bear a date from `start` to `end`, either of which may be open."""
        rows = self.alias(bears=Coalesce("published", "released"))
        rows = rows.filter(bears__gte=start) if start else rows
        return rows.filter(bears__lte=end) if end else rows

    def by(self, author: Author) -> ArticleQuerySet:
        """Those whose byline has the author, each with the `share` they had in it where it was not reporting alone."""
        from articles.models.authors import Byline

        theirs = Byline.objects.filter(author=author)
        share = theirs.filter(article=OuterRef("pk")).exclude(role=Byline.Role.REPORTING).order_by("position", "pk")
        return self.filter(pk__in=theirs.values("article")).annotate(share=Subquery(share.values("role")[:1]))

    def for_card(self) -> ArticleQuerySet:
        """A headline, a date and a picture."""
        from articles.models.pictures import ArticlePicture

        pictures = Prefetch("pictures", ArticlePicture.objects.leading(), to_attr="lead_pictures")
        return self.defer("body", "text", "end_notes").select_related("section").prefetch_related(pictures)

    def for_list(self) -> ArticleQuerySet:
        return self.for_card().prefetch_related("tags")  # type: ignore[misc]  # taggit

    def for_api(self) -> ArticleQuerySet:
        from articles.models.authors import Byline

        return self.for_list().prefetch_related(Prefetch("bylines", Byline.objects.in_order()))

    def for_home(self) -> ArticleQuerySet:
        """With `opening`, the first words of the text, for a story without a standfirst."""
        return self.for_list().annotate(opening=Left("text", 400))

    def for_feed(self) -> ArticleQuerySet:
        from articles.models.authors import Byline
        from articles.models.quotes import Quote

        bylines = Prefetch("bylines", Byline.objects.in_order())
        quotes = Prefetch("quotes", Quote.objects.shown().for_article(), to_attr="shown_quotes")
        return self.for_home().prefetch_related("corrections", bylines, quotes)

    def for_search(self) -> ArticleQuerySet:
        return self.defer("body", "end_notes")

    def for_title(self) -> ArticleQuerySet:
        return self.only("headline", "standfirst", "slug", "language", "status")

    def for_detail(self) -> ArticleQuerySet:
        from articles.models.authors import Byline
        from articles.models.entities import Appearance
        from articles.models.pictures import ArticlePicture
        from articles.models.quotes import Quote

        return self.select_related("section", "series").prefetch_related(
            "tags",  # type: ignore[misc]  # taggit
            "corrections",
            Prefetch("bylines", Byline.objects.in_order()),
            Prefetch("pictures", ArticlePicture.objects.in_order()),
            Prefetch("appearances", Appearance.objects.shown().for_article(), to_attr="shown_appearances"),
            Prefetch("quotes", Quote.objects.shown().for_article(), to_attr="shown_quotes"),
        )
