"""A map that says where things are: coasts, borders, the names of countries where they can be read, and places.

What is drawn for some places is the same each time, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from articles.drawing import globe
from articles.drawing.frame import SOUTH, Frame, bar, frame_of
from articles.drawing.labels import Label, Room, beside, centred, shortened, width
from articles.drawing.lines import Box, Line, Point, area, cut_line, cut_ring, is_within, path, simplified
from articles.drawing.markup import Markup, element
from articles.drawing.projections import EqualEarth
from articles.drawing.world import Country, Ring, World, world

# In units, of which two are a pixel: half a pixel is not seen.
TOLERANCE = 1.2
SMALLEST_ISLAND = 5.0
DOT, NAME, COUNTRY = 9, 25, 21
# 24 pixels across, so that a finger meets one link and not two.
FINGER = 26
MOST_PLACES = 40
# Lines go on beyond the edge of the map, so that the edge is not drawn as one.
BEYOND = 6
# What is farther from the map than 600 kilometres is drawn roughly.
FAR = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is empty where readers have no page of it; `country` is its ISO code where it is a country itself."""

    name: str
    address: str
    longitude: float
    latitude: float
    country: str = ""

    @property
    def point(self) -> Point:
        return (self.longitude, self.latitude)


def locator_map(
    places: Sequence[Place], *, label: str, kilometres: str = "km", names: Mapping[str, str] | None = None
) -> Markup:
    """The map of some places, the most important first; empty where there is none.

    `label` says what it shows to those who do not see it; `names` are those of countries, by code, where they are not
    to be in English.
    """
    places = places[:MOST_PLACES]
    if not places:
        return Markup("")
    earth = world("near")
    frame = frame_of(_extent(places, earth))
    if frame.is_whole_earth:
        earth = world("far")
    drawing = _Drawing(frame, earth, names or {})
    return drawing.of(places, label=label, kilometres=kilometres)


def _extent(places: Sequence[Place], earth: World) -> list[Point]:
    """What the map has to show. A country among towns is shown where it is; alone, from border to border."""
    towns = [place.point for place in places if not place.country]
    if towns:
        return [*towns, *(place.point for place in places if place.country)]
    outlines = {country.code: country for country in earth.countries if country.code}
    points: list[Point] = []
    for place in places:
        points.append(place.point)
        if place.country in outlines:
            points += _mainland(outlines[place.country])
    return points


def _mainland(country: Country) -> list[Point]:
    return max((ring.coarse for ring in country.rings), key=area)


