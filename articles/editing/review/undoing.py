"""Take decisions about an article back, and taking back, too: always by a batch of its own that does the opposite."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from articles.editing.changes import SUBJECTS, Changes, Decidable
from articles.editing.keeping import Change, keep
from articles.editing.ledger import is_at_home, parsed, plain
from articles.editing.merge import Refused, unmerge
from articles.editing.review.identity import link, make_record, set_kind
from articles.models import Appearance, Article, Decision, Entity, Merge
from articles.searching.index import follow_entities

MODELS: dict[str, type[Decidable]] = {subject.value: model for model, subject in SUBJECTS.items()}
MOST_LISTED = 20
# Of what was decided last about an article: as many as anybody takes back one by one.
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """Decisions about an article that were taken in one go.

    `depth` is 0 for a decision, 1 for taking one back, 2 for doing it once more, and so on. A batch stands until
    another one that stands takes it back, or does it once more in its place.
    """

    key: uuid.UUID
    depth: int
    user: int | None
    action: str
    label: str
    number: int
    made: datetime
    is_standing: bool

    @property
    def is_undoing(self) -> bool:
        return self.depth % 2 == 1


def recent_batches(article: Article) -> list[Batch]:
    """What was decided about an article last, the latest first."""
    rows = list(
        Decision.objects.filter(article=article, subject__in=MODELS)
        .order_by()
        .values("batch", "inverse_of", "user")
        .annotate(first=Min("pk"), last=Max("pk"), number=Count("pk"), made=Max("made"))
        .order_by("-last")[:MOST_READ]
    )
    origin = {row["batch"]: row["inverse_of"] for row in rows}
    firsts = Decision.objects.only("batch", "action", "label").in_bulk([row["first"] for row in rows])
    said = {first.batch: first for first in firsts.values()}
    undone: set[uuid.UUID] = set()
    batches = []
    for row in rows:
        chain = list(_chain(row["batch"], origin))
        is_standing = row["batch"] not in undone
        if is_standing:
            undone.update(chain[1:])
        batches.append(
            Batch(
                key=row["batch"],
                depth=len(chain) - 1,
                user=row["user"],
                action=said.get(chain[-1], said[row["batch"]]).action,
                label=said.get(chain[-1], said[row["batch"]]).label,
                number=row["number"],
                made=row["made"],
                is_standing=is_standing,
            )
        )
    return batches


def _chain(key: uuid.UUID, origin: dict[uuid.UUID, uuid.UUID | None]) -> Iterator[uuid.UUID]:
    """A batch, the one that it takes back, the one that this took back, down to a decision."""
    at: uuid.UUID | None = key
    while at:
        yield at
        at = origin.get(at)


def next_to_undo(batches: list[Batch], user: User) -> Batch | None:
    """The latest that this person decided, or did once more, and that stands."""
    return next((each for each in batches if each.is_standing and not each.is_undoing and each.user == user.pk), None)


def next_to_redo(batches: list[Batch], user: User) -> Batch | None:
    """The latest taking back of this person's, unless the person decided something since."""
    for each in batches:
        if each.user == user.pk and each.is_standing and (each.is_undoing or not each.depth):
            return each if each.is_undoing else None
    return None


def listed(batches: list[Batch]) -> list[Batch]:
    """What an editor may pick from to take back. What was done once more is listed once."""
    return [each for each in batches if each.is_standing and not each.is_undoing][:MOST_LISTED]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of a batch that was taken back: the new batch, and what stayed because it was changed since."""

    batch: uuid.UUID
    stayed: list[str]


@transaction.atomic
def take_back(batch: uuid.UUID, article: Article, *, user: User | None, by: uuid.UUID | None = None) -> TakenBack:
    """Make everything that a batch changed what it was before; what somebody changed since stays.

    Raises:
        Refused: nothing is left of it to take back, or a later merge has to be taken back first.
    """
    decisions = list(Decision.objects.filter(batch=batch, article=article, subject__in=MODELS).order_by("-pk"))
    if not decisions or (by and Decision.objects.filter(batch=by).exists()):
        raise Refused(_("There is nothing to take back."))
    keep(article, change=Change.REVIEW, user=user)
    changes = Changes(user=user, batch=by, inverse_of=batch)
    action = "redo" if decisions[0].inverse_of else "undo"
    stayed = [decision.label for decision in decisions if not _reverse(changes, decision, action)]
    if not changes.decisions:
        raise Refused(_("All of it was changed since: %(names)s.") % {"names": ", ".join(stayed) or _("nothing left")})
    return TakenBack(changes.write(), stayed)


def _reverse(changes: Changes, decision: Decision, action: str) -> bool:
    """Do the opposite of one decision; False where the row was changed since."""
    model = MODELS[decision.subject]
    row = model._base_manager.filter(pk=decision.subject_id).first()
    if "merges" in decision.after:
        return _separate(changes, decision, action)
    if "merges" in decision.before:
        return bool(row) and _join_again(changes, decision, row)
    if not decision.after:
        return not row and _bring_back(changes, decision, model, action)
    if not row:
        return not decision.before
    if not decision.before:
        return _remove(changes, decision, row, action)
    return _restore(changes, decision, row, action)


def _restore(changes: Changes, decision: Decision, row: Decidable, action: str) -> bool:
    model, wanted = type(row), decision.before
    now = {name: plain(model, name, getattr(row, name)) for name in wanted}
    if now == wanted:
        return True
    if any(now[name] != decision.after.get(name) for name in wanted):
        return False
    changes.change([row], action, **{name: parsed(model, name, value) for name, value in wanted.items()})
    return True


def _remove(changes: Changes, decision: Decision, row: Decidable, action: str) -> bool:
    """Take away a row that was added, and the record that was made for it where nothing else leads there."""
    if any(plain(type(row), name, getattr(row, name)) != decision.after.get(name) for name in ("state", "spans")):
        return False
    made = decision.after.get("made")
    changes.remove(row, action, made=bool(made))
    if made and isinstance(row, Appearance):
        record = Entity.objects.filter(pk=row.entity_id, appearances=None, quotes=None, is_verified=False)
        for entity in record.filter(merges_as_survivor=None, merges_as_loser=None, merged=None):
            getattr(entity, entity.kind).delete()
            follow_entities([row.entity_id])
    return True


def _bring_back(changes: Changes, decision: Decision, model: type[Decidable], action: str) -> bool:
    said: dict[str, Any] = {name: value for name, value in decision.before.items() if name not in ("made", "kind")}
    row = model(**{name: parsed(model, name, value) for name, value in said.items()})
    if decision.before.get("made") and isinstance(row, Appearance):
        record = Entity.objects.filter(pk=row.entity_id).first()
        row.entity = record or make_record(decision.before["kind"], row.name)
    if not is_at_home(row):
        return False
    try:
        row.validate_constraints()
    except ValidationError:
        return False
    changes.add(row, action, made=bool(decision.before.get("made")))
    return True


def _separate(changes: Changes, decision: Decision, action: str) -> bool:
    """Take back the merges by which a name got another record or another kind."""
    for key in reversed(decision.after["merges"]):
        unmerge(Merge.objects.get(pk=key), user=changes.user)
    row = Appearance.objects.get(pk=decision.subject_id)
    changes.note(row, action, decision.after, decision.before)
    return True


def _join_again(changes: Changes, decision: Decision, row: Any) -> bool:
    if "kind" in decision.before:
        set_kind(changes, row, decision.before["kind"])
        return True
    record = Entity.objects.filter(pk=decision.before["record"], merged_into=None).first()
    if record:
        link(changes, row, record)
    return bool(record)
