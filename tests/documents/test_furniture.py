from __future__ import annotations

from datetime import date

import pytest

from articles.documents.blocks import paragraph
from articles.documents.furniture import tell_apart
from articles.documents.story import Dateline

LEAD = "A ferry with ninety people aboard ran onto a sandbank off the coast on Monday, the harbour master said."
NEXT = (
    "Nobody was hurt. “We waited for the tide, and we played cards,” said Ana Moss, who was on board with her mother."
)
LAST = "The tide lifted the ferry at noon."
HEADLINE = "Ferry sits on sandbank for six hours"


def told(*lines, **options):
    return tell_apart([paragraph(line.split("\n")) for line in lines], **options)


def body(furniture):
    return [block.text for block in furniture.body]


def test_headline_and_story():
    furniture = told(HEADLINE, LEAD, NEXT, LAST)
    assert furniture.headline == HEADLINE
    assert body(furniture) == [LEAD, NEXT, LAST]
    assert (furniture.standfirst, furniture.byline, furniture.dateline, furniture.published) == ("", (), None, None)


def test_capitals_of_a_headline_stay():
    assert told("FERRY SITS ON SANDBANK", LEAD).headline == "FERRY SITS ON SANDBANK"


@pytest.mark.parametrize(
    ("head", "standfirst", "byline", "dateline", "published"),
    [
        pytest.param(["By Ana Lopez"], "", ["Ana Lopez"], None, None, id="byline"),
        pytest.param(["By Ana Lopez\nRivers Staff Writer"], "", ["Ana Lopez"], None, None, id="byline and office"),
        pytest.param(["Ana Lopez\nLocal government reporter"], "", ["Ana Lopez"], None, None, id="name and office"),
        pytest.param(["Ana Lopez"], "", ["Ana Lopez"], None, None, id="name alone"),
        pytest.param(["Ana Lopez\nMÉRIDA"], "", ["Ana Lopez"], "MÉRIDA", None, id="name and place"),
        pytest.param(["By Ana Lopez, SUVA"], "", ["Ana Lopez"], "SUVA", None, id="byline with place"),
        pytest.param(["By Ana Lopez | 3 March 2024"], "", ["Ana Lopez"], None, date(2024, 3, 3), id="byline with date"),
        pytest.param(["By Ana Lopez", "Updated 21:07"], "", ["Ana Lopez"], None, None, id="time of an update"),
        pytest.param(["Monday, March 4, 2024"], "", [], None, date(2024, 3, 4), id="date line"),
        pytest.param(
            ["Updated: 5 March 2024 | Published: 4 March 2024"], "", [], None, date(2024, 3, 4), id="two dates"
        ),
        pytest.param(["JAKARTA"], "", [], "JAKARTA", None, id="place alone"),
        pytest.param(["Special Correspondent", "JAKARTA"], "", [], "JAKARTA", None, id="office and place"),
        pytest.param(
            ["Passengers wait for the tide with cards and rum", "By Ana Lopez"],
            "Passengers wait for the tide with cards and rum",
            ["Ana Lopez"],
            None,
            None,
            id="standfirst, byline",
        ),
        pytest.param(
            ["It was the second time this year. The owner blames the charts.", "4 March 2024", "By Ana Lopez"],
            "It was the second time this year. The owner blames the charts.",
            ["Ana Lopez"],
            None,
            date(2024, 3, 4),
            id="standfirst of two sentences",
        ),
        pytest.param(
            ["By Ana Lopez", "Passengers wait for the tide with cards and rum on board"],
            "Passengers wait for the tide with cards and rum on board",
            ["Ana Lopez"],
            None,
            None,
            id="byline, standfirst",
        ),
    ],
)
def test_the_head_of_a_story(head, standfirst, byline, dateline, published):
    furniture = told(HEADLINE, *head, LEAD, NEXT, LAST)
    assert furniture.standfirst == standfirst
    assert list(furniture.byline) == byline
    assert furniture.dateline == (Dateline(dateline) if dateline else None)
    assert furniture.published == published
    assert body(furniture) == [LEAD, NEXT, LAST]


def test_a_dateline_leaves_the_lead():
    furniture = told(HEADLINE, "By Ana Lopez", f"LASEM, Indonesia, Nov 12 (Rivers Wire) -- {LEAD}", NEXT)
    assert furniture.dateline == Dateline("LASEM, Indonesia", "Rivers Wire")
    assert body(furniture) == [LEAD, NEXT]


