"""What is typed into the box."""

import pytest

from articles.searching.queries import Term, read_query


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        pytest.param("Harbour bridge", [("harbour",), ("bridge",)], [], id="words"),
        pytest.param('"Harbour bridge" opens', [("harbour", "bridge"), ("opens",)], [], id="phrase"),
        pytest.param("„Hafen Brücke“", [("hafen", "brucke")], [], id="marks of other languages"),
        pytest.param("Port-au-Prince", [("port", "au", "prince")], [], id="written in one piece"),
        pytest.param("don’t", [("don", "t")], [], id="apostrophe"),
        pytest.param("tide -ferry", [("tide",)], [("ferry",)], id="without a word"),
        pytest.param('tide -"late ferry"', [("tide",)], [("late", "ferry")], id="without a phrase"),
        pytest.param("tide - ferry", [("tide",), ("ferry",)], [], id="a dash alone says nothing"),
        pytest.param('"unclosed words', [("unclosed",), ("words",)], [], id="a mark that is never closed"),
        pytest.param("tide tide TIDE", [("tide",)], [], id="said twice"),
        pytest.param("a:b (c) & d*e", [("a", "b"), ("c",), ("d", "e")], [], id="operators of databases"),
        pytest.param("* - \" '", [], [], id="nothing to look for"),
    ],
)
def test_a_query_is_read(text, wanted, unwanted):
    query = read_query(text)
    assert [term.words for term in query.wanted] == wanted
    assert [term.words for term in query.unwanted] == unwanted


def test_a_star_asks_for_beginnings():
    assert read_query("harb* ‘tid*’").wanted[0] == Term(("harb",), is_beginning=True)
    assert read_query("harb*").words == ("harb*",)
    assert read_query('"harb*"').wanted == (Term(("harb",)),)


def test_a_query_has_an_end():
    assert len(read_query(" ".join(f"word{number}" for number in range(100))).wanted) == 12
