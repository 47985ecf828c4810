"""Propose tags for an article, and give it those that a person asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User

from articles.editing.decide import follow_tags
from articles.extraction.types import Topic
from articles.importing.candidates import Archive
from articles.importing.reports import TagSaid
from articles.importing.rows import Rows
from articles.models import Article, Origin, ProposedTag, State, Tag, TaggedArticle
from articles.models.slugs import name_key

LONGEST_NAME = 100
ASKED = "given with the import"


def propose_tags(
    article: Article,
    topics: Iterable[Topic],
    *,
    extractor: str,
    archive: Archive,
    rows: Rows,
    is_new: bool = False,
) -> list[ProposedTag]:
    """Write the topics of an article as suggestions, in place of those that nobody has looked at.

    A tag that the article bears, or that a person decided about, is not proposed again under any of its names. An
    article that is new has neither. What is new is returned, and waits among `rows`.
    """
    there = () if is_new else article.proposed_tags.select_related("tag__merged_into")
    known = {proposal.key: proposal for proposal in there}
    proposals = {name_key(topic.name[:LONGEST_NAME]): topic for topic in topics if topic.name.strip()}
    tags = archive.tags_named(proposals)
    decided = [proposal for proposal in known.values() if proposal.is_decided]
    settled = {proposal.key for proposal in decided}
    numbers = {(proposal.tag.merged_into or proposal.tag).pk for proposal in decided if proposal.tag}
    numbers |= set() if is_new else set(article.tagged_items.values_list("tag_id", flat=True))
    kept, new = [], []
    for key, topic in proposals.items():
        tag = tags.get(key)
        if key in settled or (tag and tag.pk in numbers):
            continue
        proposal = known.get(key) or ProposedTag(article=article, key=key)
        proposal.name, proposal.tag = topic.name[:LONGEST_NAME], tag
        proposal.origin = Origin.IMPORTED if topic.is_keyword else Origin.EXTRACTED
        proposal.evidence = topic.reason[:300]
        proposal.extractor = "" if topic.is_keyword else extractor
        if proposal.pk:
            proposal.save()
            kept.append(proposal.pk)
        else:
            new.append(proposal)
    if known:
        article.proposed_tags.undecided().exclude(pk__in=kept).delete()
    rows.proposals += new
    return new


def keywords_of(article: Article) -> tuple[str, ...]:
    """The keywords that came with an article's document and still wait for a person."""
    waiting = article.proposed_tags.undecided().filter(origin=Origin.IMPORTED).order_by("pk")
    return tuple(waiting.values_list("name", flat=True))


def tag_article(article: Article, names: Iterable[str], *, user: User | None) -> bool:
    """Give an article tags by name, whatever was decided about them before; returns whether it lacked any."""
    names = list(names)
    held = set(article.tagged_items.values_list("tag_id", flat=True)) if names else set()
    before = len(held)
    for name in names:
        tag = Tag.objects.named([name]).get(name_key(name)) or Tag.objects.create(name=name[:LONGEST_NAME])
        if tag.pk not in held:
            held.add(tag.pk)
            TaggedArticle.objects.create(content_object=article, tag=tag, reason=ASKED)
    if len(held) > before:
        follow_tags(article, user=user)
    return len(held) > before


def lacks_tags(article: Article, names: Sequence[str]) -> bool:
    """Whether an article bears not all of the tags of these names."""
    tags = Tag.objects.named(names)
    held = set(article.tagged_items.values_list("tag_id", flat=True)) if names else set()
    return any(name_key(name) not in tags or tags[name_key(name)].pk not in held for name in names)


def tags_said(article: Article) -> list[TagSaid]:
    """The tags that an article bears, then those proposed for it, rejected ones included."""
    borne = article.tagged_items.select_related("tag").order_by("pk")
    proposed = article.proposed_tags.exclude(state=State.ACCEPTED).order_by("pk")
    return [
        *(TagSaid(name=item.tag.name, state=State.ACCEPTED.value, evidence=item.reason) for item in borne),
        *tags_proposed(proposed.select_related("tag")),
    ]


def tags_proposed(proposals: Iterable[ProposedTag]) -> list[TagSaid]:
    return [TagSaid(name=str(each), state=each.state, evidence=each.evidence) for each in proposals]


def tags_expected(topics: Iterable[Topic], asked: Iterable[str]) -> list[TagSaid]:
    """What `tags_said` would say of an article that is not saved."""
    given = [TagSaid(name=name, state=State.ACCEPTED.value, evidence=ASKED) for name in asked]
    names = {name_key(name) for name in asked}
    found = [topic for topic in topics if name_key(topic.name) not in names]
    return given + [TagSaid(name=each.name, state=State.SUGGESTED.value, evidence=each.reason) for each in found]
