from __future__ import annotations

import pytest

from articles.extraction.names import PersonName, read_person, read_words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Gov. Jo Smith’s visit", ["Gov.", "Jo", "Smith", "visit"]),
        ("in the U.S. Senate.", ["in", "the", "U.S.", "Senate"]),
        ("John F. O'Neill's hat", ["John", "F.", "O'Neill", "hat"]),
        ("AT&T and Example.com.", ["AT&T", "and", "Example.com"]),
        ("he said.She left", ["he", "said", "She", "left"]),
        ("Acme Inc. rose", ["Acme", "Inc.", "rose"]),
        ("the farmers’ market", ["the", "farmers", "market"]),
        ("Haider al-Amin", ["Haider", "al-Amin"]),
    ],
    ids=["title", "initials", "apostrophe", "address", "no space", "legal form", "plural owner", "article"],
)
def test_words_keep_what_belongs_to_a_name(text, forms):
    assert [word.form for word in read_words(text)] == forms


def test_word_is_where_it_says():
    text = "“Good,” said Ann Li’s aunt."
    assert [text[word.start : word.end] for word in read_words(text)] == ["Good", "said", "Ann", "Li", "aunt"]


@pytest.mark.parametrize(
    ("name", "expected", "plain"),
    [
        ("Ann Li", PersonName(("ann",), "li"), "li"),
        ("Omar bin Rashid", PersonName(("omar",), "bin rashid"), "rashid"),
        ("Haider al-Amin", PersonName(("haider",), "al-amin"), "amin"),
        ("Jan van der Berg", PersonName(("jan",), "van der berg"), "berg"),
        ("Ann B. Li Jr.", PersonName(("ann", "b"), "li", "jr"), "li"),
        ("Okoro", PersonName((), "okoro"), "okoro"),
        ("JOSÉ Núñez", PersonName(("jose",), "nunez"), "nunez"),
        ("Rita de Sá Leite", PersonName(("rita",), "de sa leite"), "leite"),
        ("De Sá Leite", PersonName((), "de sa leite"), "leite"),
        ("Eoin Ó Briain", PersonName(("eoin",), "ó briain"), "briain"),
        ("Ben Omar Li", PersonName(("ben", "omar"), "li"), "li"),
    ],
    ids=[
        "two words",
        "bin",
        "article",
        "two particles",
        "suffix",
        "surname alone",
        "accents and capitals",
        "particle and two surnames",
        "particle first",
        "Irish particle",
        "particle that is a given name",
    ],
)
def test_name_has_parts(name, expected, plain):
    assert read_person(name) == expected
    assert read_person(name).plain_family == plain
