"""A small globe in the corner of a map: where on Earth it is."""

from __future__ import annotations

from math import radians

from articles.drawing.frame import Frame
from articles.drawing.lines import Line, Point, area, path, simplified
from articles.drawing.markup import Markup, element
from articles.drawing.projections import Azimuthal
from articles.drawing.world import world

RADIUS = 50
# A map that reaches farther than this from its middle says itself where on Earth it is.
LARGEST = radians(16)
# Looked at from above the tropics, as globes are, but for maps of the far north and south.
HIGHEST = 50.0
SMALLEST, TOLERANCE = 14.0, 1.0


def globe(frame: Frame, middle: Point) -> Markup:
    longitude, latitude = frame.projection.middle
    seen_from = Azimuthal((longitude, max(-HIGHEST, min(HIGHEST, latitude * 0.75))), farthest=90)
    scale = RADIUS / seen_from.radius

    def drawn(line: Line) -> list[Point]:
        return [(x * scale + middle[0], y * scale + middle[1]) for x, y in line]

    whole = drawn(seen_from.edge())
    shapes = []
    for ring in world("far").land:
        line = seen_from.line(ring.coarse)
        shape = simplified(drawn(line), TOLERANCE)
        if ring.is_inside_out(line, (0.0, 0.0)):
            shapes.append(whole)
        if area(shape) > SMALLEST:
            shapes.append(shape)
    x, y = (round(value) for value in drawn([seen_from.point((longitude, latitude))])[0])
    half = max(5, round(frame.width / frame.scale * scale / 2))
    tall = max(4, round(half * frame.height / frame.width))
    return element(
        "g",
        {"class": "globe"},
        element("circle", {"class": "sea", "cx": round(middle[0]), "cy": round(middle[1]), "r": RADIUS}),
        element("path", {"class": "land", "d": "".join(path(shape, closed=True) for shape in shapes)}),
        element("rect", {"x": x - half, "y": y - tall, "width": 2 * half, "height": 2 * tall}),
    )
