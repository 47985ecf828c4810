from __future__ import annotations

from datetime import date

import pytest

from articles.documents.datelines import find_dateline, lone_dateline
from articles.documents.story import Dateline


@pytest.mark.parametrize(
    ("paragraph", "place", "agency", "rest"),
    [
        ("TORONTO (Lake Wire) – Canada will lead.", "TORONTO", "Lake Wire", "Canada will lead."),
        ("PARIS, March 3 (AFP) - The talks ended.", "PARIS", "AFP", "The talks ended."),
        ("DAVAO (Mindanao Wire / 11 Feb) — The pier fell.", "DAVAO", "Mindanao Wire", "The pier fell."),
        ("LONDON — A judge said no.", "LONDON", "", "A judge said no."),
        ("LaGRANGE, Ga. (Reed News Service) -- Cotton fell.", "LaGRANGE, Ga.", "Reed News Service", "Cotton fell."),
        ("FARGO, N.D. -- Snow fell.", "FARGO, N.D.", "", "Snow fell."),
        ("ST. CLOUD, Minn. — A flock died.", "ST. CLOUD, Minn.", "", "A flock died."),
        ("SZEGED, Hungary--Shareholders met.", "SZEGED, Hungary", "", "Shareholders met."),
        ("NABLUS, West Bank, April 22 (Agence Sud) – “We wait.”", "NABLUS, West Bank", "Agence Sud", "“We wait.”"),
        ("NEW DELHI: A bus fell.", "NEW DELHI", "", "A bus fell."),
        ("LUSAKA/LONDON, June 18 (Sud Wire) - Some 90 came.", "LUSAKA/LONDON", "Sud Wire", "Some 90 came."),
        ("SUDBURY, Ont. - Pickets went up.", "SUDBURY, Ont.", "", "Pickets went up."),
        ("LAPLACE, La. | The tarp is blue.", "LAPLACE, La.", "", "The tarp is blue."),
        ("BUDAPEST, October 2 (Duna). A court ordered it.", "BUDAPEST", "Duna", "A court ordered it."),
        ("OSTRAVA, Czech Republic. The stand was empty.", "OSTRAVA, Czech Republic", "", "The stand was empty."),
        ("WELLINGTON, Thursday – A vote failed.", "WELLINGTON", "", "A vote failed."),
        ("Prague, Nov 19 (Vltava) - The vote failed.", "Prague", "Vltava", "The vote failed."),
        ("Salta, Argentina — At noon it rained.", "Salta, Argentina", "", "At noon it rained."),
        ("Cairo: A figure came home.", "Cairo", "", "A figure came home."),
        ("TIRANA — 14 people died.", "TIRANA", "", "14 people died."),
    ],
)
def test_a_dateline_is_told_from_the_lead(paragraph, place, agency, rest):
    filed = find_dateline(paragraph)
    assert filed.dateline == Dateline(place, agency)
    assert paragraph[filed.length :] == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO – the alliance – said it would wait.",
        "NATO – The alliance said it would wait.",
        "IBM -- The company has left.",
        "IBM, Oracle – The companies have left.",
        "UNICEF – The agency has left.",
        "WORLD CUP – England beat Brazil.",
        "EXCLUSIVE: The mayor resigned.",
        "WHO: The agency met.",
        "US – The vote failed.",
        "Paris – the capital – was quiet.",
        "The mayor – Ana Moss – resigned.",
        "Q: What did you see?",
        "KOSKELO (Radio Vaasa): When will it open?",
        "It rained in PARIS (AFP) - all day.",
        "IT LAY for sixty years.",
        "At 7:03 on Tuesday a notice was found.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(paragraph):
    assert find_dateline(paragraph) is None


def test_an_unknown_place_counts_where_the_story_names_it_again():
    lead = "STONY HOLLOW — Tap water runs clear."
    assert find_dateline(lead) is None
    assert find_dateline(lead, "The school in Stony Hollow opened.").dateline.place == "STONY HOLLOW"
    assert find_dateline("HOLLOW CROWN — Water runs clear.", "She played in the Hollow Crown.") is None


def test_a_speaker_of_an_interview_is_no_place():
    assert find_dateline("Florence: I was nine.", "Moss: And then?\nFlorence: Then I left.") is None


def test_a_dateline_with_its_year_gives_the_date():
    assert find_dateline("PARIS, 3 March 2024 (AFP) - The talks ended.").published == date(2024, 3, 3)
    assert find_dateline("PARIS, March 3, 2024 - The talks ended.").published == date(2024, 3, 3)
    assert find_dateline("PARIS, March 3 - The talks ended.").published is None


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("MINAKAMI, Japan", Dateline("MINAKAMI, Japan")),
        ("MUSCAT, Dec 1 (Gulf Sheet)", Dateline("MUSCAT", "Gulf Sheet")),
        ("JAKARTA", Dateline("JAKARTA")),
        ("Jamnagar, April 3", Dateline("Jamnagar")),
    ],
)
def test_a_line_can_be_a_dateline_alone(line, dateline):
    assert lone_dateline(line).dateline == dateline


@pytest.mark.parametrize(
    "line",
    ["DIARY", "IN BRIEF", "Gander", "Old Mill House, Durban", "WHAT HAPPENED", "RIVERTON TOWN POLICE STATION, TEXAS"],
)
def test_a_heading_is_no_dateline(line):
    assert lone_dateline(line) is None
