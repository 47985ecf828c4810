from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from articles.extraction.tagger.decoding import NEVER, decode
from articles.extraction.tagger.labels import CONTENTS, HEADS, NAMES, ROLES, TAGS, columns, forbidden

NO_TRANSITIONS = {head.name: np.zeros((head.size, head.size), dtype=np.float32) for head in HEADS}


def scores_of(head, *rows):
    """Scores of words, each given as {tag: score}."""
    scores = np.zeros((len(rows), head.size), dtype=np.float32)
    for number, row in enumerate(rows):
        for tag, score in row.items():
            scores[number, tag] = score
    return scores


def spans(scores, head, *, transitions=None, breaks=()):
    is_break = np.zeros(len(scores), dtype=np.bool_)
    is_break[list(breaks)] = True
    [found] = decode(
        scores[None], (NO_TRANSITIONS[head.name] if transitions is None else transitions)[None], is_break, [head]
    )
    return [(tagged.first, tagged.last, tagged.label) for tagged in found]


def test_a_span_needs_a_beginning():
    begins, goes_on = CONTENTS.begins("content"), CONTENTS.goes_on("content")
    # The best tag of each word alone is I, I: the beginning costs less than staying outside.
    scores = scores_of(CONTENTS, {goes_on: 3, begins: 1}, {goes_on: 3})
    assert spans(scores, CONTENTS) == [(0, 2, "content")]


def test_one_name_has_one_kind():
    person, place = NAMES.begins("person"), NAMES.begins("location")
    scores = scores_of(NAMES, {person: 4, place: 3}, {NAMES.goes_on("location"): 5, NAMES.goes_on("person"): 1})
    assert spans(scores, NAMES) == [(0, 2, "location")]


def test_two_beginnings_are_two_spans():
    begins = NAMES.begins("person")
    assert spans(scores_of(NAMES, {begins: 3}, {begins: 3}), NAMES) == [(0, 1, "person"), (1, 2, "person")]


def test_nothing_crosses_a_line_break():
    begins, goes_on = CONTENTS.begins("content"), CONTENTS.goes_on("content")
    scores = scores_of(CONTENTS, {begins: 5}, {goes_on: 5}, {goes_on: 5}, {goes_on: 5, begins: 1}, {goes_on: 5})
    assert spans(scores, CONTENTS, breaks=[2]) == [(0, 2, "content"), (3, 5, "content")]


def test_transitions_hold_a_quotation_together():
    begins, goes_on = CONTENTS.begins("content"), CONTENTS.goes_on("content")
    scores = scores_of(CONTENTS, {begins: 2}, {goes_on: 2}, {0: 1}, {goes_on: 2, begins: 2.5})
    assert spans(scores, CONTENTS) == [(0, 2, "content"), (3, 4, "content")]
    stay = np.zeros((3, 3), dtype=np.float32)
    stay[goes_on, goes_on] = 2
    assert spans(scores, CONTENTS, transitions=stay) == [(0, 4, "content")]


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6])
def test_best_row_and_its_probability_agree_with_trying_all_rows(seed):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(5, 3)).astype(np.float32) + np.array([0, 2, 2], dtype=np.float32)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    rules = np.where(forbidden(ROLES), NEVER, transitions)
    rows = np.array(list(product(range(3), repeat=5)))
    values = rules[0, rows[:, 0]] + scores[range(5), rows].sum(axis=1) + rules[rows[:, :-1], rows[:, 1:]].sum(axis=1)
    best = rows[values.argmax()]
    chances = np.exp(values - values.max())
    certain = (rows == best).T @ (chances / chances.sum())
    starts = np.flatnonzero(best == 1)
    ends = [next((at for at in range(start + 1, 5) if best[at] != 2), 5) for start in starts]
    [found] = decode(scores[None], transitions[None], np.zeros(5, dtype=np.bool_), [ROLES])
    assert len(found) > 0
    assert [(tagged.first, tagged.last) for tagged in found] == list(zip(starts, ends, strict=True))
    expected = [certain[start:end].min() for start, end in zip(starts, ends, strict=True)]
    assert [tagged.score for tagged in found] == pytest.approx(expected, abs=1e-4)


def test_paragraphs_side_by_side_are_decoded_like_each_alone():
    random = np.random.default_rng(3)
    lengths = [1, 40, 7, 7, 300, 2]
    paragraphs = [random.normal(size=(length, NAMES.size)).astype(np.float32) * 2 for length in lengths]
    alone, at = [], 0
    for paragraph in paragraphs:
        alone += [(at + first, at + last, label) for first, last, label in spans(paragraph, NAMES)]
        at += len(paragraph) + 1
    joined = np.concatenate(
        [part for paragraph in paragraphs for part in (paragraph, np.zeros((1, NAMES.size), np.float32))]
    )
    breaks = np.cumsum([length + 1 for length in lengths]) - 1
    assert spans(joined, NAMES, breaks=breaks) == alone


def test_heads_side_by_side_are_decoded_like_each_alone():
    random = np.random.default_rng(11)
    scores = random.normal(size=(2, 60, 3)).astype(np.float32) * 2
    transitions = random.normal(size=(2, 3, 3)).astype(np.float32)
    breaks = np.zeros(60, dtype=np.bool_)
    breaks[[10, 11, 40]] = True
    alone = [decode(scores[[at]], transitions[[at]], breaks, [head])[0] for at, head in enumerate((ROLES, CONTENTS))]
    together = decode(scores, transitions, breaks, (ROLES, CONTENTS))
    assert [[(t.first, t.last, t.label) for t in found] for found in together] == [
        [(t.first, t.last, t.label) for t in found] for found in alone
    ]
    assert alone[0] != alone[1]


@pytest.mark.parametrize("breaks", [[], [0], [0, 1, 2]], ids=["no word", "a break", "breaks alone"])
def test_a_text_without_words_has_no_spans(breaks):
    assert spans(np.zeros((len(breaks), NAMES.size), dtype=np.float32), NAMES, breaks=breaks) == []


def test_heads_share_the_scores_without_gap_or_overlap():
    taken = [at for head in HEADS for at in range(TAGS)[columns(head)]]
    assert taken == list(range(TAGS))
