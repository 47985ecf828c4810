"""Where an article stands in its series, as readers count: parts that are not published do not."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, Series


@dataclass(frozen=True, slots=True)
class PlaceInSeries:
    series: Series
    number: int
    of: int
    previous: Article | None
    next: Article | None


def place_in_series(article: Article) -> PlaceInSeries | None:
    """`article` comes from `for_detail()`; a draft counts itself among what is published."""
    if not article.series:
        return None
    published = Article.objects.published().parts_of(article.series).only("headline", "slug", "language", "part")
    others = [each for each in published if each.pk != article.pk]
    before = [each for each in others if (each.part or 0) < (article.part or 0)]
    after = others[len(before) :]
    return PlaceInSeries(
        series=article.series,
        number=len(before) + 1,
        of=len(others) + 1,
        previous=before[-1] if before else None,
        next=after[0] if after else None,
    )
