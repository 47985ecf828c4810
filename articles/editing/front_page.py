"""What stands on the front page, and where. Each call is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from articles.editing.logbook import about, write_down
from articles.models import Article, Decision, FrontPagePlace

ACTION = "front page"
ASIDE = 10_000  # above every position in use; twice that is still a small integer


@transaction.atomic
def put(article: Article, position: int | None, *, user: User | None, undoing: Decision | None = None) -> bool:
    """Give an article a place on the front page, 1 for the lead; the others make room. None takes it off.

    Returns whether that changed anything. A position behind the last one means the last.
    """
    places = list(FrontPagePlace.objects.select_for_update().order_by("position"))
    order = [place.article_id for place in places]
    was = order.index(article.pk) + 1 if article.pk in order else None
    if was:
        order.remove(article.pk)
    if position is not None:
        position = min(max(position, 1), len(order) + 1)
        order.insert(position - 1, article.pk)
    if was == position:
        return False
    if position is None:
        FrontPagePlace.objects.filter(article=article).delete()
    elif not was:
        FrontPagePlace.objects.create(article=article, position=places[-1].position + 1 if places else 1)
    arrange(FrontPagePlace.objects.all(), order, by="article")
    _write_down(article, was, position, user=user, undoing=undoing)
    return True


def arrange(rows: QuerySet[Any], keys: Sequence[int], *, by: str = "pk", field: str = "position") -> None:
    """Number the rows 1, 2, 3 in the order of `keys`.

    No two rows may share a number even between two statements, so that all step aside first.
    """
    rows.update(**{field: F(field) + ASIDE})
    for number, key in enumerate(keys, start=1):
        rows.filter(**{by: key}).update(**{field: number})


def _write_down(
    article: Article, was: int | None, position: int | None, *, user: User | None, undoing: Decision | None
) -> None:
    write_down(
        about(
            article,
            batch=uuid.uuid4(),
            inverse_of=undoing.batch if undoing else None,
            action=ACTION,
            before={"place": was},
            after={"place": position},
            user=user,
        )
    )


def last_change() -> Decision | None:
    """The last change of the front page that nobody has taken back."""
    changes = Decision.objects.filter(action=ACTION)
    taken_back = changes.exclude(inverse_of=None).values("inverse_of")
    own = changes.filter(inverse_of=None, article__isnull=False).exclude(batch__in=taken_back)
    return own.select_related("article", "user").defer("article__body", "article__text").first()


def take_back(change: Decision, *, user: User | None) -> bool:
    """Put the article of a change where it was before."""
    return change.article is not None and put(change.article, change.before["place"], user=user, undoing=change)
