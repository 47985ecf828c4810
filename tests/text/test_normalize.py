from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import normalize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne", id="every line end"),
        pytest.param("a\u2029b", "a\n\nb", id="paragraph separator"),
        pytest.param("a\x0cb", "a\nb", id="form feed"),
        pytest.param("a\x00b\x07c\x1bd\x9fe", "abcde", id="control characters"),
        pytest.param("a\tb", "a\tb", id="tab stays"),
        pytest.param("\ufeffa\u200bb\u00adc\u2060", "abc", id="zero width"),
        pytest.param("\u202eabc\u202c \u2066d\u2069\u200f", "abc d", id="direction"),
        pytest.param("می\u200cخواهد", "می\u200cخواهد", id="Persian non-joiner stays"),
        pytest.param("क्\u200dष", "क्\u200dष", id="Devanagari joiner stays"),
        pytest.param("👩\u200d🚒", "👩\u200d🚒", id="joined emoji stay"),
        pytest.param("Pa\u200cri\u200ds", "Paris", id="joiners between Latin letters"),
        pytest.param("Malmo\u0308", "Malmö", id="composed"),
        pytest.param("“Ja,” — 10\xa0000 … ‘no’ ﬁ", "“Ja,” — 10\xa0000 … ‘no’ ﬁ", id="printed characters stay"),
    ],
)
def test_clean(text, expected):
    assert normalize.clean(text) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert normalize.clean(normalize.clean(text)) == normalize.clean(text)
