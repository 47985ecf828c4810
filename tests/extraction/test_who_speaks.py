"""Who speaks where no name stands beside the cue: signatures, clauses, and what the same sentence names."""

from __future__ import annotations

import pytest

from articles.extraction.types import Form
from tests.extraction.test_attribution import Reader


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("It opened.\n“It was worth it.”\n— Hugh Hill, baker\nIt is old.", ["Hugh Hill"]),
        ("Ines Calder spoke.\n“It was worth it.”\n(Hugh Hill, Leeds)", ["Hugh Hill"]),
        ("“It was worth it,” said Ines Calder.\n— Hugh Hill", ["Ines Calder"]),
        ("Ines Calder spoke. “It was worth it.”\n— Hugh Hill", ["Ines Calder"]),
        ("“It was worth it.” (Hugh Hill, baker).", ["Hugh Hill"]),
        (
            "“Rain,” says Ines Calder.\nHugh Hill’s answer to the Harbour Trust: “Rubbish.”",
            ["Ines Calder", "Hugh Hill"],
        ),
    ],
    ids=["dash", "brackets", "a cue before", "within a paragraph", "same line", "whose answer"],
)
def test_a_name_beside_a_quotation_without_a_cue(text, speakers):
    assert Reader(text).speakers()[: len(speakers)] == speakers


@pytest.mark.parametrize(
    ("above", "answerer"),
    [
        ("Hugh Hill builds piers.", "Hugh Hill"),
        ("Hugh Hill met Ines Calder. Hill builds piers.", "Hugh Hill"),
        ("Hugh Hill met Ines Calder.", None),
        ("Hugh Hill builds piers.\nInterview: Ines Calder", "Hugh Hill"),
        ("The pier is shut.", None),
    ],
    ids=["one", "named most", "one of two", "not who asks", "nobody"],
)
def test_answers_of_an_interview_are_those_of_the_one_above_it(above, answerer):
    assert Reader(f"{above}\nQ: Is it shut?\nA: It is.\nQ: Why?\nA: Rain.").speakers()[1::2] == [answerer, answerer]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("His death was confirmed by his son Hugh Hill, who said: “He was old.”", "Hugh Hill"),
        ("It was shut by a friend of Hugh Hill, who said: “It is old.”", None),
        ("The woman who built the pier, Ines Calder, said: “It is old.”", "Ines Calder"),
        ("The woman who hit Hugh Hill said: “It is old.”", None),
        ("The Harbour Trust is closing the pier, the company said: “It is old.”", "Harbour Trust"),
        ("The Harbour Trust is closing the pier, it said: “It is old.”", "Harbour Trust"),
        ("The Harbour Trust met.\n“It is old,” a spokesman for the trust said.", "Harbour Trust"),
        ("The Harbour Trust met.\n“It is old,” a police spokesman said.", None),
        ("Hugh Hill of the Harbour Trust left.\n“It is old,” his office said.", None),
        ("Hugh Hill left.\n“It is old,” the second man said.", None),
        ("Hugh Hill left.\n“It is old,” the girl’s brother said.", None),
        ("Canada shut the pier.\n“It is old,” the government said.", "Canada"),
    ],
    ids=[
        "who",
        "who, of another",
        "name behind a clause",
        "name in a clause",
        "the company of the sentence",
        "it of the sentence",
        "spokesman for the body",
        "another spokesman",
        "his office",
        "the second",
        "whose brother",
        "the government",
    ],
)
def test_descriptions_pronouns_and_clauses(text, speaker):
    assert Reader(text).speakers()[-1] == speaker


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The pier closed after Hugh Hill said it was “too old”.", "Hugh Hill"),
        ("The pier was shut and the Harbour Trust said it was “too old”.", "the Harbour Trust"),
        ("A pier that the Harbour Trust called “too old”.", "the Harbour Trust"),
        ("Hugh Hill (Labour, Leeds) called it “too old”.", "Hugh Hill (Labour, Leeds)"),
        ("In May Hugh Hill, a doctor, called it “too old”.", "Hugh Hill, a doctor"),
        ("In a letter to the board its chairman, Hugh Hill, called it “too old”.", "its chairman, Hugh Hill"),
        ("11:37 The Harbour Trust called it “too old”.", "The Harbour Trust"),
        ("More than half of the board called it “too old”.", "More than half of the board"),
    ],
    ids=["after", "and was", "that", "brackets", "in May", "its chairman", "clock", "more than"],
)
def test_where_a_source_begins_and_ends(text, source):
    sources = [q.source and q.source.of(text) for q in Reader(text).quotations if q.form is not Form.INDIRECT]
    assert source in sources


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("“No,” said Hugh Hill of Weir Inc. “Never,” said Ines Calder.", [["“No,”"], ["“Never,”"]]),
        ("“No,” said Hugh Hill at 9 p.m. “Never,” said Ines Calder.", [["“No,”"], ["“Never,”"]]),
        ("Hugh Hill called Weir Inc. “bold” again.", [["“bold”"]]),
        ("“I love it.” He paused. “It must go,” said Hugh Hill.", [["“I love it.”"], ["“It must go,”"]]),
    ],
    ids=["Inc.", "p.m.", "a phrase", "he paused"],
)
def test_sentences_end_between_quotations(text, contents):
    assert Reader(text).contents() == contents
