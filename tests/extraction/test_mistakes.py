"""Each kind of mistake, told from a tiny annotated story and what was extracted instead."""

from __future__ import annotations

from collections import Counter

import pytest

from articles.extraction.annotations import read_annotation
from articles.extraction.mistakes import FIGURES, find_mistakes, most_frequent
from articles.extraction.sides import ScoredStory, Sides
from articles.extraction.types import Cue, Entity, Extraction, Form, Kind, Quotation, RoleHeld
from articles.text.spans import Span

KINDS = {"p": Kind.PERSON, "o": Kind.ORGANISATION, "l": Kind.LOCATION}


def entities(text, *names):
    """Entities of “p: Ann Li, Li”: their mentions are the first places of each form, apart from one another."""
    taken: list[Span] = []
    found = []
    for name in names:
        kind, _, forms = name.partition(": ")
        spans = []
        for form in forms.split(", "):
            at = next(
                at for at in positions(text, form) if not any(Span(at, at + len(form)).overlaps(t) for t in taken)
            )
            spans.append(Span(at, at + len(form)))
            taken.append(spans[-1])
        found.append(Entity(KINDS[kind], forms.split(", ")[0], tuple(sorted(spans)), ""))
    return tuple(found)


def positions(text, words):
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def the(words, text):
    (at,) = positions(text, words)
    return Span(at, at + len(words))


def said(text, *pieces, cue=None, source=None, speaker=None):
    is_direct = all(piece[0] == "“" for piece in pieces)
    return Quotation(
        tuple(the(piece, text) for piece in pieces),
        Form.DIRECT if is_direct else Form.INDIRECT,
        Cue(the(cue, text), "") if cue else None,
        the(source, text) if source else None,
        speaker,
    )


def mistakes(marked, *names, roles=(), quotations=()):
    """The mistakes of an annotated text below a headline, as “figure: kind”, when these are extracted from it."""
    annotated = read_annotation(f"Rain\n\n{marked}")
    text = annotated.text
    extraction = Extraction(
        entities(text, *names),
        tuple(RoleHeld(person, words, the(words, text)) for person, words in roles),
        tuple(said(text, *pieces, **options) for *pieces, options in quotations),
    )
    found = find_mistakes(Sides.of(ScoredStory("rain.txt", annotated, text, extraction)))
    return [f"{mistake.figure}: {mistake.kind}" for mistake in found]


@pytest.mark.parametrize(
    ("marked", "names", "expected"),
    [
        ('Then <org i="o">Tolq</org> left.', ["p: Tolq"], "names.organisations: organisation read as person"),
        ('Then <per i="p">Tove Raske</per> left.', ["p: Raske"], "names.people: cut short at the left"),
        ('Then <org i="o">Bank of Peru</org> left.', ["o: Bank"], "names.organisations: cut short at the right"),
        ('Then old <per i="p">Raske</per> left.', ["p: old Raske"], "names.people: too long at the left"),
        ('In <loc i="l">Oslo</loc> today.', ["l: Oslo today"], "names.locations: too long at the right"),
        ('The <org i="o">Board of Art and Work</org>.', ["o: Board of Art", "o: Work"], "names.organisations: split"),
        ('Then <per i="p">Tove Raske</per> left.', ["p: Then Tove"], "names.people: moved to the left"),
        ('Then <per i="p">Raske</per> left.', [], "names.people: missed: of one word"),
        ('Then <per i="p">Tove Raske</per> left.', [], "names.people: missed: of several words"),
        ('<per i="p">Raske</per> left.', [], "names.people: missed: at the start of a sentence"),
        ('Then <org i="o">NRK</org> left.', [], "names.organisations: missed: an acronym"),
        ("Then <misc>Titanic</misc> sank.", ["l: Titanic"], "names.locations: invented: the name of something else"),
        ("Then Norwegian <misc>Air</misc> sank.", ["o: Norwegian"], "names.organisations: invented: a nationality"),
        ("Then the house fell.", ["o: house"], "names.organisations: invented: common nouns"),
        ("Then Brzank fell.", ["o: Brzank"], "names.organisations: invented: other words"),
    ],
)
def test_names(marked, names, expected):
    (found,) = mistakes(marked, *names)
    assert found.startswith(expected)


