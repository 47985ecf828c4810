"""Tags, on every kind of record, through tables with real foreign keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

if TYPE_CHECKING:
    from articles.models.articles import Article


class TagQuerySet(models.QuerySet["Tag"]):
    def current(self) -> TagQuerySet:
        return self.filter(merged_into=None)

    def public(self) -> TagQuerySet:
        """Tags that a reader meets on at least one published article, with their number of articles."""
        published = Q(taggedarticle_items__content_object__status="published")
        return (  # type: ignore[no-any-return]  # taggit
            self.current()
            .annotate(article_count=Count("taggedarticle_items", filter=published, distinct=True))
            .filter(article_count__gt=0)
            .order_by("name")
        )

    def on_articles(self, articles: models.QuerySet[Article]) -> TagQuerySet:
        """Tags of some of `articles`, with `shared`: on how many of them."""
        items = TaggedArticle.objects.filter(content_object__in=articles.values("pk"))
        each = items.filter(tag=OuterRef("pk")).order_by().values("tag")
        return (  # type: ignore[no-any-return]  # taggit
            self.current()
            .filter(pk__in=items.values("tag"))
            .annotate(shared=Subquery(each.annotate(number=Count("pk")).values("number")))
            .order_by("-shared", "name")
        )


class Tag(TagBase):
    description = models.TextField(_("description"), blank=True, help_text=_("Shown to readers on the tag's page."))
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="synonyms",
        help_text=_("Imports that bring this tag use the other one."),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="tag_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_name_given"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class Tagged(ItemBase):
    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="%(class)s_items")
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("Where the tag comes from."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.content_object} · {self.tag}"


class TaggedArticle(Tagged):
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")]


class TaggedEntity(Tagged):
    content_object = models.ForeignKey("articles.Entity", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a person, organisation or location")
        verbose_name_plural = _("tags of people, organisations and locations")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedentity_once")]


class TaggedQuote(Tagged):
    content_object = models.ForeignKey("articles.Quote", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a quotation")
        verbose_name_plural = _("tags of quotations")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedquote_once")]
