"""Names inside the names that articles print: “Toronto” in “University of Toronto”."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Appearance, Entity


class NamePart(models.Model):
    """A name inside that of an appearance, and what it names as far as that is known; no appearance of its own.

    `entity` is a record of the same article, `geoname_id` a place that only the gazetteer knows.
    """

    appearance = models.ForeignKey(
        Appearance, verbose_name=_("in the name of"), on_delete=models.CASCADE, related_name="parts"
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Entity.Kind)
    entity = models.ForeignKey(
        Entity, verbose_name=_("who or what"), null=True, on_delete=models.SET_NULL, related_name="name_parts"
    )
    geoname_id = models.PositiveBigIntegerField(_("GeoNames number"), null=True, db_index=True)

    class Meta:
        verbose_name = _("part of a name")
        verbose_name_plural = _("parts of names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appearance", "name"], name="namepart_once_an_appearance"),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organisation", "location"]), name="namepart_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="namepart_name_given"),
        ]

    def __str__(self) -> str:
        return self.name
