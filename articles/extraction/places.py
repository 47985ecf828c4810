"""The place of each location of a story.

A place is set only where the gazetteer has the very name; what is spelled otherwise stays without coordinates. Which of
several places of a name is meant is decided in `namesakes.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.documents.story import Dateline
from articles.extraction.geonames import fold, lookup
from articles.extraction.lexicons import load
from articles.extraction.namesakes import Choice, Surroundings, choose, printed
from articles.extraction.types import Entity, Kind


def locate(entities: tuple[Entity, ...], text: str, *, dateline: Dateline | None) -> tuple[Entity, ...]:
    """Set the place of each location that the gazetteer knows; other entities pass unchanged.

    The dateline's place is added at the end, without mentions, where no entity is it. Names that turn out to mean one
    place ("the U.S.", "the United States") become one entity, where the first of them stood.

    Args:
        entities: of the story, in order; spans count in `text`.
        text: the story's text.
        dateline: where the story was filed, if it says so.

    >>> from articles.text.spans import Span
    >>> paris = Entity(Kind.LOCATION, "Paris", (Span(14, 19),), "")
    >>> (paris,) = locate((paris,), "A mill burned, Paris, Texas, officials say."[1:], dateline=None)
    >>> paris.place.country
    'US'
    """
    if dateline and not _filed_at(dateline, entities):
        entities = (*entities, Entity(Kind.LOCATION, _written(dateline.place), (), "the dateline"))
    around = surroundings(entities, text, dateline)
    return _united(
        [_located(entity, text, around, dateline) if entity.kind is Kind.LOCATION else entity for entity in entities]
    )


def surroundings(entities: Iterable[Entity], text: str, dateline: Dateline | None) -> Surroundings:
    """The places and nationalities that a story names, its dateline's among them."""
    names = [name for entity in entities if entity.kind is Kind.LOCATION for name in (entity.name, *entity.aliases)]
    heads = [name.partition(", ")[0] for name in names if not lookup(name)]
    return Surroundings.of([*names, *heads, *_parts(dateline)], text)


def _located(entity: Entity, text: str, around: Surroundings, dateline: Dateline | None) -> Entity:
    """The location with its place: that of its first name which the gazetteer knows."""
    choice = Choice(None, "no place of that name in the gazetteer")
    for name in (entity.name, *entity.aliases):
        form = printed(name, text, entity.mentions, wider=_added_by(dateline, name))
        if lookup(form.name):
            choice = choose(form, around)
            break
    return replace(entity, place=choice.place, place_rule=choice.rule)


def _parts(dateline: Dateline | None) -> list[str]:
    """The names that a dateline prints: “PARIS, Texas” has two."""
    return [_head(dateline.place), _rest(dateline.place)] if dateline else []


def _added_by(dateline: Dateline | None, name: str) -> str:
    """What a dateline says behind a name: “Texas” of Paris where the story was filed in “PARIS, Texas”."""
    return _rest(dateline.place) if dateline and fold(_head(dateline.place)) == fold(name) else ""


def _united(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """One entity a place."""
    united: dict[object, Entity] = {}
    for number, entity in enumerate(entities):
        key = entity.place.geoname_id if entity.place else (number,)
        united[key] = _one(united[key], entity) if key in united else entity
    return tuple(united.values())


def _one(first: Entity, second: Entity) -> Entity:
    names = dict.fromkeys((*first.aliases, second.name, *second.aliases))
    names.pop(first.name, None)
    return replace(first, mentions=tuple(sorted({*first.mentions, *second.mentions})), aliases=tuple(names))


def _filed_at(dateline: Dateline, entities: tuple[Entity, ...]) -> bool:
    places = {fold(dateline.place), fold(_head(dateline.place))}
    return any(
        entity.kind is Kind.LOCATION and places & {fold(name) for name in (entity.name, *entity.aliases)}
        for entity in entities
    )


def _head(place: str) -> str:
    """The place itself of a dateline that names the wider one, too: “PARIS, Texas”."""
    return place if place in load("regions") else place.partition(",")[0].strip()


def _rest(place: str) -> str:
    return place.removeprefix(_head(place)).lstrip(", ")


def _written(place: str) -> str:
    """A dateline's place as a name: “SALT LAKE CITY, Utah” is Salt Lake City."""
    head = _head(place)
    if not head.isupper():
        return head
    known = lookup(head)
    if known and fold(known[0].place.name) == fold(head):
        return known[0].place.name
    return head if len(head) < 4 and "." in head else head.title()
