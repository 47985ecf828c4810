"""Insert many new people, organisations and locations at once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

from django.db import connection

from articles.models import Entity, Location, Organisation, Person
from articles.models.inserting import insert_rows
from articles.models.slugs import unique_slugs

MODELS: dict[str, type[Any]] = {model.KIND: model for model in (Person, Organisation, Location)}


class Numbers:
    """The numbers of rows that are not written yet: nobody else gets them. Those that are left over stay unused."""

    def __init__(self, at_once: int = 1) -> None:
        """Numbers are fetched for as many rows of a table at once."""
        self.at_once = at_once
        self._left: dict[type[Any], deque[int]] = defaultdict(deque)

    def give(self, model: type[Any], rows: Sequence[Any]) -> None:
        left = self._left[model]
        if len(left) < len(rows):
            left.extend(_fetch(model, max(self.at_once, len(rows) - len(left))))
        for row in rows:
            row.pk = row.id = left.popleft()

    def give_records(self, records: Sequence[Any]) -> None:
        """Number people, organisations and locations kind by kind, in the order given."""
        for kind, model in MODELS.items():
            own = [record for record in records if kind == record.KIND]
            self.give(Entity, own)
            for record in own:
                record.kind, record.entity_ptr_id = model.KIND, record.pk


def _fetch(model: type[Any], number: int) -> list[int]:
    """The next numbers of a table, taken from where the database keeps the last."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            following = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(following, [table, number])
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
    Numbers().give_records([record for record in records if record.pk is None])
    for kind in MODELS:
        own = [record for record in records if kind == record.KIND]
        if own:
            _create(kind, own)
            insert_rows(own)


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
    insert_rows(shared)
    for record, entity in zip(records, shared, strict=True):
        record.slug, record.created, record.modified = entity.slug, entity.created, entity.modified
