"""What an extraction is made of. Everything is frozen; offsets are half-open code points into `Story.text`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from articles.text.spans import Span


class Kind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    LOCATION = "location"


class Form(StrEnum):
    """How speech is reported: all its words in quotation marks, some of them, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Gender(StrEnum):
    """What the pronouns and honorifics of a story say of a person."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of one thing.

    `rule` says in words what made it a name of this kind, `score` how sure the tagger is of it (0..1); None where a
    rule alone decided.
    """

    span: Span
    kind: Kind
    rule: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A record of the GeoNames gazetteer. Degrees, north and east positive; `country` as ISO 3166-1 alpha-2.

    `part_of` is the next wider place: of a city its region, of a region its country, of a country None.
    """

    geoname_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    part_of: Place | None = None

    @property
    def region(self) -> str:
        """The name of the region that a city lies in, "" for regions, countries and cities without one."""
        return self.part_of.name if self.part_of and self.part_of.part_of else ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation or location with all its mentions in the story.

    `name` is the fullest form printed, `aliases` the other forms, in order of appearance. `mentions` are in text
    order and do not overlap; empty only for a place that the dateline alone names. `place` is for locations, with
    `place_rule` saying in words why it is that one; `gender` is for people. `rule` says what made it one, `score` how
    sure the tagger is of its names, on average (0..1).
    """

    kind: Kind
    name: str
    mentions: tuple[Span, ...]
    rule: str
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None
    place: Place | None = None
    place_rule: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """An office or title as printed beside a name, `rule` saying where it stands in words an editor can judge.

    The integers are indices into `Extraction.entities`.
    """

    person: int
    title: str
    span: Span
    organisation: int | None = None
    location: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name inside a longer one: “Toronto” in “University of Toronto”. No mention: `span` lies in one of the owner's.

    `owner` is the index of the longer name in `Extraction.entities`, `entity` that of the name inside where the story
    has it, too; `place` is set where only the gazetteer knows it.
    """

    owner: int
    span: Span
    name: str
    kind: Kind
    entity: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report speech ("said", "according to")."""

    span: Span
    verb: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """One piece of reported speech: one or more spans in text order, marks included.

    `source` is the source phrase as printed, `speaker` an index into `Extraction.entities`; None where the story does
    not say who speaks, or says it of nobody it names. `rule` is the rung of the ladder that found the speaker, in
    words an editor can judge. `addressee` is whom it was told and `occasion` what it was said in, at or through, both
    as printed: told [Radio Kerala] [in an emailed statement]; None where the sentence does not say.
    """

    spans: tuple[Span, ...]
    form: Form
    cue: Cue | None = None
    source: Span | None = None
    speaker: int | None = None
    rule: str = ""
    addressee: Span | None = None
    occasion: Span | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag proposed for the story, and why; `is_keyword` where the document itself brought it."""

    name: str
    reason: str
    is_keyword: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the archive already knows of a story's names.

    `names`: printed form, casefolded → the one kind that accepted records of that name have. `tags`: words of the
    story, as it prints them → the tag that they name, as the archive writes it.
    """

    names: Mapping[str, Kind] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in a story, entities and quotations in order of first appearance."""

    entities: tuple[Entity, ...] = ()
    roles: tuple[RoleHeld, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    topics: tuple[Topic, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[NamePart, ...] = ()
