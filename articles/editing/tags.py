"""What becomes of tags when somebody decides: articles bear those accepted, several become one, one is renamed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.editing.counts import refresh_counts_of_tags
from articles.editing.logbook import write_down
from articles.editing.touching import touch_tags
from articles.models import (
    Article,
    Decision,
    ProposedTag,
    State,
    Tag,
    TagAddress,
    TaggedArticle,
    TaggedEntity,
    TaggedQuote,
    TagMerge,
    TagSynonym,
)
from articles.models.slugs import name_key, unique_slug
from articles.searching.index import follow_articles, follow_tags

# The rows that point at tags, each with the field that says what it is about: a record has one row a tag.
RECORDS: dict[type[Any], str] = {
    TaggedArticle: "content_object",
    TaggedEntity: "content_object",
    TaggedQuote: "content_object",
    ProposedTag: "article",
}
# Of two suggestions that come to mean one tag, the firmer word stays.
FIRMEST = (State.ACCEPTED, State.REJECTED, State.UNSURE, State.SUGGESTED)
QUERY_SIZE = 10_000  # numbers asked for at once: below the parameter limit of SQLite (32,766) and PostgreSQL


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
    articles = {proposal.article_id for proposal in proposals}
    before = _borne(articles)
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
    after = _borne(articles)
    # Whoever has the article's form open has other tags in it by now.
    retagged = [article for article in articles if before[article] != after[article]]
    for some in _portions(retagged):
        Article.objects.filter(pk__in=some).update(revision=F("revision") + 1)


def _borne(articles: Iterable[int]) -> dict[int, set[int]]:
    borne: dict[int, set[int]] = {article: set() for article in articles}
    for some in _portions(borne):
        rows = TaggedArticle.objects.filter(content_object__in=some)
        for article, tag in rows.values_list("content_object", "tag"):
            borne[article].add(tag)
    return borne


@transaction.atomic
def rename_tag(tag: Tag, name: str, *, slug: str = "", user: User | None) -> None:
    """Give a tag another name; the name and the address that it had lead to it.

    Without a `slug` the address follows the name, unless somebody had chosen one that was not made of it.

    Raises:
        ValueError: the tag is merged into another, or the name leads to another.
    """
    former = Tag.objects.select_for_update().get(pk=tag.pk)
    rival = Tag.objects.named([name]).get(name_key(name))
    if former.merged_into_id or (rival and rival.pk != tag.pk):
        raise ValueError(f"“{former}” cannot be named “{name}”: it is merged, or that is the name of another tag")
    tag.name, tag.slug = name, slug or _following_slug(former, name)
    if (tag.name, tag.slug) == (former.name, former.slug):
        return
    tag.save(update_fields=["name", "key", "slug"])
    tag.other_names.filter(key=tag.key).delete()
    if tag.key != former.key:
        TagSynonym.objects.get_or_create(key=former.key, defaults={"name": former.name, "tag": tag})
    tag.former_addresses.filter(slug=tag.slug).delete()
    if former.slug and tag.slug != former.slug:
        TagAddress.objects.update_or_create(slug=former.slug, defaults={"tag": tag})
    before, after = ({"name": each.name, "address": each.slug} for each in (former, tag))
    write_down(_decide(tag, "rename", before, after, batch=uuid.uuid4(), user=user))


def _following_slug(former: Tag, name: str) -> str:
    slug: str = former.slug
    if name_key(name) == former.key or slug != former.slugify(former.name):
        return slug
    return unique_slug(Tag.objects.exclude(pk=former.pk), name, fallback="tag")


@transaction.atomic
def merge_tags(survivor: Tag, losers: Iterable[Tag], *, user: User | None) -> uuid.UUID:
    """Let one tag stand for others: what bears one of them bears it, and their names lead to it; returns the batch.

    Raises:
        ValueError: a tag is merged into another already, or is to be merged into itself.
    """
    keys = [tag.pk for tag in losers]
    tags = _locked([survivor.pk, *keys])
    if survivor.pk in keys or any(tag.merged_into_id for tag in tags.values()):
        raise ValueError(f"cannot merge into “{survivor}”: a tag is merged already, or is this one")
    batch = uuid.uuid4()
    touch_tags(tags)
    for key in keys:
        _merge(tags[survivor.pk], tags[key], batch=batch, user=user)
    refresh_counts_of_tags(tags)
    return batch


def _merge(survivor: Tag, loser: Tag, *, batch: uuid.UUID, user: User | None) -> None:
    bearing = _articles_under(loser)
    moved: dict[str, Any] = {_name(model): _move(model, loser, survivor) for model in RECORDS}
    moved["names"] = list(loser.other_names.values_list("pk", flat=True))
    loser.other_names.update(tag=survivor)
    defaults = {"name": loser.name, "tag": survivor}
    moved["is_name"] = TagSynonym.objects.get_or_create(key=loser.key, defaults=defaults)[1]
    moved["tags"] = list(loser.synonyms.values_list("pk", flat=True))
    loser.synonyms.update(merged_into=survivor)
    loser.merged_into = survivor
    loser.save(update_fields=["merged_into"])
    moved["settled"] = _settle(survivor, batch=batch, user=user)
    TagMerge.objects.create(tag=loser, survivor=survivor, moved=moved)
    follow_articles(bearing)
    follow_tags([survivor.pk])
    write_down(_decide(loser, "merge", {"merged into": None}, {"merged into": survivor.name}, batch=batch, user=user))


@transaction.atomic
def unmerge_tag(tag: Tag, *, user: User | None) -> uuid.UUID:
    """Take a tag out of the one it was merged into, with the very rows that it brought; returns the batch.

    What came later stays with the other, and what somebody took off a record since stays off.

    Raises:
        ValueError: the tag is not merged, or the one that it went into was merged in its turn; undo that first.
    """
    merge = TagMerge.objects.select_related("survivor").filter(tag=tag).first()
    tags = _locked([tag.pk, merge.survivor_id] if merge else [tag.pk])
    loser = tags[tag.pk]
    if not merge or loser.merged_into_id != merge.survivor_id:
        raise ValueError(f"“{tag}” is not merged, or what it was merged into is merged itself")
    survivor, moved, batch = tags[merge.survivor_id], merge.moved, uuid.uuid4()
    touch_tags(tags)
    merge.delete()
    _unsettle(survivor, moved["settled"], batch=batch, user=user)
    TagSynonym.objects.filter(pk__in=moved["names"], tag=survivor).update(tag=loser)
    if moved["is_name"]:
        survivor.other_names.filter(key=loser.key).delete()
    Tag.objects.filter(pk__in=moved["tags"], merged_into=survivor).update(merged_into=loser)
    loser.merged_into = None
    loser.save(update_fields=["merged_into"])
    for model in RECORDS:
        _give_back(model, moved[_name(model)], loser, survivor)
    follow_articles(_articles_under(loser))
    follow_tags([survivor.pk])
    for each in (loser, survivor):
        _settle(each, batch=batch, user=user)
    refresh_counts_of_tags(tags)
    write_down(_decide(loser, "unmerge", {"merged into": survivor.name}, {"merged into": None}, batch=batch, user=user))
    return batch


def _articles_under(tag: Tag) -> set[int]:
    """The articles that the search finds under a tag: those that bear it, and those in which a quotation does."""
    bearing = set(TaggedArticle.objects.filter(tag=tag).values_list("content_object", flat=True))
    return bearing | set(TaggedQuote.objects.filter(tag=tag).values_list("content_object__article", flat=True))


def _move(model: type[Any], loser: Tag, survivor: Tag) -> dict[str, Any]:
    """Point the rows of one tag at another; of two that come to say the same, one is spare and kept in the log."""
    record = RECORDS[model]
    theirs = model.objects.filter(tag=loser)
    rows = defaultdict(list)
    shared = model.objects.filter(tag__in=[loser, survivor], **{f"{record}__in": theirs.values(record)})
    for row in shared.order_by("pk"):
        rows[getattr(row, f"{record}_id")].append(row)
    spare, moved = [], []
    for alike in rows.values():
        kept = min(alike, key=lambda row: (_firmness(row), row.tag_id != survivor.pk))
        spare += [{**_as_json(row), "beside": kept.pk} for row in alike if row is not kept]
        moved += [kept.pk] if kept.tag_id == loser.pk else []
    for some in _portions(row["pk"] for row in spare):
        model.objects.filter(pk__in=some).delete()
    theirs.update(tag=survivor)
    return {"moved": moved, "spare": spare}


def _give_back(model: type[Any], moved: dict[str, Any], loser: Tag, survivor: Tag) -> None:
    record = RECORDS[model]
    own = [*moved["moved"], *(row["pk"] for row in moved["spare"] if row["fields"]["tag"] == loser.pk)]
    left: set[int] = set()
    for some in _portions(own):
        rows = model.objects.filter(pk__in=some, tag=survivor)
        left.update(rows.values_list(f"{record}_id", flat=True))
        rows.update(tag=loser)
    _restore(model, moved["spare"])
    # An article that bore two of the tags merged bears the survivor still, for the sake of the one that stays.
    for merge in survivor.absorbed.all() if left else ():
        spare = [row for row in merge.moved[_name(model)]["spare"] if row["fields"][record] in left]
        bearing: set[int] = set()
        for some in _portions(row["fields"][record] for row in spare):
            rows = model.objects.filter(tag=survivor, **{f"{record}__in": some})
            bearing.update(rows.values_list(f"{record}_id", flat=True))
        heirs = [row for row in spare if row["fields"][record] not in bearing]
        _restore(model, [{**row, "fields": {**row["fields"], "tag": survivor.pk}} for row in heirs])


def _restore(model: type[Any], spare: Sequence[dict[str, Any]]) -> None:
    """Bring rows back as they were, save those whose record has lost the row that stood for them."""
    there: set[int] = set()
    for some in _portions(number for row in spare for number in (row["pk"], row["beside"])):
        there.update(model.objects.filter(pk__in=some).values_list("pk", flat=True))
    wanted = [row for row in spare if row["beside"] in there and row["pk"] not in there]
    for back in serializers.deserialize("python", wanted):
        row = back.object
        if isinstance(row, ProposedTag) and ProposedTag.objects.filter(article=row.article_id, key=row.key).exists():
            continue  # proposed again since
        back.save()


def _settle(tag: Tag, *, batch: uuid.UUID, user: User | None) -> list[dict[str, Any]]:
    """Accept the proposals of a tag whose article bears it, reject those accepted whose article does not."""
    odd = list(tag.proposals.at_odds())
    settled, now = [], timezone.now()
    for row in odd:
        state = State.REJECTED if row.state == State.ACCEPTED else State.ACCEPTED
        settled.append({"pk": row.pk, "from": row.state, "to": state, "modified": row.modified.isoformat()})
        row.state, row.modified = state, now
    _save_states(odd, {row["pk"]: row["from"] for row in settled}, batch=batch, user=user)
    return settled


def _unsettle(tag: Tag, settled: Sequence[dict[str, Any]], *, batch: uuid.UUID, user: User | None) -> None:
    was = {row["pk"]: row for row in settled}
    proposals = [
        row
        for some in _portions(was)
        for row in ProposedTag.objects.filter(pk__in=some, tag=tag)
        if row.state == was[row.pk]["to"]
    ]
    for row in proposals:
        row.state = was[row.pk]["from"]
        row.modified = parse_datetime(was[row.pk]["modified"]) or row.modified
    _save_states(proposals, {key: row["to"] for key, row in was.items()}, batch=batch, user=user)


def _save_states(
    proposals: Sequence[ProposedTag], before: dict[int, str], *, batch: uuid.UUID, user: User | None
) -> None:
    ProposedTag.objects.bulk_update(proposals, ["state", "modified"], batch_size=500)
    decided = [
        _decide(row, row.state, {"state": before[row.pk]}, {"state": row.state}, batch=batch, user=user)
        for row in proposals
    ]
    write_down(*decided)


def _decide(
    row: Tag | ProposedTag,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    batch: uuid.UUID,
    user: User | None,
) -> Decision:
    subject = Decision.Subject.TAG if isinstance(row, Tag) else Decision.Subject.PROPOSED_TAG
    article = None if isinstance(row, Tag) else row.article_id
    return Decision(
        batch=batch,
        subject=subject,
        subject_id=row.pk,
        article_id=article,
        action=action,
        before=before,
        after=after,
        user=user,
    )


def _locked(keys: Iterable[int]) -> dict[int, Tag]:
    """The tags of these numbers, locked in the order of their numbers so that no two wait in a ring."""
    tags: dict[int, Tag] = {tag.pk: tag for tag in Tag.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return tags


def _as_json(row: Any) -> dict[str, Any]:
    """A row as Django's serialiser writes it, times to the microsecond."""
    (written,) = serializers.serialize("python", [row])
    fields = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in written["fields"].items()}
    return {**written, "fields": fields}


def _firmness(row: Any) -> int:
    return FIRMEST.index(State(row.state)) if isinstance(row, ProposedTag) else 0


def _name(model: type[Any]) -> str:
    return str(model._meta.model_name)


def _portions(numbers: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    return (ordered[i : i + QUERY_SIZE] for i in range(0, len(ordered), QUERY_SIZE))
