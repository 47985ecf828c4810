"""A career in titles: each one once, with where and when it was printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from articles.models import Article, Location, Organisation, Person, Role
from articles.models.roles import RoleQuerySet

LIMIT = 40
# What a page says of a role, and of what it leads to: a row of some twenty columns, where whole records have a hundred.
OWN = ("pk", "title", "date")
ENTITY = ("pk", "kind", "name", "slug", "article_count", "merged_into_id")
PARTS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "person": (Person, ENTITY),
    "organisation": (Organisation, ENTITY),
    "location": (Location, ENTITY),
    "article": (Article, ("pk", "headline", "slug", "status", "published", "published_has_time", "released")),
}
COLUMNS = (*OWN, *(f"{part}__{name}" for part, (_, names) in PARTS.items() for name in names))


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A title of one person. `role` is the latest record of it, and leads to its article."""

    role: Role
    first: date | None
    last: date | None
    articles: int


def held_roles(roles: RoleQuerySet) -> list[HeldRole]:
    """The distinct titles among `roles`, the latest printed first."""
    titles = list(roles.titles()[:LIMIT])
    numbers = [title["latest"] for title in titles]
    latest = {row[0]: _role(iter(row)) for row in Role.objects.public().filter(pk__in=numbers).values_list(*COLUMNS)}
    return [
        HeldRole(latest[title["latest"]], title["first"], title["last"], title["number"])
        for title in titles
        if title["latest"] in latest
    ]


def _role(values: Iterator[Any]) -> Role:
    own = {name: next(values) for name in OWN}
    parts = {}
    for part, (model, names) in PARTS.items():
        fields = {name: next(values) for name in names}
        parts[part] = model(**fields) if fields["pk"] else None
    return Role(**own, **parts)
