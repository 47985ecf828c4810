"""Read the whole database as it was at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """What this thread asks within the block is answered as of its beginning, by a connection of its own.

    SQLite's readers of a write-ahead log see one moment and hold up nobody; PostgreSQL has the isolation level.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    own = type(usual)(_settings(usual), DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with transaction.atomic():
            with own.cursor() as cursor:
                # The moment is that of the first question.
                cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
                cursor.fetchall()
            yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = usual


def _settings(usual: Any) -> dict[str, Any]:
    settings: dict[str, Any] = deepcopy(usual.settings_dict)
    if usual.vendor == "sqlite":
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        settings["OPTIONS"].update(pool=False, isolation_level=IsolationLevel.REPEATABLE_READ)
    return settings
