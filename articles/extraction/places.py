"""Which place a name means: Paris in France or Paris in Texas.

A place is set only where the gazetteer has the very name; what is spelled otherwise stays without coordinates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.documents.story import Dateline
from articles.extraction.geonames import Known, Rank, country_name, country_of, fold, lookup, state_name
from articles.extraction.lexicons import load, load_table
from articles.extraction.types import Entity, Kind, Place

# “Paris, Texas”, “Springfield, Ill.”, “Cambridge, England”: the wider place after a comma.
WIDER = re.compile(r", ([^\W\d_][\w.’'-]*(?: [A-Z][\w.’'-]*)?)")
DEMONYM = re.compile(r"\b[A-Z][a-zà-ÿ]+(?:[ -][A-Z][a-z]+)?")
# A smaller namesake is meant where its country is the story's, but not a hamlet for a capital.
NAMESAKE = 10
# Parts of the United Kingdom, which the gazetteer knows as one country.
HOME_NATIONS = frozenset({"england", "scotland", "wales", "northern ireland"})


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
    around = _Surroundings.of(entities, text, dateline)
    return _united([_located(entity, text, around) if entity.kind is Kind.LOCATION else entity for entity in entities])


def _located(entity: Entity, text: str, around: _Surroundings) -> Entity:
    place, rule = _choose(entity, text, around)
    return replace(entity, place=place, place_rule=rule)


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


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The countries and states of the United States that a story names, by code."""

    countries: frozenset[str]
    states: frozenset[str]

    @classmethod
    def of(cls, entities: tuple[Entity, ...], text: str, dateline: Dateline | None) -> _Surroundings:
        names = {entity.name for entity in entities if entity.kind is Kind.LOCATION}
        names |= {_head(dateline.place)} if dateline else set()
        countries, states = set(), set()
        for candidates in filter(None, map(lookup, names)):
            first = candidates[0]
            if first.rank is Rank.STATE:
                states.add(first.state)
            # A city that other countries have, too, tells nothing of them: that is what is asked.
            if first.rank < Rank.CITY or len({known.place.country for known in candidates}) == 1:
                countries.add(first.place.country)
        demonyms = load_table("demonyms")
        countries |= {demonyms[word] for word in set(DEMONYM.findall(text)) if word in demonyms}
        if any(fold(name) in HOME_NATIONS for name in names):
            countries.add("GB")
        return cls(frozenset(countries), frozenset(states))


def _choose(entity: Entity, text: str, around: _Surroundings) -> tuple[Place | None, str]:
    """The one place that a location's names mean, None where the gazetteer has none of them, and why."""
    for name in (entity.name, *entity.aliases):
        candidates = lookup(name)
        if not candidates:
            continue
        for known in candidates:
            wider = next((wider for wider in _wider(entity, text) if _is_in(known, wider)), None)
            if wider:
                return known.place, f"“{wider}” stands right behind the name"
        known, rule = (_city if candidates[0].rank is Rank.CITY else _wide)(candidates, around)
        return known.place, rule
    return None, "no place of that name in the gazetteer"


def _city(cities: tuple[Known, ...], around: _Surroundings) -> tuple[Known, str]:
    """The greatest city of a name, unless the story is of a country or state that has another."""
    greatest = cities[0]
    if len(cities) == 1:
        return greatest, "the only place of that name in the gazetteer"
    for city in cities:
        if city.state and city.state in around.states and greatest.place.country not in around.countries - {"US"}:
            return city, _told_by(state_name(city.state), [other for other in cities if other.state == city.state])
    for city in cities:
        near = city.place.country in around.countries
        if near and city.place.population * NAMESAKE >= greatest.place.population:
            country = city.place.country
            namesakes = [other for other in cities if other.place.country == country]
            # Then the name itself may be all that the story tells of the country.
            if len(namesakes) == len(cities):
                return city, f"the greatest of {len(cities)} places of that name, all in {country_name(country)}"
            return city, _told_by(country_name(country), namesakes)
    return greatest, f"the greatest of {len(cities)} places of that name"


def _told_by(area: str, namesakes: Sequence[Known]) -> str:
    """Why it is that place: “the only place of that name in Jordan, which the story tells of”."""
    rank = "only" if len(namesakes) == 1 else "greatest"
    return f"the {rank} place of that name in {area}, which the story tells of"


def _wide(candidates: tuple[Known, ...], around: _Surroundings) -> tuple[Known, str]:
    """A country or a state by name; Washington alone is the capital, New York the city.

    “Georgia” is the state in a story of the United States that names no Tbilisi.
    """
    first = candidates[0]
    cities = [known for known in candidates if known.rank is Rank.CITY]
    if first.rank is Rank.STATE and cities and cities[0].place.name in {"Washington", "New York City"}:
        return cities[0], "the city rather than the state of that name"
    states = [known for known in candidates if known.rank is Rank.STATE]
    if first.rank is Rank.COUNTRY and states and around.states - {states[0].state}:
        return states[0], "the state of that name: the story names other states of the United States"
    return first, f"the {first.rank.name.lower()} of that name"


def _wider(entity: Entity, text: str) -> Iterable[str]:
    for span in entity.mentions:
        match = WIDER.match(text, span.end)
        if match:
            yield from (match[1], match[1].rstrip("."), match[1].split(" ")[0])


def _is_in(known: Known, wider: str) -> bool:
    if fold(wider) in HOME_NATIONS:
        return known.place.country == "GB"
    state = load_table("states").get(wider) or next((k.state for k in lookup(wider) if k.rank is Rank.STATE), "")
    if state and known.rank is Rank.CITY and known.state == state:
        return True
    return known.rank is not Rank.COUNTRY and country_of(wider) == known.place.country


def _filed_at(dateline: Dateline, entities: tuple[Entity, ...]) -> bool:
    places = {fold(dateline.place), fold(_head(dateline.place))}
    return any(
        entity.kind is Kind.LOCATION and places & {fold(name) for name in (entity.name, *entity.aliases)}
        for entity in entities
    )


def _head(place: str) -> str:
    """The place itself of a dateline that names the wider one, too: “PARIS, Texas”."""
    return place if place in load("regions") else place.partition(",")[0].strip()


def _written(place: str) -> str:
    """A dateline's place as a name: “SALT LAKE CITY, Utah” is Salt Lake City."""
    head = _head(place)
    if not head.isupper():
        return head
    known = lookup(head)
    if known and fold(known[0].place.name) == fold(head):
        return known[0].place.name
    return head if len(head) < 4 and "." in head else head.title()
