"""What a location is part of: its region's record, else its country's, as far as the archive has them.

No record is made for it: a region that no story names would be a page without a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from django.db.models import Q

from articles.extraction.types import Place
from articles.models import Location


def set_wider_places(new: Sequence[tuple[Location, Place]]) -> None:
    """Link each new location to the narrowest wider place, and those already there to a region that is new."""
    numbers = {wider.geoname_id for _, place in new for wider in _around(place)}
    known = cast("Iterable[Location]", Location.objects.filter(geoname_id__in=numbers, merged_into=None) if new else ())
    areas = {area.geoname_id: area for area in known}
    for location, place in new:
        location.part_of = next(filter(None, (areas.get(wider.geoname_id) for wider in _around(place))), None)
    Location.objects.bulk_update([location for location, _ in new if location.part_of], ["part_of"])
    for location, place in new:
        _take_in(location, place)


def _around(place: Place) -> Iterator[Place]:
    """The wider places of a place, the narrowest first."""
    while place.part_of:
        place = place.part_of
        yield place


def _take_in(area: Location, place: Place) -> None:
    """Give a new region or country the locations of the archive that lie in it and are part of nothing narrower."""
    if place.part_of is None:
        inside = Location.objects.filter(country=place.country, part_of=None)
    elif place.part_of.part_of is None:
        free = Q(part_of=None) | Q(part_of__geoname_id=place.part_of.geoname_id)
        inside = Location.objects.filter(free, country=place.country, region=place.name[:100])
    else:
        return
    locations = list(cast("Iterable[Location]", inside.exclude(pk=area.pk)))
    for location in locations:
        location.part_of = area
    Location.objects.bulk_update(locations, ["part_of"])
