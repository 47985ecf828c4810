"""All that an article is at one moment, as JSON: what versions keep and what going back to one brings back.

Of each row only what is not empty is written: an article of a hundred names stays below 100 kB.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model

from articles.editing.ledger import plain
from articles.models import (
    Appearance,
    Article,
    ArticlePicture,
    Byline,
    Entity,
    Location,
    NamePart,
    Organisation,
    Person,
    ProposedTag,
    Quote,
    RelatedArticle,
    Role,
    Tag,
    TaggedArticle,
    TaggedQuote,
)

State = dict[str, Any]
Row = dict[str, Any]

# What the document says, and where it stands on the site.
FIELDS = (
    "headline",
    "slug",
    "standfirst",
    "dateline_place",
    "dateline_agency",
    "body",
    "text",
    "end_notes",
    "language",
    "published",
    "published_has_time",
    "address",
    "publisher",
    "urgency",
    "copyright",
    "instructions",
    "section_id",
    "series_id",
    "part",
)
# Fields that are brought back together with another one.
FOLLOWING = {"text": "body", "published_has_time": "published", "part": "series_id"}
# Going back neither publishes nor withdraws, and changes nobody's work: how far an article is, is no part of a version.
DESK = (
    "status",
    "source_status",
    "released",
    "scheduled_for",
    "embargo",
    "withdrawn_at",
    "withdrawal_note",
    "assignee",
    "due",
    "breaking_until",
)
# What the program keeps for itself.
BOOKKEEPING = (
    *("id", "fingerprint", "identity", "wording", "source_identifier", "source_version"),
    *("edited_fields", "source_fields", "revision", "created", "created_by", "modified"),
)
# Told beside a version, but not what makes it another one: how far it was, and what its records were called.
INFORMATION = ("status", "edited_fields", "records", "tag_names")


@dataclass(frozen=True)
class Part:
    """Rows that belong to an article.

    `path` leads from a row to the article, `own` names the fields that no two of its rows share. Decisions are about
    rows that are `numbered`: these keep their numbers.
    """

    name: str
    model: type[Model]
    path: str = "article"
    own: tuple[str, ...] = ()
    numbered: bool = False

    @property
    def fields(self) -> list[Field[Any, Any]]:
        """Those that make the row what it is."""
        without = {self.path, "modified", *(() if self.numbered else ("id",))}
        return [field for field in self.model._meta.local_concrete_fields if field.name not in without]

    @property
    def references(self) -> dict[str, type[Model]]:
        """The fields that point at other records, and at which."""
        return {field.attname: field.related_model for field in self.fields if field.is_relation}  # type: ignore[misc]

    def read(self, article: Article) -> list[Row]:
        rows = self.model._base_manager.filter(**{self.path: article.pk}).order_by("pk")
        return [self._compact(row) for row in rows.values(*(field.attname for field in self.fields))]

    def _compact(self, row: Row) -> Row:
        return {name: plain(self.model, name, value) for name, value in row.items() if not _is_empty(value)}


# In the order in which they are written: rows that others point at come first.
PARTS = (
    Part("tags", TaggedArticle, "content_object", own=("tag_id",)),
    Part("bylines", Byline, own=("name", "role")),
    Part("pictures", ArticlePicture, own=("picture_id",)),
    Part("appearances", Appearance, own=("entity_id",), numbered=True),
    Part("name_parts", NamePart, "appearance__article", own=("appearance_id", "name")),
    Part("quotes", Quote, numbered=True),
    Part("quote_tags", TaggedQuote, "content_object__article", own=("content_object_id", "tag_id")),
    Part("roles", Role, own=("person_id", "start", "end"), numbered=True),
    Part("proposed_tags", ProposedTag, own=("key",), numbered=True),
    Part("picked", RelatedArticle, own=("related_id",)),
)


# Tables of one kind of record or of all of them.
RECORDS: tuple[type[Model], ...] = (Entity, Person, Organisation, Location)


def snapshot(article: Article) -> State:
    """The article as the database has it, whatever was typed into `article` since."""
    row = Article.objects.filter(pk=article.pk).values(*FIELDS, "status", "edited_fields").get()
    state: State = {part.name: part.read(article) for part in PARTS}
    records = Entity.objects.filter(pk__in=numbers_in(state, RECORDS)).values_list("pk", "kind", "name")
    return {
        **state,
        "fields": {name: plain(Article, name, row[name]) for name in FIELDS},
        "status": row["status"],
        "edited_fields": row["edited_fields"],
        "records": {str(key): [kind, name] for key, kind, name in records},
        "tag_names": {
            str(key): name
            for key, name in Tag.objects.filter(pk__in=numbers_in(state, (Tag,))).values_list("pk", "name")
        },
    }


def numbers_in(state: Mapping[str, Any], models: Collection[type[Model]], parts: Iterable[Part] = PARTS) -> set[int]:
    """The numbers of all the records of these tables that the rows of a state point at."""
    return {
        row[name]
        for part in parts
        for name, model in part.references.items()
        if model in models
        for row in state.get(part.name, [])
        if name in row
    }


def digest(state: Mapping[str, Any]) -> str:
    """The same for two states that differ in nothing that going back would bring back."""
    said = {name: value for name, value in state.items() if name not in INFORMATION}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
