"""Put articles before readers and take them away again. Each call is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.counts import refresh_counts_of
from articles.models import Article, Decision


@transaction.atomic
def publish(articles: Iterable[Article], *, user: User | None) -> int:
    """Publish what is not published yet; returns how many articles that were."""
    return _move(articles, Article.Status.PUBLISHED, action="publish", user=user)


@transaction.atomic
def unpublish(articles: Iterable[Article], *, user: User | None) -> int:
    """Take articles back to drafts; returns how many were published before."""
    return _move(articles, Article.Status.DRAFT, action="unpublish", user=user)


def was_unpublished_by_hand(article: Article) -> bool:
    """Whether the last word on publishing was a person's, and it was no."""
    last = article.decisions.filter(action__in=["publish", "unpublish"]).first()
    return last is not None and last.action == "unpublish" and last.user_id is not None


def _move(articles: Iterable[Article], status: Article.Status, *, action: str, user: User | None) -> int:
    keys = [article.pk for article in articles]
    moving = list(Article.objects.select_for_update().filter(pk__in=keys).exclude(status=status))
    batch, now = uuid.uuid4(), timezone.now()
    decisions = []
    for article in moving:
        decisions.append(
            Decision(
                batch=batch,
                subject=Decision.Subject.ARTICLE,
                subject_id=article.pk,
                article=article,
                action=action,
                before={"status": article.status},
                after={"status": status},
                user=user,
            )
        )
        article.status = status
        if status == Article.Status.PUBLISHED:
            article.released = article.released or now
        article.save(update_fields=["status", "released", "modified"])
    Decision.objects.bulk_create(decisions)
    refresh_counts_of(moving)
    return len(moving)
