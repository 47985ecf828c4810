"""What quotation marks enclose, and what are no quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from articles.extraction.marks import find_stretches


def enclosed(text: str) -> list[str]:
    return [stretch.span.of(text) for stretch in find_stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rains,” she said.", ["“It rains,”"]),
        ('"It rains," she said. "A lot."', ['"It rains,"', '"A lot."']),
        ("‘It rains,’ she said.", ["‘It rains,’"]),
        ("'It rains,' she said.", ["'It rains,'"]),
        ("«Il pleut», dit-elle.", ["«Il pleut»"]),
        ("« Il pleut », dit-elle.", ["« Il pleut »"]),
        ("„Es regnet“, sagte sie.", ["„Es regnet“"]),
        ("»Es regnet«, sagte sie.", ["»Es regnet«"]),
        ("”Det regnar”, sade hon.", ["”Det regnar”"]),
        ('“It rains," she said.', ['“It rains,"']),
        ('"It rains,"she said.', ['"It rains,"']),
        ('She said:"It rains."', ['"It rains."']),
        ('He called it--"a mess"--and left.', ['"a mess"']),
        ('They want ("now") a vote.', ['"now"']),
        ("''It rains,'' she said.", ["''It rains,''"]),
        ("``It rains,'' she said.", ["``It rains,''"]),
    ],
    ids=[
        "curly",
        "straight",
        "curly single",
        "straight single",
        "guillemets",
        "guillemets with spaces",
        "German",
        "German guillemets",
        "Swedish",
        "mixed",
        "no space behind",
        "no space before",
        "between dashes",
        "in brackets",
        "two single ones",
        "two grave ones",
    ],
)
def test_marks_of_every_house_style(text, expected):
    assert enclosed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I don’t know, it’s o’clock somewhere.",
        "In the ’90s and the '80s they danced.",
        "The farmers’ market and the boys' school.",
        "'Tis the season, and 'twas ever so.",
        "Rock 'n' roll.",
        "He is 6'2\" and she 5'10\".",
        'A 12" record.',
        "The command is `make`.",
        "“” and '' hold nothing.",
        "It is Jones' turn.",
    ],
    ids=[
        "inside words",
        "decades",
        "plural possessive",
        "'tis",
        "'n'",
        "feet and inches",
        "inches",
        "code",
        "nothing",
        "after s",
    ],
)
def test_apostrophes_and_primes_are_no_marks(text):
    assert enclosed(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘It’s the farmers’ market,’ he said.", ["‘It’s the farmers’ market,’"]),
        ("'It's the farmers' market,' he said.", ["'It's the farmers' market,'"]),
        ("They spoke of ‘sleight of hands’ over cash.", ["‘sleight of hands’"]),
        ("‘I don’t,’ she said, ‘and you can’t.’", ["‘I don’t,’", "‘and you can’t.’"]),
        ("The farmers' union said 'no' to it.", ["'no'"]),
    ],
    ids=["possessive inside", "straight possessive inside", "after s", "contractions", "possessive before"],
)
def test_apostrophes_within_single_marks(text, expected):
    assert enclosed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ('"He said "no" to me," she said.', ['"He said "no" to me,"']),
        ("“He told me, ‘Ana said “no” once.’”", ["“He told me, ‘Ana said “no” once.’”"]),
    ],
    ids=["single in double", "double in single", "same marks", "three deep"],
)
def test_only_outermost_marks_count(text, expected):
    assert enclosed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rains, she said. “A lot,” he said.", ["“It rains, she said. ", "“A lot,”"]),
        ("“It rains, she said.\n“A lot,” he said.", ["“It rains, she said.", "“A lot,”"]),
        ("It rains,” she said. “A lot,” he said.", ["“A lot,”"]),
    ],
    ids=["same paragraph", "paragraph before", "stray closing mark"],
)
def test_unbalanced_mark_costs_nothing_else(text, expected):
    assert enclosed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“x” " * 5000,
        '"' * 10_000,
        "“" * 10_000,
        "”" * 10_000,
        "'a " * 10_000,
        "‘a’ " * 5000,
        "« " * 10_000,
        ' "a' * 5000,
    ],
    ids=["pairs", "straight", "opening", "closing", "single", "single pairs", "guillemets", "never closed"],
)
def test_ten_thousand_marks_stay_in_order(text):
    spans = [stretch.span for stretch in find_stretches(text)]
    assert all(before.end <= after.start for before, after in pairwise(spans))
