"""Which record of the archive an entity of a story is.

A ladder without guesses. On each rung exactly one candidate links, none goes on to the next rung, and several leave the
question to an editor: then a record of its own is made, with the candidates named. Nobody is linked by a surname alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from nameparser import HumanName
from nameparser.config.particles import NON_GIVEN_NAME_PARTICLES

from articles.extraction.types import Entity, Kind
from articles.models import Alias, Appearance, Article, Location, Person
from articles.models import Entity as Record
from articles.models.slugs import name_key


@dataclass(frozen=True, slots=True)
class Link:
    """The record an entity is (None: a new one is needed), why, and who else it could be."""

    record: Record | None
    evidence: str
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The records that the names of one story could mean, read in a few queries."""

    by_alias: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    by_geoname: dict[int, Record] = field(default_factory=dict)
    by_names: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    by_print: dict[tuple[str, str], list[Record]] = field(default_factory=dict)


def link(entities: Sequence[Entity], article: Article | None) -> list[Link]:
    """Find the record of each entity of a story; `article` is the story's own record where it was imported before.

    Two entities of one story never link to the same record: the story itself tells them apart.
    """
    archive = _read_archive(entities, article)
    links: list[Link] = []
    taken: set[int] = set()
    for entity in entities:
        found = _climb(entity, archive)
        if found.record and found.record.pk in taken:
            other = f"a new record: another name of this story is “{found.record.name}” already"
            found = Link(None, other, (found.record.pk,))
        if found.record:
            taken.add(found.record.pk)
        links.append(found)
    return links


def linking_names(entity: Entity) -> list[str]:
    """The printed forms that tell who or what is meant: never a person's surname alone, with particles or without.

    >>> linking_names(Entity(Kind.PERSON, "Ana van den Berg", (), "", aliases=("Berg", "van den Berg")))
    ['Ana van den Berg']
    """
    names = dict.fromkeys((entity.name, *entity.aliases))
    return [name for name in names if entity.kind != Kind.PERSON or _is_full(name)]


def _is_full(name: str) -> bool:
    """Whether a person's name has more than a surname; its particles ("Mac", "van den") are part of the surname."""
    given, family = split_name(name)
    return bool(given and family) and sum(not _is_particle(word) for word in name.split()) > 1


def _is_particle(word: str) -> bool:
    # "Al" and "Van" with a capital are given names as well ("Al Ruiz", "Van Hughes"); these are not.
    return word[0].islower() or word.casefold() in NON_GIVEN_NAME_PARTICLES | {"mac", "da", "di", "del", "du", "von"}


def split_name(name: str) -> tuple[str, str]:
    """Given name and family name of a person: "Ana María van den Berg" → ("Ana", "van den Berg")."""
    parsed = HumanName(name)
    return parsed.first, parsed.last


def _climb(entity: Entity, archive: Archive) -> Link:
    rungs = (
        ("the record that this story had before", _same_story(entity, archive)),
        ("the same place in the GeoNames gazetteer", _same_place(entity, archive)),
        ("the same name", _same_alias(entity, archive)),
        ("the same given and family name", _same_names(entity, archive)),
    )
    for evidence, candidates in rungs:
        if len(candidates) == 1:
            return Link(candidates[0], f"linked to “{candidates[0].name}”: {evidence}")
        if candidates:
            several = f"a new record, for an editor to decide: {len(candidates)} records have {evidence}"
            return Link(None, several, tuple(sorted(c.pk for c in candidates)))
    return Link(None, "a new record: the archive has none of this name")


def _same_story(entity: Entity, archive: Archive) -> list[Record]:
    return archive.by_print.get((entity.kind, name_key(entity.name)), [])


def _same_place(entity: Entity, archive: Archive) -> list[Record]:
    record = archive.by_geoname.get(entity.place.geoname_id) if entity.place else None
    return [record] if record else []


def _same_alias(entity: Entity, archive: Archive) -> list[Record]:
    found = [
        record for name in linking_names(entity) for record in archive.by_alias.get((entity.kind, name_key(name)), [])
    ]
    # Springfield in one country is not the Springfield of another.
    if entity.place:
        found = [record for record in found if _could_be(record, entity.place.geoname_id)]
    return list({record.pk: record for record in found}.values())


def _could_be(record: Record, geoname_id: int) -> bool:
    return not isinstance(record, Location) or record.geoname_id in (None, geoname_id)


def _same_names(entity: Entity, archive: Archive) -> list[Record]:
    if entity.kind != Kind.PERSON:
        return []
    given, family = split_name(entity.name)
    return archive.by_names.get((name_key(given), name_key(family)), []) if given and family else []


def _read_archive(entities: Sequence[Entity], article: Article | None) -> Archive:
    archive = Archive()
    keys = {name_key(name) for entity in entities for name in linking_names(entity)}
    by_alias: dict[tuple[str, str], list[Record]] = defaultdict(list)
    aliases = Alias.objects.filter(key__in=keys).select_related("entity__location", "entity__merged_into__location")
    for alias in aliases:
        record = _survivor(alias.entity)
        if record not in by_alias[record.kind, alias.key]:
            by_alias[record.kind, alias.key].append(record)
    archive.by_alias.update(by_alias)
    places = {entity.place.geoname_id for entity in entities if entity.place}
    for location in cast(
        "Iterable[Location]", Location.objects.filter(geoname_id__in=places).select_related("merged_into")
    ):
        if location.geoname_id:
            archive.by_geoname[location.geoname_id] = _survivor(location)
    for person in _namesakes(entities):
        names = name_key(person.given_name), name_key(person.family_name)
        survivor = _survivor(person)
        if survivor not in archive.by_names.setdefault(names, []):
            archive.by_names[names].append(survivor)
    if article:
        for appearance in Appearance.objects.filter(article=article).select_related("entity__merged_into"):
            record = _survivor(appearance.entity)
            archive.by_print.setdefault((record.kind, name_key(appearance.name or record.name)), []).append(record)
    return archive


def _namesakes(entities: Sequence[Entity]) -> Iterable[Person]:
    people = [split_name(entity.name) for entity in entities if entity.kind == Kind.PERSON]
    families = {family for given, family in people if given and family}
    givens = {given for given, family in people if given and family}
    namesakes = Person.objects.filter(family_name__in=families, given_name__in=givens).select_related("merged_into")
    return cast("Iterable[Person]", namesakes)


def _survivor(record: Record) -> Record:
    """What a record was merged into; chains are kept flat by the merge itself."""
    survivor = record.merged_into or record
    return getattr(survivor, "location", survivor) if survivor.kind == Kind.LOCATION else survivor
