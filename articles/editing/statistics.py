"""What the database knows of its tables, by which it picks an index for each question.

PostgreSQL gathers that itself. SQLite does it when told to, and forgets it of a table that a migration makes anew:
without it the front page of 100,000 articles takes a second, because all of them are sorted for the latest hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def gather_statistics(alias: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Look at every table of an SQLite database, which takes 4 seconds for 100,000 articles; says nothing."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        # With `analysis_limit` it would be quicker, and take a status that half of the articles have for a rare one.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return iter(())


def after_migrate(using: str = DEFAULT_DB_ALIAS, plan: Any = None, **_: Any) -> None:
    """When `migrate` has changed something; emptying the tables of a test sends the same signal without a plan."""
    if plan:
        gather_statistics(using)
