"""All that an article is, in words that hold on another site as well: numbers of rows are nobody's but this one's.

Records are named by what they are and the end of their address (`person/ana-ruiz`), and stand beside the rows that name
them, with all that is known of them. Rows have the fields of their tables; what is empty is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Field, Model

from articles.editing.ledger import plain
from articles.models import (
    Alias,
    Appearance,
    Article,
    Author,
    Byline,
    Correction,
    Entity,
    FormerAddress,
    Identifier,
    Location,
    NamePart,
    Organisation,
    Person,
    ProposedTag,
    Quote,
    RelatedArticle,
    Role,
    Section,
    Series,
    Tag,
    TagAddress,
    TaggedArticle,
    TaggedEntity,
    TaggedQuote,
    TagSynonym,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table that belong to an owner, to which the field `owner` leads, and what belongs to them."""

    name: str
    model: type[Model]
    owner: str
    within: tuple[Rows, ...] = ()


OF_ARTICLE = (
    Rows("tags", TaggedArticle, "content_object"),
    Rows("bylines", Byline, "article"),
    Rows("names", Appearance, "article", (Rows("parts", NamePart, "appearance"),)),
    Rows("quotations", Quote, "article", (Rows("tags", TaggedQuote, "content_object"),)),
    Rows("roles", Role, "article"),
    Rows("suggested_tags", ProposedTag, "article"),
    Rows("corrections", Correction, "article"),
)
_OF_ENTITY = (
    Rows("other_names", Alias, "entity"),
    Rows("identifiers", Identifier, "entity"),
    Rows("tags", TaggedEntity, "content_object"),
)
# Whatever has an address of its own, and what belongs to it.
RECORDS: dict[type[Model], tuple[Rows, ...]] = {
    Person: _OF_ENTITY,
    Organisation: _OF_ENTITY,
    Location: _OF_ENTITY,
    Tag: (Rows("other_names", TagSynonym, "tag"), Rows("former_addresses", TagAddress, "tag")),
    Section: (),
    Series: (),
    Author: (),
}
KINDS = {model._meta.model_name or "": model for model in RECORDS}
# What a story says in the very same words.
SAID_BY_STORY = {
    "headline": "headline",
    "standfirst": "standfirst",
    "body": "body",
    "text": "text",
    "end_notes": "end_notes",
    "language": "language",
    "address": "address",
    "publisher": "publisher",
    "copyright": "copyright",
    "instructions": "instructions",
    "source_identifier": "identifier",
    "source_version": "version",
}
# Numbers of records that no foreign key has.
CANDIDATES, NOTES = "candidates", "candidate_notes"
# Numbers of this database, what is counted anew, and files.
LEFT_OUT = {"id", "entity_ptr", "article_count", "quote_count", "modified", "picture"}
# So many records are at hand, of those that came last.
AT_HAND = 10_000


def fields_of(model: type[Model], *, owner: str = "") -> list[Field[Any, Any]]:
    """The fields of a row that are told; of people, organisations and places those that all kinds have as well."""
    without = {owner} | ({"id"} | SAID_BY_STORY.keys() if model is Article else LEFT_OUT)
    return [each for each in model._meta.concrete_fields if each.name not in without]


def key_of(record: Any) -> str:
    return f"{record._meta.model_name}/{record.slug}"


@dataclass(slots=True)
class Told:
    """A record in words, and the keys of those that it names or that were merged into it."""

    row: Row
    leads: set[str]


