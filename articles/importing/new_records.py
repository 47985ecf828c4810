"""Insert many new people, organisations and locations at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from articles.models import Entity, Location, Organisation, Person
from articles.models.slugs import unique_slugs

MODELS: dict[str, type[Any]] = {model.KIND: model for model in (Person, Organisation, Location)}


def create_records(records: Sequence[Any]) -> None:
    """Insert records that are not saved yet, of any kinds: first what all kinds share, then what each has of its own.

    They get their numbers in the order given, kind by kind, and slugs that nobody else has.
    """
    for kind, model in MODELS.items():
        own = [record for record in records if kind == record.KIND]
        if own:
            _create(kind, own)
            _insert(model, own)


def _create(kind: str, records: Sequence[Any]) -> None:
    slugs = unique_slugs(Entity.objects.filter(kind=kind), [record.name for record in records], fallback=kind)
    shared = [
        Entity(
            kind=kind,
            name=record.name,
            slug=slug,
            description=record.description,
            origin=record.origin,
            is_verified=record.is_verified,
        )
        for record, slug in zip(records, slugs, strict=True)
    ]
    for record, entity in zip(records, Entity.objects.bulk_create(shared), strict=True):
        record.pk = record.id = entity.pk
        record.kind, record.slug = kind, entity.slug
        record.created, record.modified = entity.created, entity.modified
        record._state.adding, record._state.db = False, connection.alias


def _insert(model: type[Any], records: Sequence[Any]) -> None:
    """Insert the rows of a child table, whose parents are there: what `bulk_create` does not do."""
    fields = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(each.column) for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    rows = [[each.get_db_prep_save(getattr(record, each.attname), connection) for each in fields] for record in records]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # nosec B608
