"""A long text as overlapping windows that the encoder can read, and the scores of the windows as one again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.tagger.features import FEATURES, Shape, Words
from articles.extraction.tagger.pieces import BREAK, PADDING, START

# Pieces a window holds with its two ends, and pieces from the start of one to that of the next. Shorter windows are
# faster and see less of who was named before; much longer ones training hardly knew.
SIZE = 320
STEP = 260


@dataclass(frozen=True, slots=True)
class Window:
    """The words `first:last` of a text."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as the encoder reads them, padded to one length.

    `pieces` is windows × pieces, `features` windows × pieces × features, `starts` windows × words: the index of the
    first piece of each word; 0 beyond the window's last word.
    """

    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    starts: NDArray[np.int64]


def cut(lengths: Sequence[int], *, size: int = SIZE, step: int = STEP) -> list[Window]:
    """Cover words with windows of at most `size` pieces, two of which are the ends.

    Args:
        lengths: pieces of each word.
        size: pieces of a window.
        step: pieces from a window's start to the next one's.

    Returns:
        Windows in order; each word lies in one at least, none where there are no words.
    """
    ends = np.cumsum(np.asarray(lengths, dtype=np.int64))
    windows: list[Window] = []
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, before + size - 2, side="right")), first + 1)
        windows.append(Window(first, last))
        if last == len(ends):
            break
        first = min(max(int(np.searchsorted(ends, before + step, side="right")), first + 1), last)
    return windows


def batch(windows: Sequence[tuple[Words, Sequence[tuple[int, ...]], Window]]) -> Batch:
    """Lay windows beside one another, each with the words and the pieces of its text."""
    lengths = [2 + sum(map(len, pieces[window.first : window.last])) for _, pieces, window in windows]
    shape = (len(windows), max(lengths))
    ids = np.full(shape, PADDING, dtype=np.int64)
    features = np.zeros((*shape, len(FEATURES)), dtype=np.int64)
    features[:, :, 0] = Shape.BREAK
    starts = np.zeros((len(windows), max(len(window) for _, _, window in windows)), dtype=np.int64)
    for row, (words, pieces, window) in enumerate(windows):
        inside = pieces[window.first : window.last]
        counts = np.fromiter(map(len, inside), np.int64, len(inside))
        flat = np.fromiter((number for word in inside for number in word), np.int64, int(counts.sum()))
        ids[row, 0] = START
        ids[row, 1 : 1 + len(flat)] = flat
        ids[row, 1 + len(flat)] = BREAK
        features[row, 1 : 1 + len(flat)] = np.repeat(words.features[window.first : window.last], counts, axis=0)
        starts[row, : len(window)] = 1 + np.cumsum(counts) - counts
    return Batch(ids, features, starts)


def weights(length: int, *, overlap: int) -> NDArray[np.float32]:
    """How far each word of a window is trusted: less towards its edges, where it sees one side only."""
    at = np.arange(length)
    edge = np.minimum(at, length - 1 - at) + 1
    return np.minimum(edge / max(overlap, 1), 1.0).astype(np.float32)


def by_length(lengths: Sequence[int], *, pieces: int) -> Iterator[list[int]]:
    """Group windows of like length so that a batch, padded, holds at most `pieces` pieces; longest first."""
    group: list[int] = []
    longest = 0
    for at in sorted(range(len(lengths)), key=lambda at: (-lengths[at], at)):
        if group and longest * (len(group) + 1) > pieces:
            yield group
            group = []
        if not group:
            longest = lengths[at]
        group.append(at)
    if group:
        yield group
