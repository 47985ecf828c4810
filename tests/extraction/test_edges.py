from __future__ import annotations

import pytest

from articles.extraction.edges import find_edges
from articles.text.spans import Span


@pytest.mark.parametrize(
    ("text", "tagged", "expected"),
    [
        ("the Bank of Peru's roof", "Bank of Peru's", ["Bank of Peru"]),
        ("the farmers’ Union, too", "Union,", ["Union"]),
        ("(Bank of Peru) fell", "(Bank of Peru)", ["Bank of Peru"]),
        ("in the U.S. today", "U.S.", ["U.S."]),
        ("sold to Vellum Inc. today", "Vellum Inc.", ["Vellum Inc."]),
        ("He left Oslo. She stayed", "Oslo.", ["Oslo"]),
        ("Vellum — Tarrow Ltd said", "Vellum — Tarrow Ltd", ["Vellum", "Tarrow Ltd"]),
        ("told Kettleblog.com that", "Kettleblog", ["Kettleblog.com"]),
        ("“We fought [IS] there”", "[IS]", ["IS"]),
        ("at – last", "–", []),
    ],
    ids=[
        "possessive",
        "comma",
        "brackets",
        "abbreviation",
        "legal form",
        "end of a sentence",
        "dash",
        "address",
        "square brackets",
        "nothing",
    ],
)
def test_name_is_without_what_stands_around_it(text, tagged, expected):
    assert edges(text, tagged, is_person=False) == expected


@pytest.mark.parametrize(
    ("text", "tagged", "expected"),
    [
        ("Sir Percy Vane sat", "Sir Percy Vane", "Percy Vane"),
        ("Cllr Beaton sat", "Cllr Beaton", "Beaton"),
        ("Dean Tarrow scored", "Dean Tarrow", "Dean Tarrow"),
        ("met Stephen King there", "Stephen King", "Stephen King"),
        ("Ann Li KC spoke", "Ann Li KC", "Ann Li"),
        ("Omar bin Rashid Al Sabir left", "Omar bin Rashid Al", "Omar bin Rashid Al Sabir"),
        ("with Inês de Sá Leite there", "de Sá Leite", "Inês de Sá Leite"),
        ("Later de Sá Leite left", "de Sá Leite", "de Sá Leite"),
        ("John “Jack” Tarrow and John “Jack”", "John “Jack”", "John “Jack”"),
        ("“Jerry [O'Tarrow] sang”", "Jerry [O'Tarrow", "Jerry [O'Tarrow]"),
        ("Martin Okafor Jr. won", "Martin Okafor Jr.", "Martin Okafor Jr."),
        ("Martin Okafor Jr. won", "Martin Okafor Jr", "Martin Okafor Jr."),
        ("Tom met June Pratt there", "Pratt", "June Pratt"),
        ("it shut in June Pratt said", "Pratt", "Pratt"),
        ("and Captain Price left", "Price", "Price"),
    ],
    ids=[
        "honorific",
        "title",
        "given name that is a title",
        "surname that is a title",
        "letters after the name",
        "particle at the end",
        "particle at the beginning",
        "no given name before",
        "nickname",
        "added by an editor",
        "suffix",
        "suffix without its point",
        "given name before",
        "month before",
        "rank before",
    ],
)
def test_person_is_named_without_titles(text, tagged, expected):
    assert edges(text, tagged, is_person=True) == [expected]


def edges(text, tagged, *, is_person):
    start = text.index(tagged)
    return [span.of(text) for span in find_edges(text, Span(start, start + len(tagged)), is_person=is_person)]
