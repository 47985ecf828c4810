"""Input that nobody wrote by hand: it breaks nothing, and twice as much of it takes twice the work."""

from __future__ import annotations

import sys
from html import escape

import pytest

from articles.documents.story import Story
from articles.extraction.pipeline import extract
from articles.extraction.tagger.tags import Tags
from articles.extraction.types import Form

SAID = "“It is old,” said Marta Quill, who runs the ferry. It must go, she said."


class NoTagger:
    """Reads nothing, so that what is counted is the work of the rules."""

    def tag(self, text):
        return Tags()


def story(text):
    body = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text.split("\n"))
    return Story(headline="", body=body, language="en")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param(opening, closing, id=name)
        for name, opening, closing in [
            ("English", "“", "”"),
            ("British", "‘", "’"),
            ("straight", '"', '"'),
            ("French", "«", "»"),
            ("French with no-break spaces", "«\u00a0", "\u00a0»"),
            ("German", "„", "“"),
            ("German guillemets", "»", "«"),
            ("Polish", "„", "”"),
            ("Swedish", "”", "”"),
        ]
    ],
)
def test_the_marks_of_every_house_style_hold_speech(opening, closing):
    text = (
        f"The pier is old.\nMarta Quill, the engineer, said: {opening}It must go.{closing}\n"
        f"{opening}No,{closing} said Owen Pratt."
    )
    extraction = extract(story(text))
    assert [
        (quotation.spans[0].of(text), extraction.entities[quotation.speaker].name)
        for quotation in extraction.quotations
    ] == [(f"{opening}It must go.{closing}", "Marta Quill"), (f"{opening}No,{closing}", "Owen Pratt")]


@pytest.mark.parametrize(
    "text",
    [
        "“\u200fIt is old,\u200f” said Marta Quill.",
        "“\u202eIt is old,\u202c” said Marta Quill.",
        "“\u200bIt is old,”\u200b said Marta Quill.",
        "“It\u00a0is\u00a0old,”\u00a0said\u00a0Marta Quill.",
        "“It is old 😭,” said Marta Quill 👩‍🔧.",
        "“الجسر قديم,” said Marta Quill.",
        "“橋は古い,” said Marta Quill. 「はい」",
        "“It is o\u0301ld,” said Marta Quill.",
    ],
    ids=[
        "right-to-left marks",
        "overrides",
        "zero width",
        "no-break spaces",
        "emoji",
        "Arabic",
        "Japanese",
        "combining",
    ],
)
def test_odd_characters_cost_no_quotation(text):
    extraction = extract(story(text))
    (quotation,) = (quotation for quotation in extraction.quotations if quotation.form is Form.DIRECT)
    assert extraction.entities[quotation.speaker].name == "Marta Quill"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "“",
        "”",
        "“”",
        "'",
        "...",
        "“...”",
        "said",
        ": “”",
        "«»‹›「」『』❝❞＂″",
        "\u200f\u200b\ufeff",
        "😀" * 50,
        "A" * 5000,
    ],
)
def test_next_to_nothing_is_no_error(text):
    extraction = extract(story(text))
    assert not extraction.entities


UGLY = {
    "one paragraph": lambda size: f"{SAID} " * size,
    "many paragraphs": lambda size: f"{SAID}\n" * size,
    "only marks": lambda size: "“”\"'‘’«»„" * (4 * size),
    "straight marks": lambda size: '"' * (40 * size),
    "opening marks": lambda size: "“Open words, " * (4 * size),
    "single opening marks": lambda size: "‘a " * (15 * size),
    "single marks in a double one": lambda size: '"' + "‘a " * (15 * size),
    "straight single marks": lambda size: "'a b' c " * (5 * size),
    "nested marks": lambda size: "“‘" * (10 * size) + "a" + "’”" * (10 * size),
    "cues": lambda size: "he said, " * (5 * size),
    "according to": lambda size: "according to " * (4 * size),
    "honorifics": lambda size: "Mr Pratt " * (5 * size),
    "lines of a script": lambda size: "Q: Is it?\nA: It is.\n" * (3 * size),
    "headlines": lambda size: "New Pier Plan Splits Town\n" * (2 * size),
    "brackets": lambda size: "(" * (40 * size),
    "one word": lambda size: "a" * (40 * size),
}


def work(text):
    """How many functions are called to extract from a text."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    prepared = story(text)
    assert prepared.text is not None
    sys.setprofile(count)
    try:
        extract(prepared, tagger=NoTagger())
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("ugly", UGLY.values(), ids=UGLY)
def test_twice_as_much_takes_twice_the_work(ugly):
    extract(story(SAID), tagger=NoTagger())  # loads the lexicons
    assert work(ugly(200)) < 2.4 * work(ugly(100)) + 1000


def test_reopened_paragraphs_take_no_more_than_their_share():
    text = "“Open paragraph number one is here.\n"
    assert work(text * 800) < 2.4 * work(text * 400) + 1000


def test_ten_thousand_marks_end_in_order():
    text = f"{SAID} " * 5000
    quotations = extract(story(text), tagger=NoTagger()).quotations
    starts = [quotation.spans[0].start for quotation in quotations]
    assert len([q for q in quotations if q.form is Form.DIRECT]) == 5000
    assert starts == sorted(starts)
