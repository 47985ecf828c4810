"""Where an article stands in its series, as readers count: parts that are not published do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.models import Article, Series


@dataclass(frozen=True, slots=True)
class PlaceInSeries:
    series: Series
    number: int
    of: int
    previous: Article | None
    next: Article | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The keys of the published parts before and after an article, in the order in which they are read."""

    before: list[int]
    after: list[int]

    @property
    def beside(self) -> list[int]:
        return self.before[-1:] + self.after[:1]


def parts_around(article: Article, parts: Sequence[tuple[int, int]]) -> Parts:
    """`parts` are the published articles of its series, the key of each and which part it is."""
    others = sorted((part, pk) for pk, part in parts if pk != article.pk)
    own = article.part or 0
    return Parts([pk for part, pk in others if part < own], [pk for part, pk in others if part >= own])


def place_in_series(article: Article, parts: Parts, found: Mapping[int, Article]) -> PlaceInSeries | None:
    """`found` has the articles beside it; a draft counts itself among what is published."""
    if not article.series:
        return None
    return PlaceInSeries(
        series=article.series,
        number=len(parts.before) + 1,
        of=len(parts.before) + len(parts.after) + 1,
        previous=found.get(parts.before[-1]) if parts.before else None,
        next=found.get(parts.after[0]) if parts.after else None,
    )
