"""What the tagger is asked of who speaks, and which answers are right.

A window's questions are the first words of its contents, cues and sources; the first words of its names may answer.
Right are all names of the speaker in the window: which of them it points at is left to the network. Where none is in
the window, or the story names nobody, the right answer is nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.tagger.features import Shape, Words
from articles.extraction.tagger.labels import ANSWERING, ASKING, NAMES
from articles.extraction.tagger.training.data import Example
from articles.extraction.tagger.windows import Window


@dataclass(frozen=True, slots=True)
class Questions:
    """Words that ask and words that may answer, in word order, and which answers are right: asking × answering."""

    asking: NDArray[np.int64]
    answering: NDArray[np.int64]
    right: NDArray[np.bool_]

    def within(self, window: Window) -> Questions:
        """The questions and answers of a window, counted from its first word."""
        (ask, last_ask), (answer, last_answer) = (
            np.searchsorted(words, (window.first, window.last)) for words in (self.asking, self.answering)
        )
        return Questions(
            self.asking[ask:last_ask] - window.first,
            self.answering[answer:last_answer] - window.first,
            self.right[ask:last_ask, answer:last_answer],
        )


def ask(example: Example, words: Words) -> Questions:
    """The questions of a whole text; none where annotators say nothing of speakers."""
    asking: dict[int, str] = {}
    answering: dict[int, str] = {}
    for label in example.labels:
        word = int(np.searchsorted(words.starts, label.start))
        if word >= len(words) or words.features[word, 0] == Shape.BREAK:
            continue
        if label.head in ASKING and label.speaker:
            asking.setdefault(word, label.speaker)
        elif label.head is NAMES and label.label in ANSWERING and label.identity:
            answering[word] = label.identity
    asked, answers = sorted(asking), sorted(answering)
    right = np.zeros((len(asked), len(answers)), dtype=np.bool_)
    for row, word in enumerate(asked):
        for column, answer in enumerate(answers):
            right[row, column] = asking[word] == answering[answer]
    return Questions(np.array(asked, dtype=np.int64), np.array(answers, dtype=np.int64), right)
