"""Keep what somebody typed before it is saved. A draft is its writer's alone, and no part of the history."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from articles.models import Article, Draft


@transaction.atomic
def keep_draft(key: UUID, article: Article | None, fields: Mapping[str, list[str]], *, user: User) -> Draft | None:
    """Keep what was typed into the form `key`, in place of what that form held before; None if it is another's."""
    if Draft.objects.filter(key=key).exclude(user=user).exists():
        return None
    # PostgreSQL keeps no NUL, which no keyboard types either.
    typed = {name: [value.replace("\0", "") for value in values] for name, values in fields.items()}
    values = {"article": article, "fields": typed, "revision": article.revision if article else 0}
    draft, _ = Draft.objects.update_or_create(key=key, user=user, defaults=values)
    return draft


def drop_draft(key: UUID, *, user: User) -> None:
    Draft.objects.filter(key=key, user=user).delete()


def drafts_of(article: Article | None, user: User) -> QuerySet[Draft]:
    """What somebody typed for an article, or for a new one, and did not save; the latest first."""
    return Draft.objects.filter(article=article, user=user)
