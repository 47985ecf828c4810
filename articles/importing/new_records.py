"""Insert many new people, organisations and locations at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from articles.models import Entity, Location, Organisation, Person
from articles.models.slugs import unique_slugs

MODELS: dict[str, type[Any]] = {model.KIND: model for model in (Person, Organisation, Location)}


def number_records(records: Sequence[Any]) -> None:
    """Give records that are not saved yet their numbers, kind by kind, in the order given."""
    for kind, model in MODELS.items():
        own = [record for record in records if kind == record.KIND]
        number_rows(Entity, own)
        for record in own:
            record.kind, record.entity_ptr_id = model.KIND, record.pk


def number_rows(model: type[Any], rows: Sequence[Any]) -> None:
    """Give rows of a table that are not written yet numbers that nobody else gets."""
    for row, number in zip(rows, _numbers(model, len(rows)), strict=True):
        row.pk = row.id = number


def _numbers(model: type[Any], number: int) -> list[int]:
    """The next numbers of a table, taken from where the database keeps the last."""
    if not number:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return [row[0] for row in cursor.fetchall()]
        # Nobody else writes to SQLite within the transaction.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        if last:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [number, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
    first = last[0] if last else 0
    return list(range(first + 1, first + number + 1))


def create_records(records: Sequence[Any]) -> None:
    """Insert records that are not saved yet, of any kinds: first what all kinds share, then what each has of its own.

    They get slugs that nobody else has, and their numbers unless they have some.
    """
    number_records([record for record in records if record.pk is None])
    for kind, model in MODELS.items():
        own = [record for record in records if kind == record.KIND]
        if own:
            _create(kind, own)
            _insert(model, own)


def _create(kind: str, records: Sequence[Any]) -> None:
    slugs = unique_slugs(Entity.objects.filter(kind=kind), [record.name for record in records], fallback=kind)
    shared = [
        Entity(
            id=record.pk,
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
        record.slug, record.created, record.modified = entity.slug, entity.created, entity.modified
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
