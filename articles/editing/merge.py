"""Make one record of two, and two again. Each call is one transaction, and each row it changes is written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editing.counts import refresh_counts_of_records
from articles.editing.ledger import TWINS, Ledger, hand_over, portions
from articles.editing.logbook import write_down
from articles.editing.taking_back import take_back
from articles.editing.touching import touch_entities
from articles.editing.uniting import RANKS, united
from articles.models import (
    Alias,
    Appearance,
    Article,
    Correction,
    Decision,
    DuplicatePair,
    Entity,
    Identifier,
    Location,
    Merge,
    NameKey,
    NamePart,
    Quote,
    Role,
    State,
    TaggedEntity,
)
from articles.models.slugs import name_key
from articles.searching.index import follow_articles

# Every foreign key to a record, but for pairs of duplicates, which have two.
REFERENCES: tuple[tuple[type[Model], str], ...] = (
    (Appearance, "entity_id"),
    (NamePart, "entity_id"),
    (Quote, "speaker_id"),
    (Role, "person_id"),
    (Role, "organisation_id"),
    (Role, "location_id"),
    (Alias, "entity_id"),
    (NameKey, "entity_id"),
    (Identifier, "entity_id"),
    (TaggedEntity, "content_object_id"),
    (Correction.entities.through, "entity_id"),
    (Location, "part_of_id"),
    (Entity, "merged_into_id"),
)

# What two records of a kind may say differently. Fields of one group are one value: the two halves of coordinates.
VALUES: dict[str, tuple[tuple[str, ...], ...]] = {
    Entity.Kind.PERSON: (("name", "given_name", "family_name"), ("gender",), ("description",), ("is_verified",)),
    Entity.Kind.ORGANISATION: (("name",), ("acronym",), ("description",), ("is_verified",)),
    Entity.Kind.LOCATION: (
        ("name",),
        ("region",),
        ("country",),
        ("part_of_id",),
        ("latitude", "longitude"),
        ("population",),
        ("geoname_id",),
        ("description",),
        ("is_verified",),
    ),
}


class Refused(Exception):
    """What cannot be done to these records, in words for an editor; `blockers` are to be taken back first."""

    def __init__(self, message: str, blockers: Sequence[Merge] = ()) -> None:
        super().__init__(message)
        self.blockers = blockers


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a record stands in articles."""

    appearances: tuple[Appearance, ...] = ()
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appearances or self.quotes or self.roles)


@transaction.atomic
def merge(survivor: Entity, loser: Entity, *, user: User | None, taking: Collection[str] | None = None) -> Merge:
    """Give all that `loser` has to `survivor`, and lead from one to the other.

    Nothing is lost: appearances of both in one article become one, names of the loser become names of the survivor,
    so that the next import links to it, and what was merged into the loser is merged into the survivor now.

    Args:
        survivor: the record that stays; the older one, unless an editor says otherwise.
        loser: the record that leads to it from now on.
        user: who decided.
        taking: fields of `VALUES`, the first of each group, in which the loser's value survives. Where nobody chose,
            those that the survivor has not filled in.

    Raises:
        Refused: one of them was merged already, or they are of different kinds.
    """
    survivor, loser = locked(survivor, loser)
    check_mergeable(survivor, loser)
    ledger = Ledger()
    values = _values_taken(loser, survivor, gaps(survivor, loser) if taking is None else taking)
    _move_rows(ledger, loser, survivor)
    _move_pairs(ledger, loser, survivor, user)
    _drop_candidate(ledger, loser, survivor)
    if values.get("geoname_id"):
        # A GeoNames number stands once in the archive.
        ledger.change([loser], geoname_id=None)
    ledger.change([survivor], **values)
    _keep_names(ledger, survivor, [survivor.name, loser.name])
    ledger.change([Entity.objects.get(pk=loser.pk)], merged_into_id=survivor.pk)
    done = Merge.objects.create(survivor_id=survivor.pk, loser_id=loser.pk, user=user)
    ledger.write(done)
    log(done, before={"merged into": None}, after={"merged into": survivor.pk}, user=user)
    settle(done)
    return done


def check_mergeable(survivor: Entity, loser: Entity) -> None:
    """Say why two records cannot be merged.

    Raises:
        Refused: always with a reason.
    """
    if survivor.pk == loser.pk:
        raise Refused(_("This is one record already."))
    for entity in (survivor, loser):
        if entity.merged_into_id:
            raise Refused(_("“%(name)s” was merged into another record already.") % {"name": entity.name})
    if survivor.kind != loser.kind:
        raise Refused(
            _("“%(one)s” is of another kind than “%(other)s”: change the kind of one of them first.")
            % {"one": loser.name, "other": survivor.name}
        )


def gaps(survivor: Entity, loser: Entity) -> list[str]:
    """The fields that the loser has filled in and the survivor has not; the first of each group."""
    return [
        names[0]
        for names in VALUES[survivor.kind]
        if not any(_is_given(survivor, name) for name in names) and any(_is_given(loser, name) for name in names)
    ]


