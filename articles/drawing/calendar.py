"""A year of articles at a glance: a column a week, a row a weekday, the darker the more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from articles.drawing.markup import Markup, element

SIDE, GAP = 10, 2


def year_strip(year: int, shades: Mapping[date, int], *, label: str, first_weekday: int = 0) -> Markup:
    """A square a day, of its shade: 0, for days that are not told, up to 5. `label` says in words what is to be seen.

    A week begins with `first_weekday`, 0 for Monday.
    """
    first = date(year, 1, 1)
    offset = (first.weekday() - first_weekday) % 7
    days = (date(year, 12, 31) - first).days + 1
    squares: dict[int, list[str]] = {}
    for number in range(days):
        week, row = divmod(number + offset, 7)
        square = f"M{week * (SIDE + GAP)} {row * (SIDE + GAP)}h{SIDE}v{SIDE}h-{SIDE}z"
        squares.setdefault(shades.get(first + timedelta(days=number), 0), []).append(square)
    weeks = (days + offset + 6) // 7
    box = f"0 0 {weeks * (SIDE + GAP) - GAP} {7 * (SIDE + GAP) - GAP}"
    paths = (
        element("path", {"class": f"fill-{shade}", "d": "".join(drawn)}) for shade, drawn in sorted(squares.items())
    )
    return element("svg", {"class": "year-strip", "viewBox": box, "role": "img", "aria-label": label}, *paths)
