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
    scores: NDArray[np.float32], transitions: NDArray[np.float32], breaks: NDArray[np.bool_], heads: Sequence[Head]
) -> list[list[Tagged]]:
    """Find the likeliest spans of several heads with the same number of tags.

    Args:
        scores: heads × words × tags, any real numbers.
        transitions: heads × tags × tags, what it adds that a tag (second axis) is followed by another (last axis).
        breaks: of each word, whether it is a line break.
        heads: whose scores these are.

    Returns:
        For each head, spans of words in text order that do not overlap and hold no line break.

    >>> from articles.extraction.tagger.labels import CUES
    >>> scores = np.array([[[2, 0, 0], [0, 3, 1], [0, 0, 2]]], dtype=np.float32)
    >>> [found] = decode(scores, np.zeros((1, 3, 3), dtype=np.float32), np.zeros(3, dtype=np.bool_), [CUES])
    >>> [(tagged.first, tagged.last, tagged.label) for tagged in found]
    [(1, 3, 'cue')]
    """
    rules = np.where(np.stack([forbidden(head) for head in heads]), np.float32(NEVER), transitions).astype(np.float32)
    tags = np.zeros(scores.shape[:2], dtype=np.int64)
    certainty = np.ones(scores.shape[:2], dtype=np.float32)
    for words, inside in _paragraphs(breaks):
        # `words` is paragraph × word. The axes turn, for each step looks at one word of every head and paragraph.
        steps = np.ascontiguousarray(scores[:, words].transpose(2, 0, 1, 3))
        # A line break is outside everything: what begins a paragraph follows O.
        steps[0] += rules[:, None, 0]
        is_real = inside.T[:, None, :, None]
        best = _best_path(steps, rules, is_real)
        chosen = np.take_along_axis(_marginals(steps, rules, is_real), best[..., None], axis=3)[..., 0]
        tags[:, words[inside]] = best.transpose(1, 2, 0)[:, inside]
        certainty[:, words[inside]] = chosen.transpose(1, 2, 0)[:, inside]
    return [_spans(*found) for found in zip(tags, certainty, heads, strict=True)]


def _paragraphs(breaks: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """Index of each word of each paragraph, padded, and which of them are real; paragraphs of like length together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], breaks, [True])).astype(np.int8)))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    order = np.argsort(-lengths, kind="stable")
    batches = []
    at = 0
    while at < len(order):
        longest = int(lengths[order[at]])
        # A step costs the same for few paragraphs as for many: padding is cheaper than another round of steps.
        few_longer = int(np.searchsorted(-lengths[order], -(longest // 8), side="right"))
        end = min(at + max(_BATCH // longest, 1), max(few_longer, at + 1))
        group = order[at:end]
        offsets = np.arange(longest)
        inside = offsets[None, :] < lengths[group][:, None]
        batches.append((np.where(inside, starts[group][:, None] + offsets[None, :], 0), inside))
        at = end
    return batches


def _best_path(steps: NDArray[np.float32], rules: NDArray[np.float32], is_real: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Viterbi's algorithm; `steps` is word × head × paragraph × tag."""
    came_from = np.empty(steps.shape, dtype=np.int8)
    best = steps[0]
    for at in range(1, len(steps)):
        paths = best[..., None] + rules[:, None]
        came_from[at] = paths.argmax(axis=2)
        best = np.where(is_real[at], paths.max(axis=2) + steps[at], best)
    chosen = np.empty(steps.shape[:3], dtype=np.int64)
    chosen[-1] = best.argmax(axis=2)
    for at in range(len(steps) - 1, 0, -1):
        before = np.take_along_axis(came_from[at], chosen[at][..., None], axis=2)[..., 0]
        chosen[at - 1] = np.where(is_real[at, ..., 0], before, chosen[at])
    return chosen


def _marginals(
    steps: NDArray[np.float32], rules: NDArray[np.float32], is_real: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """The probability of each tag of each word (forward-backward algorithm, scaled at each step)."""
    follows = np.exp(rules)
    against = np.ascontiguousarray(follows.transpose(0, 2, 1))
    local = np.exp(steps - steps.max(axis=3, keepdims=True))
    forward = np.empty_like(local)
    forward[0] = _scaled(local[0])
    for at in range(1, len(steps)):
        forward[at] = np.where(is_real[at], _scaled((forward[at - 1] @ follows) * local[at]), forward[at - 1])
    backward = np.ones_like(local)
    for at in range(len(steps) - 1, 0, -1):
        backward[at - 1] = np.where(is_real[at], _scaled((local[at] * backward[at]) @ against), backward[at])
    return _scaled(forward * backward)


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = values / np.maximum(values.sum(axis=-1, keepdims=True), np.float32(1e-30))
    return scaled


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
