"""Take an article away from readers, and from every page that it gave something to. Each call is one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.moves import Moved, begin, carry_out, count_again
from articles.editing.previews import revoke_links
from articles.models import Appearance, Article, Entity, Quote, Tag


@transaction.atomic
def withdraw(article: Article, *, note: str, user: User | None) -> Moved:
    """Withdraw a published article; `note` is what readers find in its place.

    Its links for previews end: nobody is to read on.
    """
    changes = {"withdrawn_at": timezone.now(), "withdrawal_note": note.strip()}
    movable, refused = begin([article], "withdraw")
    carry_out(movable, "withdraw", user=user, changes=lambda _article: changes)
    revoke_links(movable, user=user)
    count_again(movable)
    return Moved(movable, refused)


@dataclass(frozen=True, slots=True)
class Vanishing:
    """What readers lose with an article: its quotations, and the pages that only this article fills."""

    quotations: int
    entities: list[Entity]
    tags: list[Tag]


def what_vanishes(article: Article) -> Vanishing:
    shown = Appearance.objects.shown().filter(article=article).values("entity")
    return Vanishing(
        quotations=Quote.objects.shown().filter(article=article).count(),
        entities=list(Entity.objects.filter(pk__in=shown, article_count=1).alphabetical()),
        tags=list(Tag.objects.public().filter(pk__in=article.tagged_items.values("tag"), article_count=1)),
    )
