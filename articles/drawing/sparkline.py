"""Coverage by month, as bars so small that they stand beside a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from articles.drawing.markup import Markup, element

Month = tuple[int, int]  # year, month

WIDTH, HEIGHT, BASE = 608, 96, 24
LEAST, MOST = 24, 60  # months


def months_shown(counts: Mapping[Month, int]) -> list[Month]:
    """The months from the first with an article to the last, two years at least and the last five at most."""
    numbers = [year * 12 + month - 1 for (year, month), articles in counts.items() if articles]
    if not numbers:
        return []
    last = max(numbers)
    first = max(last - MOST + 1, min(last - LEAST + 1, *numbers))
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def sparkline(counts: Mapping[Month, int], *, label: str) -> Markup:
    """A bar a month, January marked with its year; `label` says in words what is to be seen. Empty where nothing is."""
    months = months_shown(counts)
    if not months:
        return Markup("")
    most, step = max(counts.get(month, 0) for month in months), WIDTH / len(months)
    bars, ticks, years = [], [], []
    for number, month in enumerate(months):
        left, right = round(number * step), round((number + 1) * step - step * 0.25)
        height = _height(counts.get(month, 0), most)
        if height:
            bars.append(f"M{left} {HEIGHT}v-{height}h{right - left}v{height}z")
        if month[1] == 1:
            ticks.append(f"M{left} {HEIGHT + 2}v6")
            if left < WIDTH - 60:
                years.append(element("text", {"x": left, "y": HEIGHT + BASE + 4}, str(month[0])))
    return element(
        "svg",
        {"class": "sparkline", "viewBox": f"0 0 {WIDTH} {HEIGHT + BASE + 10}", "role": "img", "aria-label": label},
        element("path", {"class": "bars", "d": "".join(bars)}),
        element("path", {"class": "axis", "d": f"M0 {HEIGHT + 1}h{WIDTH}{''.join(ticks)}"}),
        *years,
    )


def _height(articles: int, most: int) -> int:
    """A month with one article is seen beside one with a thousand."""
    return max(4, round(HEIGHT * articles / most)) if articles else 0


def busiest(counts: Mapping[Month, int], months: Sequence[Month]) -> Month:
    """The month with most articles, the latest of several."""
    return max(months, key=lambda month: (counts.get(month, 0), month))
