"""Addresses that show one unpublished article to whoever has them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def live(self) -> PreviewLinkQuerySet:
        return self.filter(revoked=None, expires__gt=timezone.now())


class PreviewLink(models.Model):
    """The address itself is not kept: only its digest, so that nobody can read it here."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="preview_links"
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    expires = models.DateTimeField(_("expires"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires__gt=F("made")), name="previewlink_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.made:%Y-%m-%d %H:%M}"

    @property
    def is_live(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()
