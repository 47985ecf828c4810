"""Change rows so that each change can be taken back: what a row was before is written down beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from articles.models import (
    Alias,
    Appearance,
    Correction,
    Merge,
    MovedRow,
    NameKey,
    NamePart,
    Role,
    TaggedEntity,
)

# What a record may have once only: with the foreign key, the fields that tell one row from its twin.
TWINS: dict[tuple[type[Model], str], tuple[str, ...]] = {
    (Alias, "entity_id"): ("key",),
    (Appearance, "entity_id"): ("article_id",),
    (NameKey, "entity_id"): ("key",),
    (NamePart, "appearance_id"): ("name",),
    (Role, "person_id"): ("article_id", "start", "end"),
    (TaggedEntity, "content_object_id"): ("tag_id",),
    (Correction.entities.through, "entity_id"): ("correction_id",),
}
PORTION = 5_000  # rows named in one statement: below the parameter limit of SQLite (32,766)

# Makes one row of two that a record may have only one of: `absorb(kept, other)`.
Absorb = Callable[[Any, Any], None]


class Ledger:
    """The changes of one merge, in their order."""

    def __init__(self) -> None:
        self.rows: list[MovedRow] = []

    def change(self, rows: Iterable[Model], **values: Any) -> None:
        """Give each of the rows of one table these values (fields by `attname`), leaving alone what has them."""
        by_model = list(rows)
        changing = [row for row in by_model if any(getattr(row, name) != value for name, value in values.items())]
        if not changing:
            return
        model = type(changing[0])
        for row in changing:
            names = [name for name, value in values.items() if getattr(row, name) != value]
            before = {name: plain(model, name, getattr(row, name)) for name in names}
            after = {name: plain(model, name, values[name]) for name in names}
            self._note(row, before, after)
            for name in names:
                setattr(row, name, values[name])
        for keys in portions([row.pk for row in changing]):
            model._base_manager.filter(pk__in=keys).update(**values)

    def lean_on(self, row: Model) -> None:
        """Note a row that stays as it is and from now on stands for another one as well."""
        self._note(row, {}, {})

    def add(self, row: Model) -> None:
        """Save a new row; of a person, organisation or location the part that is its kind's own, and no more."""
        if row._meta.parents:
            insert(row)
        else:
            row.save()
        self._note(row, None, {})

    def remove(self, row: Model, *, text: str = "") -> None:
        """Delete one row and keep all of it; of a person, organisation or location the part that is its kind's own."""
        self._note(row, whole(row), None, text=text)
        drop(row)

    def write(self, merge: Merge) -> None:
        for row in self.rows:
            row.merge = merge
        MovedRow.objects.bulk_create(self.rows, batch_size=PORTION // 10)

    def _note(self, row: Model, before: Any, after: Any, *, text: str = "") -> None:
        self.rows.append(MovedRow(model=row._meta.model_name or "", row=row.pk, before=before, after=after, text=text))


def hand_over(
    ledger: Ledger, rows: Sequence[Model], field: str, key: int, *, absorb: Absorb, to: str | None = None
) -> None:
    """Point the `field` of `rows`, all of one table, to the record `key`.

    Where that record has a row which stands for the same already, `absorb` makes one of the two. With `to` the rows
    are pointed there by another field, and `field` becomes empty.
    """
    if not rows:
        return
    twins = twins_of(rows, field, key)
    moving = []
    for row in rows:
        twin = twins.get(twin_key(row, field))
        if twin and twin.pk != row.pk:
            absorb(twin, row)
        else:
            moving.append(row)
    ledger.change(moving, **({to: key, field: None} if to else {field: key}))


def twins_of(rows: Sequence[Model], field: str, key: int) -> dict[tuple[Any, ...], Any]:
    """The rows that the record `key` has already where it may have one only, by what tells them from each other."""
    model = type(rows[0])
    if (model, field) not in TWINS:
        return {}
    first = TWINS[model, field][0]
    found: dict[tuple[Any, ...], Any] = {}
    for values in portions(sorted({getattr(row, first) for row in rows})):
        for row in model._base_manager.filter(**{field: key, f"{first}__in": values}):
            found[twin_key(row, field)] = row
    return found


def twin_key(row: Model, field: str) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in TWINS.get((type(row), field), ("pk",)))


# Taking back.


def take_back_changes(model: type[Model], moved: Sequence[MovedRow], *, absorb: Absorb) -> None:
    """Give rows that were all changed in one way what they had before, but for fields that somebody changed since."""
    before, after = moved[0].before or {}, moved[0].after or {}
    was = {name: parsed(model, name, value) for name, value in before.items()}
    became = {name: parsed(model, name, value) for name, value in after.items()}
    for keys in portions([row.row for row in moved]):
        by_fields: defaultdict[tuple[str, ...], list[Model]] = defaultdict(list)
        for row in model._base_manager.filter(pk__in=keys):
            by_fields[tuple(name for name in was if getattr(row, name) == became[name])].append(row)
        for names, rows in by_fields.items():
            values = {name: was[name] for name in names}
            for field in [name for name in names if (model, name) in TWINS]:
                hand_over(Ledger(), rows, field, values.pop(field), absorb=absorb)
            if values:
                model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**values)


def restored(model: type[Model], moved: MovedRow) -> Model:
    """A row that was removed, as it was; not saved."""
    return model(**{name: parsed(model, name, value) for name, value in (moved.before or {}).items()})


def insert(row: Model) -> None:
    """Save a row that was removed with its number and all its dates; a record's own part of its kind by itself."""
    row.save_base(raw=True, force_insert=True)


def is_at_home(row: Model) -> bool:
    """Whether all that a row must point to is still there; what it may point to is emptied where it is gone."""
    for field in row._meta.local_concrete_fields:
        key = getattr(row, field.attname)
        if not field.is_relation or key is None or field.related_model is None:
            continue
        if not field.related_model._base_manager.filter(pk=key).exists():
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True


def drop(row: Model) -> None:
    """Delete a row; of a person, organisation or location the part that is its kind's own, and no more."""
    key = row.pk
    row.delete(keep_parents=True)
    row.pk = key


def alike(rows: Iterable[MovedRow]) -> Iterable[list[MovedRow]]:
    """Runs of changed rows that were changed in one way, and each other row by itself, in the order given."""

    def kind(row: MovedRow) -> tuple[Any, ...]:
        is_single = row.before is None or row.after is None or "spans" in row.before
        return (row.model, row.pk) if is_single else (row.model, repr(row.before), repr(row.after))

    return (list(run) for _, run in groupby(rows, kind))


def model_of(moved: MovedRow) -> type[Model]:
    return apps.get_model("articles", moved.model)


# Rows as JSON.


def whole(row: Model) -> dict[str, Any]:
    """All the fields of a row, without those that it has from a parent table."""
    fields = row._meta.local_concrete_fields
    return {field.attname: plain(type(row), field.attname, getattr(row, field.attname)) for field in fields}


def plain(model: type[Model], name: str, value: Any) -> Any:
    """A field's value as JSON keeps it, dates to the microsecond."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def parsed(model: type[Model], name: str, value: Any) -> Any:
    return _field(model, name).to_python(value)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return field


def portions(keys: Sequence[Any]) -> list[Sequence[Any]]:
    return [keys[i : i + PORTION] for i in range(0, len(keys), PORTION)]
