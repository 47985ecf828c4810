from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from articles.extraction.tagger.features import Shape, read_words
from articles.extraction.tagger.known import KnownNames
from articles.extraction.tagger.labels import COLUMNS, HEADS, NAMES, columns
from articles.extraction.tagger.pieces import BREAK, PADDING, START, UNKNOWN, WordPieces
from articles.extraction.tagger.predict import Reader, tag_with
from articles.extraction.tagger.windows import batch, by_length, cut

VOCABULARY = [
    "[PAD]",
    *(f"[unused{n}]" for n in range(99)),
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "bridge",
    "##s",
    "cafe",
    "un",
]
TRANSITIONS = {head.name: np.zeros((head.size, head.size), dtype=np.float32) for head in HEADS}


def capitals_are_people(given):
    """An encoder: a capitalised word begins a person, what follows goes on, as far as the window sees."""
    scores = np.zeros((*given.pieces.shape, COLUMNS), dtype=np.float32)
    is_title = given.features[:, :, 0] == Shape.TITLE
    scores[:, :, columns(NAMES).start] = 2
    scores[:, :, columns(NAMES).start + NAMES.begins("person")] = 3 * is_title
    scores[:, :, columns(NAMES).start + NAMES.goes_on("person")] = 4 * is_title
    return scores


@pytest.fixture
def pieces():
    return WordPieces(VOCABULARY)


@pytest.fixture
def reader(pieces):
    return Reader(pieces, KnownNames([]))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Bridges", ["bridge", "##s"]),
        ("CAFÉ", ["cafe"]),
        ("\n\n", ["[SEP]"]),
        ("unbridge", ["[UNK]"]),
        ("東京", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("bridge" + 200 * "s", ["[UNK]"]),
        ("bridge" + 20 * "s", ["bridge", *7 * ["##s"]]),
    ],
    ids=[
        "two pieces",
        "accent and case",
        "line break",
        "no piece within",
        "other script",
        "no width",
        "endless",
        "many pieces",
    ],
)
def test_pieces_of_a_word(pieces, word, expected):
    assert [VOCABULARY[number] for number in pieces(word)] == expected


@pytest.mark.parametrize("lengths", [[1] * 1000, [3, 1, 8] * 200, [8] * 27, [1]], ids=["short", "mixed", "long", "one"])
def test_windows_cover_every_word_and_hold_no_more_than_they_may(lengths):
    windows = cut(lengths, size=60, step=40)
    assert [at for at in range(len(lengths)) if not any(w.first <= at < w.last for w in windows)] == []
    assert max(sum(lengths[w.first : w.last]) for w in windows) <= 58
    assert all(before.first < after.first <= before.last for before, after in pairwise(windows))


def test_no_words_no_windows():
    assert cut([]) == []


def test_batch_lays_pieces_features_and_words_out(pieces):
    long, short = (read_words(text, KnownNames([])) for text in ("Bridges bridge\ncafe", "cafe"))
    laid = [(words, [pieces(word) for word in words.texts]) for words in (long, short)]
    found = batch([(words, of_words, cut([len(word) for word in of_words])[0]) for words, of_words in laid])
    number = {piece: at for at, piece in enumerate(VOCABULARY)}
    assert found.pieces.tolist() == [
        [START, number["bridge"], number["##s"], number["bridge"], BREAK, number["cafe"], BREAK],
        [START, number["cafe"], BREAK, PADDING, PADDING, PADDING, PADDING],
    ]
    assert found.starts.tolist() == [[1, 3, 4, 5], [1, 0, 0, 0]]
    assert found.features[0, :, 0].tolist() == [
        Shape.BREAK, Shape.TITLE, Shape.TITLE, Shape.LOWER, Shape.BREAK, Shape.LOWER, Shape.BREAK,
    ]  # fmt: skip


def test_groups_hold_all_windows_once_and_little_padding():
    lengths = [10, 200, 11, 198, 12, 40, 200, 9]
    groups = list(by_length(lengths, pieces=400))
    assert sorted(at for group in groups for at in group) == list(range(len(lengths)))
    assert all(max(lengths[at] for at in group) * len(group) <= 400 for group in groups)
    assert {1, 6} in [set(group) for group in groups]


@pytest.mark.parametrize("size", [20, 60, 224])
def test_windows_put_together_read_like_one(reader, size):
    text = "“So it is,” Ana Lopez said.\n\nThen Tom Webb of the bridge left — Ana did not. " * 9
    names = tag_with(capitals_are_people, TRANSITIONS, reader, text, size=size, step=size * 2 // 3).names
    whole = tag_with(capitals_are_people, TRANSITIONS, reader, text, size=4000, step=3000).names
    assert [(tag.span, tag.label) for tag in names] == [(tag.span, tag.label) for tag in whole]
    assert [tag.span.of(text) for tag in whole][:4] == ["So", "Ana Lopez", "Then Tom Webb", "Ana"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"], ids=["empty", "space", "breaks"])
def test_a_text_without_words_has_no_tags(reader, text):
    assert tag_with(capitals_are_people, TRANSITIONS, reader, text).names == ()


def test_pieces_do_not_depend_on_what_was_cut_before(pieces):
    fresh = WordPieces(VOCABULARY)
    assert UNKNOWN in pieces("zzz")
    pieces("bridges")
    assert pieces("cafes") == fresh("cafes")
