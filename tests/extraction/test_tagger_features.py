from __future__ import annotations

import pytest

from articles.extraction.tagger.features import Line, Marks, Place, Seen, Shape, read_words

COLUMNS = {Shape: 0, Marks: 1, Place: 2, Line: 3, Seen: 4}


def feature(text, kind):
    words = read_words(text)
    return [(word, kind(value)) for word, value in zip(words.texts, words.features[:, COLUMNS[kind]], strict=True)]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("bridge", Shape.LOWER),
        ("Oslo", Shape.TITLE),
        ("Élodie", Shape.TITLE),
        ("OECD", Shape.UPPER),
        ("J", Shape.CAPITAL),
        ("McAllister", Shape.MIXED),
        ("eBay", Shape.MIXED),
        ("A320", Shape.UPPER),
        ("2024", Shape.DIGITS),
        ("“", Shape.MARK),
        ("\n\n", Shape.BREAK),
        ("東京", Shape.OTHER),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else value.name,
)
def test_shape_of_a_word(word, shape):
    assert feature(word, Shape) == [(word, shape)]


def test_words_and_spaces_make_up_the_text():
    text = "“It’s late,” she said —\n\n3,000 waited at O'Hare.\u200b"
    words = read_words(text)
    pieces = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert pieces == words.texts
    assert "".join(pieces) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” he said", ["OPENING", "INSIDE", "INSIDE", "CLOSING", "OUTSIDE", "OUTSIDE"]),
        (
            '"No,\n"never" again',
            ["OPENING", "UNCLOSED", "UNCLOSED", "OUTSIDE", "OPENING", "INSIDE", "CLOSING", "OUTSIDE"],
        ),
        ("It’s late", ["OUTSIDE"] * 4),
        ("‘It’s late,’ he", ["OPENING", "INSIDE", "INSIDE", "INSIDE", "INSIDE", "INSIDE", "CLOSING", "OUTSIDE"]),
    ],
    ids=["closed", "paragraph left open", "apostrophe", "single marks around an apostrophe"],
)
def test_marks_tell_inside_from_outside(text, expected):
    assert [value.name for _, value in feature(text, Marks)] == expected


def test_places_of_paragraphs_and_sentences():
    found = [(word, value.name) for word, value in feature("Rain fell. It stopped.\n“Good,” said Ana", Place) if value]
    assert found == [("Rain", "PARAGRAPH"), ("It", "SENTENCE"), ("Good", "PARAGRAPH")]


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("MAYOR OF BERGEN CLOSES OLD BRIDGE", Line.CAPITALS),
        ("Mayor of Bergen Closes the Bridge over Night", Line.TITLE_CASE),
        ("Mayor of Bergen closes the bridge for the night", Line.PLAIN),
        ("NATO", Line.PLAIN),
    ],
    ids=["capitals", "title case", "plain", "a name alone"],
)
def test_style_of_a_line(line, style):
    found = feature(f"{line}\nThe bridge was closed on Monday.", Line)
    assert {value for _, value in found[: len(line.split())]} == {style}
    assert {value for _, value in found[len(line.split()) :]} == {Line.PLAIN}


def test_capitalised_words_know_how_the_text_writes_them_elsewhere():
    text = "Bridge Closed By Mayor Webb In Bergen\nOfficials in Bergen said the bridge was old. Bridge users agreed."
    seen = dict(feature(text, Seen))
    assert seen["Bergen"] is Seen.CAPITALISED
    assert seen["Bridge"] is Seen.SMALL
    assert seen["Webb"] is Seen.NOWHERE
    assert seen["old"] is Seen.SMALL_HERE


def test_an_empty_text_has_no_words():
    words = read_words("")
    assert len(words) == 0
    assert words.features.shape == (0, 5)
