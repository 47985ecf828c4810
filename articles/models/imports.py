"""What came in, when, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ArticleImportQuerySet(models.QuerySet["ArticleImport"]):
    def for_list(self) -> ArticleImportQuerySet:
        return self.select_related("article", "user")


class ArticleImport(models.Model):
    """One story of one document at one time, with the report that the importer gave."""

    class Status(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        UNCHANGED = "unchanged", _("unchanged")
        FAILED = "failed", _("failed")

    source = models.CharField(_("source"), max_length=500, help_text=_("The file, or how it was handed in."))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    error = models.TextField(_("error"), blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imports",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where a command imported it."),
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ArticleImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["status", "-made"], name="articleimport_status_made")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["created", "updated", "unchanged", "failed"]),
                name="articleimport_status_known",
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(error=""), name="articleimport_failure_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_status_display()}"
