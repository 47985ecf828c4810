"""The editors' wing: Django admin, one module a group of records."""

from articles.admin import articles, duplicates, entities, filing, front_page, log, proposals, quotes, tags

__all__ = ["articles", "duplicates", "entities", "filing", "front_page", "log", "proposals", "quotes", "tags"]
