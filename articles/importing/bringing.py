"""Make an article of a line that `export_articles --format jsonl` wrote, with all that was decided about it there.

Nothing is extracted or decided here: who is who stands in the line. A record is here already if it was made
at the same moment under the same address, or has one of its identifiers; what is known of it here stays. So does an
article that is here already, with all of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import Q
from django.utils import timezone

from articles.documents.errors import DocumentError
from articles.documents.story import Story
from articles.editing.ledger import insert
from articles.editing.whole import (
    CANDIDATES,
    KINDS,
    NOTES,
    OF_ARTICLE,
    RECORDS,
    SAID_BY_STORY,
    Row,
    Rows,
    fields_of,
)
from articles.importing.follow_ups import FollowUps
from articles.importing.integrity import problems_of
from articles.models import (
    Article,
    Author,
    Correction,
    Entity,
    FormerAddress,
    RelatedArticle,
    Tag,
)
from articles.models.slugs import unique_slug

BROKEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, FieldDoesNotExist, ValidationError, DataError)


class UnfitDecisions(DocumentError):
    """What a line says was decided does not fit its story, or no table."""


def find_brought(story: Story) -> Article | None:
    """The article of a line, if it is here: made at the same moment under the same address, or of the same source."""
    try:
        said = story.kept["article"]  # type: ignore[index]
        known = Article.objects.filter(slug=said["slug"], created=said["created"])
    except BROKEN as error:
        raise _unfit(story, error) from error
    return known.first() or (Article.objects.filter(address=story.address).first() if story.address else None)


def bring(story: Story, after: FollowUps) -> Article:
    """Write a new article, its rows and the records that they name; what follows from them is left to `after`.

    Raises:
        UnfitDecisions: a field, a record or a place in the text is not what it has to be.
    """
    bringing = Bringing(story, after)
    try:
        article = bringing.article()
        for problem in problems_of(article):
            raise ValueError(problem)
    except BROKEN as error:
        raise _unfit(story, error) from error
    after.rows.add(article.pk)
    after.articles[article.pk] = article
    return article


def _unfit(story: Story, error: Exception) -> UnfitDecisions:
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, ValidationError):
        fields = getattr(error, "error_dict", {})
        said = "; ".join(f"{name}: {' '.join(error.message_dict[name])}" for name in fields) or " ".join(error.messages)
    return UnfitDecisions(story.source, f"what is kept of it does not fit: {said}")


class Bringing:
    """One line on its way into the tables: `numbers` are those that its records have here."""

    def __init__(self, story: Story, after: FollowUps) -> None:
        self.story, self.after = story, after
        self.kept: Mapping[str, Any] = story.kept or {}
        self.numbers: dict[str, int] = {}
        self.begun: set[str] = set()

    def article(self) -> Article:
        for key in self.kept.get("records", ()):
            self.number(key)
        said = {name: getattr(self.story, other) for name, other in SAID_BY_STORY.items()}
        article = Article(**{**said, "end_notes": list(self.story.end_notes)})
        self._fill(article, self.kept["article"])
        if Article.objects.filter(slug=article.slug).exists():
            article.slug = unique_slug(Article.objects.all(), article.headline, fallback="article")
        _insert(article)
        _lead_here(article, self.kept.get("former_addresses", ()))
        rows = {table.name: self._rows(table, article.pk, self.kept.get(table.name, ())) for table in OF_ARTICLE}
        for correction, values in zip(rows["corrections"], self.kept.get("corrections", ()), strict=True):
            correction.quotes.set([rows["quotations"][place] for place in values.get("quotes", ())])
            correction.entities.set([self.number(key) for key in values.get("entities", ())])
        for name, own, other in (("picked", "article", "related"), ("picked_for", "related", "article")):
            for pick in self.kept.get(name, ()):
                found = Article.objects.filter(slug=pick["slug"], created=pick["created"]).first()
                if found:
                    RelatedArticle.objects.create(**{own: article, other: found}, position=pick["position"])
        return article

    def number(self, key: str) -> int:
        """The number of a record here, which is made if it is not here yet."""
        if key not in self.numbers:
            if key in self.begun:
                raise ValueError(f"“{key}” is part of itself")
            self.begun.add(key)
            model, values = KINDS[key.partition("/")[0]], self.kept["records"][key]
            self.numbers[key] = _here(model, values) or self._make(model, values)
            if issubclass(model, Entity):
                self.after.records.add(self.numbers[key])
        return self.numbers[key]

    def _make(self, model: Any, values: Row) -> int:
        tables = RECORDS[model]
        record = self._fill(model(), values, but_for={"former_addresses", *(table.name for table in tables)})
        taken = Entity.objects.filter(kind=record.kind) if issubclass(model, Entity) else model.objects.all()
        if taken.filter(slug=record.slug).exists():
            record.slug = unique_slug(taken, record.name, fallback=model._meta.model_name)
        number = _insert(record)
        for table in tables:
            self._rows(table, number, values.get(table.name, ()))
        if model is not Tag:
            _lead_here(record, values.get("former_addresses", ()))
        if isinstance(record, Entity):
            self.after.named.add(number)
        if isinstance(record, Tag):
            self.after.tags.add(number)
        return number

    def _rows(self, table: Rows, owner: int, rows: Iterable[Row]) -> list[Any]:
        made = []
        for values in rows:
            inner = {each.name for each in table.within}
            names = inner | ({"quotes", "entities"} if table.model is Correction else set())
            row = self._fill(table.model(**{f"{table.owner}_id": owner}), values, but_for=names, owner=table.owner)
            _insert(row)
            for each in table.within:
                self._rows(each, row.pk, values.get(each.name, ()))
            made.append(row)
        return made

    def _fill(self, row: Any, values: Row, *, but_for: Iterable[str] = (), owner: str = "") -> Any:
        fields = {each.name: each for each in fields_of(type(row), owner=owner)}
        for name, value in values.items():
            if name in but_for:
                continue
            field = fields[name]
            if field.is_relation:
                value = self._lead(field.related_model, value)
            elif name == CANDIDATES:
                value = [self.number(key) for key in value]
            elif name == NOTES:
                value = {str(self.number(key)): notes for key, notes in value.items()}
            setattr(row, field.attname, field.to_python(value))
        return row

    def _lead(self, model: Any, key: str) -> int | None:
        """The number that a key leads to; of an account that is not here nothing."""
        if model is User:
            return User.objects.filter(username=key).values_list("pk", flat=True).first()
        if not issubclass(KINDS[key.partition("/")[0]], model):
            raise ValueError(f"“{key}” stands where a {model._meta.verbose_name} has to")
        return self.number(key)


def _here(model: Any, values: Row) -> int | None:
    """The number of a record of this kind that is here already, or of the one that it was merged into."""
    if not issubclass(model, Entity):
        names = ("name", "slug") if model is Author else ("name",)
        found: Any = model.objects.filter(**{name: values[name] for name in names}).first()
    else:
        known = Q(slug=values["slug"], created=values["created"])
        if values.get("geoname_id"):
            known |= Q(geoname_id=values["geoname_id"])
        for each in values.get("identifiers", ()):
            known |= Q(identifiers__scheme=each["scheme"], identifiers__value=each["value"])
        found = model.objects.filter(known).order_by("pk").first()
    while found and getattr(found, "merged_into_id", None):
        found = model.objects.filter(pk=found.merged_into_id).first()
    return found.pk if found else None


def _insert(row: Any) -> int:
    """Insert a row with the moments that it has; of a person, organisation or location both rows."""
    empty = [field.name for field in row._meta.fields if field.is_relation or getattr(row, field.attname) is None]
    row.clean_fields(exclude=empty)
    if hasattr(row, "modified") and not row.modified:
        row.modified = timezone.now()
    if isinstance(row, Entity):
        shared = {each.attname: getattr(row, each.attname) for each in Entity._meta.concrete_fields}
        insert(parent := Entity(**shared))
        row.pk = row.id = parent.pk
    insert(row)
    return int(row.pk)


def _lead_here(record: Any, slugs: Iterable[str]) -> None:
    """Give a record the addresses that it had, but for those that another one had here."""
    kind = record._meta.model_name
    FormerAddress.objects.bulk_create(
        [FormerAddress(kind=kind, slug=slug, record=record.pk) for slug in slugs], ignore_conflicts=True
    )