def _is_given(entity: Entity, name: str) -> bool:
    return getattr(entity, name) not in ("", None, False)


@transaction.atomic
def unmerge(done: Merge, *, user: User | None, going: Occurrences | None = None) -> None:
    """Take back a merge, a split or a change of kind: every row is what it was, unless somebody changed it since.

    Args:
        done: what is taken back.
        user: who decided.
        going: of what came to the survivor since, that which belongs to the other record. The rest stays.

    Raises:
        Refused: it was taken back already, or what was done later has to be taken back before it.
    """
    done = Merge.objects.select_for_update().get(pk=done.pk)
    survivor, loser = locked(done.survivor, done.loser)
    check_undoable(done)
    take_back(done, unite)
    if going:
        move_occurrences(Ledger(), going, survivor, loser)
    done.undone, done.undone_by = timezone.now(), user
    done.save(update_fields=["undone", "undone_by"])
    log(done, before={}, after={"with": done.survivor_id}, user=user, prefix="undo ")
    settle(done, going)
    if done.made_survivor:
        # What the new record was given since has to be somewhere, and so has its address.
        merge(loser, survivor, user=user, taking=())


def check_undoable(merge: Merge) -> None:
    """Say why something cannot be taken back.

    Raises:
        Refused: always with a reason.
    """
    if merge.undone:
        raise Refused(_("This was taken back already."))
    blockers = list(Merge.objects.in_the_way_of(merge).for_history())
    if blockers:
        raise Refused(_("Something later has to be taken back first."), blockers)


def newcomers(merge: Merge) -> Occurrences:
    """What came to the survivor of a merge since, from imports and from editors: nobody knows whose it is."""
    if merge.action != Merge.Action.MERGE:
        return Occurrences()
    known: dict[str, set[int]] = {"appearance": set(), "quote": set(), "role": set()}
    for model, row in merge.rows.filter(model__in=known).values_list("model", "row"):
        known[model].add(row)
    later, survivor, order = Q(created__gt=merge.made), merge.survivor_id, ("-article_id", "start")
    appearances = Appearance.objects.filter(later, entity=survivor).exclude(pk__in=known["appearance"])
    quotes = Quote.objects.filter(later, speaker=survivor).exclude(pk__in=known["quote"])
    roles = Role.objects.filter(later, **{merge.survivor.kind: survivor}).exclude(pk__in=known["role"])
    return Occurrences(
        tuple(appearances.select_related("article", "entity").order_by(*order)),
        tuple(quotes.select_related("article").order_by(*order)),
        tuple(roles.select_related("article", "person").order_by(*order)),
    )


# Parts that a split and a change of kind use as well.


def locked(*entities: Entity) -> list[Any]:
    """The records as they are now, each as what its kind is, held until the transaction ends."""
    held = Entity.objects.select_for_update().filter(pk__in=[entity.pk for entity in entities]).order_by("pk")
    as_kind = {entity.pk: getattr(entity, entity.kind) for entity in held}
    return [as_kind[entity.pk] for entity in entities]


def move_occurrences(ledger: Ledger, rows: Occurrences, source: Entity, to: Entity) -> None:
    """Give places in articles to another record of the same kind; the names inside other names there come along."""
    for each, field in (
        (rows.appearances, "entity_id"),
        (rows.quotes, "speaker_id"),
        (rows.roles, f"{source.kind}_id"),
    ):
        hand_over(ledger, each, field, to.pk, absorb=unite_in(ledger))
    articles = {appearance.article_id for appearance in rows.appearances}
    parts = list(NamePart.objects.filter(entity=source.pk, appearance__article__in=articles))
    hand_over(ledger, parts, "entity_id", to.pk, absorb=unite_in(ledger))


def unite_in(ledger: Ledger) -> Any:
    """How two rows become one of which a record may have one only."""

    def absorb(kept: Any, other: Any) -> None:
        text = ""
        ledger.lean_on(kept)
        if isinstance(kept, Appearance):
            text = Article.objects.values_list("text", flat=True).get(pk=kept.article_id)
            ledger.change([kept], **united(kept, other))
            parts = list(NamePart.objects.filter(appearance=other.pk)) if other.pk else []
            hand_over(ledger, parts, "appearance_id", kept.pk, absorb=absorb)
        elif isinstance(kept, Role) and RANKS[State(other.state)] > RANKS[State(kept.state)]:
            ledger.change([kept], state=other.state)
        if not other._state.adding:
            ledger.remove(other, text=text)

    return absorb


def unite(kept: Any, other: Any) -> None:
    unite_in(Ledger())(kept, other)


def log(merge: Merge, *, before: dict[str, Any], after: dict[str, Any], user: User | None, prefix: str = "") -> None:
    write_down(
        Decision(
            subject=Decision.Subject.ENTITY,
            subject_id=merge.loser_id,
            action=f"{prefix}{merge.get_action_display()}",
            before=before,
            after=after,
            user=user,
        )
    )


