"""Who else has an article open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Presence

# A browser says every half minute that it is there; one that has been silent for so long is gone.
GONE_AFTER = timedelta(minutes=2)


@transaction.atomic
def arrive(article: Article, user: User, place: Presence.Place, *, now: datetime | None = None) -> Presence:
    """Say that somebody has `article` open, or has it open still; whoever was gone meanwhile arrives anew."""
    now = now or timezone.now()
    Presence.objects.filter(seen__lt=now - GONE_AFTER, article=article).delete()
    presence, _ = Presence.objects.update_or_create(
        article=article, user=user, place=place, defaults={"seen": now}, create_defaults={"seen": now, "arrived": now}
    )
    return presence


def leave(article: Article, user: User, place: Presence.Place) -> None:
    Presence.objects.filter(article=article, user=user, place=place).delete()


def others(article: Article, user: User, *, now: datetime | None = None) -> QuerySet[Presence]:
    """Who has `article` open besides `user`, the first to come first."""
    since = (now or timezone.now()) - GONE_AFTER
    return article.presences.filter(seen__gte=since).exclude(user=user).select_related("user").order_by("arrived", "pk")
