"""Take away records that a machine made and nothing leads to any more, and bring them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from articles.editing.duplicates import suggest_duplicates
from articles.editing.ledger import insert, is_at_home, parsed, whole
from articles.editing.split import MODELS
from articles.models import Alias, Entity, Location, RemovedRecord
from articles.models.slugs import unique_slug
from articles.searching.index import follow_entities


@transaction.atomic
def remove_orphans(numbers: Collection[int]) -> int:
    """Take away those of the records that nothing leads to; returns how many."""
    found = Entity.objects.filter(pk__in=_held(numbers)).orphans()
    orphans = list(found.select_related(*MODELS).prefetch_related("aliases"))
    RemovedRecord.objects.bulk_create(
        [
            RemovedRecord(
                number=each.pk,
                kind=each.kind,
                fields={**whole(each), **whole(getattr(each, each.kind))},
                names=[alias.name for alias in each.aliases.all()],
            )
            for each in orphans
        ],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["kind", "fields", "names"],
    )
    gone = [each.pk for each in orphans]
    Entity.objects.filter(pk__in=gone).delete()
    follow_entities(gone)
    return len(orphans)


def _held(numbers: Collection[int]) -> list[int]:
    """Those that nothing leads to, held until the end; whoever led to one meanwhile is waited for."""
    alone = list(Entity.objects.filter(pk__in=numbers).orphans().values_list("pk", flat=True))
    return list(Entity.objects.select_for_update().filter(pk__in=alone).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def bring_back(numbers: Iterable[int]) -> list[int]:
    """Make records that were taken away again, under their numbers; returns which of them could be."""
    back = []
    for removed in RemovedRecord.objects.filter(number__in=numbers):
        model = MODELS[removed.kind]
        entity = model(**{name: parsed(model, name, value) for name, value in removed.fields.items()})
        _make_room(entity)
        insert(Entity(**{field.attname: getattr(entity, field.attname) for field in Entity._meta.concrete_fields}))
        is_at_home(entity)
        insert(entity)
        for name in removed.names:
            Alias.objects.create(entity=entity, name=name)
        removed.delete()
        back.append(entity.pk)
    follow_entities(back)
    suggest_duplicates(back)
    return back


def _make_room(entity: Entity) -> None:
    """Another record may have its address or its number in the gazetteer by now."""
    namesakes = Entity.objects.filter(kind=entity.kind)
    if namesakes.filter(slug=entity.slug).exists():
        entity.slug = unique_slug(namesakes, entity.name, fallback=entity.kind)
    if isinstance(entity, Location) and Location.objects.filter(geoname_id=entity.geoname_id).exists():
        entity.geoname_id = None
