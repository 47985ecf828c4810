"""From draft to published and away again: the moves that an article's status allows, and how one is made.

Each move is one transaction and one `Decision` an article. What may not move is not an error but a `Refusal`, so that
one article of fifty does not hold up the others.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing.counts import refresh_counts_of
from articles.editing.logbook import about, write_down
from articles.models import Article, Decision

Status = Article.Status
# The fields beside the status that a move sets on an article.
Changes = Callable[[Article], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Move:
    """`permission` is the one that a person needs for it; empty where only the program makes it."""

    name: str
    sources: frozenset[Article.Status]
    target: Article.Status
    permission: str


def _moves(*rows: tuple[str, set[Article.Status], Article.Status, str]) -> dict[str, Move]:
    return {name: Move(name, frozenset(sources), target, permission) for name, sources, target, permission in rows}


WRITTEN = {Status.DRAFT, Status.IN_REVIEW, Status.READY}
MOVES = _moves(
    ("submit", {Status.DRAFT}, Status.IN_REVIEW, "change_article"),
    ("return", {Status.IN_REVIEW, Status.READY}, Status.DRAFT, "change_article"),
    ("approve", {Status.DRAFT, Status.IN_REVIEW}, Status.READY, "publish_article"),
    ("schedule", {*WRITTEN, Status.SCHEDULED}, Status.SCHEDULED, "publish_article"),
    ("unschedule", {Status.SCHEDULED}, Status.READY, "publish_article"),
    ("hold", {Status.SCHEDULED}, Status.READY, ""),
    ("publish", {*WRITTEN, Status.SCHEDULED}, Status.PUBLISHED, "publish_article"),
    ("withdraw", {Status.PUBLISHED}, Status.WITHDRAWN, "withdraw_article"),
    ("reinstate", {Status.WITHDRAWN}, Status.READY, "withdraw_article"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    article: Article
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"“{self.article.headline}”: {' '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Moved:
    articles: list[Article] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def moves_from(article: Article) -> list[Move]:
    """What a person can do with an article that has this status."""
    return [move for move in MOVES.values() if article.status in move.sources and move.permission]


@transaction.atomic
def move(articles: Iterable[Article], name: str, *, user: User | None) -> Moved:
    """Make a move that asks for nothing but the status it begins at: submit, return, approve, unschedule, reinstate."""
    movable, refused = begin(articles, name)
    return Moved(carry_out(movable, name, user=user), refused)


def _nothing_else(article: Article) -> Mapping[str, object]:
    return {}


def begin(articles: Iterable[Article], name: str) -> tuple[list[Article], list[Refusal]]:
    """The articles as they are now, locked, that may make the move, and those whose status forbids it.

    What has been moved there already is in neither.
    """
    wanted = MOVES[name]
    keys = [article.pk for article in articles]
    rows = Article.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    movable = [row for row in rows if row.status in wanted.sources]
    others = [row for row in rows if row.status not in wanted.sources and row.status != wanted.target]
    return movable, [Refusal(row, (_("It is %(status)s.") % {"status": row.get_status_display()},)) for row in others]


def carry_out(
    articles: Sequence[Article],
    name: str,
    *,
    user: User | None,
    changes: Changes = _nothing_else,
    why: str = "",
) -> list[Article]:
    """Give locked articles the status that a move leads to, and write down who did; `changes` are fields beside it.

    Times of another status are taken off: an article that leaves the schedule has no time to be published at.
    """
    target, batch = MOVES[name].target, uuid.uuid4()
    decisions = []
    for article in articles:
        after = {"status": target, **_times_taken_off(article, target), **changes(article)}
        before = {name: getattr(article, name) for name in after}
        for name_, value in after.items():
            setattr(article, name_, value)
        article.save(update_fields=[*after, "modified"])
        decisions.append(_decision(article, name, before, after, batch=batch, user=user, why=why))
    write_down(*decisions)
    return list(articles)


def _times_taken_off(article: Article, target: Article.Status) -> dict[str, object]:
    taken: dict[str, object] = {}
    if article.scheduled_for and target != Status.SCHEDULED:
        taken["scheduled_for"] = None
    if article.withdrawn_at and target != Status.WITHDRAWN:
        taken |= {"withdrawn_at": None, "withdrawal_note": ""}
    return taken


def _decision(
    article: Article,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    batch: uuid.UUID,
    user: User | None,
    why: str,
) -> Decision:
    return about(
        article,
        batch=batch,
        action=action,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in after.items()} | ({"why": why} if why else {}),
        user=user,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def count_again(articles: Sequence[Article]) -> None:
    """The pages of people, organisations and locations follow what readers see."""
    if articles:
        refresh_counts_of(articles)


def was_moved_by_hand(article: Article) -> bool:
    """Whether a person has ever had a say in where the article stands."""
    return article.decisions.filter(action__in=MOVES, user__isnull=False).exists()
