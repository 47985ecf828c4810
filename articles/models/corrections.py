"""What was wrong in a published article, and how it was put right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.entities import Entity
from articles.models.quotes import Quote


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self) -> CorrectionQuerySet:
        """Those of articles that readers see."""
        return self.filter(article__in=Article.objects.published().values("pk"))

    def by_year(self) -> dict[int, dict[str, int]]:
        """How many of each kind were made in each year of the newsroom's calendar, the latest year first."""
        rows = self.annotate(year=ExtractYear("made")).order_by("-year", "kind").values("year", "kind")
        years: dict[int, dict[str, int]] = {}
        for row in rows.annotate(number=Count("pk")):
            years.setdefault(row["year"], {})[row["kind"]] = row["number"]
        return years

    def in_year(self, year: int) -> CorrectionQuerySet:
        return self.filter(made__year=year)

    def for_page(self) -> CorrectionQuerySet:
        """With the article and with those quotations and names that readers see."""
        return self.select_related("article").prefetch_related(
            Prefetch("quotes", Quote.objects.public(), to_attr="shown_quotes"),
            Prefetch("entities", Entity.objects.public(), to_attr="shown_entities"),
        )


class Correction(models.Model):
    """A note to readers, tied to the difference it tells of and to the quotations and names that this touches."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        UPDATE = "update", _("update")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="corrections"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.CORRECTION)
    note = models.TextField(_("note"), help_text=_("What readers are told: what was wrong, and what is right."))
    before = models.JSONField(
        _("before"), default=dict, blank=True, help_text=_("The fields that differ, as they were.")
    )
    after = models.JSONField(_("after"), default=dict, blank=True, help_text=_("The same fields as they became."))
    quotes = models.ManyToManyField(Quote, verbose_name=_("quotations"), blank=True, related_name="corrections")
    entities = models.ManyToManyField(
        Entity, verbose_name=_("people, organisations and locations"), blank=True, related_name="corrections"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["-made", "-id"], name="correction_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "clarification", "update"]), name="correction_kind_known"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="correction_note_given"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}: {self.note}"

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#correction-{self.pk}"
