"""Keep the counts that pages show in step with what readers can see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from articles.models import Article, Entity
from articles.searching.index import follow_entities


def refresh_counts_of(articles: Iterable[Article]) -> int:
    """Count again for every entity that appears or speaks in `articles`; returns the number of entities."""
    keys = [article.pk for article in articles]
    touched = Q(appearances__article__in=keys) | Q(quotes__article__in=keys)
    return refresh_counts(Entity.objects.filter(touched).values_list("pk", flat=True))


def refresh_counts(entities: Iterable[int]) -> int:
    """Count again for the entities with these numbers, in the order of their numbers so that no two wait in a ring."""
    keys = sorted(set(entities))
    counted = Entity.objects.filter(pk__in=keys).refresh_counts()
    follow_entities(keys)
    return counted
