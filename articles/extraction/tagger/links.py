"""Whose words a tagged content, cue or source reports: shares of the names around it.

Every window that holds the first word of what asks and of a name compares the question of the one with the answer of
the other (scaled dot products, as attention has them); what several windows say is averaged by how far each is trusted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.tagger.labels import ANSWER, LINK_WIDTH, NOBODY, QUESTION, TAGS
from articles.extraction.tagger.windows import Window

# Shares below it are noise, and there are many of them.
_LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Heard:
    """What the encoder said of the words of one window beyond their tags: words × (columns - tags), and its trust."""

    window: Window
    columns: NDArray[np.float32]
    trust: NDArray[np.float32]


def shares(asking: Sequence[int], names: Sequence[int], heard: Sequence[Heard]) -> list[list[tuple[int, float]]]:
    """Find who may speak where words ask.

    Args:
        asking: the first words of contents, cues and sources, in text order.
        names: the first words of the names that may speak, in text order.
        heard: of every window of the text.

    Returns:
        For each word of `asking`, numbers of `names` with their shares (0..1), which sum up to 1 at most.
    """
    asked, named = np.asarray(asking, dtype=np.int64), np.asarray(names, dtype=np.int64)
    total: list[defaultdict[int, float]] = [defaultdict(float) for _ in asking]
    weight = [0.0] * len(asking)
    for part in heard:
        edges = (part.window.first, part.window.last)
        (row, last_row), (column, last_column) = np.searchsorted(asked, edges), np.searchsorted(named, edges)
        words = asked[row:last_row] - part.window.first
        chances = _chances(part.columns[words], part.columns[named[column:last_column] - part.window.first])
        for number, trust, of_names in zip(range(row, last_row), part.trust[words].tolist(), chances, strict=True):
            weight[number] += trust
            for at in np.flatnonzero(of_names >= _LEAST_SHARE).tolist():
                total[number][column + at] += float(of_names[at]) * trust
    return [
        [(int(name), share / weight[number]) for name, share in sorted(of_names.items())]
        for number, of_names in enumerate(total)
    ]


def _chances(asking: NDArray[np.float32], naming: NDArray[np.float32]) -> NDArray[np.float32]:
    """Asking words × names: a softmax over the names and nobody, who is then left out."""
    questions = asking[:, QUESTION.start - TAGS : QUESTION.stop - TAGS]
    answers = naming[:, ANSWER.start - TAGS : ANSWER.stop - TAGS]
    near = questions @ answers.T / np.float32(LINK_WIDTH**0.5)
    scores = np.concatenate((asking[:, NOBODY - TAGS, None], near), axis=1)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: NDArray[np.float32] = (scores / scores.sum(axis=1, keepdims=True))[:, 1:]
    return found
