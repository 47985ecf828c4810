"""Which engine holds the words."""

from __future__ import annotations

from django.db import connection

from articles.searching.asking import Engine
from articles.searching.databases import PostgresEngine, SqliteEngine


def engine() -> Engine:
    return PostgresEngine() if connection.vendor == "postgresql" else SqliteEngine()
