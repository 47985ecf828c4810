"""What every format says of an article, whatever its words for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Appearance, Article, Byline, TaggedEntity


def published(article: Article) -> datetime | date | None:
    """What the story bears, on the newsroom's clock."""
    if article.published is None:
        return None
    moment = timezone.localtime(article.published)
    return moment if article.published_has_time else moment.date()


def bears(article: Article) -> datetime | date:
    """The date of the story, or that of its release where it bears none."""
    return published(article) or local(article.released or article.created)


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def reporters(article: Article) -> list[str]:
    return [each.name for each in article.bylines.all() if each.role == Byline.Role.REPORTING]


def shown_names(article: Article) -> list[Appearance]:
    """Of an article from `for_detail()`: those of records that readers have a page of."""
    return [each for each in article.shown_appearances if each.entity.is_public]


def listed(names: Iterable[str]) -> str:
    """“Ana Lopez, Bo Ek and Tom Hill”, as a byline prints names."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def with_details(entities: Any) -> Any:
    """People, organisations or places with other names, identifiers, and as `public_tags` the tags that have a page."""
    tags = Prefetch("tagged_items", TaggedEntity.objects.public().select_related("tag"), to_attr="public_tags")
    return entities.prefetch_related("aliases", "identifiers", tags)
