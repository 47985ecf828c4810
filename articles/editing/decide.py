"""What editors decide about names, roles, quotations and tags. Each call is one transaction and one batch."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.counts import refresh_counts
from articles.editing.tags import bear, find_tags
from articles.models import Appearance, Article, Decision, Entity, ProposedTag, Quote, Role, State

Decidable = Appearance | ProposedTag | Quote | Role

SUBJECTS: dict[type[Decidable], Decision.Subject] = {
    Appearance: Decision.Subject.APPEARANCE,
    ProposedTag: Decision.Subject.PROPOSED_TAG,
    Quote: Decision.Subject.QUOTE,
    Role: Decision.Subject.ROLE,
}


@transaction.atomic
def decide(proposals: Iterable[Decidable], *, state: State, user: User | None) -> uuid.UUID:
    """Give each of the rows a state and write down who did; returns the batch."""
    batch = uuid.uuid4()
    changing = [proposal for proposal in proposals if proposal.state != state]
    Decision.objects.bulk_create(
        [
            _decision(proposal, state.value, {"state": proposal.state}, {"state": state.value}, batch=batch, user=user)
            for proposal in changing
        ]
    )
    tags = [proposal for proposal in changing if isinstance(proposal, ProposedTag)]
    find_tags(tags, make=state == State.ACCEPTED)
    now = timezone.now()
    for model in SUBJECTS:
        keys = [proposal.pk for proposal in changing if isinstance(proposal, model)]
        model.objects.filter(pk__in=keys).update(state=state, modified=now)
    for proposal in changing:
        proposal.state = state
    bear(tags)
    refresh_counts(_entities_of(changing))
    return batch


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
    """Accept the proposals whose tag a person gave `article`, and reject those whose tag a person took off it."""
    proposals = list(article.proposed_tags.select_related("tag__merged_into"))
    find_tags(proposals, make=False)
    borne = set(article.tagged_items.values_list("tag_id", flat=True))
    decide([each for each in proposals if each.tag_id in borne], state=State.ACCEPTED, user=user)
    gone = [each for each in proposals if each.state == State.ACCEPTED and each.tag_id not in borne]
    decide(gone, state=State.REJECTED, user=user)


@transaction.atomic
def reattribute(quote: Quote, *, speaker: Entity | None, user: User | None) -> None:
    """Give a quotation another speaker, or none; nothing happens where it has that one already."""
    before = {"speaker": quote.speaker_id, "state": quote.state}
    if before["speaker"] == (speaker.pk if speaker else None):
        return
    quote.speaker = speaker
    quote.state = State.CHANGED
    quote.save(update_fields=["speaker", "state", "modified"])
    after = {"speaker": quote.speaker_id, "state": quote.state}
    _decision(quote, "reattribute", before, after, batch=uuid.uuid4(), user=user).save()
    refresh_counts(key for key in (before["speaker"], after["speaker"]) if isinstance(key, int))


def _decision(
    proposal: Decidable,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    batch: uuid.UUID,
    user: User | None,
) -> Decision:
    return Decision(
        batch=batch,
        subject=SUBJECTS[type(proposal)],
        subject_id=proposal.pk,
        article_id=proposal.article_id,
        action=action,
        before=before,
        after=after,
        user=user,
    )


def _entities_of(proposals: Sequence[Decidable]) -> list[int]:
    entities = [proposal.entity_id for proposal in proposals if isinstance(proposal, Appearance)]
    return entities + [p.speaker_id for p in proposals if isinstance(p, Quote) and p.speaker_id]
