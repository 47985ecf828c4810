"""Insert many rows at once: what `bulk_create` does, in half of the time, where nobody needs the numbers they get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model
from django.utils import timezone

Prepare = Callable[[Any], Any]


def insert_rows(rows: Sequence[Any], *, ignore_conflicts: bool = False) -> None:
    """Insert rows of one table, those of a parent table apart; with `ignore_conflicts` all but those that are there.

    Rows that have a number keep it; those that have none get one, and do not hear of it.

    Raises:
        django.db.IntegrityError: a row violates a constraint; on PostgreSQL the transaction is broken then.
    """
    if not rows:
        return
    model = type(rows[0])
    for some in ([row for row in rows if row.pk is not None], [row for row in rows if row.pk is None]):
        if some:
            _insert(model, some, with_number=some[0].pk is not None, ignore_conflicts=ignore_conflicts)


def _insert(model: type[Model], rows: Sequence[Any], *, with_number: bool, ignore_conflicts: bool) -> None:
    fields = [field for field in model._meta.local_concrete_fields if with_number or not field.primary_key]
    ways = [(field.attname, _preparing(field)) for field in fields]
    for moment in (field.attname for field in fields if getattr(field, "auto_now", False) or _is_made_then(field)):
        now = timezone.now()
        for row in rows:
            setattr(row, moment, now)
    prepared = (
        [prepare(value) if prepare and value is not None else value for value, prepare in _values(row, ways)]
        for row in rows
    )
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    table = f"{quote(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not ignore_conflicts:
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for values in prepared:
                    copy.write_row(values)
        else:
            marks = ", ".join(["%s"] * len(fields))
            ending = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks}){ending}", list(prepared))  # nosec B608
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _values(row: Any, ways: Sequence[tuple[str, Prepare | None]]) -> list[tuple[Any, Prepare | None]]:
    return [(getattr(row, name), prepare) for name, prepare in ways]


def _is_made_then(field: Any) -> bool:
    return bool(getattr(field, "auto_now_add", False))


def _preparing(field: Field[Any, Any]) -> Prepare | None:
    """How a value of a field is said to the database; None where it is said as it is."""
    if not isinstance(field, DateField | JSONField):
        return None

    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    # Many rows bear one moment.
    return lru_cache(prepare) if isinstance(field, DateField) else prepare
