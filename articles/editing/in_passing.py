"""Write what can be made again if nothing stands in the way: no reader waits for an editor, or hears of a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction

PATIENCE = 100  # milliseconds


class Hindered(Exception):
    """Somebody else holds what was to be written or has taken it away, or there is no room. Nothing was written."""


@contextmanager
def in_passing() -> Iterator[None]:
    """A transaction that waits for nobody.

    Raises:
        Hindered: it could not be carried out.
    """
    try:
        with _impatient(), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            yield
    except (IntegrityError, OperationalError, OSError) as error:
        raise Hindered from error


@contextmanager
def _impatient() -> Iterator[None]:
    """On SQLite one writer at a time holds the whole database; how long others wait is a matter of the connection."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
