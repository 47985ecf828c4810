import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.differences import Kind, compare, compare_words, count_words, fold

MARKS = {Kind.SAME: "{}", Kind.ADDED: "[+{}+]", Kind.REMOVED: "[-{}-]"}


def shown(blocks):
    return [
        f"… {block.folded}" if block.folded else "".join(MARKS[p.kind].format(p.text) for p in block.pieces)
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It sails.", "It sails.", ["It sails."]),
        ("It sails.", "It sails again.", ["It sails[+ again+]."]),
        ("The pier isn’t open.", "The pier is open.", ["The pier [-isn’t-][+is+] open."]),
        ("Rain on the quay.", "Sun at the quay.", ["[-Rain on-][+Sun at+] the quay."]),
        ("One.\nTwo.", "One.\nThree more boats.\nTwo.", ["One.", "[+Three more boats.+]", "Two."]),
        ("One.\nTwo.", "Two.", ["[-One.-]", "Two."]),
        (
            "Mara Finch closed the pier.",
            "Boats land.\nMara Finch closed the quay.",
            ["[+Boats land.+]", "Mara Finch closed the [-pier-][+quay+]."],
        ),
        ("Rain on Monday.", "Boats land at noon today!", ["[-Rain on Monday.-]", "[+Boats land at noon today!+]"]),
        ("", "It sails.", ["[+It sails.+]"]),
        ("", "", []),
    ],
    ids=[
        "nothing changed",
        "a word came",
        "a word with an apostrophe is one",
        "words beside each other are one change",
        "a block came",
        "a block went",
        "a block came before one that was edited",
        "another text altogether",
        "a text where there was none",
        "no text",
    ],
)
def test_changes_are_shown_in_their_block(old, new, expected):
    assert shown(compare(old, new)) == expected


def test_long_unchanged_stretches_are_folded():
    old = "\n".join(f"Line {letter}." for letter in "abcdefgh")
    assert shown(fold(compare(old, old.replace("Line d.", "Line D.")))) == [
        "… 2",
        "Line c.",
        "Line [-d-][+D+].",
        "Line e.",
        "… 3",
    ]
    assert shown(fold(compare(old, old))) == ["… 8"]


def test_words_that_came_and_went_are_counted():
    assert count_words(compare("One, two.\nThree.", "One, two, four five.")) == (2, 1)


lines = st.lists(st.text(alphabet="ab .", min_size=1), max_size=6).map("\n".join)


@given(lines, lines)
def test_both_versions_can_be_read_from_a_difference(old, new):
    blocks = compare(old, new)
    for text, left_out in ((old, Kind.ADDED), (new, Kind.REMOVED)):
        read = [
            "".join(piece.text for piece in block.pieces if piece.kind is not left_out)
            for block in blocks
            if not block.pieces or any(piece.kind is not left_out for piece in block.pieces)
        ]
        assert read == text.splitlines()


@given(st.text(), st.text())
def test_words_lose_no_character(old, new):
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED) == new
