"""Put articles before readers, now or at a time. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editing.checks import blocks, check_articles
from articles.editing.desk import add_note
from articles.editing.drawings import draw
from articles.editing.moves import Moved, Refusal, begin, carry_out, count_again
from articles.editing.times import newsroom_time
from articles.models import Article

# A map takes a twentieth of a second. Those of more articles are drawn for whoever opens one first.
DRAWN_AT_ONCE = 10


@transaction.atomic
def publish(articles: Iterable[Article], *, user: User | None) -> Moved:
    """Publish what is not published yet and may be: an embargo and a check that blocks are refusals."""
    now = timezone.now()
    movable, refused = begin(articles, "publish")
    movable, kept_back = _unhindered(movable, now)
    carry_out(movable, "publish", user=user, changes=lambda article: {"released": _release(article, now)})
    count_again(movable)
    if len(movable) <= DRAWN_AT_ONCE:
        transaction.on_commit(partial(draw, movable), robust=True)
    return Moved(movable, refused + kept_back)


def _release(article: Article, now: datetime) -> datetime:
    """When readers first saw it: an article that comes back bears its first release, unless an embargo came later."""
    first = article.released
    return now if first is None or (article.embargo is not None and first < article.embargo) else first


@transaction.atomic
def schedule(article: Article, *, at: datetime, user: User | None) -> Moved:
    """Publish an article by itself at a time; also gives one that is scheduled another time."""
    movable, refused = begin([article], "schedule")
    if at <= timezone.now():
        refused += [Refusal(row, (_("%(time)s is over.") % {"time": newsroom_time(at)},)) for row in movable]
        return Moved([], refused)
    movable, kept_back = _unhindered(movable, at)
    carry_out(movable, "schedule", user=user, changes=lambda _article: {"scheduled_for": at})
    return Moved(movable, refused + kept_back)


@dataclass(slots=True)
class Due:
    """What became of the articles whose time had come."""

    published: list[Article] = field(default_factory=list)
    held: list[Refusal] = field(default_factory=list)


def publish_due(*, now: datetime | None = None) -> Due:
    """Publish every scheduled article whose time has come, each in a transaction of its own, the earliest first.

    What a check keeps back is ready again, with a note to the desk that says why. Articles that another process is
    publishing at this moment are left to it.
    """
    now = now or timezone.now()
    due = Due()
    scheduled = Article.objects.filter(status=Article.Status.SCHEDULED, scheduled_for__lte=now)
    for key in list(scheduled.order_by("scheduled_for", "pk").values_list("pk", flat=True)):
        moved = _publish_if_due(key, now)
        due.published += moved.articles
        due.held += moved.refused
    return due


@transaction.atomic
def _publish_if_due(key: int, now: datetime) -> Moved:
    rows = Article.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    article = rows.filter(pk=key, status=Article.Status.SCHEDULED, scheduled_for__lte=now).first()
    if article is None:
        return Moved()
    moved = publish([article], user=None)
    for refusal in moved.refused:
        _hold(refusal)
    return moved


def _hold(refusal: Refusal) -> None:
    why = " ".join(refusal.reasons)
    time = newsroom_time(refusal.article.scheduled_for) if refusal.article.scheduled_for else ""
    add_note(refusal.article, _("Not published at %(time)s: %(why)s") % {"time": time, "why": why}, user=None)
    carry_out([refusal.article], "hold", user=None, why=why)


def _unhindered(articles: Sequence[Article], moment: datetime) -> tuple[list[Article], list[Refusal]]:
    """The articles that may be published at `moment`, and why the others may not."""
    checks = check_articles(articles)
    reasons = {article.pk: [*_embargo(article, moment), *_held_by_source(article)] for article in articles}
    for key, found in checks.items():
        reasons[key] += [check.message for check in blocks(found)]
    free = [article for article in articles if not reasons[article.pk]]
    return free, [Refusal(article, tuple(reasons[article.pk])) for article in articles if reasons[article.pk]]


def _held_by_source(article: Article) -> list[str]:
    match article.source_status:
        case Article.SourceStatus.WITHHELD:
            return [_("Its source withholds it.")]
        case Article.SourceStatus.CANCELED:
            return [_("Its source canceled it.")]
    return []


def _embargo(article: Article, moment: datetime) -> list[str]:
    if article.embargo is None or article.embargo <= moment:
        return []
    return [_("It is embargoed until %(time)s.") % {"time": newsroom_time(article.embargo)}]
