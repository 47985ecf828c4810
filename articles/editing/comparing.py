"""What changed between two states of an article, in words: fields, text, tags, names, quotations and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.editing.ledger import parsed
from articles.editing.snapshot import FIELDS, FOLLOWING, PARTS, Part, Row, State
from articles.models import Anchoring, Article, Byline, Picture, Section, Series
from articles.models import State as Decided
from articles.text.differences import Block, Kind, Piece, compare, compare_words, count_words, fold

# The parts that a reader of the history takes for fields: each is a short list, gone back to as a whole.
LISTS = ("tags", "bylines", "pictures", "picked")
TITLES = {
    "tags": gettext_lazy("tags"),
    "bylines": gettext_lazy("byline"),
    "pictures": gettext_lazy("pictures"),
    "picked": gettext_lazy("related articles"),
    "appearances": gettext_lazy("names"),
    "quotes": gettext_lazy("quotations"),
    "roles": gettext_lazy("roles"),
    "proposed_tags": gettext_lazy("suggested tags"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; `pieces` are its words that stayed, went and came."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A name, quotation, role or suggested tag that came, went, or of which something else was decided."""

    label: str
    said: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[RowChange]


@dataclass(frozen=True, slots=True)
class Difference:
    """`blocks` are those of the text, long unchanged stretches folded; `came` and `went` count its words."""

    fields: list[FieldChange] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    came: int = 0
    went: int = 0
    is_markup_alone: bool = False
    groups: list[Group] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.blocks or self.is_markup_alone or self.groups)

    @property
    def in_numbers(self) -> str:
        came = ngettext("%d word came", "%d words came", self.came) % self.came
        return _("%(came)s, %(went)d went") % {"came": came, "went": self.went}

    def in_short(self) -> list[str]:
        """For a list of versions: “headline”, “12 words came, 3 went”, “4 names”."""
        said = [change.label for change in self.fields]
        if self.blocks:
            said.append(_("text: %(numbers)s") % {"numbers": self.in_numbers})
        elif self.is_markup_alone:
            said.append(_("markup of the text"))
        for group in self.groups:
            said.append(f"{group.title}: {len(group.rows)}")
        return said


def difference(before: State, after: State) -> Difference:
    """What a reader of two states would see change from one to the other."""
    names = Names([before, after])
    old, new = before["fields"].get("text", ""), after["fields"].get("text", "")
    blocks = compare(old, new) if old != new else []
    came, went = count_words(blocks)
    groups = [
        Group(str(TITLES[part.name]), rows)
        for part in PARTS
        if part.numbered and (rows := list(_rows(part, before, after, names)))
    ]
    return Difference(
        fields=[*_fields(before, after, names), *_lists(before, after, names)],
        blocks=fold(blocks),
        came=came,
        went=went,
        is_markup_alone=old == new and before["fields"].get("body") != after["fields"].get("body"),
        groups=groups,
    )


def _fields(before: State, after: State, names: Names) -> Iterator[FieldChange]:
    for name in FIELDS:
        if name in ("body", *FOLLOWING):
            continue
        old, new = (names.of_field(name, state["fields"]) for state in (before, after))
        if old != new:
            yield FieldChange(name, label_of(name), tuple(compare_words(old, new)))


def label_of(name: str) -> str:
    if name in TITLES:
        return str(TITLES[name])
    return str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _lists(before: State, after: State, names: Names) -> Iterator[FieldChange]:
    for name in LISTS:
        old, new = (names.of_list(name, state) for state in (before, after))
        if old != new:
            yield FieldChange(name, label_of(name), tuple(_list_pieces(old, new)))


def _list_pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    kept = [each for each in old if each in new]
    order = [*(each for each in old if each not in new), *new]
    for number, each in enumerate(order):
        kind = Kind.REMOVED if each not in new else Kind.SAME if each in kept else Kind.ADDED
        if number:
            yield Piece(Kind.SAME, ", ")
        yield Piece(kind, each)
    if kept and sorted(old) == sorted(new):
        yield Piece(Kind.ADDED, " " + _("(in another order)"))


# Rows.


