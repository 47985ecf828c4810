"""Where words have room in a drawing.

How wide they will be is known only where they are read: the fonts of a reader are anybody's. It is taken a little wider
than in the fonts that are common, so that no two labels touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from articles.drawing.lines import Box, Point

NARROW, WIDE = frozenset("iljtfrI.,:;'’|!()[]- "), frozenset("mwMW@%—…")
LONGEST = 26  # characters of a label


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    at: Point  # of the text's baseline
    anchor: str  # start, middle or end
    box: Box


def width(text: str, size: float) -> float:
    """How wide a text is at most, likely, in letters of a size."""
    return size * sum(map(_em, text))


def _em(sign: str) -> float:
    if combining(sign):
        return 0.0
    if east_asian_width(sign) in "WF":
        return 1.05
    if sign in NARROW:
        return 0.38
    if sign in WIDE:
        return 0.98
    return 0.76 if sign.isupper() else 0.63


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, or as many of its words as there is room for."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > longest // 2 else cut).rstrip(" ,;:–—-(") + "…"


def beside(text: str, point: Point, *, size: float, gap: float) -> Iterator[Label]:
    """The label of a point in each place it may have, the best first: right, left, above, below, at the corners."""
    x, y = point
    reach, half = width(text, size), width(text, size) / 2
    rise, fall, corner = size * 0.78, size * 0.26, gap * 0.7
    for at, anchor in (
        ((x + gap, y + size * 0.34), "start"),
        ((x - gap, y + size * 0.34), "end"),
        ((x, y - gap), "middle"),
        ((x, y + gap + rise), "middle"),
        ((x + corner, y - corner), "start"),
        ((x + corner, y + corner + rise), "start"),
        ((x - corner, y - corner), "end"),
        ((x - corner, y + corner + rise), "end"),
    ):
        left = at[0] - {"start": 0.0, "middle": half, "end": reach}[anchor]
        yield Label(text, at, anchor, Box(left, at[1] - rise, left + reach, at[1] + fall))


def centred(text: str, point: Point, *, size: float) -> Label:
    half = width(text, size) / 2
    x, y = point[0], point[1] + size * 0.34
    return Label(text, (x, y), "middle", Box(x - half, y - size * 0.78, x + half, y + size * 0.26))


class Room:
    """What of a drawing is free."""

    def __init__(self, whole: Box) -> None:
        self.whole = whole
        self.taken: list[Box] = []

    def is_free(self, box: Box) -> bool:
        return self.whole.holds(box) and not any(box.overlaps(other) for other in self.taken)

    def take(self, box: Box) -> None:
        self.taken.append(box)

    def place(self, labels: Iterable[Label], *, besides: Box | None = None) -> Label | None:
        """The first of the labels that there is room for, whose room is taken then; `besides` may be overlapped."""
        for label in labels:
            others = [box for box in self.taken if box is not besides]
            if self.whole.holds(label.box) and not any(label.box.overlaps(other) for other in others):
                self.take(label.box)
                return label
        return None
