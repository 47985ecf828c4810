"""Part a record that holds two things in the world, and call a record what it is. Each is taken back like a merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editing.ledger import Ledger, hand_over
from articles.editing.merge import Occurrences, Refused, locked, log, move_occurrences, settle, unite_in
from articles.models import (
    Alias,
    Appearance,
    DuplicatePair,
    Entity,
    Location,
    Merge,
    NamePart,
    Organisation,
    Person,
    Role,
)
from articles.models.slugs import name_key, unique_slug

MODELS: dict[str, type[Any]] = {model.KIND: model for model in (Person, Organisation, Location)}


@transaction.atomic
def split(entity: Entity, rows: Occurrences, *, into: Entity, user: User | None) -> Merge:
    """Give some of a record's places in articles to another record of its kind, and tell the two apart for good.

    Names that only the moved places print go along; names that both print lead to both, so that the next import asks.

    Args:
        entity: the record that has the rows.
        rows: what moves.
        into: the record that takes them, saved if it is new.
        user: who decided.

    Returns:
        What was done; its `survivor` is the record that took the rows.

    Raises:
        Refused: nothing moves, or the other record is of another kind, merged, or the same.
    """
    if not rows:
        raise Refused(_("Nothing was chosen."))
    is_new = into.pk is None
    if is_new:
        into.save()
    into, entity = locked(into, entity)
    if into.pk == entity.pk or into.kind != entity.kind or into.merged_into_id:
        raise Refused(_("“%(name)s” cannot take anything from “%(other)s”.") % {"name": into, "other": entity})
    ledger = Ledger()
    move_occurrences(ledger, rows, entity, into)
    _share_names(ledger, entity, into, {name_key(row.name) for row in rows.appearances})
    _tell_apart(ledger, entity, into, user)
    done = Merge.objects.create(
        action=Merge.Action.SPLIT, survivor_id=into.pk, loser_id=entity.pk, made_survivor=is_new, user=user
    )
    ledger.write(done)
    log(done, before={"name": entity.name}, after={"name": into.name, "record": into.pk}, user=user)
    settle(done)
    return done


def _share_names(ledger: Ledger, entity: Entity, into: Entity, moved: set[str]) -> None:
    left = {name_key(name) for name in Appearance.objects.filter(entity=entity.pk).values_list("name", flat=True)}
    going = []
    wanted = {name_key(into.name): into.name}
    for alias in entity.aliases.all():
        if alias.key in moved and alias.key not in left | {name_key(entity.name)}:
            going.append(alias)
        elif alias.key in moved:
            wanted.setdefault(alias.key, alias.name)
    hand_over(ledger, going, "entity_id", into.pk, absorb=unite_in(ledger))
    for key in wanted.keys() - set(into.aliases.values_list("key", flat=True)):
        ledger.add(Alias(entity_id=into.pk, name=wanted[key]))


def _tell_apart(ledger: Ledger, entity: Entity, into: Entity, user: User | None) -> None:
    first, second = sorted((entity.pk, into.pk))
    decided = {"state": DuplicatePair.State.DIFFERENT, "user_id": user and user.pk, "decided": timezone.now()}
    pair = DuplicatePair.objects.filter(first=first, second=second).first()
    if pair:
        ledger.change([pair], **decided)
    else:
        ledger.add(DuplicatePair(first_id=first, second_id=second, **decided))


@dataclass(frozen=True, slots=True)
class Losses:
    """What a record of another kind cannot have: roles held, and roles that name it; places that are part of it."""

    roles: list[Role] = field(default_factory=list)
    named_by: list[Role] = field(default_factory=list)
    parts: list[Location] = field(default_factory=list)


def losses(entity: Entity, kind: str) -> Losses:
    """What a change of kind takes away until it is taken back.

    A role at an organisation is one in a location once that is what it is; nobody holds a role in a person.
    """
    roles = Role.objects.select_related("person", "article").order_by("pk")
    of_place = Q(organisation=entity.pk) | Q(location=entity.pk)
    return Losses(
        roles=list(roles.filter(person=entity.pk)),
        named_by=list(roles.filter(of_place)) if kind == Entity.Kind.PERSON else [],
        parts=list(cast("Iterable[Location]", Location.objects.filter(part_of=entity.pk))),
    )


@transaction.atomic
def change_kind(entity: Entity, kind: str, *, user: User | None, values: Mapping[str, Any] | None = None) -> Merge:
    """Make a person an organisation, say: the same record with its appearances, quotations, names and tags.

    Args:
        entity: the record; what was merged into it changes with it.
        kind: what it is.
        user: who decided.
        values: fields of its own that the new kind has.

    Raises:
        Refused: it was merged into another record, or is of this kind already.
    """
    [entity] = locked(entity)
    if entity.kind == kind or entity.merged_into_id:
        raise Refused(_("“%(name)s” stays what it is.") % {"name": entity.name})
    ledger, before = Ledger(), entity.kind
    _turn(ledger, entity, kind, values or {})
    for merged in Entity.objects.filter(merged_into=entity.pk):
        _turn(ledger, getattr(merged, merged.kind), kind, {})
    done = Merge.objects.create(action=Merge.Action.KIND, survivor_id=entity.pk, loser_id=entity.pk, user=user)
    ledger.write(done)
    log(done, before={"kind": before}, after={"kind": kind}, user=user)
    settle(done)
    return done


def _turn(ledger: Ledger, entity: Entity, kind: str, values: Mapping[str, Any]) -> None:
    lost = losses(entity, kind)
    for role in lost.roles:
        ledger.remove(role)
    ledger.change(lost.parts, part_of_id=None)
    record = Entity.objects.get(pk=entity.pk)
    taken = Entity.objects.filter(kind=kind)
    slug = (
        entity.slug if not taken.filter(slug=entity.slug).exists() else unique_slug(taken, entity.name, fallback=kind)
    )
    ledger.add(MODELS[kind](entity_ptr_id=entity.pk, **values))
    if kind != Entity.Kind.PERSON and entity.kind != Entity.Kind.PERSON:
        _lead_roles(ledger, entity, kind)
    else:
        ledger.change(lost.named_by, **{f"{entity.kind}_id": None})
    ledger.remove(entity)
    ledger.change([record], kind=kind, slug=slug)
    ledger.change(list(NamePart.objects.filter(entity=entity.pk)), kind=kind)


def _lead_roles(ledger: Ledger, entity: Entity, kind: str) -> None:
    """Let roles at what was an organisation name the location that it is, where they name none already."""
    roles = list(Role.objects.filter(**{entity.kind: entity.pk}))
    free = [role for role in roles if getattr(role, f"{kind}_id") is None]
    hand_over(ledger, free, f"{entity.kind}_id", entity.pk, absorb=unite_in(ledger), to=f"{kind}_id")
    ledger.change([role for role in roles if role not in free], **{f"{entity.kind}_id": None})
