"""The editors' wing: Django admin, one module a group of records."""

from articles.admin import articles, entities, log, proposals, quotes, tags

__all__ = ["articles", "entities", "log", "proposals", "quotes", "tags"]