@dataclass(slots=True)
class Whole:
    """Tells articles one after the other; what it said of a record it says again."""

    keys: dict[tuple[type[Model], int], str] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)

    def article(self, article: Article) -> Row:
        """All that the words of the story do not say of it."""
        if len(self.told) > AT_HAND:
            self.keys.clear()
            self.told.clear()
        leads: set[str] = set()
        rows = {table.name: self._rows(table, article.pk, leads) for table in OF_ARTICLE}
        _name_quotations(article, rows, leads, self)
        said = {
            "article": self._row(article, fields_of(Article), leads),
            "former_addresses": _former_addresses(article),
            **rows,
            **_picked(article),
            "records": {key: self.told[key].row for key in sorted(self._around(leads))},
        }
        return {name: value for name, value in said.items() if value}

    def lead(self, model: type[Model], number: int, leads: set[str]) -> str:
        """The key of a record, which is told by then."""
        if model is User:
            return User.objects.get(pk=number).get_username()
        model = Entity if issubclass(model, Entity) else model
        if (model, number) not in self.keys:
            self._tell(model, number)
        key = self.keys[model, number]
        leads.add(key)
        return key

    def _tell(self, model: type[Model], number: int) -> None:
        record: Any = model._base_manager.get(pk=number)
        if isinstance(record, Entity):
            record = KINDS[record.kind]._base_manager.get(pk=number)
        kind, key, leads = type(record), key_of(record), set[str]()
        self.keys[model, number] = key
        row = self._row(record, fields_of(kind), leads)
        row |= {table.name: self._rows(table, number, leads) for table in RECORDS[kind]}
        if kind is not Tag:
            row["former_addresses"] = _former_addresses(record)
        self.told[key] = Told({name: value for name, value in row.items() if value}, leads)
        if hasattr(record, "merged_into_id"):
            for merged in model._base_manager.filter(merged_into=number).order_by("pk").values_list("pk", flat=True):
                self.lead(model, merged, leads)

    def _around(self, keys: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(self.told[key].leads)
        return found

    def _rows(self, table: Rows, owner: int, leads: set[str]) -> list[Row]:
        rows = table.model._base_manager.filter(**{table.owner: owner}).order_by("pk")
        fields = fields_of(table.model, owner=table.owner)
        return [
            self._row(row, fields, leads)
            | {each.name: some for each in table.within if (some := self._rows(each, row.pk, leads))}
            for row in rows
        ]

    def _row(self, row: Model, fields: list[Field[Any, Any]], leads: set[str]) -> Row:
        said = {each.name: self._value(row, each, leads) for each in fields}
        return {name: value for name, value in said.items() if value not in (None, "", [], {})}

    def _value(self, row: Model, field: Field[Any, Any], leads: set[str]) -> Any:
        value = getattr(row, field.attname)
        if value is None:
            return None
        if field.is_relation:
            return self.lead(field.related_model, value, leads)  # type: ignore[arg-type]
        if field.name == CANDIDATES:
            return [self.lead(Entity, number, leads) for number in _there(value)]
        if field.name == NOTES:
            return {self.lead(Entity, int(number), leads): value[number] for number in map(str, _there(value))}
        return plain(type(row), field.attname, value)


def _there(numbers: Iterable[Any]) -> list[int]:
    """Those of records that were not deleted since."""
    wanted = [int(number) for number in numbers]
    there = set(Entity.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [number for number in wanted if number in there]


def _former_addresses(record: Any) -> list[str]:
    rows = FormerAddress.objects.filter(kind=record._meta.model_name, record=record.pk)
    return sorted(rows.values_list("slug", flat=True))


def _name_quotations(article: Article, rows: dict[str, list[Row]], leads: set[str], whole: Whole) -> None:
    """Give each correction the places, among the article's, of the quotations that it touches, and its records."""
    places = {pk: place for place, pk in enumerate(article.quotes.order_by("pk").values_list("pk", flat=True))}
    for row, correction in zip(rows["corrections"], article.corrections.order_by("pk"), strict=True):
        quotes = sorted(places[pk] for pk in correction.quotes.values_list("pk", flat=True))
        entities = sorted(whole.lead(Entity, pk, leads) for pk in correction.entities.values_list("pk", flat=True))
        row |= {name: value for name, value in (("quotes", quotes), ("entities", entities)) if value}


def _picked(article: Article) -> dict[str, list[Row]]:
    """What editors put beside it, and what they put it beside, of the articles before it: the others come later."""
    return {
        "picked": list(_picks(article.picked, "related", article.pk)),
        "picked_for": list(_picks(article.picked_for, "article", article.pk)),
    }


def _picks(picks: Any, other: str, before: int) -> Iterator[Row]:
    earlier = RelatedArticle.objects.filter(pk__in=picks.values("pk"), **{f"{other}__lt": before})
    for pick in earlier.order_by("pk").select_related(other):
        yield {**reference(getattr(pick, other)), "position": pick.position}


def reference(article: Article) -> Row:
    """By what an article is known again: its address, which another may have elsewhere, and when it was made."""
    return {"slug": article.slug, "created": article.created.isoformat()}
