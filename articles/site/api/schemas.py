"""What each answer says. `id` and `api` never change; `url` is the page for readers, which follows the name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

Row = TypeVar("Row")


class Listed(Schema, Generic[Row]):
    """One page of a list."""

    results: list[Row]
    next: str | None = Field(description="The address of the next page; null on the last one.")
    previous: str | None = Field(description="The address of the page before.")


class Index(Schema):
    collections: dict[str, str]
    openapi: str
    documentation: str


class Wrong(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """What went wrong, as RFC 9457 says it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Wrong] | None = Field(None, description="Which parameters are wrong, and why.")
    withdrawn: datetime | None = Field(None, description="Since when it is gone.")
    note: str | None = Field(None, description="What readers are told in its place.")


class Moved(Schema):
    """The record is another one now."""

    moved_to: str


class Named(Schema):
    """A record that another one names. Both addresses are null where readers have no page of it."""

    id: int
    name: str
    url: str | None
    api: str | None


class EntityRef(Named):
    kind: str = Field(description="person, organisation or location")


class TagRef(Named):
    slug: str


class ArticleRef(Schema):
    id: int
    headline: str
    published: datetime | date | None = Field(description="As the story bears it: a date alone where no time is known.")
    url: str
    api: str


class Picture(Schema):
    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    licence: str


class ArticleSummary(ArticleRef):
    standfirst: str
    byline: list[str] = Field(description="The names of those who reported it, as printed.")
    language: str
    released: datetime = Field(description="When readers first saw it here.")
    modified: datetime
    source: str = Field(description="Whose story it is; empty where it is the newsroom’s own.")
    section: Named | None
    tags: list[TagRef]
    picture: Picture | None


class BylineName(Schema):
    name: str
    role: str
    author: Named | None


class Mention(Schema):
    """One entity in one article."""

    entity: EntityRef
    name: str = Field(description="The fullest form printed.")
    role: str = Field(description="As printed here.")
    spans: list[list[int]] = Field(description="[[start, end], …]: code points of `text`, the end not included.")


class Spoken(Schema):
    id: int
    text: str
    form: str = Field(description="direct, mixed or indirect")
    speaker: EntityRef | None = Field(description="null where the story does not say, or names nobody.")
    speaker_role: str = Field(description="What the article calls the speaker.")
    source: str = Field(description="Who says it, as printed: “the official”, “he”.")
    cue: str
    addressee: str
    occasion: str
    spans: list[list[int]] = Field(description="[[start, end], …]: code points of the article’s `text`.")
    url: str
    api: str


class QuotationSummary(Spoken):
    article: ArticleRef


class CorrectionNote(Schema):
    id: int
    kind: str = Field(description="correction, clarification or update")
    note: str
    made: datetime
    url: str
    api: str


class Correction(CorrectionNote):
    article: ArticleRef
    quotations: list[str] = Field(description="Addresses of the quotations that it touches.")
    entities: list[EntityRef]


class Quotation(QuotationSummary):
    language: str
    tags: list[TagRef]
    corrections: list[CorrectionNote]


class Article(ArticleSummary):
    dateline: str
    agency: str
    body: str = Field(description="HTML of a small subset, without links to records.")
    text: str = Field(description="The same as plain text, one line a block. All spans count in it.")
    end_notes: list[str]
    first_published_at: str = Field(description="Its address elsewhere, where it came from there.")
    series: str
    part: int | None
    makers: list[BylineName]
    pictures: list[Picture]
    mentions: list[Mention] = Field(description="In order of first mention.")
    quotations: list[Spoken] = Field(description="In the order of the text.")
    corrections: list[CorrectionNote]


class EntitySummary(Schema):
    id: int
    kind: str
    name: str
    description: str
    articles: int = Field(description="Published articles that show it.")
    quotations: int = Field(description="Its quotations in them.")
    url: str
    permanent: str = Field(description="Leads to its page, whatever its name becomes.")
    api: str


class Identifier(Schema):
    scheme: str
    value: str
    url: str


class HeldRole(Schema):
    """An office or title, as articles print it."""

    title: str
    person: EntityRef
    organisation: EntityRef | None
    location: EntityRef | None
    first: date | None = Field(description="The date of the first article that prints it.")
    last: date | None
    articles: int
    source: ArticleRef = Field(description="The latest article that prints it.")


class Entity(EntitySummary):
    other_names: list[str]
    identifiers: list[Identifier]
    tags: list[TagRef]
    roles: list[HeldRole] = Field(description="The latest first, forty at most.")


class Person(Entity):
    given_name: str
    family_name: str


class Organisation(Entity):
    acronym: str
    country: str = Field(description="ISO 3166-1 code, where known.")


class Location(Entity):
    region: str
    country: str = Field(description="ISO 3166-1 code, where known.")
    part_of: EntityRef | None
    latitude: float | None
    longitude: float | None
    population: int | None


class TagSummary(Schema):
    id: int
    name: str
    slug: str
    description: str
    articles: int
    url: str
    api: str


class Tag(TagSummary):
    other_names: list[str]


class Author(Schema):
    id: int
    name: str
    about: str
    articles: int
    url: str
    api: str


class Section(Schema):
    id: int
    name: str
    slug: str
    description: str
    url: str
    api: str
