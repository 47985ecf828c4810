"""What an editor decided on the review screen, carried out: all of one batch in one transaction, each item by itself.

An item says what its editor saw, as a digest. Where the row says something else by now, because another editor was
there, that item alone is left undone.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from articles.editing.changes import SUBJECTS, Changes, Decidable
from articles.editing.keeping import Change, keep
from articles.editing.merge import Refused
from articles.editing.review.identity import link, make_record, set_kind
from articles.editing.review.places import add_name, add_quote, move_place, take_off
from articles.editing.review.rows import Sheet, read_sheet, revision_of, text_revision
from articles.editing.trying import whole
from articles.models import Appearance, Article, Decision, Entity, Quote, State
from articles.text.anchors import Anchor, find
from articles.text.spans import Span

STATES = {"accept": State.ACCEPTED, "reject": State.REJECTED, "unsure": State.UNSURE}
OTHER = "other"  # a name of none of the kinds that have records
NEW = "new"  # instead of a row: what the machine missed


class TextChanged(Exception):
    """The text is not the one that the places of the batch count in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text as an editor's screen had it, with the words around it."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do to one row.

    `action` is “accept”, “reject”, “unsure”, “kind”, “link”, “speaker”, “span”, or “add” where `row` is “new”. `place`
    restricts rejecting, linking or a kind to that place; a span moves from it to `places[0]`, what is added stands
    at all of `places`. `record` is the number of a record, `name` that of one to be made.
    """

    row: str
    action: str
    revision: str = ""
    kind: str = ""
    record: int | None = None
    name: str = ""
    place: Place | None = None
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class Outcome:
    """Which rows a batch changed or made, and why it left others alone, by their names.

    `sheet` is the article's as it is now where nothing but states was decided; None where rows moved.
    """

    batch: uuid.UUID
    touched: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    sheet: Sheet | None = None


@whole
def carry_out(
    article: Article, items: Sequence[Item], *, user: User, batch: uuid.UUID, text: str | None = None
) -> Outcome:
    """Do what an editor decided. The same batch twice is done once.

    Args:
        article: whose rows the items name.
        items: what to do, in order.
        user: who decided.
        batch: its number, chosen by the screen.
        text: the digest of the text that the places count in; None where no item names a place.

    Raises:
        TextChanged: the text is another one; nothing was done.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    outcome = Outcome(batch)
    if Decision.objects.filter(batch=batch).exists():
        return outcome
    if text is not None and text != text_revision(article):
        raise TextChanged
    keep(article, change=Change.REVIEW, user=user)
    sheet = read_sheet(article)
    changes = Changes(user=user, batch=batch)
    for state, items_of_state in _by_state(items).items():
        rows = [row for item in items_of_state for row in _meant(sheet, item, outcome)]
        changes.settle(rows, state)
    for item in items:
        if not _is_plain(item):
            _do(changes, sheet, item, outcome)
    outcome.touched += [f"{decision.subject}-{decision.subject_id}" for decision in changes.decisions]
    changes.write()
    outcome.sheet = sheet if all(map(_is_plain, items)) else None
    return outcome


def _is_plain(item: Item) -> bool:
    return item.action in STATES and item.place is None


def _by_state(items: Iterable[Item]) -> Mapping[State, list[Item]]:
    found: dict[State, list[Item]] = {}
    for item in items:
        if _is_plain(item):
            found.setdefault(STATES[item.action], []).append(item)
    return found


def _meant(sheet: Sheet, item: Item, outcome: Outcome) -> list[Decidable]:
    """The rows that an item is about: with a person go the roles that nobody has decided about yet."""
    row = _current(sheet, item, outcome)
    if not row:
        return []
    roles = sheet.roles_of(row) if isinstance(row, Appearance) and item.action != "unsure" else []
    return [row, *(role for role in roles if role.state == State.SUGGESTED)]