def test_two_names_read_as_one_are_joined():
    assert mistakes('Then <per i="p">Raske</per> <loc i="l">Oslo</loc> left.', "p: Raske Oslo") == [
        "names.people: joined with its neighbour",
        "names.locations: joined with its neighbour",
    ]


def test_names_of_a_headline_are_told_apart():
    annotated = read_annotation('Rain in <loc i="l">Oslo</loc> Now\n\nIt rained.')
    extraction = Extraction((Entity(Kind.PERSON, "Now", (the("Now", annotated.text),), ""),))
    found = find_mistakes(Sides.of(ScoredStory("rain.txt", annotated, annotated.text, extraction)))
    assert [str(mistake) for mistake in found] == [
        "rain.txt: names.locations: missed: in the headline: Oslo → nothing",
        "rain.txt: names.people: invented: other words of the headline: nothing → Now",
    ]


def test_name_inside_a_quotation_is_told_apart():
    marked = '<q n="1" s="none" f="direct">“All of <loc i="l">Oslo</loc> is wet,”</q> he said.'
    assert "names.locations: missed: inside a quotation" in mistakes(marked)


@pytest.mark.parametrize(
    ("marked", "names", "expected"),
    [
        ('<per i="p">Tove Raske</per> and <per i="p">Raske</per>.', ["p: Tove Raske", "p: Raske"], "a short name"),
        ('<org i="o">Norsk Radio</org> or <org i="o">NRK</org>.', ["o: Norsk Radio", "o: NRK"], "an acronym"),
        ('<per i="p">Tove</per>, <per i="p">Tove</per>.', ["p: Tove", "p: Tove"], None),
    ],
)
def test_split_clusters(marked, names, expected):
    kinds = mistakes(marked, *names)
    assert [kind.partition("split: ")[2].partition(" and")[0] for kind in kinds] == ([expected] if expected else [])


def test_joined_cluster():
    marked = '<per i="p">Tove Raske</per> met <per i="r">Ann Raske</per>.'
    assert mistakes(marked, "p: Tove Raske, Ann Raske") == ["clusters: person joined: the same last word"]


@pytest.mark.parametrize(
    ("roles", "names", "expected"),
    [
        ([], ["p: Tove Raske", "p: Li"], "missed: in apposition behind the name"),
        ([(1, "mayor of the town")], ["p: Tove Raske", "p: Li"], "of another person"),
        ([(0, "mayor")], ["p: Tove Raske", "p: Li"], "cut short at the right"),
        ([], ["p: Li"], "missed: the person’s name was not found either"),
        (
            [(0, "mayor of the town"), (1, "with")],
            ["p: Tove Raske", "p: Li"],
            "invented: before the name",
        ),
    ],
)
def test_roles(roles, names, expected):
    marked = '<per i="p">Tove Raske</per>, <role of="p">mayor of the town</role>, met with <per i="r">Li</per>.'
    found = [mistake for mistake in mistakes(marked, *names, roles=roles) if mistake.startswith("roles")]
    assert found == [f"roles: {expected}"]


@pytest.mark.parametrize(
    ("role", "expected"), [("Mayor", "missed: before the name"), ("his sister", "missed: kinship")]
)
def test_roles_before_the_name(role, expected):
    assert mistakes(f'He met <role of="p">{role}</role> <per i="p">Tove</per>.', "p: Tove") == [f"roles: {expected}"]


DIRECT = (
    '<q n="1" s="p" f="direct">“All the water in town is cold today,”</q> <src n="1"><per i="p">Raske</per></src> '
    '<cue n="1">said</cue>. <q n="2" s="p" f="direct">“It has been like this for a week.”</q>'
)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([["“It has been like this for a week.”"]], "missed: with a verb of saying, as “said”"),
        ([["“All the water in town is cold today,”"]], "missed: no cue"),
        ([["“All the water"], ["“It has been like this for a week.”"]], "cut short at the right"),
        ([["in town is cold today,”"], ["“It has been like this for a week.”"]], "cut short at the left"),
        (
            [["“All the water"], ["cold today,”"], ["“It has been like this for a week.”"]],
            "split",
        ),
    ],
)
def test_quotations(pieces, expected):
    quotations = [(*piece, {"speaker": 0, "cue": "said", "source": "Raske"}) for piece in pieces]
    found = [mistake for mistake in mistakes(DIRECT, "p: Raske", quotations=quotations) if "quotes" in mistake]
    assert found == [f"quotes.quoted: {expected}"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('They <cue n="1">urged</cue> us <q n="1" s="none" f="indirect">to leave</q>.', "an infinitive"),
        ('They <cue n="1">called</cue> it <q n="1" s="none" f="direct">“a mess”</q>.', "a phrase in quotation marks"),
        ('<cue n="1">According to</cue> it, <q n="1" s="none" f="indirect">all is well</q>.', "with “according to”"),
    ],
)
def test_missed_quotations_by_manner(marked, expected):
    (found,) = [mistake for mistake in mistakes(marked) if "quotes" in mistake]
    assert found.partition("missed: ")[2].startswith(expected)


