"""Which places lie close to one."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, degrees, hypot, radians, sin, sqrt
from typing import Any

from django.db.models import Q

from articles.models.entities import Location

EARTH = 6371.0  # km, its mean radius
NEAR = 60.0  # km: what people there call the area
MOST = 200  # places looked at: a made-up archive may have any number on one spot


def places_near(location: Location, *, within: float = NEAR) -> list[tuple[Location, float]]:
    """Places that readers have a page of, with their distance in km, the nearest first; none of one without a position.

    The database gives those in a box of degrees, which an index finds; the circle is drawn here.
    """
    if location.latitude is None or location.longitude is None:
        return []
    found = _public(_box(location.latitude, location.longitude, within), besides=location)
    return nearest(location, found, within=within)


def places_around(location: Location, *, within: float = NEAR) -> tuple[list[Location], list[tuple[Location, float]]]:
    """Those that are part of it, the most covered first, and those near it that are not; one query."""
    wanted = Q(part_of=location.pk)
    if location.latitude is not None and location.longitude is not None:
        wanted |= _box(location.latitude, location.longitude, within)
    rows = _public(wanted, besides=location)
    inside = [place for place in rows if place.part_of_id == location.pk]
    around = {location.part_of_id, *(place.pk for place in inside)}
    return inside, nearest(location, [place for place in rows if place.pk not in around], within=within)


def _public(wanted: Q, *, besides: Location) -> list[Location]:
    rows: Any = Location.objects.public().filter(wanted).exclude(pk=besides.pk)
    return list(rows.most_covered()[:MOST])


def nearest(location: Location, places: Iterable[Location], *, within: float = NEAR) -> list[tuple[Location, float]]:
    """Those of the places no further away, with their distance in km."""
    if location.latitude is None:
        return []
    found = [(place, distance(location, place)) for place in places if place.latitude is not None]
    return sorted(((place, km) for place, km in found if km <= within), key=lambda each: (each[1], each[0].name))


def distance(one: Location, other: Location) -> float:
    """The way along the globe in km, by the haversine formula; both have a position."""
    a, b, c, d = (radians(each or 0.0) for each in (one.latitude, one.longitude, other.latitude, other.longitude))
    half = hypot(sin((c - a) / 2), sqrt(cos(a) * cos(c)) * sin((d - b) / 2))
    return 2 * EARTH * asin(min(half, 1.0))


def _box(latitude: float, longitude: float, within: float) -> Q:
    """All points that are no further than `within` km, and some more in the corners; over a pole all longitudes."""
    high = degrees(within / EARTH)
    box = Q(latitude__gte=latitude - high, latitude__lte=latitude + high)
    if abs(latitude) + high >= 90:
        return box
    wide = degrees(asin(min(sin(radians(high)) / cos(radians(latitude)), 1.0)))
    west, east = longitude - wide, longitude + wide
    across = Q(longitude__gte=west, longitude__lte=east)
    if west < -180:
        across |= Q(longitude__gte=west + 360)
    if east > 180:
        across |= Q(longitude__lte=east - 360)
    return box & across
