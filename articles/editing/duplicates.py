"""Find records that may be one, and keep what editors say about them.

Records are compared when something about them changed, with those alone that share a key with them: it takes as many
queries in a full archive as in an empty one, and as many for fifty records as for one.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from articles.editing.blocking import keys_of
from articles.editing.company import company_of
from articles.editing.likeness import WORTH_A_LOOK, Likeness, Profile, alike_names, compare
from articles.editing.logbook import write_down
from articles.models import Alias, Decision, DuplicatePair, Entity, Identifier, NameKey
from articles.models.inserting import insert_rows

# A key that more records share (everybody called Smith) says nothing of any two of them.
MOST_SHARING = 40
# Records compared in one go, and those asked for by one statement.
PORTION = 500
AT_ONCE = 5_000

# What records of one kind alone have.
OWN = (
    *("organisation__acronym", "person__gender", "organisation__country"),
    *("location__country", "location__region", "location__geoname_id"),
)

Pair = tuple[int, int]
State = DuplicatePair.State

ACTIONS = {
    State.SAME: "call the same",
    State.DIFFERENT: "tell apart",
    State.UNSURE: "leave undecided",
    State.SUGGESTED: "take back",
}


def suggest_duplicates(entities: Iterable[int]) -> int:
    """Compare the records with these numbers with what they may be mistaken for; returns how many pairs are new.

    What an editor said stays as it is. A suggestion that holds no longer goes away.
    """
    touched = sorted(set(entities))
    return sum(_suggest(touched[i : i + PORTION]) for i in range(0, len(touched), PORTION))


def without_keys() -> QuerySet[Entity]:
    """Records that were never compared, as those are that were there before anything was."""
    return Entity.objects.current().filter(name_keys=None)


@transaction.atomic
def _suggest(touched: Collection[int]) -> int:
    profiles, keys = _write_keys(touched)
    candidates = _candidates(set(profiles), keys)
    profiles |= profiles_of({number for pair in candidates for number in pair} - profiles.keys())
    alike = [pair for pair in candidates if _may_be_one(pair, profiles)]
    found: dict[Pair, Likeness] = {}
    for start in range(0, len(alike), PORTION):
        company = company_of(some := alike[start : start + PORTION])
        found |= {(a, b): compare(profiles[a], profiles[b], company[a], company[b]) for a, b in some}
    return _write_pairs({pair: it for pair, it in found.items() if it.score >= WORTH_A_LOOK}, touched)


def write_keys(touched: Collection[int]) -> dict[int, Profile]:
    """Bring the keys of records in step with their names; returns what is known of each that was not merged."""
    return _write_keys(touched)[0]


def _write_keys(touched: Collection[int]) -> tuple[dict[int, Profile], set[str]]:
    """The same, with the keys that the records have."""
    profiles = profiles_of(touched)
    wanted = {
        (number, key)
        for number, profile in profiles.items()
        for key in keys_of(profile.kind, profile.names, acronym=profile.acronym)
    }
    known = {
        (number, key): pk
        for number, key, pk in NameKey.objects.filter(entity__in=touched).values_list("entity", "key", "pk")
    }
    NameKey.objects.filter(pk__in=[pk for row, pk in known.items() if row not in wanted]).delete()
    new = sorted(wanted - known.keys())
    insert_rows([NameKey(entity_id=number, key=key) for number, key in new], ignore_conflicts=True)
    return profiles, {key for _number, key in wanted}


def profiles_of(numbers: Collection[int]) -> dict[int, Profile]:
    """What is known of each of these records by itself; nothing of those that were merged."""
    return {number: profile for some in _portions(numbers) for number, profile in _profiles(some).items()}


def _portions(values: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _profiles(numbers: Collection[int]) -> dict[int, Profile]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    for number, name in Alias.objects.filter(entity__in=numbers).order_by("pk").values_list("entity", "name"):
        names[number].append(name)
    identifiers: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for number, scheme, value in Identifier.objects.filter(entity__in=numbers).values_list("entity", "scheme", "value"):
        identifiers[number][scheme] = value
    records = Entity.objects.current().filter(pk__in=numbers).order_by().values_list("pk", "kind", "name", *OWN)
    return {
        number: Profile(
            number=number,
            kind=kind,
            name=name,
            names=(name, *names[number]),
            acronym=acronym or "",
            gender=gender or "",
            country=country or of or "",
            region=region or "",
            geoname_id=geoname,
            identifiers=identifiers[number],
        )
        for number, kind, name, acronym, gender, country, of, region, geoname in records
    }


def _candidates(touched: set[int], keys: Collection[str]) -> list[Pair]:
    """The pairs, one of them touched, that share one of the keys, which few others have."""
    current = NameKey.objects.filter(entity__merged_into=None)
    sharing: defaultdict[str, set[int]] = defaultdict(set)
    for some in _portions(keys):
        # By the index alone: the keys of a record go with it when it is merged.
        each = NameKey.objects.filter(key__in=some).order_by().values("key").annotate(number=Count("pk"))
        telling = each.filter(number__gt=1, number__lte=MOST_SHARING).values_list("key", flat=True)
        for key, number in current.filter(key__in=list(telling)).values_list("key", "entity_id"):
            sharing[key].add(number)
    return sorted(
        {
            (min(number, other), max(number, other))
            for numbers in sharing.values()
            for number in numbers & touched
            for other in numbers - {number}
        }
    )


def _may_be_one(pair: Pair, profiles: dict[int, Profile]) -> bool:
    first, second = profiles.get(pair[0]), profiles.get(pair[1])
    return bool(first and second and first.kind == second.kind and alike_names(first, second).weight)


def _write_pairs(found: dict[Pair, Likeness], touched: Collection[int]) -> int:
    known = {(pair.first_id, pair.second_id): pair for pair in DuplicatePair.objects.of(touched)}
    new = [
        DuplicatePair(first_id=a, second_id=b, score=likeness.score, evidence=likeness.evidence)
        for (a, b), likeness in found.items()
        if (a, b) not in known
    ]
    insert_rows(new, ignore_conflicts=True)
    changed, gone = [], []
    for key, pair in known.items():
        if key not in found and pair.state == State.SUGGESTED:
            gone.append(pair.pk)
        elif key in found and pair.is_waiting and pair.evidence != found[key].evidence:
            pair.score, pair.evidence = found[key].score, found[key].evidence
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "evidence"])
    DuplicatePair.objects.filter(pk__in=gone).delete()
    return len(new)


# What editors say.


@transaction.atomic
def answer(pair: DuplicatePair, state: DuplicatePair.State, *, user: User) -> bool:
    """Write down what an editor says of a pair; False, and nothing, where somebody said something else meanwhile."""
    now = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if now.state != pair.state:
        return False
    _set(pair, state, user=user)
    return True


@transaction.atomic
def take_back(user: User) -> DuplicatePair | None:
    """Ask again about the pair that an editor spoke of last; None where there is none, or it was merged since."""
    pair = DuplicatePair.objects.last_answered(user)
    if pair:
        _set(pair, State.SUGGESTED, user=user)
    return pair


def _set(pair: DuplicatePair, state: DuplicatePair.State, *, user: User) -> None:
    before, batch = pair.state, uuid.uuid4()
    pair.state = state
    pair.user, pair.decided = (None, None) if state == State.SUGGESTED else (user, timezone.now())
    pair.save(update_fields=["state", "user", "decided"])
    for entity, other in ((pair.first, pair.second), (pair.second, pair.first)):
        write_down(
            Decision(
                batch=batch,
                subject=Decision.Subject.ENTITY,
                subject_id=entity.pk,
                action=ACTIONS[state],
                before={"state": before},
                after={"state": state.value, "other record": f"{other.name} ({other.pk})"},
                user=user,
            )
        )
