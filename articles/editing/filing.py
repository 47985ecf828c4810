"""What editors choose to be read after an article, and the order of the parts of a series."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from articles.editing.front_page import arrange
from articles.editing.logbook import about, write_down
from articles.models import Article, RelatedArticle, Series


@transaction.atomic
def pick_related(article: Article, picked: Sequence[Article], *, user: User | None) -> None:
    """Let these articles, in this order, be read after `article`."""
    before = list(Article.objects.picked_for(article).only("headline"))
    if before == list(picked):
        return
    article.picked.all().delete()
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article=article, related=each, position=number) for number, each in enumerate(picked, start=1)
    )
    _decide(article, "pick related", {"related": _headlines(before)}, {"related": _headlines(picked)}, user=user)


@transaction.atomic
def move_part(article: Article, step: int, *, user: User | None) -> bool:
    """Move a part of a series forwards (+1) or back (-1); returns whether there was somewhere to go."""
    parts = Article.objects.filter(series=article.series_id)
    order = list(parts.select_for_update().order_by("part").values_list("pk", flat=True))
    was = order.index(article.pk)
    if not 0 <= was + step < len(order):
        return False
    order.insert(was + step, order.pop(was))
    arrange(parts, order, field="part")
    _decide(article, "move part", {"part": was + 1}, {"part": was + step + 1}, user=user)
    return True


def next_part(series: Series) -> int:
    last: int | None = series.articles.aggregate(last=Max("part"))["last"]
    return (last or 0) + 1


def _headlines(articles: Sequence[Article]) -> list[str]:
    return [article.headline for article in articles]


def _decide(
    article: Article, action: str, before: dict[str, object], after: dict[str, object], *, user: User | None
) -> None:
    write_down(
        about(
            article,
            action=action,
            before=before,
            after=after,
            user=user,
        )
    )
