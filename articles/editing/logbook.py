"""What was decided is written down at one place, and what was written down is taken from the pages that showed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.editing.days import count_days
from articles.editing.touching import touch_articles, touch_entities, touch_tags
from articles.models import Article, Decision

Subject = Decision.Subject


def write_down(*decisions: Decision) -> None:
    """Put decisions into the log, once what they say is done: the calendar and the pages that show it follow."""
    Decision.objects.bulk_create(decisions)
    articles = _articles(decisions)
    count_days(article.pk for article in articles)
    touch_articles(articles)
    touch_entities(each.subject_id for each in decisions if each.subject == Subject.ENTITY)
    touch_tags(each.subject_id for each in decisions if each.subject == Subject.TAG)


def about(article: Article, **said: Any) -> Decision:
    """A decision about an article itself, by its headline; `said` are its other fields."""
    headline = article.headline[:200]
    return Decision(subject=Subject.ARTICLE, subject_id=article.pk, article=article, label=headline, **said)


def _articles(decisions: Sequence[Decision]) -> list[Article]:
    keys = {each.article_id for each in decisions if each.article_id}
    return list(Article.objects.filter(pk__in=keys)) if keys else []
