"""What readers find under a person, a place or a topic: rows that follow from other rows.

Each is written in the transaction that changes what it follows from (`articles/editing/coverage.py`), and has the
moment that its article bears, so that the latest ten of a hundred thousand are found by an index and not by sorting.
What they say is checked again where a page is made: `published()` and `public()` stay the gates.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.entities import Entity
from articles.models.quotes import Quote
from articles.models.tags import Tag


class Coverage(models.Model):
    """A published article shows a person, an organisation or a location."""

    entity = models.ForeignKey(
        Entity, verbose_name=_("who or what"), on_delete=models.CASCADE, related_name="coverage", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Entity.Kind)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="coverage", db_index=False
    )
    moment = models.DateTimeField(_("date"))
    is_filed_there = models.BooleanField(_("filed there"), default=False)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        indexes = [
            models.Index(F("entity"), F("moment").desc(), F("article").desc(), name="coverage_latest"),
            models.Index(
                F("entity"),
                F("moment").desc(),
                F("article").desc(),
                name="coverage_filed_there",
                condition=Q(is_filed_there=True),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["article", "entity"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.entity_id} · {self.article_id}"


class TagCoverage(models.Model):
    """A published article is under a tag; without `is_borne` no more than a quotation in it is."""

    tag = models.ForeignKey(
        Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="coverage", db_index=False
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="tag_coverage", db_index=False
    )
    moment = models.DateTimeField(_("date"))
    is_borne = models.BooleanField(_("on the article itself"), default=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("coverage of a tag")
        verbose_name_plural = _("coverage of tags")
        indexes = [
            models.Index(F("tag"), F("moment").desc(), F("article").desc(), F("is_borne"), name="tagcoverage_latest")
        ]
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="tagcoverage_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} · {self.article_id}"


class Saying(models.Model):
    """A quotation that readers see."""

    quote = models.OneToOneField(
        Quote, verbose_name=_("quotation"), on_delete=models.CASCADE, related_name="saying", primary_key=True
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="sayings", db_index=False
    )
    speaker = models.ForeignKey(
        Entity,
        verbose_name=_("speaker"),
        null=True,
        on_delete=models.CASCADE,
        related_name="sayings",
        db_index=False,
    )
    start = models.PositiveIntegerField(_("start"))
    moment = models.DateTimeField(_("date"))

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("public quotation")
        verbose_name_plural = _("public quotations")
        indexes = [
            models.Index(
                F("speaker"), F("moment").desc(), F("article").desc(), F("start"), F("quote"), name="saying_latest"
            ),
            models.Index(fields=["article", "speaker"], name="saying_article"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} · {self.quote_id}"


class Naming(models.Model):
    """The words of a quotation that readers see name a person, an organisation or a location."""

    entity = models.ForeignKey(
        Entity, verbose_name=_("who or what"), on_delete=models.CASCADE, related_name="namings", db_index=False
    )
    quote = models.ForeignKey(
        Quote, verbose_name=_("quotation"), on_delete=models.CASCADE, related_name="namings", db_index=False
    )
    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="namings")
    speaker = models.ForeignKey(
        Entity, verbose_name=_("speaker"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    start = models.PositiveIntegerField(_("start"))
    moment = models.DateTimeField(_("date"))

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("naming in a quotation")
        verbose_name_plural = _("namings in quotations")
        indexes = [
            models.Index(
                F("entity"), F("moment").desc(), F("article").desc(), F("start"), F("quote"), name="naming_latest"
            ),
            models.Index(fields=["entity", "speaker"], name="naming_speaker"),
        ]
        constraints = [models.UniqueConstraint(fields=["quote", "entity"], name="naming_once")]

    def __str__(self) -> str:
        return f"{self.entity_id} · {self.quote_id}"
