"""The words that report speech, and those that only look like them."""

from __future__ import annotations

import pytest

from articles.extraction.cues import Tense, find_cues
from articles.extraction.lexicons import load_table
from articles.extraction.quotations import find_quotations
from articles.extraction.tokens import Piece, tokenise


def tokens_of(text):
    pieces = [Piece(span, number) for number, quotation in enumerate(find_quotations(text)) for span in quotation.spans]
    (tokens,) = tokenise(text, pieces, ())
    return tokens


def cues(text: str) -> list[str]:
    tokens = tokens_of(text)
    return [text[tokens[cue.first].span.start : tokens[cue.last].span.end] for cue in find_cues(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said the road was shut.", ["said"]),
        ("The mayor has repeatedly said the road was shut.", ["has repeatedly said"]),
        ("The mayor had once told her that it was.", ["had once told"]),
        ("The mayor went on to say the road was shut.", ["went on to say"]),
        ("The mayor declined to say whether it was.", ["declined to say"]),
        ("The mayor pointed out that it was.", ["pointed out"]),
        ("“It is late,” she sighed.", ["sighed"]),
        ("He was quoted as saying that it was late.", ["was quoted as saying"]),
        ("According to the mayor, it was late.", ["According to"]),
        ("The report said so.", ["said"]),
        ("The official said so, adding that it was late.", ["said", "adding"]),
        ("Residents say the road is shut.", ["say"]),
        ("“It is late,” quipped Hill.", ["quipped"]),
        ("HILL ADDED THAT IT WAS LATE.", ["ADDED"]),
    ],
    ids=[
        "plain",
        "adverb between",
        "perfect",
        "went on",
        "declined",
        "particle",
        "unusual",
        "quoted as saying",
        "according to",
        "noun before",
        "adding",
        "present",
        "doubled consonant",
        "capitals",
    ],
)
def test_cues_with_their_auxiliaries(text, expected):
    assert cues(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The latest claims were false.",
        "In reply the mayor left.",
        "His remarks pleased nobody.",
        "Speaking in Leeds, the mayor left.",
        "The Times Report is a paper.",
    ],
    ids=["claims", "in reply", "his remarks", "fronted", "in a name"],
)
def test_nouns_and_fronted_words_are_no_cues(text):
    assert cues(text) == []


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("She was told to wait.", Tense.PASSIVE),
        ("Asked whether it was late, she left.", Tense.PASSIVE),
        ("She left, saying it was late.", Tense.PARTICIPLE),
        ("She is calling it late.", Tense.FINITE),
        ("They say it is late.", Tense.PLAIN),
    ],
    ids=["was told", "when asked", "saying", "is calling", "they say"],
)
def test_tense_tells_who_hears(text, tense):
    assert [cue.tense for cue in find_cues(tokens_of(text))][:1] == [tense]


def test_verb_is_the_dictionary_form():
    assert [cue.verb for cue in find_cues(tokens_of("She denied it, told him so and pointed out why."))] == [
        "deny",
        "tell",
        "point out",
    ]


def test_every_verb_of_the_lexicon_has_a_known_kind():
    kinds = {kind for columns in load_table("cue_verbs").values() for kind in columns.partition("\t")[0].split()}
    assert kinds == {"clause", "that", "address", "order", "label", "beside"}
