from __future__ import annotations

import numpy as np
import pytest

from articles.extraction.tagger.labels import ANSWER, COLUMNS, NOBODY, QUESTION, TAGS
from articles.extraction.tagger.links import Heard, shares
from articles.extraction.tagger.tags import Tag, Tags, Voice
from articles.extraction.tagger.windows import Window
from articles.text.spans import Span

ASKS, SPEAKS, OTHER = 0, 1, 2


def heard(first, *words, trust=1.0, nobody=0.0):
    """A window of words: one that asks, one that answers it, others; `nobody` is the score that nobody speaks."""
    columns = np.zeros((len(words), COLUMNS), dtype=np.float32)
    for at, word in enumerate(words):
        columns[at, QUESTION.start] = 8.0 if word == ASKS else 0.0
        columns[at, ANSWER.start] = {SPEAKS: 8.0, OTHER: -8.0}.get(word, 0.0)
        columns[at, NOBODY] = nobody
    return Heard(Window(first, first + len(words)), columns[:, TAGS:], np.full(len(words), trust, dtype=np.float32))


def test_the_name_that_answers_speaks():
    [found] = shares([1], [0, 2], [heard(0, OTHER, ASKS, SPEAKS)])
    assert [number for number, _ in found] == [1]
    assert found[0][1] > 0.9


def test_nobody_speaks_where_that_is_likelier():
    [found] = shares([1], [0, 2], [heard(0, OTHER, ASKS, SPEAKS, nobody=20.0)])
    assert not found


def test_windows_are_averaged_by_their_trust():
    far = heard(0, ASKS, OTHER, trust=0.25)
    near = heard(0, ASKS, OTHER, SPEAKS, trust=0.75)
    [found] = shares([0], [1, 2], [far, near])
    assert dict(found)[1] == pytest.approx(0.75, abs=0.01)


def test_words_in_no_common_window_do_not_meet():
    assert shares([0], [3], [heard(0, ASKS, OTHER), heard(2, OTHER, SPEAKS)]) == [[]]


def test_names_of_earlier_windows_do_not_answer_for_those_of_a_later_one():
    [found] = shares([3], [0, 2], [heard(0, OTHER, OTHER), heard(2, SPEAKS, ASKS)])
    assert [number for number, _ in found] == [1]


def test_nothing_asks_or_answers():
    assert shares([], [0], [heard(0, SPEAKS)]) == []
    assert shares([0], [], [heard(0, ASKS)]) == [[]]


def test_what_stands_behind_the_headline_is_counted_from_there():
    name, cue = Tag(Span(12, 15), "person", 0.9), Tag(Span(16, 20), "cue", 0.8)
    above = Tag(Span(0, 3), "person", 0.9)
    voice = Voice(cue.span, ((above.span, 0.5), (name.span, 0.4)))
    tags = Tags(names=(above, name), cues=(cue,), voices=(voice,)).behind(12)
    assert tags.names == (Tag(Span(0, 3), "person", 0.9),)
    assert tags.cues == (Tag(Span(4, 8), "cue", 0.8),)
    [(span, share)] = tags.voices[0].names
    assert span == Span(0, 3)
    assert share == pytest.approx(0.8)
