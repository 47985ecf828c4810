"""Addresses that pages had before: links to them go on working."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The models whose records have addresses that editors can change. Tags keep theirs apart, with their other names.
KINDS = ("article", "author", "location", "organisation", "person", "section", "series")


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    def lead(self, kind: str, slug: str) -> Any:
        """The record that readers may see and that had this address; whatever has it now comes first."""
        former = self.filter(kind=kind, slug=slug).first()
        return _public(kind, former.record) if former else None


class FormerAddress(models.Model):
    """The end of an address, of which kind of page, and the number of the record that had it last."""

    kind = models.CharField(_("kind"), max_length=12, choices=[(kind, kind) for kind in KINDS])
    slug = models.SlugField(_("address"), max_length=120, allow_unicode=True)
    record = models.BigIntegerField(_("record"))

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="formeraddress_of_one_record"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="formeraddress_kind_known"),
            models.CheckConstraint(condition=~Q(slug=""), name="formeraddress_slug_given"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


def _public(kind: str, number: int) -> Any:
    if kind in ("location", "organisation", "person"):
        return successor(number)
    rows = apps.get_model("articles", kind)._default_manager.filter(pk=number)
    if kind == "article":
        rows = rows.public_once()
    elif kind == "author":
        rows = rows.public()
    return rows.first()


def successor(number: int) -> Any:
    """The record of this number, or the one that it went into, where readers have a page of it."""
    entity = apps.get_model("articles", "Entity")
    found = entity._default_manager.filter(pk=number).select_related("merged_into").first()
    found = (found and found.merged_into) or found
    return found if found and found.is_public else None
