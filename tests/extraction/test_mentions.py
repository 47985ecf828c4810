from __future__ import annotations

from itertools import pairwise

import pytest

from articles.extraction.mentions import find_mentions
from articles.extraction.types import Gazetteer, Kind
from tests.extraction.marked import read_marked

KINDS = {Kind.PERSON: "per", Kind.ORGANISATION: "org", Kind.LOCATION: "loc"}


def mentions(marked, *, archive=None, context=""):
    """The text of a marked one and its mentions."""
    text, tags, _ = read_marked(marked)
    return text, find_mentions(text, Gazetteer(names=archive or {}), tags, context=context)


def names(marked, **options):
    """The mentions of a marked text, as “kind name”."""
    text, found = mentions(marked, **options)
    return [f"{KINDS[mention.kind]} {mention.span.of(text)}" for mention in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("p⟨Ann Li⟩ left l⟨Oslo⟩.", ["per Ann Li", "loc Oslo"]),
        ("She saw x⟨The Long Tide⟩ there.", []),
        ("p⟨Sir Percy Vane⟩ sat in o⟨Vellum Ltd.'s⟩ van.", ["per Percy Vane", "org Vellum Ltd."]),
        ("", []),
    ],
    ids=["as tagged", "other names", "edges", "empty"],
)
def test_mentions_are_what_the_tagger_saw(marked, expected):
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("marked", "last"),
    [
        ("o⟨Tarrow⟩ rose. Shares in p0.5⟨Tarrow⟩ fell.", "org Tarrow"),
        ("o⟨Tarrow⟩ rose. x0.5⟨Tarrow⟩ fell.", "org Tarrow"),
        ("o⟨Tarrow⟩ rose. p⟨Tarrow⟩ fell.", "per Tarrow"),
        ("p⟨Kyle Tolq⟩ sat. l0.7⟨Tolq⟩ wept.", "per Tolq"),
        ("p⟨Sami Amman⟩ sat. l⟨Amman⟩ wept.", "per Amman"),
        ("p⟨Sami Amman⟩ sat. He flew to l⟨Amman⟩.", "loc Amman"),
        ("p⟨Sami Hudson⟩ sat. She wrote to l⟨Hudson⟩.", "per Hudson"),
        ("p⟨Sami Hudson⟩ sat. She lives in l⟨Hudson⟩.", "loc Hudson"),
        ("o⟨Vellum Holdings⟩ grew. p0.6⟨Vellum⟩ hires.", "org Vellum"),
        ("o⟨Kinsale Harbour Board⟩ met near l0.6⟨Kinsale⟩.", "loc Kinsale"),
        ("o⟨Rosta Albion⟩ won. p0.6⟨Albion⟩ lead.", "org Albion"),
        ("Mr p⟨Quay⟩ met o0.6⟨Ingrid Quay⟩.", "per Ingrid Quay"),
        ("Mr p⟨Quay⟩ met o0.6⟨Hallam & Quay⟩.", "org Hallam & Quay"),
        ("o⟨New Port Assembly⟩ met. The l⟨New Port⟩ law.", "loc New Port"),
        ("p⟨Tom Webb⟩ became p0.8⟨Sultan⟩ in 1970.", "per Tom Webb"),
        ("p⟨Ines King⟩ sat. p0.8⟨King⟩ wept.", "per King"),
    ],
    ids=[
        "misread once",
        "no name once",
        "two things",
        "surname",
        "surname that is a town",
        "town that is a surname",
        "whom something goes to",
        "town that somebody lives in",
        "short form",
        "town that an organisation begins with",
        "club",
        "full name",
        "firm of a family",
        "longer name",
        "office",
        "surname that is an office",
    ],
)
def test_name_in_doubt_is_what_the_story_knows(marked, last):
    assert names(marked)[-1] == last


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The o⟨Harbour Safety Board⟩ (l0.5⟨HSB⟩) met. The l0.5⟨HSB⟩ left.", ["org HSB", "org HSB"]),
        ("the x⟨2018 Fair Harbours Act⟩ (o⟨FHA⟩) and the o⟨FHA⟩", []),
        ("The o⟨Assembly of New Tarrow⟩ (l⟨NT⟩) met.", ["loc NT"]),
    ],
    ids=["organisation", "law", "short for a part of it"],
)
def test_acronym_in_brackets_is_what_stands_before(marked, expected):
    assert [name for name in names(marked) if name.split()[1].isupper()] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The o0.6⟨Tolq⟩-based firm", ["loc Tolq"]),
        ("The p0.6⟨Reuters⟩ report", ["org Reuters"]),
        ("The p0.6⟨Kenyan⟩ law", []),
        ("They met p0.6⟨Siberia⟩ there", ["loc Siberia"]),
    ],
    ids=["based", "list of organisations", "people", "list of regions"],
)
def test_name_in_doubt_is_what_lists_and_words_beside_say(marked, expected):
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("p⟨Tove Raske⟩ won. Later Raske wept.", ["per Tove Raske", "per Raske"]),
        ("l⟨Tolq⟩ is dry. The Tolq farmers wept.", ["loc Tolq", "loc Tolq"]),
        ("o⟨Netta⟩ grew: “Netta’s shop”.", ["org Netta", "org Netta"]),
        ("l⟨Tolq⟩ is dry. Tolqites, Tolq-Rosta, McTolq, @Tolq and tolq.", ["loc Tolq"]),
        ("l⟨Tolq⟩ is dry. Tolq Palms grow.", ["loc Tolq"]),
        ("o0.5⟨Tolq⟩ grew. Eat Tolq raw.", ["org Tolq"]),
        ("p⟨Ann May⟩ won. It may rain. May was dry.", ["per Ann May"]),
        ("p⟨Ann Li⟩ ran the x⟨Ann Li Trophy⟩. Li won.", ["per Ann Li", "per Li"]),
    ],
    ids=[
        "surname",
        "before a noun",
        "possessive",
        "part of a word",
        "part of a name",
        "hardly seen",
        "word of the language",
        "inside another name",
    ],
)
def test_name_is_marked_wherever_it_is_printed(marked, expected):
    assert names(marked) == expected


