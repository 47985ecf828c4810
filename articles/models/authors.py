"""Who made a story: authors with pages of their own, and the byline that prints their names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.mentions import mention
from articles.models.pictures import Picture
from articles.models.slugs import name_key, unique_slug


class AuthorQuerySet(models.QuerySet["Author"]):
    def public(self) -> AuthorQuerySet:
        """Those whose name stands on a published article: they have a page."""
        return self.filter(Exists(published_bylines().filter(author=OuterRef("pk"))))

    def named(self, name: str) -> AuthorQuerySet:
        return self.filter(key=name_key(name))

    def for_list(self) -> AuthorQuerySet:
        """By name, each with its number of articles."""
        return self.with_articles().order_by("key", "pk")

    def for_detail(self) -> AuthorQuerySet:
        return self.with_articles().select_related("picture")

    def with_articles(self) -> AuthorQuerySet:
        """With the number of published articles that bear the name."""
        each = published_bylines().filter(author=OuterRef("pk")).order_by().values("author")
        number = each.annotate(number=Count("article", distinct=True)).values("number")
        return self.annotate(articles=Coalesce(Subquery(number), 0))


def published_bylines() -> QuerySet[Byline]:
    return Byline.objects.filter(article__in=Article.objects.published())


class Author(models.Model):
    """A person who writes, photographs or edits for the newsroom. `key` is what imports look a name up by."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("The end of the author page's address. Left empty, it is made from the name."),
    )
    bio = models.TextField(_("about"), blank=True, help_text=_("A few sentences for readers."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("For the newsroom; readers never see it."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text=_("The account that the author signs in with."),
    )
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="authors"
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="author_name_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="author_slug_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        if not self.slug:
            self.slug = unique_slug(Author.objects.all(), self.name, fallback="author")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        mention(f"author:{self.pk}")
        return reverse("author", args=[self.slug])


class BylineQuerySet(models.QuerySet["Byline"]):
    def in_order(self) -> BylineQuerySet:
        return self.order_by("position", "pk").select_related("author")


class Byline(models.Model):
    """One name on one article's byline, as printed, and what its bearer did."""

    class Role(models.TextChoices):
        REPORTING = "reporting", _("reporting")
        ADDITIONAL = "additional", _("additional reporting")
        PHOTOGRAPHS = "photographs", _("photographs")
        EDITING = "editing", _("editing")
        TRANSLATION = "translation", _("translation")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bylines",
        help_text=_("Empty for an agency, or where two authors bear the name."),
    )
    name = models.CharField(_("name as printed"), max_length=200)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.REPORTING)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = BylineQuerySet.as_manager()

    class Meta:
        verbose_name = _("name on the byline")
        verbose_name_plural = _("byline")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["author", "article"], name="byline_author_article")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="byline_name_given"),
            models.CheckConstraint(
                condition=Q(role__in=["reporting", "additional", "photographs", "editing", "translation"]),
                name="byline_role_known",
            ),
            models.UniqueConstraint(
                fields=["article", "name", "role"],
                name="byline_name_once_a_role",
                violation_error_message=_("This name stands on the byline with this role already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
