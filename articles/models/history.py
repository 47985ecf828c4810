"""What articles were, before each change, and records that were taken away with one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.entities import Entity


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    def for_history(self) -> ArticleVersionQuerySet:
        return self.select_related("changed_by").order_by("number")


class ArticleVersion(models.Model):
    """A past state of an article, whole, and the change that ended it.

    The state that an article is in now has no row: an article that never changed since its import has none at all.
    """

    class Change(models.TextChoices):
        EDIT = "edit", _("edited")
        IMPORT = "import", _("imported again")
        REVIEW = "review", _("reviewed")
        LINK = "link", _("linked again")
        RESTORE = "restore", _("restored")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    state = models.JSONField(_("state"), help_text=_("All that the article was and what was decided in it."))
    digest = models.CharField(max_length=64, editable=False, help_text=_("Of the state: two alike are kept once."))
    revision = models.PositiveIntegerField(_("revision"), help_text=_("The article's own at that time."))
    change = models.CharField(_("what changed it"), max_length=10, choices=Change)
    changed = models.DateTimeField(_("changed"), help_text=_("When it last stopped being so."))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where a command did."),
    )

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="articleversion_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="articleversion_number_from_one"),
            models.CheckConstraint(
                condition=Q(change__in=["edit", "import", "review", "link", "restore"]),
                name="articleversion_change_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.number}"


class RemovedRecord(models.Model):
    """A record that a machine made and nothing led to any more, as it was when it was taken away.

    Going back to a version of an article that names it brings it back, under its old number.
    """

    number = models.BigIntegerField(_("record number"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Entity.Kind)
    fields = models.JSONField(_("fields"))
    names = models.JSONField(_("names it went by"), default=list)
    removed = models.DateTimeField(_("removed"), auto_now_add=True)

    class Meta:
        verbose_name = _("removed record")
        verbose_name_plural = _("removed records")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organisation", "location"]), name="removedrecord_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.fields.get("name", self.number))
