"""Changes of big tables that hold nobody up on PostgreSQL, and are the usual ones on SQLite.

A migration with `AddIndexConcurrently` has `atomic = False`, and nothing else in it.
"""

from django.contrib.postgres import operations as postgresql
from django.db import migrations
from django.db.migrations.operations.base import Operation


def is_postgresql(schema_editor):
    return schema_editor.connection.vendor == "postgresql"


class AddIndexConcurrently(migrations.AddIndex):
    """Reading and writing go on while the index is built."""

    atomic = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        do = super().database_forwards
        if is_postgresql(schema_editor):
            do = postgresql.AddIndexConcurrently(self.model_name, self.index).database_forwards
        do(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        do = super().database_backwards
        if is_postgresql(schema_editor):
            do = postgresql.AddIndexConcurrently(self.model_name, self.index).database_backwards
        do(app_label, schema_editor, from_state, to_state)


class AddConstraintWithoutLock(migrations.AddConstraint):
    """Rows that come from now on are checked; those that are there, by `ValidateConstraint` in a migration behind it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        do = super().database_forwards
        if is_postgresql(schema_editor):
            do = postgresql.AddConstraintNotValid(self.model_name, self.constraint).database_forwards
        do(app_label, schema_editor, from_state, to_state)


class ValidateConstraint(Operation):
    """Check the rows that were there already, while others read and write them."""

    def __init__(self, model_name, name):
        self.model_name, self.name = model_name, name

    def state_forwards(self, app_label, state):
        """The constraint is known already."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if is_postgresql(schema_editor):
            operation = postgresql.ValidateConstraint(self.model_name, self.name)
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """What was checked may stay so."""

    def describe(self):
        return f"Check the rows of {self.model_name} against {self.name}"