def test_name_after_an_honorific_is_a_person():
    assert names("They asked Mr Ombati and Don Quay.") == ["per Ombati"]


def test_names_that_stand_alone_elsewhere_are_parted():
    marked = "o⟨Vellum⟩ and p⟨Omar Haddad⟩ met. o0.5⟨Vellum and Tarrow Ltd⟩ grew, o⟨Tarrow Ltd⟩ said."
    assert names(marked) == ["org Vellum", "per Omar Haddad", "org Vellum", "org Tarrow Ltd", "org Tarrow Ltd"]


def test_full_name_of_the_headline_explains_a_surname():
    assert names("Later l0.6⟨Raske⟩ wept.") == ["loc Raske"]
    assert names("Later l0.6⟨Raske⟩ wept.", context="Ingrid Raske wins") == ["per Raske"]


def test_archive_decides():
    archive = {"brightwater": Kind.ORGANISATION, "oslo": Kind.PERSON, "may": Kind.PERSON, "afa": Kind.ORGANISATION}
    text = "It was Brightwater, not brightwater, that hired l⟨Oslo⟩ in May under the x⟨Act for All⟩ (x⟨AFA⟩)."
    assert names(text, archive=archive) == ["org Brightwater", "per Oslo", "org AFA"]


def test_every_mention_says_why_and_how_surely():
    text, found = mentions("p0.97⟨Ann Berg⟩ met Mr Wako of p0.6⟨Reuters⟩. Berg left.")
    assert [(mention.span.of(text), mention.rule, mention.score) for mention in found] == [
        ("Ann Berg", "the tagger, 0.97 sure", 0.97),
        ("Wako", "after “Mr”", None),
        ("Reuters", "in the list of organisations", 0.9),
        ("Berg", "surname of Ann Berg", None),
    ]


def test_mentions_are_in_order_and_apart():
    _, found = mentions("Mr Li met p⟨Ann Li⟩ and o⟨Li Ltd⟩. Li and Ann Li left l⟨Lima⟩, not Lima Ltd.")
    spans = [mention.span for mention in found]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))
    assert len(spans) == 6


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("o⟨Sago 9⟩ aired it. A l0.7⟨Sago⟩ 9 reporter left.", ["org Sago 9", "org Sago 9"]),
        ("o0.4⟨Sago 9⟩ aired it. A l0.7⟨Sago⟩ 9 reporter left.", ["org Sago 9", "loc Sago"]),
        ("o⟨Union of Sailors⟩ (o⟨US⟩) met. “We in [US] row.”", ["org Union of Sailors", "org US", "org US"]),
        ("o⟨Island Seamen⟩ (o⟨IS⟩) met. That is it. “We in [IS] row.”", ["org Island Seamen", "org IS", "org IS"]),
    ],
    ids=["a part of a name", "a longer one in doubt", "in brackets", "an acronym that is a small word"],
)
def test_a_name_is_whole_wherever_it_is_printed(marked, expected):
    assert names(marked) == expected
