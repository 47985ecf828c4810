"""The editors' wing: Django admin, one module a group of records."""

from articles.admin import (
    archives,
    articles,
    bylines,
    corrections,
    duplicates,
    entities,
    error_reports,
    feeds,
    filing,
    front_page,
    log,
    pictures,
    proposals,
    quotes,
    story_pairs,
    tags,
)

__all__ = [
    "archives",
    "articles",
    "bylines",
    "corrections",
    "duplicates",
    "entities",
    "error_reports",
    "feeds",
    "filing",
    "front_page",
    "log",
    "pictures",
    "proposals",
    "quotes",
    "story_pairs",
    "tags",
]
