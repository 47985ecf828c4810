"""Let links to a page go on working once its address has changed."""

from __future__ import annotations

from django.db.models import Model

from articles.models import Entity, FormerAddress
from articles.models.addresses import KINDS


def keep_address(record: Model) -> None:
    """Remember the address that the database has of a record which is about to be saved with another one."""
    kind = record.kind if isinstance(record, Entity) else record._meta.model_name
    slug = getattr(record, "slug", "")
    if kind not in KINDS or record.pk is None:
        return
    former = type(record)._base_manager.filter(pk=record.pk).values_list("slug", flat=True).first()
    if former and former != slug:
        FormerAddress.objects.update_or_create(kind=kind, slug=former, defaults={"record": record.pk})
        FormerAddress.objects.filter(kind=kind, slug=slug, record=record.pk).delete()
