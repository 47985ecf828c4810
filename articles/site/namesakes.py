"""Who is called the same, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from articles.models import Alias, Entity, Identifier, Location, Role
from articles.models.mentions import mention
from articles.models.namesakes import aliases_of
from articles.site.where import wider_names

SHOWN = 8
PLACE = ("entity__location__region", "entity__location__country")
ENTITY = ("kind", "name", "slug", "article_count", "description")


@dataclass(frozen=True, slots=True)
class Namesake:
    """`known_for` is what readers know them by: an office, a country, the first words of a description."""

    entity: Entity
    known_for: str


def names_and_namesakes(entity: Entity) -> list[Namesake]:
    """Bring the entity its other names and its identifiers, and return whoever shares one of its names; one query."""
    roles = Role.objects.covered().filter(person=OuterRef("entity")).order_by(F("date").desc(nulls_last=True), "-pk")
    own, *others = aliases_of(entity)
    elsewhere = Identifier.objects.filter(entity=entity.pk)
    rows = _columns(own, "name", office=Value("")).union(
        _columns(elsewhere, "value", scheme="scheme", office=Value("")),
        *(_columns(each, "name", office=Subquery(roles.values("title")[:1])) for each in others),
        all=True,
    )
    names: list[Alias] = []
    identifiers: list[Identifier] = []
    found = {}
    for number, name, scheme, office, key, *values in rows:
        if scheme:
            identifiers.append(Identifier(pk=number, scheme=scheme, value=name, entity_id=key))
        elif key == entity.pk:
            names.append(Alias(pk=number, name=name, entity_id=key))
        else:
            other = Entity(pk=key, **dict(zip(ENTITY, values, strict=False)))
            found[key] = Namesake(other, _known_for(other, values[len(ENTITY) :], office))
    entity._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "aliases": sorted(names, key=lambda alias: alias.pk),
        "identifiers": sorted(identifiers, key=lambda each: (each.scheme, each.pk)),
    }
    for key in found:
        mention(f"entity:{key}")
    return sorted(found.values(), key=lambda each: (-each.entity.article_count, each.entity.pk))[:SHOWN]


def _columns(rows: QuerySet[Any], name: str, *, scheme: str = "", office: Any) -> QuerySet[Any]:
    """Names and identifiers in rows of one shape; only the latter have a scheme."""
    known = rows.order_by().annotate(known_by=F(scheme) if scheme else Value(""), office=office)
    columns: QuerySet[Any] = known.values_list(
        "pk", name, "known_by", "office", "entity", *(f"entity__{each}" for each in ENTITY), *PLACE
    )
    return columns


def _known_for(entity: Entity, place: list[Any], office: str | None) -> str:
    if entity.kind == Entity.Kind.LOCATION:
        region, country = (value or "" for value in place)
        return ", ".join(wider_names(Location(name=entity.name, region=region, country=country)))
    first, _, _ = entity.description.partition(". ")
    return office or first
