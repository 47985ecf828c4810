"""What a migration must not do while the program before it goes on serving from the same tables.

A release is expanded first: new tables, columns and indexes that the program before it does not mind. A later one
takes away what nobody uses any more. PostgreSQL is meant: there a lock on a table of a million rows is minutes without
a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations, models
from django.db.models import NOT_PROVIDED
from django.db.models.expressions import DatabaseDefault

# Tables that stay small whatever is imported: a lock on them is a moment's.
SMALL = {
    *("section", "series", "frontpageplace", "grant", "jobrun", "pagelock", "feed", "author"),
    *("presence", "draft", "previewlink"),
}
BREAKING = {
    migrations.RemoveField: "removes a column",
    migrations.RenameField: "renames a column",
    migrations.DeleteModel: "removes a table",
    migrations.RenameModel: "renames a table",
    migrations.AlterModelTable: "renames a table",
}
WAY = {
    "index": "use AddIndexConcurrently of articles/migrations/_operations.py in a migration with atomic = False",
    "constraint": "use AddConstraintWithoutLock of articles/migrations/_operations.py",
    "breaking": "the program before it still asks for that: do it in the release after the next",
    "column": "give it null=True or a db_default: the program before it writes rows without it",
    "rewrite": "add a new column, fill it, and read that one",
    "filling": "fill rows in a migration of its own: until it ends, what stands before it holds its locks",
}


def problems(operations: Sequence[Any], *, name: str = "it") -> list[str]:
    """Why the operations of a migration may not run under a site that goes on, a line each with the way to do it."""
    made = {_of(operation) for operation in operations if isinstance(operation, migrations.CreateModel)}
    found = [
        f"{name}: {what} ({WAY[kind]})"
        for operation in operations
        if _table(operation) not in made | SMALL
        for what, kind in _problems_of(operation)
    ]
    kinds = [type(operation) for operation in operations]
    if any(issubclass(kind, migrations.RunPython | migrations.RunSQL) for kind in kinds) and len(kinds) > 1:
        found.append(f"{name}: changes tables and fills rows ({WAY['filling']})")
    return found


def _of(operation: Any) -> str:
    return str(operation.name).lower()


def _table(operation: Any) -> str:
    name = getattr(operation, "model_name", None) or getattr(operation, "name", "")
    return str(name or "").lower()


def _problems_of(operation: Any) -> Iterator[tuple[str, str]]:
    table = _table(operation)
    if type(operation) in BREAKING:
        yield f"{BREAKING[type(operation)]} of {table}", "breaking"
    if type(operation) is migrations.AddIndex:
        yield f"{operation.index.name} locks {table} while it is built", "index"
    if type(operation) is migrations.AddConstraint:
        yield f"{operation.constraint.name} locks {table} while all rows are checked", "constraint"
    if isinstance(operation, migrations.AddField):
        yield from _problems_of_new(operation.field, f"{table}.{operation.name}")
    if isinstance(operation, migrations.AlterField):
        yield f"{table}.{operation.name} is changed in place, which may write or check every row", "rewrite"


def _problems_of_new(field: Any, column: str) -> Iterator[tuple[str, str]]:
    if field.many_to_many:
        return
    has_default = field.db_default not in (NOT_PROVIDED, None) or isinstance(field.db_default, DatabaseDefault)
    if not field.null and not has_default:
        yield f"{column} may not be empty", "column"
    if field.unique or (field.db_index and not isinstance(field, models.ForeignKey)):
        yield f"{column} has an index that locks the table while it is built", "index"
