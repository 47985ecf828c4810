"""Keep what an article is before something changes it.

Every function that changes an article's document, its tags or what was decided in it calls `keep` first. Nothing is
kept of an article that never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.snapshot import digest, snapshot
from articles.models import Article, ArticleImport, ArticleVersion

Change = ArticleVersion.Change

# Decisions that one editor takes one after the other make one version; who pauses for longer begins another.
PAUSE = timedelta(minutes=30)


@transaction.atomic
def keep(
    article: Article, *, change: ArticleVersion.Change, user: User | None, now: datetime | None = None
) -> ArticleVersion | None:
    """Keep what the database says of `article`, which `user` is about to change; None of one that is not saved yet.

    Locks the article until the end of the transaction. A state that is kept already is not kept twice.
    """
    locked = Article.objects.select_for_update().filter(pk=article.pk).values_list("revision", flat=True).first()
    if locked is None:
        return None
    now = now or timezone.now()
    last = article.versions.defer("state").order_by("-number").first()
    if last and _goes_on(last, change, user, now):
        return _end(last, change, user, now)
    state = snapshot(article)
    said = digest(state)
    if last and last.digest == said:
        return _end(last, change, user, now)
    return ArticleVersion.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        state=state,
        digest=said,
        revision=locked,
        change=change,
        changed=now,
        changed_by=user,
    )


def keep_each(articles: Iterable[int], *, change: ArticleVersion.Change, user: User | None) -> None:
    """Keep articles, in the order of their numbers so that no two wait in a ring."""
    for key in sorted(set(articles)):
        keep(Article(pk=key), change=change, user=user)


def _goes_on(last: ArticleVersion, change: ArticleVersion.Change, user: User | None, now: datetime) -> bool:
    is_review = last.change == change == Change.REVIEW
    return is_review and last.changed_by_id == (user and user.pk) and now - last.changed <= PAUSE


def _end(last: ArticleVersion, change: ArticleVersion.Change, user: User | None, now: datetime) -> ArticleVersion:
    last.change, last.changed_by, last.changed = change, user, now
    last.save(update_fields=["change", "changed_by", "changed"])
    return last


@dataclass(frozen=True, slots=True)
class Past:
    """One state of an article: how it came to be, by whom and when. `version` is None for the state it is in now."""

    number: int
    version: ArticleVersion | None
    made: datetime
    user: User | None
    how: str

    @property
    def is_current(self) -> bool:
        return self.version is None


def states_of(article: Article) -> list[Past]:
    """All the states of an article, the first one first and the current one last."""
    versions = list(article.versions.defer("state").for_history())
    states = [_first(article, versions[0] if versions else None)]
    for number, version in enumerate(versions, start=1):
        following = versions[number] if number < len(versions) else None
        how = str(version.get_change_display())
        states.append(Past(number + 1, following, version.changed, version.changed_by, how))
    return states


def _first(article: Article, version: ArticleVersion | None) -> Past:
    imported = article.imports.filter(status=ArticleImport.Status.CREATED).select_related("user").last()
    if imported:
        return Past(1, version, imported.made, imported.user, str(imported.get_status_display()))
    written = article.decisions.filter(action="write").select_related("user").last()
    how = str(ArticleImport.Status.CREATED.label)
    return Past(1, version, article.created, written.user if written else None, how)
