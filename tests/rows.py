"""All rows of the archive at one moment, to be compared with those of another."""

from django.apps import apps

from articles.models import (
    Coverage,
    Decision,
    Merge,
    MovedRow,
    Naming,
    Saying,
    SearchEntry,
    SearchText,
    SearchWord,
    TagCoverage,
)

LOGS = (Decision, Merge, MovedRow)
# The search's index has tests of its own (tests/searching).
INDEX = (SearchEntry, SearchText, SearchWord)
# Rows that follow from others are made anew, under other numbers.
FOLLOWING = (Coverage, Naming, Saying, TagCoverage)


def dump():
    """Every row of every table but the logs and the index."""
    models = [model for model in apps.get_app_config("articles").get_models() if model not in (*LOGS, *INDEX)]
    return {model.__name__: rows_of(model) for model in models}


def rows_of(model):
    rows = list(model._base_manager.order_by("pk").values())
    if model in FOLLOWING:
        return sorted(({name: row[name] for name in row if name != "id"} for row in rows), key=str)
    return rows
