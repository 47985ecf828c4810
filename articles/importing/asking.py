"""What the names of stories ask of the archive: keys and plain forms of names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from articles.extraction.types import Entity, Kind
from articles.importing.namesakes import initial_of, keys_to_ask
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key

# Asked for at once: below the limit of parameters of both databases.
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the names of a story could lead to: keys and plain forms of names.

    A person's name of one word (`mononyms`) leads to verified records alone: any number of people is called Finch.
    """

    keys: frozenset[str]
    plain: frozenset[str]
    mononyms: frozenset[str]


def asked_of(entities: Sequence[Entity]) -> Asked:
    names = {name_key(name) for entity in entities for name in names_of(entity) if len(name.split()) > 1}
    others = {name_key(name) for entity in entities if entity.kind != Kind.PERSON for name in names_of(entity)}
    mononyms = {name_key(entity.name) for entity in entities if entity.kind == Kind.PERSON} - names
    plain = {key for entity in entities for key in _plain_keys(entity)} - {""}
    return Asked(frozenset(names | others), frozenset(plain), frozenset(mononyms))


def names_of(entity: Entity) -> list[str]:
    return list(dict.fromkeys((entity.name, *entity.aliases)))


def initials_of(people: Iterable[Entity]) -> list[str]:
    """The plain forms that names with an initial begin with: “J. Ruiz”."""
    return sorted({initial_of(person.name) for person in people} - {""})


def _plain_keys(entity: Entity) -> list[str]:
    if entity.kind == Kind.PERSON:
        return keys_to_ask(entity.name)
    return [plain_key(entity.kind, name) for name in names_of(entity)]


def together(asked: Iterable[Asked]) -> Iterator[Asked]:
    """What many stories ask for, as much at once as goes into a question."""
    keys: set[str] = set()
    plain: set[str] = set()
    mononyms: set[str] = set()
    for each in asked:
        keys, plain, mononyms = keys | each.keys, plain | each.plain, mononyms | each.mononyms
        if len(keys) + len(plain) + len(mononyms) > AT_ONCE:
            yield Asked(frozenset(keys), frozenset(plain), frozenset(mononyms))
            keys, plain, mononyms = set(), set(), set()
    yield Asked(frozenset(keys), frozenset(plain), frozenset(mononyms))


def portions(keys: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(keys)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def leading(asked: Asked) -> Q:
    """The rows of aliases that lead to what is asked for."""
    named = Q(key__in=asked.keys) | Q(plain__in=asked.plain)
    if not asked.mononyms:
        return named
    return named | Q(key__in=asked.mononyms, entity__kind=Kind.PERSON, entity__is_verified=True)
