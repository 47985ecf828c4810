"""Say which record a name of one article means, or of what kind it is. What moves is moved as in a merge or a split."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from articles.editing.changes import Changes
from articles.editing.merge import Occurrences, merge
from articles.editing.split import MODELS, change_kind, split
from articles.models import Alias, Appearance, Entity, Origin, Quote, Role, State
from articles.models.slugs import name_key


def link(changes: Changes, appearance: Appearance, record: Entity) -> Appearance:
    """Let a name of an article mean `record`; returns the row that stands for it from now on.

    A record that only this article made goes into the other one with its names, so that the next import finds it there.
    One that stands for something elsewhere keeps that, and gives what this article says.

    Raises:
        Refused: the record was merged into another one, say.
    """
    if appearance.entity_id == record.pk:
        return _settled(changes, appearance, "link", State.ACCEPTED)
    former = appearance.entity_id
    merges = _give(appearance, record, changes.user)
    changes.note(appearance, "link", {"record": former}, {"record": record.pk, "merges": merges})
    return _settled(changes, _row_of(appearance, record), "link", State.CHANGED)


def set_kind(changes: Changes, appearance: Appearance, kind: str) -> Appearance:
    """Say that a name is a person, an organisation or a location; the one record of that kind and name is meant.

    Raises:
        Refused: what stands against a change of kind, a split or a merge.
    """
    entity = appearance.entity
    if entity.kind == kind:
        return _settled(changes, appearance, "kind", State.ACCEPTED)
    namesakes = named(kind, entity.name)
    if len(namesakes) == 1:
        return link(changes, appearance, namesakes[0])
    merges, own = _own_record(appearance, changes.user)
    merges.append(change_kind(own, kind, user=changes.user).pk)
    changes.note(appearance, "kind", {"kind": entity.kind}, {"kind": kind, "merges": merges})
    return _settled(changes, _row_of(appearance, own), "kind", State.CHANGED)


def named(kind: str, name: str) -> list[Entity]:
    """The records of a kind that go by a name; two are enough to know that there are several."""
    records = Alias.objects.filter(key=name_key(name), entity__kind=kind).values("entity")
    return list(Entity.objects.current().filter(pk__in=records)[:2])


def make_record(kind: str, name: str) -> Entity:
    """A record of its own for what an editor marked, which goes by its name."""
    record: Entity = MODELS[kind].objects.create(name=name[:200], origin=Origin.TYPED)
    Alias.objects.create(entity=record, name=record.name)
    return record


def is_known_elsewhere(entity: Entity, article: int) -> bool:
    """Whether a record stands for more than what one article says."""
    if entity.is_verified or entity.origin == Origin.TYPED or entity.description:
        return True
    elsewhere = ~Q(article=article)
    of_role = Q(person=entity.pk) | Q(organisation=entity.pk) | Q(location=entity.pk)
    return (
        Appearance.objects.filter(elsewhere, entity=entity.pk).exists()
        or Quote.objects.filter(elsewhere, speaker=entity.pk).exists()
        or Role.objects.filter(elsewhere, of_role).exists()
    )


def _give(appearance: Appearance, record: Entity, user: User | None) -> list[int]:
    """Move what the article says of one record to another; returns the numbers of the merges, to be taken back."""
    entity = appearance.entity
    if entity.kind == record.kind and is_known_elsewhere(entity, appearance.article_id):
        return [split(_as_kind(entity), _here(appearance), into=_as_kind(record), user=user).pk]
    merges, own = _own_record(appearance, user)
    if own.kind != record.kind:
        merges.append(change_kind(own, record.kind, user=user).pk)
        own = Entity.objects.get(pk=own.pk)
    merges.append(merge(_as_kind(record), _as_kind(own), user=user, taking=()).pk)
    return merges


def _own_record(appearance: Appearance, user: User | None) -> tuple[list[int], Entity]:
    """The record itself where only this article has it, a new one parted from it where others have it, too."""
    entity = _as_kind(appearance.entity)
    if not is_known_elsewhere(entity, appearance.article_id):
        return [], entity
    own = MODELS[entity.kind](name=appearance.name or entity.name, origin=Origin.EXTRACTED)
    return [split(entity, _here(appearance), into=own, user=user).pk], own


def _here(appearance: Appearance) -> Occurrences:
    """Everything that the article of an appearance says of its record."""
    entity, article = appearance.entity, appearance.article_id
    roles = Role.objects.filter(article=article, **{entity.kind: entity.pk})
    return Occurrences((appearance,), tuple(Quote.objects.filter(article=article, speaker=entity.pk)), tuple(roles))


def _row_of(appearance: Appearance, record: Entity) -> Appearance:
    return Appearance.objects.select_related("entity").get(article=appearance.article_id, entity=record.pk)


def _settled(changes: Changes, appearance: Appearance, action: str, state: State) -> Appearance:
    changes.change([appearance], action, state=state.value)
    return appearance


def _as_kind(entity: Entity) -> Any:
    return getattr(entity, entity.kind)