def settle(merge: Merge, going: Occurrences | None = None) -> None:
    """Bring counts and the search in step with what a merge, or taking it back, did."""
    records = [merge.survivor_id, merge.loser_id]
    refresh_counts_of_records(records)
    touch_entities(records)
    follow_articles(articles_of(merge, going))


def articles_of(merge: Merge, going: Occurrences | None) -> set[int]:
    """The articles in which somebody else appears or speaks since."""
    moved: dict[str, set[int]] = {"appearance": set(), "quote": set()}
    articles: set[int] = set()
    if merge.action == Merge.Action.KIND:
        # Stories know a record with its kind.
        articles.update(
            Appearance.objects.filter(entity=merge.survivor_id).order_by().values_list("article", flat=True)
        )
    for model, row, before in merge.rows.filter(model__in=moved).values_list("model", "row", "before"):
        moved[model].add(row)
        articles.update({before["article_id"]} if before and "article_id" in before else ())
    for rows, keys in ((Appearance.objects, moved["appearance"]), (Quote.objects, moved["quote"])):
        for some in portions(sorted(keys)):
            articles.update(rows.filter(pk__in=some).order_by().values_list("article", flat=True))
    if going:
        articles |= {row.article_id for row in going.appearances} | {row.article_id for row in going.quotes}
    return articles


# Steps of a merge.


def _move_rows(ledger: Ledger, loser: Any, survivor: Any) -> None:
    for model, field in REFERENCES:
        rows = model._base_manager.filter(**{field: loser.pk}).order_by("pk")
        if model is Location:
            # Where the survivor itself lies from now on is one of its values.
            rows = rows.exclude(pk=survivor.pk)
        if (model, field) not in TWINS:
            rows = rows.only(field)
        hand_over(ledger, list(rows), field, survivor.pk, absorb=unite_in(ledger))


def _move_pairs(ledger: Ledger, loser: Entity, survivor: Entity, user: User | None) -> None:
    """Pairs with the loser become pairs with the survivor; what an editor told apart stays apart."""
    known = {_other(pair, survivor): pair for pair in _pairs_of(survivor)}
    for pair in _pairs_of(loser):
        other = _other(pair, loser)
        twin = known.get(other)
        if other == survivor.pk:
            decided = {"user_id": user and user.pk, "decided": timezone.now()}
            ledger.change([pair], state=DuplicatePair.State.SAME, **decided)
        elif twin:
            if pair.state == DuplicatePair.State.DIFFERENT != twin.state:
                ledger.change([twin], state=pair.state, user_id=pair.user_id, decided=pair.decided)
            ledger.remove(pair)
        else:
            first, second = sorted((survivor.pk, other))
            ledger.change([pair], first_id=first, second_id=second)


def _pairs_of(entity: Entity) -> list[DuplicatePair]:
    return list(DuplicatePair.objects.filter(Q(first=entity.pk) | Q(second=entity.pk)).order_by("pk"))


def _other(pair: DuplicatePair, entity: Entity) -> int:
    return pair.second_id if pair.first_id == entity.pk else pair.first_id


def _drop_candidate(ledger: Ledger, loser: Entity, survivor: Entity) -> None:
    """Where an editor is asked whether the loser is meant, the survivor is asked about."""
    for appearance in Appearance.objects.exclude(candidates=[]).defer("spans").iterator():
        if loser.pk in appearance.candidates:
            meant = dict.fromkeys(survivor.pk if key == loser.pk else key for key in appearance.candidates)
            candidates = [key for key in meant if key != appearance.entity_id]
            notes = dict(appearance.candidate_notes)
            if str(loser.pk) in notes:
                notes.setdefault(str(survivor.pk), notes[str(loser.pk)])
            notes = {key: words for key, words in notes.items() if int(key) in candidates}
            ledger.change([appearance], candidates=candidates, candidate_notes=notes)


def _values_taken(loser: Any, survivor: Any, taking: Collection[str]) -> dict[str, Any]:
    taken = [name for names in VALUES[survivor.kind] if names[0] in taking for name in names]
    values = {name: getattr(loser, name) for name in taken}
    if isinstance(survivor, Location):
        wider = values.get("part_of_id", survivor.part_of_id)
        values["part_of_id"] = _outside(wider, {survivor.pk, loser.pk})
    return values


def _outside(place: int | None, merged: set[int]) -> int | None:
    """The narrowest of a place and those around it that is neither one of `merged` nor lies in one of them.

    Of two records of Texas one may be part of Austin by mistake, and Austin part of the other.
    """
    parents: dict[int, int | None] = {}
    while place is not None and place not in parents:
        parents[place] = Location.objects.values_list("part_of_id", flat=True).get(pk=place)
        place = parents[place]
    around = list(parents)
    inside = max((number for number, each in enumerate(around) if each in merged), default=-1)
    return next(iter(around[inside + 1 :]), None)


def _keep_names(ledger: Ledger, survivor: Entity, names: Iterable[str]) -> None:
    known = set(survivor.aliases.values_list("key", flat=True))
    for name in names:
        if name_key(name) not in known:
            known.add(name_key(name))
            ledger.add(Alias(entity_id=survivor.pk, name=name))
