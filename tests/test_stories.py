"""Golden stories through reading and extraction, compared with their annotation in five respects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

import pytest

from articles.documents.reading import read_stories
from articles.documents.story import Story
from articles.extraction.pipeline import extract
from articles.extraction.types import Entity, Extraction, Form, Kind
from articles.text.spans import Span
from tests.annotated import AnnotatedStory, annotated_story, story_names, trimmed

KINDS = {"p": Kind.PERSON, "o": Kind.ORGANISATION, "l": Kind.LOCATION}

# What reading and extraction cannot do yet: respect, story → why.
KNOWN_FAILURES: dict[str, dict[str, str]] = {
    "furniture": {},
    "people": {
        "inversions-market": "the tagger takes a person after a comma for an organisation, or for a part of one",
        "statement-plant": "the tagger takes a company with a chemist's name for a person",
    },
    "roles": {
        "court-clock": "the tagger takes “Defending”, before a comma and a name, for a role",
        "inversions-market": "the tagger takes the people whose roles these are for organisations",
    },
    "quotations": {
        "statement-plant": "a company that is missed as an organisation cannot be what “it” and “the company” mean",
    },
    "names": {
        "american-school-board": "the tagger takes a numbered room for a place",
        "capital-headline": "the tagger takes a bare “University” for a name",
        "inversions-market": "the tagger joins an organisation and the person after its comma",
        "no-quotations": "the tagger passes over a town with an article in its name",
        "pull-quotation": "the tagger takes a canton for its government, and a firm of architects for a person",
        "science-mussels": "the tagger takes a substance in capitals for an organisation",
        "statement-plant": "the tagger takes a company with a chemist's name for a person",
    },
}


def stories(respect: str) -> pytest.MarkDecorator:
    failures = KNOWN_FAILURES[respect]
    return pytest.mark.parametrize(
        "name",
        [
            pytest.param(name, marks=pytest.mark.xfail(reason=failures[name], raises=AssertionError, strict=True))
            if name in failures
            else name
            for name in story_names()
        ],
    )


@cache
def golden(name: str) -> AnnotatedStory:
    return annotated_story(name)


@cache
def read(name: str) -> Story:
    (story,) = read_stories(golden(name).source.encode(), source=f"{name}.txt")
    return story


@cache
def extracted(name: str) -> Extraction:
    assert read(name).text == golden(name).text, "the body is not what it should be; see the test of the furniture"
    return extract(read(name))


def differences(expected: Iterable[str], found: Iterable[str]) -> str:
    missing, surplus = list(expected), []
    for line in found:
        if line in missing:
            missing.remove(line)
        else:
            surplus.append(line)
    return "\n".join([f"missing: {line}" for line in missing] + [f"too many: {line}" for line in surplus])


def longest(text: str, spans: Iterable[Span]) -> str:
    return max((span.of(text) for span in sorted(spans)), key=len)


def forms(text: str, spans: Iterable[Span]) -> str:
    return " = ".join(sorted({span.of(text) for span in spans}, key=lambda form: (-len(form), form)))


def quotation_line(text: str, spans: Iterable[Span], form: str, speaker: str) -> str:
    return f"{form}, {speaker}: {' […] '.join(span.of(text) for span in sorted(spans))}"


def annotated_quotations(story: AnnotatedStory) -> list[str]:
    return [
        quotation_line(
            story.text,
            speech.spans,
            speech.form,
            "nobody named" if speech.speaker == "none" else longest(story.text, story.mentions[speech.speaker]),
        )
        for speech in story.speeches
    ]


def named(story: AnnotatedStory, entity: Entity) -> str:
    """The annotated name of what an entity stands for: the one that most of its mentions are in."""
    shared = Counter(
        identity
        for identity, spans in story.mentions.items()
        for mention in entity.mentions
        if any(mention.overlaps(span) for span in spans)
    )
    if not shared:
        return f"“{entity.name}”, which is nobody"
    return longest(story.text, story.mentions[shared.most_common(1)[0][0]])


@stories("furniture")
def test_furniture_stands_apart_from_the_body(name):
    story, expected = read(name), golden(name).expected
    found = {
        "headline": story.headline,
        "standfirst": story.standfirst,
        "byline": list(story.byline),
        "dateline": story.dateline and {"place": story.dateline.place, "agency": story.dateline.agency},
        "published": story.published and story.published.isoformat(),
        "end_notes": list(story.end_notes),
    }
    assert found == {field: expected[field] for field in found}
    assert story.text == golden(name).text


@stories("people")
def test_people_have_all_their_names_and_no_others(name):
    story, extraction = golden(name), extracted(name)
    wrong = differences(
        [forms(story.text, spans) for identity, spans in story.mentions.items() if KINDS[identity[0]] == Kind.PERSON],
        [forms(story.text, entity.mentions) for entity in extraction.entities if entity.kind == Kind.PERSON],
    )
    assert not wrong, wrong


@stories("roles")
def test_roles_belong_to_their_people(name):
    story, extraction = golden(name), extracted(name)
    wrong = differences(
        [
            f"{longest(story.text, story.mentions[tag.attributes['of']])}: {tag.span.of(story.text)}"
            for tag in story.tags
            if tag.name == "role"
        ],
        [f"{named(story, extraction.entities[role.person])}: {role.span.of(story.text)}" for role in extraction.roles],
    )
    assert not wrong, wrong


@stories("quotations")
def test_quotations_have_their_words_form_and_speaker(name):
    story, extraction = golden(name), extracted(name)
    wrong = differences(
        annotated_quotations(story),
        [
            quotation_line(
                story.text,
                {trimmed(story.text, span) for span in quotation.spans},
                quotation.form,
                "nobody named" if quotation.speaker is None else named(story, extraction.entities[quotation.speaker]),
            )
            for quotation in extraction.quotations
            if quotation.form != Form.INDIRECT
        ],
    )
    assert not wrong, wrong


@stories("names")
def test_organisations_and_locations_are_found_wherever_they_are_named(name):
    story, extraction = golden(name), extracted(name)
    wrong = differences(
        [
            f"{KINDS[identity[0]]} at {span.start}: {span.of(story.text)}"
            for identity, spans in story.mentions.items()
            for span in sorted(spans)
            if KINDS[identity[0]] != Kind.PERSON
        ],
        [
            f"{entity.kind} at {span.start}: {span.of(story.text)}"
            for entity in extraction.entities
            for span in entity.mentions
            if entity.kind != Kind.PERSON
        ],
    )
    assert not wrong, wrong
