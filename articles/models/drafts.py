"""What editors typed and have not saved, and which articles they have open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class Draft(models.Model):
    """What one editor typed into one opened form. It goes when the form is saved, and is never part of the history."""

    key = models.UUIDField(_("key of the opened form"), unique=True)
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        help_text=_("Empty where it is a new one."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="drafts"
    )
    fields = models.JSONField(_("fields"), help_text=_("As the browser sends them: lists of words by name."))
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("The article's when the form was opened.")
    )
    saved = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved"]
        indexes = [models.Index(fields=["user", "article"], name="draft_user_article")]

    def __str__(self) -> str:
        return f"{self.article or '–'} · {self.user}"


class Presence(models.Model):
    """Somebody has an article open."""

    class Place(models.TextChoices):
        EDIT = "edit", _("editing")
        REVIEW = "review", _("reviewing")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    place = models.CharField(_("doing what"), max_length=10, choices=Place)
    arrived = models.DateTimeField(_("since"))
    seen = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["arrived"]
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "place"], name="presence_once_a_place"),
            models.CheckConstraint(condition=Q(place__in=["edit", "review"]), name="presence_place_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.article}"
