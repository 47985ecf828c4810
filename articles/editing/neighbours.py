"""Records whose pages name each other although no article does: namesakes, and places close to one another."""

from __future__ import annotations

from collections.abc import Collection

from articles.models import Entity
from articles.models.namesakes import namesakes_of
from articles.models.nearby import places_near


def neighbours_of(records: Collection[int]) -> set[int]:
    found: set[int] = set()
    for entity in Entity.objects.filter(pk__in=records):
        found |= namesakes_of(entity)
    for entity in Entity.objects.filter(pk__in=records, kind=Entity.Kind.LOCATION).select_related("location"):
        found |= {place.pk for place, _ in places_near(entity.location)}
    return found
