"""Whose an article is, and who sees what is under an embargo."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models.articles import Article
from articles.models.authors import Byline
from articles.models.entities import Appearance

Account = User | AnonymousUser
Rows = TypeVar("Rows", bound="QuerySet[Any]")


def own(user: Account) -> Q:
    """The articles that somebody wrote or imported, is assigned to, or whose byline bears their name."""
    if user.pk is None:
        return Q(pk__in=[])
    printed = Byline.objects.filter(author__user=user.pk).values("article")
    return Q(created_by=user.pk) | Q(assignee=user.pk) | Q(pk__in=printed)


def sees_all(user: Account) -> bool:
    return user.has_perm("articles.see_embargoed_article")


def hidden_from(user: Account) -> QuerySet[Article]:
    """Embargoed articles of others, for those who may not see them. There are few at any time."""
    embargoed = Article.objects.filter(embargo__gt=timezone.now()).exclude(status=Article.Status.PUBLISHED)
    return embargoed.none() if sees_all(user) else embargoed.exclude(own(user))


def visible(rows: Rows, user: Account, *, article: str = "article") -> Rows:
    """The rows that say nothing of an article hidden from the user; `article` is the path to it."""
    if sees_all(user):
        return rows
    return rows.exclude(**{f"{article}__in": hidden_from(user).values("pk")})


def visible_records(records: Rows, user: Account) -> Rows:
    """Without the records that only hidden articles made: a name can tell as much as a story."""
    if sees_all(user):
        return records
    hidden = hidden_from(user).values("pk")
    elsewhere = Appearance.objects.filter(entity=OuterRef("pk")).exclude(article__in=hidden)
    named = Appearance.objects.filter(article__in=hidden).values("entity")
    return records.exclude(Q(pk__in=named), Q(is_verified=False), ~Exists(elsewhere))


def visible_pairs(pairs: Rows, user: Account) -> Rows:
    """Without the pairs whose reasons may cite a hidden article."""
    if sees_all(user):
        return pairs
    named = Appearance.objects.filter(article__in=hidden_from(user).values("pk")).values("entity")
    return pairs.exclude(Q(first__in=named) | Q(second__in=named))