def _current(sheet: Sheet, item: Item, outcome: Outcome) -> Decidable | None:
    """The row as the editor saw it; None where it is gone or says something else by now, which is told."""
    row = sheet.find(item.row)
    if not row:
        outcome.refused[item.row] = _("This is no longer there.")
        return None
    if item.revision and item.revision != revision_of(row, sheet.article.text):
        outcome.refused[item.row] = last_word(row)
        return None
    return row


def _do(changes: Changes, sheet: Sheet, item: Item, outcome: Outcome) -> None:
    row = None if item.row == NEW else _current(sheet, item, outcome)
    if item.row != NEW and not row:
        return
    held = len(changes.decisions)
    try:
        with transaction.atomic():
            _act(changes, sheet, item, row)
    except Refused as error:
        del changes.decisions[held:]
        outcome.refused[item.row] = str(error)


def _act(changes: Changes, sheet: Sheet, item: Item, row: Decidable | None) -> None:
    text = sheet.article.text
    places = [found_in(text, place) for place in item.places]
    place = found_in(text, item.place) if item.place else None
    match row, item.action:
        case None, "add" if item.kind == "quotation":
            add_quote(changes, sheet.article, places, _record(item))
        case None, "add":
            add_name(changes, sheet, places, item.kind, _record(item))
        case Appearance(), "reject" if place:
            take_off(changes, row, place)
        case Appearance(), "kind" | "link" if place:
            take_off(changes, row, place)
            if item.kind != OTHER:
                add_name(changes, sheet, [place], item.kind, _record(item))
        case Appearance(), "kind" if item.kind == OTHER:
            changes.settle([row, *sheet.roles_of(row)], State.REJECTED)
        case Appearance(), "kind":
            set_kind(changes, row, item.kind)
        case Appearance(), "link":
            link(changes, row, _needed(item))
        case Quote(), "speaker":
            speaker = _record(item)
            state = State.ACCEPTED if speaker and speaker.pk == row.speaker_id else State.CHANGED
            changes.change([row], "reattribute", speaker_id=speaker and speaker.pk, state=state.value)
        case ((Appearance() | Quote()), "span") if place and places:
            move_place(changes, row, place, places[0], text)
        case _:
            raise Refused(_("This cannot be done here."))


def _record(item: Item) -> Entity | None:
    """The record that an item names: one of the archive, a new one, or none.

    Raises:
        Refused: it is not there, or was merged into another one.
    """
    if item.record is None:
        return make_record(item.kind, item.name) if item.name and item.kind in Entity.Kind.values else None
    record = Entity.objects.filter(pk=item.record, merged_into=None).first()
    if not record:
        raise Refused(_("This record is no longer there: somebody merged or deleted it."))
    return record


def _needed(item: Item) -> Entity:
    record = _record(item)
    if not record:
        raise Refused(_("Choose the record that is meant."))
    return record


def found_in(text: str, place: Place) -> Span:
    """Where a place stands in `text`, which may have been edited since.

    Raises:
        Refused: its words are gone.
    """
    if 0 <= place.start < place.end and text[place.start : place.end] == place.exact:
        return Span(place.start, place.end)
    anchor = Anchor(place.start, place.end, place.exact, place.prefix, place.suffix)
    found = find(anchor, text) if place.exact else None
    if not found:
        raise Refused(_("The words “%(words)s” are no longer in the text.") % {"words": place.exact[:80]})
    return found.span


def last_word(row: Decidable) -> str:
    """Who decided about a row last, in words for another editor."""
    decision = Decision.objects.filter(subject=SUBJECTS[type(row)], subject_id=row.pk).select_related("user").first()
    state = row.get_state_display()
    if not decision:
        return _("It says something else by now: %(state)s.") % {"state": state}
    return _("%(user)s was here at %(time)s: %(state)s.") % {
        "user": decision.user.get_full_name() or decision.user.get_username() if decision.user else _("An import"),
        "time": time_format(timezone.localtime(decision.made), "H:i"),
        "state": state,
    }
