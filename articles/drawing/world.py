"""Coasts and borders, from data/world.json.gz: build_world.py writes it and says where it is from."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import pi
from pathlib import Path

from articles.drawing.lines import Point, box_of, simplified, times_around
from articles.drawing.projections import angle_between

DATA = Path(__file__).parent / "data" / "world.json.gz"
# Arcs are cut into pieces of so many places: of the coast of Eurasia, a map of Lagos needs few.
PIECE = 64
# Degrees by which a line may stray that is far from whatever is drawn.
COARSE = 0.4

# The numbers of arcs, in the order that a ring follows them; `~number` is the same arc from its end.
Arcs = list[int]


class Cap:
    """A circle on the Earth with all of something in it; how much too wide it is does not matter."""

    def __init__(self, places: Sequence[Point]) -> None:
        box = box_of(places)
        self.middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        corners = [(box.left, box.top), (box.left, box.bottom), (box.left, self.middle[1])]
        is_wide = box.right - box.left > 90
        self.reach = pi if is_wide else max(angle_between(self.middle, corner) for corner in corners) * 1.05

    def is_far_from(self, place: Point, angle: float) -> bool:
        return angle_between(self.middle, place) - self.reach > angle


class Arc(Cap):
    """A piece of a coast, or of a border of two countries."""

    def __init__(self, places: list[Point]) -> None:
        super().__init__(places)
        self.places = places

    @cached_property
    def coarse(self) -> list[Point]:
        return simplified(self.places, COARSE)


class Ring(Cap):
    """The outline of land, or of a hole in it."""

    def __init__(self, arcs: Arcs, places: list[Point]) -> None:
        super().__init__(places)
        self.arcs, self.places = arcs, places

    @cached_property
    def coarse(self) -> list[Point]:
        return simplified(self.places, COARSE)

    @cached_property
    def turn(self) -> int:
        """Which way round the ring goes, with north up: 1 as the hands of a clock do, -1 against them."""
        twice, turned = 0.0, 0.0
        for (x1, y1), (x2, y2) in pairwise([*self.places, self.places[0]]):
            step = (x2 - x1 + 180) % 360 - 180
            twice += step * (y1 + y2)
            turned += step
        # Once round the Earth it is Antarctica, which lies to the south of its coast.
        return 1 if (turned if abs(turned) > 180 else twice) > 0 else -1

    def is_inside_out(self, line: Sequence[Point], point: Point) -> bool:
        """Whether the ring, drawn as `line`, goes round the far side of the Earth: what is outside the line is in it.

        `point` is the middle of the map, around which such a ring goes the wrong way.
        """
        return times_around(point, line) == -self.turn


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is the one of ISO 3166-1, empty where it has none; `rings` are outlines and holes alike."""

    code: str
    name: str
    rings: list[Ring]


@dataclass(frozen=True)
class World:
    arcs: list[Arc]
    countries: list[Country]

    @cached_property
    def borders(self) -> Arcs:
        """The arcs that two countries have in common."""
        return [number for number, times in sorted(self._uses.items()) if times > 1]

    @cached_property
    def land(self) -> list[Ring]:
        """The coasts: rings of all arcs that only one country has, as if there were no borders."""
        arcs = [number for number in self._arcs_of_countries() if self._uses[max(number, ~number)] == 1]
        leaving: dict[Point, Arcs] = {}
        for number in reversed(arcs):
            leaving.setdefault(self._ends(number)[0], []).append(number)
        rings = []
        for number in arcs:
            ring: Arcs = []
            waiting = leaving[self._ends(number)[0]]
            while waiting:
                ring.append(waiting.pop())
                waiting = leaving.get(self._ends(ring[-1])[1], [])
            if ring:
                rings.append(Ring(ring, places_along(self.arcs, ring)))
        return rings

    @cached_property
    def _uses(self) -> Counter[int]:
        return Counter(max(number, ~number) for number in self._arcs_of_countries())

    def _arcs_of_countries(self) -> Arcs:
        return [number for country in self.countries for ring in country.rings for number in ring.arcs]

    def _ends(self, number: int) -> tuple[Point, Point]:
        places = self.arcs[max(number, ~number)].places
        return (places[0], places[-1]) if number >= 0 else (places[-1], places[0])


def places_along(arcs: Sequence[Arc], ring: Arcs) -> list[Point]:
    places: list[Point] = []
    for number in ring:
        arc = arcs[max(number, ~number)].places
        places += arc if number >= 0 else arc[::-1]
    return places


@lru_cache(maxsize=2)
def world(name: str) -> World:
    """The world as maps of a region show it, `near`, or as maps of the whole Earth do, `far`."""
    with gzip.open(DATA) as file:
        data = json.load(file)
    arcs: list[Arc] = []
    pieces: list[Arcs] = []
    for steps in data[name]["arcs"]:
        places = _places(steps, data["fineness"])
        first = len(arcs)
        arcs += [Arc(places[start : start + PIECE + 1]) for start in range(0, len(places) - 1, PIECE)]
        pieces.append(list(range(first, len(arcs))))

    def ring(numbers: Arcs) -> Ring:
        parts = (pieces[each] if each >= 0 else [~piece for piece in reversed(pieces[~each])] for each in numbers)
        whole = [number for part in parts for number in part]
        return Ring(whole, places_along(arcs, whole))

    countries = [
        Country(each["code"], each["name"], [ring(numbers) for numbers in each["rings"]])
        for each in data[name]["countries"]
    ]
    return World(arcs, countries)


def _places(steps: list[int], fineness: int) -> list[Point]:
    places = []
    x = y = 0
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + up
        places.append((x / fineness, y / fineness))
    return places
