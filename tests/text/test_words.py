import pytest

from articles.text.words import fold, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The Tide, the TIDE", ["the", "tide", "the", "tide"], id="case and punctuation"),
        pytest.param("Éva Ács", ["eva", "acs"], id="accents"),
        pytest.param("E\u0301va", ["eva"], id="accents that are characters of their own"),
        pytest.param("Łódź Århus Øresund Straße", ["lodz", "arhus", "oresund", "strasse"], id="letters with strokes"),
        pytest.param("Port-au-Prince’s", ["port", "au", "prince", "s"], id="hyphens and apostrophes"),
        pytest.param("5 o’clock, 12:30", ["5", "o", "clock", "12", "30"], id="numbers"),
        pytest.param("a_b", ["a", "b"], id="underscores divide"),
        pytest.param("東京 and 京", ["東", "京", "and", "京"], id="letters of scripts without spaces"),
        pytest.param("हिन्दी", ["हिनदी"], id="vowel signs belong to their letter"),
        pytest.param("أَحْمَد", ["احمد"], id="vowels of Arabic"),
        pytest.param("x" * 100, ["x" * 60], id="no word is endless"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_folded(text, expected):
    assert words_of(text) == expected


def test_folding_twice_changes_nothing():
    once = fold("Éva Łódź, STRASSE ﬁn")
    assert fold(once) == once
