"""From scores of tags to spans: the likeliest row of tags that keeps the rules of B, I and O.

The scores are those of a linear-chain conditional random field: a score for each tag of each word and a score for each
tag to follow another. Nothing crosses a line break, so paragraphs are decoded side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.tagger.labels import Head, forbidden

# Lower than any sum of real scores over a paragraph, and far from the limits of single precision.
NEVER = -1e6
# Words times paragraphs decoded at a time: bounds the memory of a long document, whatever the length of its paragraphs.
_BATCH = 1 << 16


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words `first:last` of a text with a label and a score, the probability (0..1) of the doubtful word among them."""

    first: int
    last: int
    label: str
    score: float


def decode(
    scores: NDArray[np.float32], transitions: NDArray[np.float32], breaks: NDArray[np.bool_], *, head: Head
) -> list[Tagged]:
    """Find the likeliest spans of one head.

    Args:
        scores: words × tags of the head, any real numbers.
        transitions: tags × tags, what it adds that a tag (first axis) is followed by another (second axis).
        breaks: of each word, whether it is a line break.
        head: whose scores these are.

    Returns:
        Spans of words in text order that do not overlap and hold no line break.

    >>> from articles.extraction.tagger.labels import CUES
    >>> scores = np.array([[2, 0, 0], [0, 3, 1], [0, 0, 2]], dtype=np.float32)
    >>> found = decode(scores, np.zeros((3, 3), dtype=np.float32), np.zeros(3, dtype=np.bool_), head=CUES)
    >>> [(tagged.first, tagged.last, tagged.label) for tagged in found]
    [(1, 3, 'cue')]
    """
    rules = np.where(forbidden(head), np.float32(NEVER), transitions).astype(np.float32)
    tags = np.zeros(len(scores), dtype=np.int64)
    certainty = np.ones(len(scores), dtype=np.float32)
    for words, inside in _paragraphs(breaks):
        # `words` is paragraph × word. The axes turn, for each step looks at one word of every paragraph.
        steps = np.ascontiguousarray(scores[words].transpose(1, 0, 2))
        # A line break is outside everything: what begins a paragraph follows O.
        steps[0] += rules[0]
        best = _best_path(steps, rules, inside.T)
        probabilities = _marginals(steps, rules, inside.T)
        tags[words[inside]] = best.T[inside]
        chosen = np.take_along_axis(probabilities, best[:, :, None], axis=2)[:, :, 0]
        certainty[words[inside]] = chosen.T[inside]
    return _spans(tags, certainty, head)


def _paragraphs(breaks: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """Index of each word of each paragraph, padded, and which of them are real; paragraphs of like length together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], breaks, [True])).astype(np.int8)))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    order = np.argsort(-lengths, kind="stable")
    batches = []
    at = 0
    while at < len(order):
        longest = int(lengths[order[at]])
        # Half a batch of padding is the most that sorting cannot avoid.
        few_longer = int(np.searchsorted(-lengths[order], -(longest // 2), side="right"))
        end = min(at + max(_BATCH // longest, 1), max(few_longer, at + 1))
        group = order[at:end]
        offsets = np.arange(longest)
        inside = offsets[None, :] < lengths[group][:, None]
        batches.append((np.where(inside, starts[group][:, None] + offsets[None, :], 0), inside))
        at = end
    return batches


def _best_path(steps: NDArray[np.float32], rules: NDArray[np.float32], inside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Viterbi's algorithm; `steps` is word × paragraph × tag."""
    length, paragraphs, tags = steps.shape
    came_from = np.empty((length, paragraphs, tags), dtype=np.int8)
    best = steps[0]
    for at in range(1, length):
        paths = best[:, :, None] + rules
        came_from[at] = paths.argmax(axis=1)
        best = np.where(inside[at][:, None], paths.max(axis=1) + steps[at], best)
    chosen = np.zeros((length, paragraphs), dtype=np.int64)
    tag = best.argmax(axis=1)
    rows = np.arange(paragraphs)
    for at in range(length - 1, -1, -1):
        chosen[at] = tag
        if at:
            tag = np.where(inside[at], came_from[at, rows, tag], tag)
    return chosen


def _marginals(
    steps: NDArray[np.float32], rules: NDArray[np.float32], inside: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """The probability of each tag of each word (forward-backward algorithm, scaled at each step)."""
    length, paragraphs, tags = steps.shape
    follows = np.exp(np.minimum(rules, 30.0))
    local = np.exp(steps - steps.max(axis=2, keepdims=True))
    forward = np.empty_like(local)
    forward[0] = local[0] / local[0].sum(axis=1, keepdims=True)
    for at in range(1, length):
        step = (forward[at - 1] @ follows) * local[at]
        total = np.maximum(step.sum(axis=1, keepdims=True), np.float32(1e-30))
        forward[at] = np.where(inside[at][:, None], step / total, forward[at - 1])
    backward = np.ones((paragraphs, tags), dtype=np.float32)
    result: NDArray[np.float32] = np.empty_like(local)
    for at in range(length - 1, -1, -1):
        joint = forward[at] * backward
        result[at] = joint / np.maximum(joint.sum(axis=1, keepdims=True), np.float32(1e-30))
        before = (local[at] * backward) @ follows.T
        before /= np.maximum(before.sum(axis=1, keepdims=True), np.float32(1e-30))
        backward = np.where(inside[at][:, None], before, backward)
    return result


def _spans(tags: NDArray[np.int64], certainty: NDArray[np.float32], head: Head) -> list[Tagged]:
    begins = {head.begins(label): label for label in head.labels}
    spans: list[Tagged] = []
    marked: Sequence[int] = np.flatnonzero(tags).tolist()
    position = 0
    while position < len(marked):
        first = marked[position]
        label = begins[int(tags[first])]
        last = first + 1
        while last < len(tags) and tags[last] == head.goes_on(label):
            last += 1
        spans.append(Tagged(first, last, label, float(certainty[first:last].min())))
        position += last - first
    return spans
