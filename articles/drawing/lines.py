"""Lines and rings in a plane: made simpler, cut to a box, written as the path of an SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Line = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def around(self, margin: float) -> Box:
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def contains(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def holds(self, other: Box) -> bool:
        inside = self.left <= other.left and other.right <= self.right
        return inside and self.top <= other.top and other.bottom <= self.bottom

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def box_of(line: Iterable[Point]) -> Box:
    """The smallest box around some points, of which there is at least one."""
    across, down = zip(*line, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def simplified(line: Line, tolerance: float) -> list[Point]:
    """The points that a line needs to stay within `tolerance` of what it was (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return list(line)
    kept = [False] * len(line)
    kept[0] = kept[-1] = True
    limit = tolerance * tolerance
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        x0, y0 = line[first]
        across, down = line[last][0] - x0, line[last][1] - y0
        length = across * across + down * down
        farthest, where = limit, 0
        for number in range(first + 1, last):
            x, y = line[number][0] - x0, line[number][1] - y0
            if length:
                along = min(1.0, max(0.0, (x * across + y * down) / length))
                x, y = x - along * across, y - along * down
            distance = x * x + y * y
            if distance > farthest:
                farthest, where = distance, number
        if where:
            kept[where] = True
            waiting += [(first, where), (where, last)]
    return [point for point, is_kept in zip(line, kept, strict=True) if is_kept]


def cut_ring(ring: Line, box: Box) -> list[Point]:
    """What of a filled ring lies in the box (Sutherland and Hodgman); pieces hang together along its edge."""
    points = list(ring)
    for axis, limit, keeps_more in ((0, box.left, True), (0, box.right, False), (1, box.top, True), (1, box.bottom, 0)):
        if not points:
            return []
        kept: list[Point] = []
        before = points[-1]
        was_in = before[axis] >= limit if keeps_more else before[axis] <= limit
        for point in points:
            is_in = point[axis] >= limit if keeps_more else point[axis] <= limit
            if is_in != was_in:
                kept.append(_crossing(before, point, axis, limit))
            if is_in:
                kept.append(point)
            before, was_in = point, is_in
        points = kept
    return points


def cut_line(line: Line, box: Box) -> list[list[Point]]:
    """The pieces of a line that lie in the box (Liang and Barsky, segment by segment)."""
    pieces: list[list[Point]] = []
    for start, end in pairwise(line):
        inside = _cut_segment(start, end, box)
        if inside is None:
            continue
        if pieces and pieces[-1][-1] == inside[0]:
            pieces[-1].append(inside[1])
        else:
            pieces.append(list(inside))
    return pieces


def _cut_segment(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    across, down = end[0] - start[0], end[1] - start[1]
    enters, leaves = 0.0, 1.0
    for step, room in (
        (-across, start[0] - box.left),
        (across, box.right - start[0]),
        (-down, start[1] - box.top),
        (down, box.bottom - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    if enters > leaves:
        return None
    first = start if enters == 0 else (start[0] + enters * across, start[1] + enters * down)
    last = end if leaves == 1 else (start[0] + leaves * across, start[1] + leaves * down)
    return first, last


def _crossing(before: Point, after: Point, axis: int, limit: float) -> Point:
    share = (limit - before[axis]) / (after[axis] - before[axis])
    other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def times_around(point: Point, ring: Line) -> int:
    """How often a ring goes round the point as the hands of a clock do, less how often it goes the other way."""
    x, y = point
    times = 0
    x1, y1 = ring[-1] if ring else point
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            times += 1 if y2 > y1 else -1
        x1, y1 = x2, y2
    return times


def is_within(point: Point, ring: Line) -> bool:
    return times_around(point, ring) % 2 == 1


def area(ring: Line) -> float:
    """Twice the area, whatever way round the ring goes."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)))


def path(line: Line, *, closed: bool = False) -> str:
    """The line as path data in whole units, each step told from the point before: “m3 4l5-6z”; empty for a dot."""
    points = [(round(x), round(y)) for x, y in line]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)]
    if not steps or (closed and len(steps) < 2):
        return ""
    data = "".join(_number(x, first=number == 0) + _number(y) for number, (x, y) in enumerate(steps))
    return f"M{points[0][0]}{_number(points[0][1])}l{data}{'z' if closed else ''}"


def _number(value: int, *, first: bool = False) -> str:
    return str(value) if first or value < 0 else f" {value}"
