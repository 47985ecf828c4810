"""From the Earth to the plane: degrees east and north to x, to the right, and y, down, in radians at the middle.

Both projections keep areas true, so that no country looks larger than it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from articles.drawing.lines import Point

# A map reaches 90 degrees from its middle at most; what is farther away than this is drawn as if it lay there.
FARTHEST = 120.0
# Where a line goes round the edge, in steps of so much of the circle, so that none cuts through the map.
TURN = radians(15)


class Azimuthal:
    """Lambert's, seen from straight above `middle`: true to shape near it, at the poles and the date line as well."""

    def __init__(self, middle: Point, *, farthest: float = FARTHEST) -> None:
        self.middle = middle
        self._edge, self.radius = cos(radians(farthest)), 2 * sin(radians(farthest) / 2)
        self._longitude, latitude = radians(middle[0]), radians(middle[1])
        self._sine, self._cosine = sin(latitude), cos(latitude)

    def line(self, places: Iterable[Point]) -> list[Point]:
        """A line of places; at the far side of the Earth it keeps to the edge of what can be drawn."""
        points: list[Point] = []
        longitude, sine, cosine = self._longitude, self._sine, self._cosine
        beyond: float | None = None
        for place in places:
            turn, latitude = radians(place[0]) - longitude, radians(place[1])
            up, out = sin(latitude), cos(latitude)
            along = out * cos(turn)
            x, y = out * sin(turn), cosine * up - sine * along
            nearness = sine * up + cosine * along
            if nearness >= self._edge:
                spread = sqrt(2 / (1 + nearness))
                points.append((x * spread, -y * spread))
                beyond = None
            else:
                bearing = atan2(x, y)
                points.extend(self._round_the_edge(beyond, bearing))
                beyond = bearing
        return points

    def point(self, place: Point) -> Point:
        return self.line([place])[-1]

    def edge(self) -> list[Point]:
        """The circle around all that can be drawn."""
        return [(self.radius * sin(radians(each)), -self.radius * cos(radians(each))) for each in range(0, 360, 10)]

    def place(self, point: Point) -> Point:
        """The place that is drawn at a point."""
        distance = hypot(*point)
        if distance == 0:
            return self.middle
        angle = 2 * asin(min(1.0, distance / 2))
        up = cos(angle) * self._sine - point[1] * sin(angle) * self._cosine / distance
        across = point[0] * sin(angle)
        along = distance * self._cosine * cos(angle) + point[1] * self._sine * sin(angle)
        longitude = degrees(self._longitude + atan2(across, along))
        return (longitude + 180) % 360 - 180, degrees(asin(max(-1.0, min(1.0, up))))

    def _round_the_edge(self, before: float | None, bearing: float) -> list[Point]:
        turn = 0.0 if before is None else (bearing - before + radians(180)) % radians(360) - radians(180)
        steps = int(abs(turn) / TURN) + 1
        bearings = [bearing - turn * (steps - step) / steps for step in range(1, steps + 1)]
        return [(self.radius * sin(each), -self.radius * cos(each)) for each in bearings]


class EqualEarth:
    """The whole Earth, by Šavrič, Patterson and Jenny (2018): the numbers are theirs."""

    middle: Point = (0.0, 0.0)
    A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796

    def line(self, places: Iterable[Point]) -> list[Point]:
        """A line of places; where it crosses the date line it goes on beyond the edge of the Earth."""
        points = []
        before = None
        for across, up in places:
            if before is not None:
                across -= 360 * round((across - before) / 360)
            points.append(self.point((across, up)))
            before = across
        return points

    def point(self, place: Point) -> Point:
        t = asin(sqrt(3) / 2 * sin(radians(place[1])))
        t2 = t * t
        t6 = t2 * t2 * t2
        steepness = self.A1 + 3 * self.A2 * t2 + t6 * (7 * self.A3 + 9 * self.A4 * t2)
        x = 2 * sqrt(3) / 3 * radians(place[0]) * cos(t) / steepness
        return x, -t * (self.A1 + self.A2 * t2 + t6 * (self.A3 + self.A4 * t2))


Projection = Azimuthal | EqualEarth


def angle_between(one: Point, other: Point) -> float:
    """How far two places are from each other, as the angle at the middle of the Earth."""
    across = radians(one[0] - other[0])
    up, down = radians(one[1]), radians(other[1])
    half = sin((up - down) / 2) ** 2 + cos(up) * cos(down) * sin(across / 2) ** 2
    return 2 * asin(min(1.0, sqrt(half)))
