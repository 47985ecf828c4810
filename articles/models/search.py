"""What the search knows of each record. `articles/searching/` writes and asks these tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One record as it stands in the index.

    `place` says where it stands among all others: of its kind, what readers see before what they do not, then the
    latest or most covered. Rows are sorted, counted and paged by this one number.
    """

    place = models.BigAutoField(primary_key=True)
    kind = models.PositiveSmallIntegerField(_("kind"))
    key = models.BigIntegerField(_("record number"))
    within = models.BigIntegerField(_("number of the article"), null=True)
    facets = models.TextField(_("facets"), blank=True)
    spoken = models.CharField(_("name that its quotations are found by"), max_length=200, blank=True)
    digest = models.BigIntegerField(_("digest of all that is indexed"))

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        indexes = [models.Index(fields=["within"], name="searchentry_within", condition=models.Q(within__isnull=False))]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="searchentry_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SearchText(models.Model):
    """The words of an entry: a full-text table of the database's own making, not one that Django would make."""

    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    tokens = models.TextField()

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("words of the search")
        verbose_name_plural = _("words of the search")

    def __str__(self) -> str:
        return str(self.place)


class SearchWord(models.Model):
    """A word of the archive, and in how many records it stood when they were last counted."""

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    number = models.PositiveIntegerField(_("records"), default=1)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("word of the archive")
        verbose_name_plural = _("words of the archive")

    def __str__(self) -> str:
        return self.word
