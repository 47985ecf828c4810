import random

import pytest

from articles.text.shingles import BANDS, bands, resemblance, words_of

STORY = (
    "The ferry that ran onto a sandbank off Cobh on Monday was afloat again at noon. Two tugs from Cork had pulled at "
    "it since dawn, when the tide was highest. Nobody was hurt. The harbour board, which had ordered the bank to be "
    "dredged in spring, said that its dredger lay in dock for want of a pump. The crossing opens again on Thursday "
    "morning."
)


@pytest.mark.parametrize(
    "other",
    [STORY.upper(), STORY.replace(".", " …").replace(",", " –"), f"  {STORY}\n"],
    ids=["case", "punctuation", "white space"],
)
def test_what_is_not_a_word_makes_no_difference(other):
    assert bands(other) == bands(STORY)
    assert resemblance(STORY, other) == 1


def test_texts_find_each_other_as_often_as_they_are_alike():
    """Of made-up pairs that share half of their words three by three, nearly all have a key in common."""
    chance = random.Random(7)
    met = {"alike": 0, "unlike": 0}
    for _ in range(100):
        text = [f"word{chance.randrange(5000)}" for _ in range(200)]
        other = [f"word{chance.randrange(5000)}" for _ in range(200)]
        alike = text[:135] + other[:65]  # 133 of 198 + 65 sequences: half
        met["alike"] += bool(set(bands(" ".join(text))) & set(bands(" ".join(alike))))
        met["unlike"] += bool(set(bands(" ".join(text))) & set(bands(" ".join(other))))
    assert 0.45 < resemblance(" ".join(text), " ".join(alike)) < 0.55
    assert met["alike"] >= 85
    assert met["unlike"] <= 2


def test_a_short_text_has_no_keys():
    assert bands("It rains in Cobh.") == bands("") == []
    assert len(bands(STORY)) == BANDS


def test_where_scripts_write_without_spaces_characters_are_words():
    assert words_of("雨が Cobh で") == ["雨", "が", "cobh", "で"]


def test_keys_fit_into_the_database():
    assert all(-(2**63) <= value < 2**63 for value in bands(STORY))


def test_half_a_character_is_no_error():
    assert bands(f"\ud800 {STORY}")