def _rows(part: Part, before: State, after: State, names: Names) -> Iterator[RowChange]:
    old, new = ({row["id"]: row for row in state.get(part.name, [])} for state in (before, after))
    for key in old.keys() - new.keys():
        yield RowChange(names.of_row(part, old[key], before), _("gone"), Kind.REMOVED)
    for key, row in new.items():
        label = names.of_row(part, row, after)
        if key not in old:
            yield RowChange(label, _("new, %s") % _state(row), Kind.ADDED)
        elif said := list(_said(part, old[key], row, (before, after), names)):
            yield RowChange(label, "; ".join(said), Kind.SAME)


def _said(part: Part, old: Row, new: Row, states: tuple[State, State], names: Names) -> Iterator[str]:
    """What is else about one row; where it stands in the text changes with every word before it and is not told."""
    before, after = states
    if old.get("state") != new.get("state"):
        yield f"{_state(old)} → {_state(new)}"
    for name in ("entity_id", "speaker_id", "person_id", "organisation_id", "location_id"):
        if old.get(name) != new.get(name):
            yield f"{names.of_record(old.get(name), before)} → {names.of_record(new.get(name), after)}"
    for name in ("text", "title", "role"):
        if old.get(name) != new.get(name):
            yield _("was “%s”") % old.get(name, "")
    number = len(new.get("spans", []))
    if len(old.get("spans", [])) != number:
        yield ngettext("stands in %d place", "stands in %d places", number) % number
    if old.get("anchoring") != new.get("anchoring"):
        yield str(Anchoring(new["anchoring"]).label)


def _state(row: Row) -> str:
    return str(Decided(row["state"]).label)


class Names:
    """What the records of some states are called, as they were called then; others as they are called now."""

    def __init__(self, states: Iterable[State]) -> None:
        states = list(states)
        self.pictures = Picture.objects.in_bulk(_numbers(states, "pictures", "picture_id"))
        related = Article.objects.filter(pk__in=_numbers(states, "picked", "related_id"))
        # Not everybody who may see this article may see that one.
        hidden = Q(embargo__gt=timezone.now()) & ~Q(status=Article.Status.PUBLISHED)
        self.articles = {
            **dict(related.values_list("pk", "headline")),
            **dict.fromkeys(related.filter(hidden).values_list("pk", flat=True), _("an embargoed article")),
        }
        self.filed: dict[str, dict[int, Any]] = {
            name: model.objects.in_bulk({state["fields"].get(name) for state in states} - {None})
            for name, model in (("section_id", Section), ("series_id", Series))
        }

    def of_field(self, name: str, fields: Mapping[str, Any]) -> str:
        value = fields.get(name)
        if name in self.filed:
            return str(self.filed[name].get(value, "")) if value else ""
        if name == "published" and value:
            moment = localtime(parsed(Article, name, value))
            return date_format(moment, "DATETIME_FORMAT" if fields.get("published_has_time") else "DATE_FORMAT")
        if isinstance(value, list):
            return "\n".join(str(each) for each in value)
        return "" if value is None else str(value)

    def of_list(self, name: str, state: State) -> list[str]:
        rows = state.get(name, [])
        if name in ("bylines", "pictures", "picked"):
            rows = sorted(rows, key=lambda row: row.get("position", 0))
        return [self._of_item(name, row, state) for row in rows]

    def _of_item(self, name: str, row: Row, state: State) -> str:
        if name == "tags":
            return str(state["tag_names"].get(str(row["tag_id"]), "?"))
        if name == "bylines":
            is_plain = row.get("role", Byline.Role.REPORTING) == Byline.Role.REPORTING
            return row["name"] if is_plain else f"{row['name']} ({Byline.Role(row['role']).label})"
        if name == "pictures":
            picture = str(self.pictures.get(row["picture_id"], _("a deleted picture")))
            return f"{picture}: {row['caption']}" if row.get("caption") else picture
        return str(self.articles.get(row["related_id"], _("a deleted article")))

    def of_row(self, part: Part, row: Row, state: State) -> str:
        if part.name == "roles":
            return f"{self.of_record(row['person_id'], state)}, {row['title']}"
        if part.name == "quotes":
            return str(row["text"])
        return str(row.get("name") or self.of_record(row.get("entity_id"), state))

    def of_record(self, number: int | None, state: State) -> str:
        return str(state["records"].get(str(number), ["", _("nobody")])[1])


def _numbers(states: Iterable[State], part: str, name: str) -> set[int]:
    return {row[name] for state in states for row in state.get(part, [])}
