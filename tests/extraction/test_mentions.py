from __future__ import annotations

from itertools import pairwise

import pytest

from articles.extraction.chains import LONGEST
from articles.extraction.mentions import find_mentions
from articles.extraction.types import Gazetteer, Kind

KINDS = {Kind.PERSON: "per", Kind.ORGANISATION: "org", Kind.LOCATION: "loc"}


def names(text, *, gazetteer=None, context=""):
    """The mentions of a text, as “kind name”."""
    mentions = find_mentions(text, gazetteer or Gazetteer(), context=context)
    return [f"{KINDS[mention.kind]} {mention.span.of(text)}" for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Ingrid Solberg left.", ["per Ingrid Solberg"]),
        ("Norwegian Prime Minister Tove Raske spoke.", ["per Tove Raske"]),
        ("Mr Ombati and Sir Percy Vane agreed.", ["per Ombati", "per Percy Vane"]),
        ("It was Gov. Wick's idea.", ["per Wick"]),
        ("They met J. K. Tarrow.", ["per J. K. Tarrow"]),
        ("He phoned Omar bin Rashid al-Amin.", ["per Omar bin Rashid al-Amin"]),
        ("He phoned Ursula von der Brück.", ["per Ursula von der Brück"]),
        ("We saw Bernard “Bear” Lowry there.", ["per Bernard “Bear” Lowry"]),
        ("Park Min-jae, the mayor, left.", ["per Park Min-jae"]),
        ("He thanked Theresa May on Tuesday.", ["per Theresa May"]),
        ("Anita Green, 34, won.", ["per Anita Green"]),
        ("Martin Okafor III and Ann Li KC spoke.", ["per Martin Okafor III", "per Ann Li"]),
        ("Oslo-based Ann Li paints.", ["per Ann Li"]),
        ("the minister Wirasena said", ["per Wirasena"]),
        ("Det Sgt Imran Tarrow and PC Ann Li came.", ["per Imran Tarrow", "per Ann Li"]),
        ("Rita de Sá Leite ran. De Sá Leite won.", ["per Rita de Sá Leite", "per De Sá Leite"]),
        ("Dean Tarrow scored.", ["per Dean Tarrow"]),
        ("The dean sat. Dean Tarrow scored.", ["per Tarrow"]),
    ],
    ids=[
        "given name",
        "office",
        "honorific",
        "abbreviated office and possessive",
        "initials",
        "Arabic particles",
        "German particles",
        "nickname",
        "Korean",
        "surname that is a month",
        "surname that is a clue",
        "suffix and letters after the name",
        "compound before it",
        "small title",
        "police ranks",
        "particle that opens a sentence",
        "given name that is an office",
        "office that is a given name",
    ],
)
def test_people_are_found(text, expected):
    assert [name for name in names(text) if name.startswith("per")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Ministry of Health and Sport said", "Ministry of Health and Sport"),
        ("at the University of Tartu today", "University of Tartu"),
        ("the Kenyan Foreign Ministry said", "Kenyan Foreign Ministry"),
        ("shares of Vellum Holdings Ltd. fell", "Vellum Holdings Ltd."),
        ("sued Harrow & Finch over it", "Harrow & Finch"),
        ("told Reuters that", "Reuters"),
        ("the Marsh County Sheriff’s Office said", "Marsh County Sheriff’s Office"),
        ("the Grain and Seed Administration ruled", "Grain and Seed Administration"),
        ("a report in the Globe and Mail", "Globe and Mail"),
        ("officials told France 24 that", "France 24"),
        ("the Coalition to Save Wetlands met", "Coalition to Save Wetlands"),
        ("the site Kettleblog.com reported", "Kettleblog.com"),
        ("the WHO said", "WHO"),
        ("a line of the UNHRB says", "UNHRB"),
        ("“We fought [IS] there,”", "IS"),
        ("the Quay and Allied Workers’ Union said", "Quay and Allied Workers’ Union"),
        ("the Tram Users’ Association said", "Tram Users’ Association"),
        ("the Osten Institute of Marine Biology said", "Osten Institute of Marine Biology"),
        ("the Shropshire Courier said", "Shropshire Courier"),
        ("sold to Rosta Millers Plc today", "Rosta Millers Plc"),
        ("in the journal Fresh Air", "Fresh Air"),
        ("a ferry company, Bateaux Tarrow, said", "Bateaux Tarrow"),
        ("the works of Ferrovie del Tarrow", "Ferrovie del Tarrow"),
        ("beaten by Swansea Gulls again", "Swansea Gulls"),
        ("beaten by the Rosta Steelmen", "Rosta Steelmen"),
        ("when Thistle captain fell", "Thistle"),
    ],
    ids=[
        "of and and",
        "of a place",
        "demonym inside",
        "legal form",
        "ampersand",
        "agency",
        "owner inside",
        "two fields",
        "known with a small word",
        "news channel",
        "to",
        "address",
        "known acronym",
        "unknown acronym",
        "acronym that is a small word",
        "union of two trades",
        "plural owner",
        "title after of",
        "newspaper of a county",
        "company",
        "after a journal",
        "after a company and a comma",
        "Italian company",
        "team of a town",
        "team of workers",
        "team before its captain",
    ],
)
def test_organisation_is_found_whole(text, expected):
    assert names(text) == [f"org {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from Oslo to Kenya", ["Oslo", "Kenya"]),
        ("in Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("in Cedar Falls, Iowa, and Yuma, Ariz., too", ["Cedar Falls", "Iowa", "Yuma", "Ariz."]),
        ("on Kestrel Street near Lake Osten", ["Kestrel Street", "Lake Osten"]),
        ("in the neighbouring towns of Vashmar and Tolq", ["Vashmar", "Tolq"]),
        ("Turkey and the U.S. agreed.", ["Turkey", "U.S."]),
        ("near Brzanka", ["Brzanka"]),
        ("in Brzanka and Tolq", ["Brzanka", "Tolq"]),
        ("Ann, 71, of Brzanka, won", ["Brzanka"]),
        ("six miles north of Brzanka", ["Brzanka"]),
        ("through the Tolq gorge", ["Tolq"]),
        ("a house beside the Tolq", ["Tolq"]),
        ("at Baie-Sainte-Tolq", ["Baie-Sainte-Tolq"]),
        ("the Canton of Tolq said", ["Canton of Tolq"]),
        ("on the Isle, on Mull", ["Mull"]),
    ],
    ids=[
        "known",
        "with and",
        "states",
        "clues",
        "towns of",
        "common word",
        "after near",
        "in and",
        "after an age",
        "north of",
        "before gorge",
        "beside the",
        "hyphens",
        "canton of",
        "island",
    ],
)
def test_places_are_found(text, expected):
    assert names(text) == [f"loc {place}" for place in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The French and the Muslims rested on Monday, June 3.",
        "The Prime Minister and the Deputy Governor left.",
        "It won the Golden Harp Award at the 2020 Winter Olympics.",
        "South Koreans speak Korean. However, Together, Officials.",
        "The CEO tested positive for COVID-19.",
        "They rest from Easter until Pentecost, in anti-Brexit mood.",
        "Mussels use an acid called DORPA.",
        "No names here at all.",
        "",
    ],
    ids=[
        "peoples and days",
        "offices",
        "events",
        "small words",
        "acronyms of things",
        "holidays",
        "substances",
        "none",
        "empty",
    ],
)
def test_what_is_no_name_is_left_alone(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They live in Ain Zarqun now.", ["loc Ain Zarqun"]),
        ("They bought it from the firm Obex Lumo.", ["org Obex Lumo"]),
        ("They ran the Obex Lumo again.", []),
        ("They thanked Obex Lumo.", ["per Obex Lumo"]),
    ],
    ids=["in", "firm", "the", "nothing"],
)
def test_unknown_words_are_what_the_word_before_says(text, expected):
    assert names(text) == expected