class _Drawing:
    def __init__(self, frame: Frame, earth: World, names: Mapping[str, str]) -> None:
        self.frame, self.earth, self.names = frame, earth, names
        self.room = Room(frame.box.around(-6))
        self._lines: dict[int, list[Point]] = {}

    def of(self, places: Sequence[Place], *, label: str, kilometres: str) -> Markup:
        points = [self._point(place) for place in places]
        towns = [(place, at) for place, at in zip(places, points, strict=True) if not place.country]
        dots = [_square(at, DOT + 3) for _, at in towns]
        for dot in dots:
            self.room.take(dot)
        inset = self._globe()
        scale = self._bar(kilometres)
        fingers: list[Point] = []
        marks = [self._town(place, at, dot, fingers) for (place, at), dot in zip(towns, dots, strict=True)]
        shown = {place.country for place in places if place.country}
        areas = {country.code: country for country in self.earth.countries if country.code in shown}
        tints, lands = [], []
        for place, at in zip(places, points, strict=True):
            if place.country:
                tint, mark = self._land(place, at, areas.get(place.country), fingers)
                tints.append(tint)
                lands.append(mark)
        neighbours = [] if self.frame.is_whole_earth else [*self._neighbours(besides=shown)]
        return element(
            "svg",
            {
                "class": "map",
                "viewBox": f"0 0 {self.frame.width} {self.frame.height}",
                "role": "group",
                "aria-label": label,
            },
            element("path", {"class": "land", "d": self._filled(self.earth.land)}),
            *tints,
            element("path", {"class": "border", "d": self._borders()}),
            *neighbours,
            scale,
            inset,
            *lands,
            *reversed(marks),
        )

    def _point(self, place: Place) -> Point:
        """Where a place is drawn: at the edge what the map of the whole Earth leaves out, as the poles are."""
        x, y = self.frame.point(place.point)
        box = self.frame.box.around(-DOT)
        return max(box.left, min(box.right, x)), max(box.top, min(box.bottom, y))

    # The Earth.

    def _line(self, number: int) -> list[Point]:
        """An arc as it is drawn, in the direction of the file; far from the map, only roughly."""
        if number not in self._lines:
            arc = self.earth.arcs[number]
            if self.frame.is_whole_earth:
                self._lines[number] = simplified(self.frame.line(arc.places), TOLERANCE)
            elif arc.is_far_from(self.frame.projection.middle, self.frame.reach + FAR):
                self._lines[number] = self.frame.line(arc.coarse)
            else:
                self._lines[number] = simplified(self.frame.line(arc.places), TOLERANCE)
        return self._lines[number]

    def _ring(self, ring: Ring) -> list[Point]:
        points: list[Point] = []
        for number in ring.arcs:
            line = self._line(number) if number >= 0 else self._line(~number)[::-1]
            points += line[1:] if points else line
        return points

    def _shapes(self, rings: Iterable[Ring]) -> list[list[Point]]:
        """The parts of some filled rings that are on the map."""
        box = self.frame.box.around(BEYOND)
        whole = list(_corners(box))
        shapes = []
        for ring in rings:
            if not self._may_be_seen(ring):
                continue
            points = self._ring(ring)
            shape = cut_ring(points, box)
            if self._is_inside_out(ring, points):
                shapes += [] if area(shape) >= area(whole) else [whole, shape] if shape else [whole]
            elif shape and area(shape) > SMALLEST_ISLAND:
                shapes.append(shape)
        return shapes

    def _filled(self, rings: Iterable[Ring]) -> str:
        return "".join(path(shape, closed=True) for shape in self._shapes(rings))

    def _may_be_seen(self, ring: Ring) -> bool:
        projection = self.frame.projection
        if isinstance(projection, EqualEarth):
            return ring.middle[1] > SOUTH
        return not ring.is_far_from(projection.middle, self.frame.reach)

    def _is_inside_out(self, ring: Ring, points: Line) -> bool:
        if self.frame.is_whole_earth:
            return False
        return ring.is_inside_out(points, self.frame.point(self.frame.projection.middle))

    def _borders(self) -> str:
        box = self.frame.box.around(BEYOND)
        lines = (piece for number in self.earth.borders for piece in cut_line(self._line(number), box))
        return "".join(path(line) for line in lines)

    # What is told about it.

    def _town(self, place: Place, at: Point, dot: Box, fingers: list[Point]) -> Markup:
        label = self.room.place(beside(shortened(place.name), at, size=NAME, gap=DOT + 8), besides=dot)
        drawn = [_circle(at, "dot", DOT)]
        if label:
            drawn.append(_words(label, "place"))
        return self._link(place, at, drawn, fingers)

    def _land(self, place: Place, at: Point, country: Country | None, fingers: list[Point]) -> tuple[Markup, Markup]:
        """A country that the map is about: its area and, upon it, its name, or a dot where that has no room."""
        shapes = self._shapes(country.rings) if country else []
        tint = element("path", {"class": "here", "d": "".join(path(shape, closed=True) for shape in shapes)})
        label = self._on(shapes, shortened(place.name), NAME)
        if label is None:
            dot = _square(at, DOT + 3)
            self.room.take(dot)
            return tint, self._town(place, at, dot, fingers)
        where = ((label.box.left + label.box.right) / 2, (label.box.top + label.box.bottom) / 2)
        return tint, self._link(place, where, [_words(label, "place")], fingers)

    def _neighbours(self, *, besides: set[str]) -> Iterable[Markup]:
        """The names of countries of which enough is seen."""
        seen = []
        for country in self.earth.countries:
            if country.code and country.code not in besides:
                shapes = self._shapes(country.rings)
                if shapes:
                    seen.append((max(map(area, shapes)), country, shapes))
        for _, country, shapes in sorted(seen, key=lambda each: (-each[0], each[1].code)):
            name = self.names.get(country.code, country.name)
            label = self._on(shapes, name, COUNTRY)
            if label:
                yield _words(label, "country")

    def _on(self, shapes: list[list[Point]], text: str, size: int) -> Label | None:
        """The text on the widest free part of some shapes; None where it would stand out of them."""
        if not shapes:
            return None
        shape = max(shapes, key=area)
        across = [x for x, _ in shape]
        down = [y for _, y in shape]
        if max(across) - min(across) < width(text, size) * 0.8 or max(down) - min(down) < size:
            return None
        best: tuple[float, Label] | None = None
        for y in range(max(24, int(min(down))), min(self.frame.height - 24, int(max(down))) + 1, 22):
            for x in range(max(24, int(min(across))), min(self.frame.width - 24, int(max(across))) + 1, 22):
                label = centred(text, (x, y), size=size)
                if not self.room.is_free(label.box.around(4)) or not all(
                    is_within(corner, shape) for corner in _corners(label.box)
                ):
                    continue
                clearance = min(hypot(x - a, (y - b) * 1.6) for a, b in shape)
                if best is None or clearance > best[0]:
                    best = clearance, label
        if best is None:
            return None
        self.room.take(best[1].box)
        return best[1]

    def _link(self, place: Place, at: Point, drawn: list[Markup], fingers: list[Point]) -> Markup:
        """A link where a finger has room for one; else only what it says."""
        title = element("title", None, place.name)
        has_room = all(hypot(at[0] - x, at[1] - y) >= 2 * FINGER for x, y in fingers)
        if not place.address or not has_room:
            return element("g", None, title, *drawn)
        fingers.append(at)
        return element("a", {"href": place.address}, title, _circle(at, "finger", FINGER), *drawn)

    def _bar(self, kilometres: str) -> Markup:
        if self.frame.is_whole_earth:
            return Markup("")
        number, length = bar(self.frame)
        text = f"{number}\u202f{kilometres}"
        left, bottom = 22, self.frame.height - 22
        box = Box(left - 6, bottom - 34, left + max(length, width(text, COUNTRY)) + 6, bottom + 8)
        if not self.room.is_free(box):
            return Markup("")
        self.room.take(box)
        line = f"M{left} {bottom - 8}v8h{round(length)}v-8"
        words = element("text", {"class": "bar", "x": left, "y": bottom - 14}, text)
        return element("g", None, element("path", {"class": "bar", "d": line}), words)

    def _globe(self) -> Markup:
        """Where on Earth the map is, in a corner that is free; nothing where the map shows that itself."""
        if self.frame.is_whole_earth or self.frame.reach > globe.LARGEST:
            return Markup("")
        away = globe.RADIUS + 14
        right, bottom = self.frame.width - away, self.frame.height - away
        for corner in ((right, away), (right, bottom), (away, away)):
            box = _square(corner, globe.RADIUS + 6)
            if self.room.is_free(box):
                self.room.take(box)
                return globe.globe(self.frame, corner)
        return Markup("")


def _square(middle: Point, half: float) -> Box:
    return Box(middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)


def _corners(box: Box) -> tuple[Point, ...]:
    return (box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)


def _circle(at: Point, name: str, radius: int) -> Markup:
    return element("circle", {"class": name, "cx": round(at[0]), "cy": round(at[1]), "r": radius})


def _words(label: Label, name: str) -> Markup:
    given = {"class": name, "x": round(label.at[0]), "y": round(label.at[1])}
    return element("text", {**given, "text-anchor": None if label.anchor == "start" else label.anchor}, label.text)
