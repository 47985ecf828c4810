"""Quotations from their marks alone: paragraphs joined, missing marks recovered."""

from __future__ import annotations

import pytest

from articles.extraction.quotations import find_quotations
from articles.extraction.types import Form


def found(text: str) -> list[list[str]]:
    return [[span.of(text) for span in quotation.spans] for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One.\n“Two.\n“Three,” she said.", [["“One.", "“Two.", "“Three,”"]]),
        ('"One.\n"Two," she said.\nThree.', [['"One.', '"Two,"']]),
        ("‘One.\n‘Two,’ she said.", [["‘One.", "‘Two,’"]]),
        ("She said: ‘One.\n‘Two.’", [["‘One.", "‘Two.’"]]),
        ("“One.\n‘Two,’ she said.", [["“One."], ["‘Two,’"]]),
        ("“One.\nThe road was shut.\n“Two,” she said.", [["“One."], ["“Two,”"]]),
        ("“One.\nTwo,” she said. “Three.”", [["“One.", "Two,”"], ["“Three.”"]]),
        ("“One.\n“Two.\nThe road was shut.", [["“One.", "“Two."]]),
    ],
    ids=[
        "three paragraphs",
        "straight marks",
        "single marks",
        "opened in the middle",
        "other marks",
        "narration between",
        "second opening mark missing",
        "never closed",
    ],
)
def test_paragraphs_that_each_open_are_one_quotation(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He called it “a mess. The road was shut.", [["“a mess."]]),
        ("The road was shut. “A mess. A pity.\nNobody came.", [["“A mess. A pity."]]),
        ("“We are late, she said.\nNobody came. “No,” he said.", [["“We are late, she said."], ["“No,”"]]),
    ],
    ids=["within a sentence", "from a sentence's start", "from a paragraph's start"],
)
def test_missing_closing_mark_is_recovered(text, expected):
    assert found(text) == expected


def test_quotations_are_direct_and_know_no_speaker():
    (quotation,) = find_quotations("“No,” said Ana Lopez.")
    assert (quotation.form, quotation.speaker, quotation.cue) == (Form.DIRECT, None, None)
    assert (quotation.spans[0].start, quotation.spans[0].end) == (0, 5)


def test_no_marks_no_quotations():
    assert find_quotations("") == ()
    assert find_quotations("The road was shut.") == ()
