"""Where articles stand: sections, series, the front page, and what editors put beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.mentions import mention
from articles.models.slugs import unique_slug


class SectionQuerySet(models.QuerySet["Section"]):
    def public(self) -> SectionQuerySet:
        """Sections in which readers find something, in the order of the masthead."""
        from articles.models.articles import Article

        return self.filter(Exists(Article.objects.published().filter(section=OuterRef("pk"))))


class Section(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown to readers under its name."))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Its place in the masthead: the smallest number comes first.")
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="section_name_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="section_slug_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or unique_slug(Section.objects.all(), self.name, fallback="section")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])


class Series(models.Model):
    """Articles that are read one after the other; each knows which part it is."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown to readers under its name."))

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="series_name_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="series_slug_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or unique_slug(Series.objects.all(), self.name, fallback="series")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        mention(f"series:{self.pk}")
        return reverse("series", args=[self.slug])


class FrontPagePlace(models.Model):
    """A place on the front page that editors gave to an article; the first is the lead."""

    article = models.OneToOneField(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="front_page_place"
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("place on the front page")
        verbose_name_plural = _("front page")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["position"], name="frontpageplace_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="frontpageplace_position_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"


class RelatedArticle(models.Model):
    """An article that editors chose to be read after another."""

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="picked"
    )
    related = models.ForeignKey(
        "articles.Article", verbose_name=_("related article"), on_delete=models.CASCADE, related_name="picked_for"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1, help_text=_("The smallest comes first."))

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="relatedarticle_once"),
            models.CheckConstraint(condition=~Q(article=F("related")), name="relatedarticle_is_another"),
        ]

    def __str__(self) -> str:
        return str(self.related)
