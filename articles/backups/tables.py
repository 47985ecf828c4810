"""What of the database is backed up, and each value as JSON has it, whichever database it comes from or goes to."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

# Made again from the rest, or of no use elsewhere: pages and drawings that are kept, the search, who is signed in, and
# when what ran.
LEFT_OUT = {
    *("articles.contentchange", "articles.pagekey", "articles.pagelock", "articles.storedpage"),
    *("articles.storeddrawing", "articles.searchentry", "articles.searchtext", "articles.searchword"),
    *("articles.jobrun", "sessions.session", "accounts.signin"),
    # Whoever tried passwords is let in again.
    *("axes.accessattempt", "axes.accessattemptexpiration", "axes.accessfailurelog", "axes.accesslog"),
}
# Rows that `migrate` makes in a new database; those of the backup take their place.
MADE_BY_MIGRATE = {
    *("auth.group", "auth.group_permissions", "auth.permission", "contenttypes.contenttype"),
    "articles.grant",
}
INSERTED_AT_ONCE = 500


def kept_models() -> list[type[Model]]:
    """Every table of the site's own that is backed up, in a fixed order."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(models, key=lambda model: model._meta.label_lower)


def fields_of(model: type[Model]) -> list[Any]:
    """The columns of the model's own table that somebody writes."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in fields_of(model)]


def rows_of(model: type[Model]) -> Iterator[str]:
    """Each row as a line of JSON, in the order of its key."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=1_000):
        yield json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def insert(model: type[Model], lines: Sequence[str]) -> None:
    """Write rows as they were: with their keys and times, and no matter what other rows they name."""
    fields = fields_of(model)
    names = [model._meta.db_table, *(field.column for field in fields)]
    table, *columns = map(connection.ops.quote_name, names)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        for start in range(0, len(lines), INSERTED_AT_ONCE):
            rows = [_stored(fields, json.loads(line)) for line in lines[start : start + INSERTED_AT_ONCE]]
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # nosec B608


def empty(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # nosec B608


def _stored(fields: Sequence[Any], row: Sequence[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)
    ]


def _plain(value: Any) -> str:
    """What JSON has no form of its own for, as the field's `to_python` reads it again."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