def test_invented_quotation():
    found = mistakes("It was “a very good thing to do in May”.", quotations=[("“a very good thing to do in May”", {})])
    assert found == ["quotes.quoted: invented: no cue"]


@pytest.mark.parametrize(
    ("speaker", "source", "read", "expected"),
    [
        ("p", '<per i="p">Raske</per>', None, "nobody instead of someone: a name"),
        ("p", "he", None, "nobody instead of someone: a pronoun"),
        ("p", "the mayor", None, "nobody instead of someone: a description"),
        ("p", "", None, "nobody instead of someone: no source phrase"),
        ("none", "he", 0, "someone instead of nobody: a pronoun"),
        ("p", "he", 1, "another person: a pronoun"),
        ("o", "it", 0, "a person instead of an organisation: a pronoun"),
        ("l", "it", 0, "another instead of someone: the name was not found"),
    ],
)
def test_speakers(speaker, source, read, expected):
    source = f'<src n="1">{source}</src> said: ' if source else ""
    marked = (
        f'<per i="p">Tove Raske</per>, <per i="r">Li</per>, <org i="o">Tolq</org>, <loc i="l">Oslo</loc>. {source}'
        f'<q n="1" s="{speaker}" f="direct">“It rains,”</q>'
    )
    quotations = [("“It rains,”", {"speaker": read})]
    found = mistakes(marked, "p: Tove Raske", "p: Li", "o: Tolq", quotations=quotations)
    assert [mistake for mistake in found if "speakers" in mistake] == [f"speakers: {expected}"]


def test_cues_and_sources():
    marked = (
        '<src n="1">the old mayor</src> <cue n="1">had said</cue> <q n="1" s="none" f="indirect">it rains</q>; '
        'and <src n="2">she</src> <cue n="2">sighed</cue> <q n="2" s="none" f="direct">“a lot”</q>.'
    )
    found = mistakes(marked, quotations=[("it rains", {"cue": "said", "source": "mayor"})])
    assert [mistake for mistake in found if mistake.startswith(("cues", "sources"))] == [
        "cues: cut short at the left",
        "cues: missed: a verb beside marks only, as “sighed”",
        "sources: cut short at the left",
        "sources: missed: a pronoun",
    ]


def test_what_is_right_is_no_mistake():
    quotations = [
        ("“All the water in town is cold today,”", {"speaker": 0, "cue": "said", "source": "Raske"}),
        ("“It has been like this for a week.”", {"speaker": 0}),
    ]
    assert mistakes(DIRECT, "p: Raske", quotations=quotations) == []


def test_the_most_frequent_kinds_come_first_with_the_first_example():
    marked = 'Then <per i="p">Raske</per> and <per i="r">Li</per>; <per i="a">Ann Berg</per> and <loc i="l">Oslo</loc>.'
    annotated = read_annotation(f"Rain\n\n{marked}")
    found = find_mistakes(Sides.of(ScoredStory("rain.txt", annotated, annotated.text, Extraction())))
    frequent = most_frequent(found)
    assert tuple(frequent) == FIGURES
    assert [(kind.kind, kind.count, kind.example.words) for kind in frequent["names.people"]] == [
        ("missed: of one word", 2, "Raske → nothing"),
        ("missed: of several words", 1, "Ann Berg → nothing"),
    ]
    assert [kind.count for kind in most_frequent(found, number=1)["names.people"]] == [2]
    assert Counter(mistake.figure for mistake in found) == {"names.people": 3, "names.locations": 1}
