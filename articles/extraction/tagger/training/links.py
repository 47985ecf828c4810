"""The loss of the answers to who speaks: a softmax over the names of a window and nobody."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from articles.extraction.tagger.labels import ANSWER, LINK_WIDTH, NOBODY, QUESTION
from articles.extraction.tagger.training.questions import Questions


def link_loss(of_words: Tensor, questions: Sequence[Questions]) -> Tensor:
    """Negative log-likelihood of the right answers, summed over windows.

    Args:
        of_words: windows × words × columns.
        questions: of each window.
    """
    total = of_words.new_zeros(())
    for columns, asked in zip(of_words, questions, strict=True):
        if not len(asked.asking):
            continue
        asking = columns[torch.from_numpy(asked.asking)]
        near = asking[:, QUESTION] @ columns[torch.from_numpy(asked.answering)][:, ANSWER].T / LINK_WIDTH**0.5
        scores = torch.cat((asking[:, NOBODY, None], near), dim=1)
        right = torch.from_numpy(np.concatenate((~asked.right.any(axis=1, keepdims=True), asked.right), axis=1))
        reached = scores.masked_fill(~right, float("-inf"))
        total = total + (torch.logsumexp(scores, dim=1) - torch.logsumexp(reached, dim=1)).sum()
    return total
