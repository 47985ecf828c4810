from __future__ import annotations

import pytest

from articles.extraction.tagger.features import FEATURES, Line, Marks, Place, Seen, Shape
from articles.extraction.tagger.features import read_words as read_with_lists
from articles.extraction.tagger.known import VALUES, KnownNames

NO_LISTS = KnownNames([])
COLUMNS = {Shape: 0, Marks: 1, Place: 2, Line: 3, Seen: 4}


def read_words(text):
    return read_with_lists(text, NO_LISTS)


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
    assert words.features.shape == (0, len(FEATURES))


LISTS = KnownNames(
    [
        "# licence: none",
        "ana\tg",
        "lopez\tf",
        "young\tfg",
        "reading\tp",
        "york\tfp",
        "new york\tp",
        "zurich\tp",
        "rio de la plata\tp",
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Lopez", {"Ana": 1, "Lopez": 2}),
        ("Young people were reading in Reading", {"Young": 3, "Reading": 4}),
        ("Zürich", {"Zürich": 4}),
        ("Lopez of New York", {"Lopez": 2, "New": 8, "York": 10}),
        ("ANA LOPEZ", {"ANA": 1, "LOPEZ": 2}),
        ("the Rio de la Plata", {"Rio": 8, "de": 8, "la": 8, "Plata": 8}),
        ("Rio de Janeiro", {}),
    ],
    ids=[
        "people",
        "small words are no names",
        "accents",
        "the longer place",
        "capitals",
        "small words within",
        "a part only",
    ],
)
def test_lists_of_names_are_a_feature(text, expected):
    words = read_with_lists(text, LISTS)
    found = dict(zip(words.texts, words.features[:, 5].tolist(), strict=True))
    assert {word: value for word, value in found.items() if value} == expected
    assert max(found.values()) < VALUES


def test_every_feature_stays_below_its_number_of_values():
    text = "“LATE NIGHT NEWS FROM BERGEN”\n\nAna’s iPad, ‘he says, was in New York. 3,000 東京 Reading "
    assert (read_with_lists(text, LISTS).features.max(axis=0) < FEATURES).all()
