"""Let an article bear the tags that somebody accepted, and no others of those proposed."""

from __future__ import annotations

from collections.abc import Sequence

from articles.models import ProposedTag, State, Tag, TaggedArticle


def find_tags(proposals: Sequence[ProposedTag], *, make: bool) -> None:
    """Say of each proposal which tag of the archive it is, following what was merged since; `make` those not there."""
    meant = Tag.objects.named([proposal.name for proposal in proposals if not proposal.tag])
    changed = []
    for proposal in proposals:
        tag = proposal.tag or meant.get(proposal.key)
        if not tag and make:
            tag = meant[proposal.key] = Tag.objects.create(name=proposal.name)
        tag = (tag and tag.merged_into) or tag
        if tag != proposal.tag:
            proposal.tag = tag
            changed.append(proposal)
    ProposedTag.objects.bulk_update(changed, ["tag"])


def bear(proposals: Sequence[ProposedTag]) -> None:
    """Put the tags that are accepted on their articles and take the others off."""
    accepted = [proposal for proposal in proposals if proposal.state == State.ACCEPTED]
    TaggedArticle.objects.bulk_create(
        (
            TaggedArticle(content_object_id=proposal.article_id, tag=proposal.tag, reason=proposal.evidence[:200])
            for proposal in accepted
        ),
        ignore_conflicts=True,
    )
    for proposal in proposals:
        if proposal.state != State.ACCEPTED and proposal.tag:
            TaggedArticle.objects.filter(content_object=proposal.article_id, tag=proposal.tag).delete()
