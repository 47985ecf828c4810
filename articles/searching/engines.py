"""Which engine holds the words."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import connection

from articles.searching.asking import Engine
from articles.searching.databases import PostgresEngine, SqliteEngine
from articles.searching.server import Server


def engine() -> Engine:
    if settings.NEWSROOM_SEARCH:
        return outside_engine(settings.NEWSROOM_SEARCH)
    return PostgresEngine() if connection.vendor == "postgresql" else SqliteEngine()


@lru_cache(maxsize=4)
def outside_engine(server: Server) -> Engine:
    """One for each process, with its open connections; only who has a server loads what talks to it."""
    from articles.searching.opensearch import OpenSearchEngine

    return OpenSearchEngine(server)
