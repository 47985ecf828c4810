"""What editors decide about names, roles, quotations and tags. Each call is one transaction and one batch."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles.editing.changes import Changes, Decidable
from articles.editing.counts import refresh_counts_of
from articles.editing.keeping import Change, keep_each
from articles.editing.tags import find_tags
from articles.models import Appearance, Article, Entity, ProposedTag, Quote, Role, State


@transaction.atomic
def decide(
    proposals: Iterable[Decidable], *, state: State, user: User | None, batch: uuid.UUID | None = None
) -> uuid.UUID:
    """Give each of the rows a state and write down who did; returns the batch."""
    changing = [proposal for proposal in proposals if proposal.state != state]
    keep_each((proposal.article_id for proposal in changing), change=Change.REVIEW, user=user)
    return _decide(changing, state=state, user=user, batch=batch)


def _decide(
    proposals: Iterable[Decidable], *, state: State, user: User | None, batch: uuid.UUID | None = None
) -> uuid.UUID:
    changes = Changes(user=user, batch=batch)
    changes.settle(proposals, state)
    return changes.write()


def accept_suggested(articles: Iterable[Article], *, user: User | None) -> int:
    """Accept all that is still a suggestion in `articles`; returns how many rows.

    A name that several records could bear stays undecided: that is a question, not a suggestion.
    """
    keys = [article.pk for article in articles]
    suggested: list[Decidable] = [
        *Appearance.objects.undecided().filter(article__in=keys, candidates=[]),
        *Quote.objects.undecided().filter(article__in=keys),
        *Role.objects.undecided().filter(article__in=keys),
        *ProposedTag.objects.undecided().filter(article__in=keys).select_related("tag__merged_into"),
    ]
    decide(suggested, state=State.ACCEPTED, user=user)
    return len(suggested)


@transaction.atomic
def follow_tags(article: Article, *, user: User | None) -> None:
    """Accept the proposals whose tag a person gave `article`, and reject those whose tag a person took off it.

    It goes with a change of the article's tags, which has kept what was before.
    """
    proposals = list(article.proposed_tags.select_related("tag__merged_into"))
    find_tags(proposals, make=False)
    borne = set(article.tagged_items.values_list("tag_id", flat=True))
    _decide([each for each in proposals if each.tag_id in borne], state=State.ACCEPTED, user=user)
    gone = [each for each in proposals if each.state == State.ACCEPTED and each.tag_id not in borne]
    _decide(gone, state=State.REJECTED, user=user)
    refresh_counts_of([article])


@transaction.atomic
def reattribute(quote: Quote, *, speaker: Entity | None, user: User | None) -> None:
    """Give a quotation another speaker, or none; nothing happens where it has that one already."""
    if quote.speaker_id != (speaker.pk if speaker else None):
        _amend(quote, "reattribute", user=user, speaker_id=speaker and speaker.pk, state=State.CHANGED.value)


@transaction.atomic
def say_language(quote: Quote, *, language: str, user: User | None) -> None:
    """Say in which language a quotation's words are; empty for the article's."""
    if quote.language != language:
        _amend(quote, "language", user=user, language=language)


def _amend(quote: Quote, action: str, *, user: User | None, **values: Any) -> None:
    keep_each([quote.article_id], change=Change.REVIEW, user=user)
    changes = Changes(user=user)
    changes.change([quote], action, **values)
    changes.write()
