"""Which part of the Earth a map shows, and how large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin

from articles.drawing.lines import Box, Line, Point, box_of
from articles.drawing.projections import Azimuthal, EqualEarth, Projection

# Two units are a pixel where the map is as wide as the column it is made for.
WIDTH, HEIGHT = 640, 440
# A name beside the outermost point needs this much of the map on each side.
MARGIN_ACROSS, MARGIN_DOWN = 120, 84
EARTH = 6371.0  # km
# The least that a map shows from left to right: enough to see where in its country a town lies.
LEAST = 800 / EARTH
# What lies farther from the middle than this is not seen from above: the whole Earth is drawn.
MOST = radians(90)
# The whole Earth without most of Antarctica, in which nothing happens that a locator map has to show.
NORTH, SOUTH = 84.0, -58.0


@dataclass(frozen=True)
class Frame:
    """`centre` is the point of the projection's plane in the middle of the drawing, `scale` the units of a radian."""

    projection: Projection
    centre: Point
    scale: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_whole_earth(self) -> bool:
        return isinstance(self.projection, EqualEarth)

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def reach(self) -> float:
        """The angle from the middle of a map to its corners."""
        return 2 * asin(min(1.0, hypot(self.width, self.height) / 2 / self.scale / 2))

    def line(self, places: Iterable[Point]) -> list[Point]:
        return self.onto(self.projection.line(places))

    def point(self, place: Point) -> Point:
        return self.onto([self.projection.point(place)])[0]

    def onto(self, line: Line) -> list[Point]:
        """From the plane of the projection to the drawing."""
        left, top = self.width / 2 - self.centre[0] * self.scale, self.height / 2 - self.centre[1] * self.scale
        return [(x * self.scale + left, y * self.scale + top) for x, y in line]


def frame_of(places: Sequence[Point]) -> Frame:
    """The closest look at all of some places, of which there is at least one."""
    middle = _middle(places)
    if middle is None:
        return whole_earth()
    for _ in range(4):
        projection = Azimuthal(middle)
        box = box_of(projection.line(places))
        centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        middle = projection.place(centre)
    projection = Azimuthal(middle)
    line = projection.line(places)
    across, down = 2 * max(abs(x) for x, _ in line), 2 * max(abs(y) for _, y in line)
    scale = min(
        WIDTH / LEAST,
        (WIDTH - 2 * MARGIN_ACROSS) / max(across, 1e-9),
        (HEIGHT - 2 * MARGIN_DOWN) / max(down, 1e-9),
    )
    if hypot(WIDTH, HEIGHT) / 2 / scale >= 2 * sin(MOST / 2):
        return whole_earth()
    return Frame(projection, (0.0, 0.0), scale)


def whole_earth() -> Frame:
    projection = EqualEarth()
    right, top, bottom = projection.point((180, 0))[0], projection.point((0, NORTH))[1], projection.point((0, SOUTH))[1]
    scale = WIDTH / 2 / right * 0.97
    return Frame(projection, (0.0, (top + bottom) / 2), scale, WIDTH, round((bottom - top) * scale))


def _middle(places: Sequence[Point]) -> Point | None:
    """The place that the places lie around; None where they lie on all sides of the Earth."""
    x = sum(cos(radians(up)) * cos(radians(across)) for across, up in places) / len(places)
    y = sum(cos(radians(up)) * sin(radians(across)) for across, up in places) / len(places)
    z = sum(sin(radians(up)) for _, up in places) / len(places)
    if hypot(x, y, z) < 0.1:
        return None
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def bar(frame: Frame) -> tuple[int, float]:
    """A round number of kilometres for the scale of a map, and how long it is drawn."""
    room = 120 / frame.scale * EARTH
    lengths = [digit * 10**power for power in range(5) for digit in (1, 2, 5)]
    kilometres = max((each for each in lengths if each <= room), default=1)
    return kilometres, kilometres / EARTH * frame.scale
