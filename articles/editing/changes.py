"""Change what a machine proposed so that each change is in the log and can be taken back.

The log holds what a row was before and what it became. A row that was made has nothing before, one that was removed
nothing after; both keep all their fields on the other side.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.editing.counts import refresh_counts_of
from articles.editing.ledger import drop, insert, plain, portions, whole
from articles.editing.logbook import write_down
from articles.editing.tags import bear, find_tags
from articles.models import Appearance, Decision, ProposedTag, Quote, Role, State

Decidable = Appearance | ProposedTag | Quote | Role

SUBJECTS: dict[type[Decidable], Decision.Subject] = {
    Appearance: Decision.Subject.APPEARANCE,
    ProposedTag: Decision.Subject.PROPOSED_TAG,
    Quote: Decision.Subject.QUOTE,
    Role: Decision.Subject.ROLE,
}


class Changes:
    """What one person does in one go. `write` puts it into the log and brings tags and counts in step."""

    def __init__(
        self, *, user: User | None, batch: uuid.UUID | None = None, inverse_of: uuid.UUID | None = None
    ) -> None:
        self.user, self.batch, self.inverse_of = user, batch or uuid.uuid4(), inverse_of
        self.decisions: list[Decision] = []
        self.articles: set[int] = set()
        self.tags: list[ProposedTag] = []

    def settle(self, rows: Iterable[Decidable], state: State) -> None:
        """Give rows, of any kind, a state; those that have it already are left alone."""
        changing = [row for row in rows if row.state != state]
        tags = [row for row in changing if isinstance(row, ProposedTag)]
        find_tags(tags, make=state == State.ACCEPTED)
        for model in SUBJECTS:
            self.change([row for row in changing if isinstance(row, model)], state.value, state=state.value)

    def change(self, rows: Sequence[Decidable], action: str, **values: Any) -> None:
        """Give each of the rows of one table these values (fields by `attname`), leaving alone what has them."""
        changing = [row for row in rows if any(getattr(row, name) != value for name, value in values.items())]
        if not changing:
            return
        for row in changing:
            self._touch(row)
            names = [name for name, value in values.items() if getattr(row, name) != value]
            before = {name: plain(type(row), name, getattr(row, name)) for name in names}
            for name in names:
                setattr(row, name, values[name])
            after = {name: plain(type(row), name, getattr(row, name)) for name in names}
            self.note(row, action, before, after)
            self._touch(row)
        model = type(changing[0])
        for keys in portions([row.pk for row in changing]):
            model._base_manager.filter(pk__in=keys).update(**values, modified=timezone.now())

    def add(self, row: Decidable, action: str, *, made: bool = False) -> None:
        """Save a new row, or one that was removed, with its number; `made` says that its record was made for it."""
        if row.pk:
            insert(row)
        else:
            row.save()
        self._touch(row)
        self.note(row, action, {}, {**whole(row), **_made(row, made)})

    def remove(self, row: Decidable, action: str, *, made: bool = False) -> None:
        self._touch(row)
        self.note(row, action, {**whole(row), **_made(row, made)}, {})
        drop(row)

    def note(self, row: Decidable, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Put into the log what was done to a row by other means."""
        self.decisions.append(
            Decision(
                batch=self.batch,
                inverse_of=self.inverse_of,
                subject=SUBJECTS[type(row)],
                subject_id=row.pk,
                label=label_of(row),
                article_id=row.article_id,
                action=action,
                before=before,
                after=after,
                user=self.user,
            )
        )

    def write(self) -> uuid.UUID:
        """End the batch; returns its number."""
        bear(list(dict.fromkeys(self.tags)))
        refresh_counts_of(self.articles)
        write_down(*self.decisions)
        return self.batch

    def _touch(self, row: Decidable) -> None:
        """Remember what follows from a change of this row: the counts of its article, and the tags."""
        if isinstance(row, ProposedTag):
            self.tags.append(row)
        self.articles.add(row.article_id)


def _made(row: Decidable, made: bool) -> dict[str, Any]:
    return {"made": True, "kind": row.entity.kind} if made and isinstance(row, Appearance) else {}


def label_of(row: Decidable) -> str:
    """What a row says, in the words that an editor sees: a name as printed, a quotation, a title, a tag."""
    words = {Appearance: "name", ProposedTag: "name", Quote: "text", Role: "title"}
    label: str = getattr(row, words[type(row)]) or (str(row.entity) if isinstance(row, Appearance) else "")
    return label if len(label) <= 200 else f"{label[:199]}…"