def test_ship_is_nobody_after_a_word_for_ships():
    assert names("The trawler Silver Tarrow sank. Divers saw Silver Tarrow.") == []


def test_town_is_no_short_form_of_a_board_there():
    text = "The Kinsale Harbour Agency met in Kinsale, near Youghal."
    assert names(text) == ["org Kinsale Harbour Agency", "loc Kinsale", "loc Youghal"]


def test_station_with_an_acronym_is_an_organisation():
    assert names("at the Osten Marine Station") == ["loc Osten Marine Station"]
    assert names("by the Osten Marine Station (OMS)") == ["org Osten Marine Station", "org OMS"]


def test_club_is_called_by_either_word():
    assert names("Tarrow Albion won. Albion lead.") == ["org Tarrow Albion", "org Albion"]


def test_ship_is_nobody_although_named_after_somebody():
    text = "The MV Anna Berg sank off Oslo. Divers reached the Anna Berg."
    assert names(text) == ["loc Oslo"]


def test_surname_alone_follows_full_name():
    assert names("Tove Raske won. Later Raske wept.") == ["per Tove Raske", "per Raske"]


def test_surname_with_particle_is_taken_whole():
    text = "Bill de Wycke ran. Voters like de Wycke. De Wycke smiled."
    assert names(text) == ["per Bill de Wycke", "per de Wycke", "per De Wycke"]


def test_full_name_of_the_headline_explains_a_surname():
    assert names("Later Raske wept.") == []
    assert names("Later Raske wept.", context="Tove Raske wins") == ["per Raske"]


def test_surname_that_is_a_country():
    text = "Samar Israel left. Israel said she flew from Israel."
    assert names(text) == ["per Samar Israel", "per Israel", "loc Israel"]


def test_short_form_follows_organisation():
    assert names("Vellum Holdings grew. Vellum hires.") == ["org Vellum Holdings", "org Vellum"]


def test_archive_decides_over_rules():
    gazetteer = Gazetteer(names={"brightwater": Kind.ORGANISATION, "oslo": Kind.PERSON})
    assert names("It was Brightwater that hired Oslo.", gazetteer=gazetteer) == ["org Brightwater", "per Oslo"]


def test_mentions_are_in_order_and_apart():
    text = "Kenyan President Amina Wako met Reuters staff, the Bank of Peru and Bernard “Bear” Lowry in Paris, Texas."
    spans = [mention.span for mention in find_mentions(text, Gazetteer())]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))
    assert len(spans) == 6


def test_every_mention_says_why():
    text = "Mr Wako met Ingrid Berg of the Bank of Peru (BOP) in Oslo."
    rules = {mention.span.of(text): mention.rule for mention in find_mentions(text, Gazetteer())}
    assert rules == {
        "Wako": "after “Mr”",
        "Ingrid Berg": "a known given name",
        "Bank of Peru": "“Bank of”",
        "BOP": "printed as an acronym",
        "Oslo": "in the gazetteer of places",
    }


@pytest.mark.parametrize(
    "text",
    ["Anna Berg " * 5000, "Bank of " * 5000, "O'" * 20000, "van der " * 5000, "X" * 100_000],
    ids=["one long line of names", "of of of", "apostrophes", "particles", "one word"],
)
def test_endless_capitals_end(text):
    mentions = find_mentions(text, Gazetteer())
    assert all(len(mention.span.of(text).split()) <= LONGEST + 2 for mention in mentions)
