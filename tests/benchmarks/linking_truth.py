"""An archive whose truth is known: annotated stories as given, and invented people who share names or vary their own.

Annotated stories bring their names, roles and speakers from the annotation, so that no mistake of the extraction
counts. One full name in the stories of one newsroom (the files `wikinews-*`) is one person; in other stories every file
has people of its own. The invented people come in pairs of one name, and in variants of one person's name.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from articles.extraction.annotations import read_annotation
from articles.extraction.places import locate
from articles.extraction.types import Entity, Extraction, Form, Kind, Quotation, RoleHeld
from articles.models.name_keys import plain_key
from articles.text.spans import Span

KINDS = {"per": Kind.PERSON, "org": Kind.ORGANISATION, "loc": Kind.LOCATION}
SEED = 7
PAIRS = 150  # of namesakes
VARIED = 150  # people whose name varies
STORIES_EACH = 4
# Of the invented stories, so many tell nothing of the person but the name.
SILENT = 0.05


@dataclass(frozen=True)
class TrueStory:
    name: str
    text: str
    published: date | None
    extraction: Extraction
    truth: dict[int, str]  # index of an entity → who it is; those of whom nobody can say are left out


def annotated_stories(folder: Path, dates: dict[str, date]) -> Iterator[TrueStory]:
    for path in sorted(folder.glob("*.txt")):
        annotation = read_annotation(path.read_text(encoding="utf-8"))
        text, marks = annotation.text, annotation.marks
        spans = defaultdict(list)
        for mark in marks:
            if mark.name in KINDS:
                spans[mark.name, mark.attributes["i"]].append(Span(mark.start, mark.end))
        numbers = {identity: number for number, identity in enumerate(spans)}
        entities = []
        for (tag, _), found in spans.items():
            names = list(dict.fromkeys(span.of(text) for span in found))
            full = max(names, key=lambda name: (len(name.split()), len(name)))
            others = tuple(name for name in names if name != full)
            entities.append(Entity(KINDS[tag], full, tuple(found), "annotated", aliases=others))
        entities = placed(entities, text)
        roles = []
        for mark in marks:
            if mark.name == "role" and ("per", mark.attributes.get("of")) in numbers:
                inside = {
                    other.name: numbers[other.name, other.attributes["i"]]
                    for other in marks
                    if other.name in {"org", "loc"} and mark.start <= other.start and other.end <= mark.end
                }
                span = Span(mark.start, mark.end)
                person = numbers["per", mark.attributes["of"]]
                roles.append(RoleHeld(person, span.of(text), span, inside.get("org"), inside.get("loc")))
        shared = path.name.startswith("wikinews")
        truth = {}
        for number, entity in enumerate(entities):
            if entity.kind == Kind.PERSON and (key := plain_key(entity.kind, entity.name)):
                truth[number] = key if shared else f"{path.stem}: {key}"
        quotations = tuple(
            Quotation((Span(0, 1),), Form.DIRECT, source=Span(mark.start, mark.end), speaker=speaker)
            for mark in marks
            if mark.name == "src" and (speaker := _speaker(marks, mark, numbers)) is not None
        )
        extraction = Extraction(tuple(entities), tuple(roles), quotations)
        yield TrueStory(path.stem, text, dates.get(path.name), extraction, truth)


def placed(entities: list[Entity], text: str) -> tuple[Entity, ...]:
    """The same entities in the same order, with the places that `locate` finds."""
    places = {each.mentions[0]: each.place for each in locate(tuple(entities), text, dateline=None)}
    return tuple(replace(each, place=places.get(each.mentions[0])) for each in entities)


def _speaker(marks, source, numbers):
    for mark in marks:
        if mark.name == "q" and mark.attributes.get("n") == source.attributes.get("n"):
            return numbers.get(("per", mark.attributes.get("s")))
    return None


# Invented people.

GIVEN = {
    "female": "Adaeze Beatriz Charlotte Dagny Elizabeth Fatima Gloria Hanneke Ingrid Margaret Katherine Susan".split(),
    "male": "Andrew Bogdan Christopher Daniel Edward Fergus Joseph Kwame Michael Robert Thomas William".split(),
}
SHORT = {"Elizabeth": "Liz", "Margaret": "Maggie", "Katherine": "Kate", "Susan": "Sue", "Andrew": "Andy"} | {
    "Christopher": "Chris", "Daniel": "Dan", "Edward": "Ted", "Joseph": "Joe", "Michael": "Mike", "Robert": "Bob",
    "Thomas": "Tom", "William": "Bill", "Charlotte": "Lottie",
}  # fmt: skip
BEGIN = "Abb Barr Cald Darn Ell Fenn Gorr Hask Ives Jarr Kest Lang Merr Nord Oak Pell Quarr Renn Stav Thorn".split()
END = "ick ley more ton wood sen ova ström aki ford burn well by grave mann".split()
JOBS = {
    "sport": "goalkeeper striker sprinter cyclist",
    "law": "judge magistrate prosecutor barrister",
    "politics": "mayor senator councillor",
    "arts": "violinist novelist sculptor actor",
    "medicine": "surgeon nurse paramedic",
    "religion": "bishop imam rabbi",
    "trade": "baker plumber fisherman",
    "education": "headteacher lecturer",
}
BODIES = "Rovers Harbour Board Crown Court City Hall Philharmonic Infirmary Diocese Bakery Academy Museum".split()
TOWNS = "Cork Derry Leeds Bergen Turin Ghent Malmö Porto Gdańsk Lyon Perth Halifax Nairobi Accra Mumbai".split()
UNLIKE = {"sport": "law religion trade medicine", "law": "arts sport trade", "politics": "sport arts trade"} | {
    "arts": "law politics medicine", "medicine": "sport arts trade", "religion": "sport trade politics",
    "trade": "law medicine religion", "education": "sport politics trade",
}  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    identity: str
    given: str
    family: str
    gender: str
    field: str
    job: str
    body: str
    town: str
    friends: tuple[str, ...]
    middle: str
    particle: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.given, self.particle, self.family)))


def invented_stories() -> list[TrueStory]:
    chance = random.Random(SEED)
    families = [begin + end for begin in BEGIN for end in END]
    chance.shuffle(families)
    stories = []
    for number in range(PAIRS):
        gender = chance.choice(["female", "male"])
        given, family = chance.choice(GIVEN[gender]), families.pop()
        one = _somebody(chance, f"n{number}a", given, family, gender)
        # Half of the namesakes differ in field, a quarter in place and body alone, a quarter in pronoun as well.
        sort = number % 4
        other = _somebody(chance, f"n{number}b", given, family, gender, unlike=one, same_field=sort == 2)
        if sort == 3:
            other = Somebody(**{**other.__dict__, "gender": "male" if gender == "female" else "female"})
        for somebody in (one, other):
            stories += [_story(chance, somebody, n, [somebody.name]) for n in range(STORIES_EACH)]
    for number in range(VARIED):
        gender = chance.choice(["female", "male"])
        given = chance.choice([name for name in GIVEN[gender] if name in SHORT])
        particle = chance.choice(["", "", "van den", "De", "al-"])
        somebody = _somebody(chance, f"v{number}", given, families.pop(), gender, particle=particle)
        forms = _forms(somebody)
        stories += [
            _story(chance, somebody, n, [somebody.name if n == 0 else chance.choice(forms)])
            for n in range(STORIES_EACH)
        ]
    chance.shuffle(stories)
    return stories


def _forms(one: Somebody) -> list[str]:
    family = f"{one.particle} {one.family}".strip().replace("- ", "-")
    forms = [f"{one.given} {family}", f"{one.given} {one.middle} {family}", f"{one.given} {one.middle[0]}. {family}"]
    forms += [f"{one.given[0]}. {family}", f"{SHORT[one.given]} {family}", f"{one.given} {family} Jr."]
    return [*forms, f"{one.given} {family.title()}", f"{one.given} {family.upper()}"]


def _somebody(chance, identity, given, family, gender, *, unlike=None, same_field=False, particle=""):
    field = chance.choice(UNLIKE[unlike.field].split()) if unlike else chance.choice(list(JOBS))
    if same_field:
        field = unlike.field
    town = chance.choice([town for town in TOWNS if not unlike or town != unlike.town])
    friends = tuple(f"{chance.choice(GIVEN['male'] + GIVEN['female'])} {identity.upper()}{n}son" for n in range(2))
    job = chance.choice(JOBS[field].split())
    body = f"{town} {chance.choice(BODIES)} {identity.upper()}"
    middle = chance.choice(GIVEN[gender])
    return Somebody(identity, given, family, gender, field, job, body, town, friends, middle, particle)


def _story(chance, one: Somebody, number: int, names: list[str]) -> TrueStory:
    """A few sentences; what they tell of the person varies, as it does in news."""
    name = names[0].replace("- ", "-")
    silent = chance.random() < SILENT
    with_role, with_body = not silent and chance.random() < 0.85, not silent and chance.random() < 0.7
    friends = [] if silent else [friend for friend in one.friends if chance.random() < 0.4]
    pieces: list[tuple[str, str]] = []
    if with_role:
        pieces += [("role", one.job), ("", " ")]
    pieces += [("per", name), ("", " spoke.")]
    if with_body or not (with_role or friends or silent):
        pieces += [("", " So did "), ("org", one.body), ("", ".")]
    for friend in friends:
        pieces += [("", " "), ("per", friend), ("", " came.")]
    pieces += [("", " It rained in "), ("loc", one.town), ("", ". "), ("", "She" if one.gender == "female" else "He")]
    text, entities, role, source = "", [], None, None
    for tag, words in pieces:
        span = Span(len(text), len(text) + len(words))
        text += words
        if tag == "role":
            role = span
        elif tag:
            entities.append(Entity(KINDS[tag], words, (span,), "invented"))
        elif words in {"She", "He"}:
            source = span
    entities = placed(entities, text)
    body = next((i for i, entity in enumerate(entities) if entity.kind == Kind.ORGANISATION), None)
    roles = (RoleHeld(0, role.of(text), role, body),) if role else ()
    said = (Quotation((Span(0, 1),), Form.DIRECT, source=source, speaker=0),) if chance.random() < 0.5 else ()
    truth = {i: entity.name for i, entity in enumerate(entities) if entity.kind == Kind.PERSON}
    truth[0] = one.identity
    published = date(2020 + number, 1 + number, 3)
    return TrueStory(f"{one.identity}-{number}", text, published, Extraction(entities, roles, said), truth)


# Figures.


@dataclass
class Scores:
    """Pairs of appearances in two stories: those that are one person's, and those that have one record."""

    right: int = 0
    linked: int = 0
    true: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.linked), self.right / max(1, self.true)
        return f"precision {precision:.4f} ({self.right}/{self.linked}), recall {recall:.4f} ({self.right}/{self.true})"


def score(rows: list[tuple[str, int, str]]) -> tuple[Scores, list[tuple[str, str]]]:
    """From rows of (who it is, record, where) the figures, and pairs of places wrongly linked."""
    scores, by_truth, by_record = Scores(), defaultdict(list), defaultdict(list)
    for row in rows:
        by_truth[row[0]].append(row)
        by_record[row[1]].append(row)
    for group in by_truth.values():
        scores.true += len(group) * (len(group) - 1) // 2
        scores.right += sum(n * (n - 1) // 2 for n in Counter(row[1] for row in group).values())
    wrong = []
    for group in by_record.values():
        scores.linked += len(group) * (len(group) - 1) // 2
        wrong += [(one[2], other[2]) for one, other in combinations(group, 2) if one[0] != other[0]]
    return scores, wrong
