"""A career in titles: each one once, with where and when it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from articles.models import Role
from articles.models.roles import RoleQuerySet

LIMIT = 40


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
    latest = roles.select_related("article", "organisation", "location", "person").in_bulk(
        [title["latest"] for title in titles]
    )
    return [HeldRole(latest[row["latest"]], row["first"], row["last"], row["number"]) for row in titles]
