"""Pages that are kept, and what each of them shows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContentChange(models.Model):
    """Readers see something anew: `keys` say what. It is done once the pages that showed it are gone."""

    keys = models.JSONField(_("keys"), default=list)
    made = models.DateTimeField(_("made"), auto_now_add=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("change of the content")
        verbose_name_plural = _("changes of the content")
        indexes = [models.Index(fields=["made"], name="contentchange_made")]

    def __str__(self) -> str:
        return f"{self.made:%H:%M:%S} {self.keys}"


class PageLock(models.Model):
    """One row, held by whoever writes or removes pages."""

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("lock of the pages")
        verbose_name_plural = _("locks of the pages")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="pagelock_alone")]

    def __str__(self) -> str:
        return "lock"


class StoredPage(models.Model):
    """A page that is kept, as a file or its dearest parts here, until what it shows changes or until `expires`.

    `parts` are rendered by the templates of the release that `looks` names; others do not use them.
    """

    path = models.CharField(_("path"), max_length=400, unique=True)
    stored = models.DateTimeField(_("stored"), auto_now=True)
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    parts = models.JSONField(_("parts"), null=True, blank=True)
    looks = models.CharField(_("looks"), max_length=16, blank=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("stored page")
        verbose_name_plural = _("stored pages")

    def __str__(self) -> str:
        return self.path


class PageKey(models.Model):
    """Something that a stored page shows: “article:12”, “tag:7”, “latest”."""

    page = models.ForeignKey(StoredPage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(_("key"), max_length=60)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("key of a stored page")
        verbose_name_plural = _("keys of stored pages")
        indexes = [models.Index(fields=["key"], name="pagekey_key")]

    def __str__(self) -> str:
        return self.key