def test_a_standfirst_between_headline_and_dateline():
    furniture = told(HEADLINE, "Mayor says the warning came forty minutes late", f"TUNIS (Rivers Wire) – {LEAD}")
    assert furniture.standfirst == "Mayor says the warning came forty minutes late"
    assert body(furniture) == [LEAD]


def test_a_label_is_no_standfirst():
    furniture = told(HEADLINE, "Diary", f"TUNIS (Rivers Wire) – {LEAD}")
    assert furniture.standfirst == ""
    assert body(furniture) == ["Diary", LEAD]


@pytest.mark.parametrize(
    "pull",
    [
        "“We waited for the tide, and we played cards.”",
        '"We waited for the tide, and we played cards"',
    ],
)
def test_a_quotation_that_the_story_repeats_is_the_standfirst(pull):
    furniture = told(HEADLINE, pull, LEAD, NEXT, LAST)
    assert furniture.standfirst == pull
    assert body(furniture) == [LEAD, NEXT, LAST]


def test_a_quotation_that_is_told_once_is_story():
    furniture = told(HEADLINE, "“I have never seen a sandbank like it.”", LEAD, NEXT, LAST)
    assert furniture.standfirst == ""
    assert body(furniture)[0] == "“I have never seen a sandbank like it.”"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Erie 3 Skokie 3", id="score"),
        pytest.param("It was a Monday.", id="short sentence"),
        pytest.param("Obituary: Ana Moss, sailor, 1938–2024", id="label"),
        pytest.param("A short sentence of more than six words stands here.", id="sentence with its full stop"),
    ],
)
def test_what_only_may_be_a_standfirst_is_story(line):
    furniture = told(HEADLINE, line, LEAD, NEXT, LAST)
    assert furniture.standfirst == ""
    assert body(furniture)[0] == line


def test_headings_between_news_in_brief_stay():
    lines = ["Ferry called to a man who was already home", LEAD, "Head teacher leaves after thirty years", NEXT, LAST]
    furniture = told("IN BRIEF", *lines)
    assert furniture.standfirst == ""
    assert body(furniture) == lines


def test_datelines_of_news_in_brief_stay():
    lines = [f"QUITO -- {LEAD}", f"LIMA -- {NEXT}", f"CUSCO -- {LAST}"]
    furniture = told("NATION IN BRIEF", *lines)
    assert furniture.dateline is None
    assert body(furniture) == lines


def test_a_heading_like_a_name_stays_among_others():
    lines = ["Essex Junction", LEAD, "Grand Isle", NEXT, LAST]
    furniture = told("Police notes", *lines)
    assert furniture.byline == ()
    assert body(furniture) == lines


def test_an_agency_line_is_the_publisher():
    furniture = told(HEADLINE, "Rivers Bulletin Network", f"TUNIS: {LEAD}", NEXT)
    assert furniture.publisher == "Rivers Bulletin Network"
    assert furniture.dateline == Dateline("TUNIS")
    assert body(furniture) == [LEAD, NEXT]


def test_notices_above_the_headline_are_notes():
    furniture = told("FOR IMMEDIATE RELEASE", HEADLINE, LEAD, NEXT, "###")
    assert furniture.headline == HEADLINE
    assert furniture.end_notes == ("FOR IMMEDIATE RELEASE", "###")
    assert body(furniture) == [LEAD, NEXT]


def test_a_declared_headline_is_left_out_of_the_body_with_its_kicker():
    furniture = told("Shipping", HEADLINE.upper(), LEAD, NEXT, headline=HEADLINE)
    assert furniture.headline == HEADLINE
    assert body(furniture) == [LEAD, NEXT]


def test_a_declared_headline_that_is_not_repeated_takes_nothing():
    assert body(told(LEAD, NEXT, headline=HEADLINE)) == [LEAD, NEXT]


def test_a_declared_standfirst_is_left_out_of_the_body():
    furniture = told("Six hours of cards", LEAD, NEXT, headline=HEADLINE, standfirst="Six hours of cards.")
    assert furniture.standfirst == "Six hours of cards."
    assert body(furniture) == [LEAD, NEXT]


def test_a_first_paragraph_is_no_headline():
    furniture = told("word " * 60, LEAD)
    assert furniture.headline == ""


def test_a_byline_far_down_is_story():
    lines = [LEAD, NEXT, LAST, "By Ana Lopez", LEAD]
    furniture = told(HEADLINE, *lines)
    assert furniture.byline == ()
    assert body(furniture) == lines
