"""The loss: a linear-chain conditional random field a head, with labels that may leave a word open.

What is known of a word is the set of its allowed tags. Where a set of texts is not annotated for a head, every tag is
allowed and the word says nothing; where annotators of another guide marked what this one leaves out, several are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from articles.extraction.tagger.labels import HEADS, Head, columns, forbidden

_LEAST = 1e-300


class Chains(nn.Module):
    """Transitions of all heads and the loss that trains them."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.ParameterDict(
            {head.name: nn.Parameter(torch.zeros(head.size, head.size)) for head in HEADS}
        )

    def loss(self, scores: Tensor, allowed: NDArray[np.bool_], inside: NDArray[np.bool_]) -> dict[str, Tensor]:
        """Negative log-likelihood of the allowed tags, of each head, summed over windows.

        Args:
            scores: windows × words × columns, of which the tags of all heads are read.
            allowed: windows × words × tags of all heads, true where the tag is allowed.
            inside: windows × words, false beyond the last word of a window.
        """
        return {
            head.name: _Likelihood.apply(
                scores[:, :, columns(head)], self.transitions[head.name], head, allowed[:, :, columns(head)], inside
            )
            for head in HEADS
        }


class _Likelihood(torch.autograd.Function):
    """Gradients are the expected tags without the labels less those with them: no graph of a thousand small steps."""

    @staticmethod
    def forward(
        ctx: Any, scores: Tensor, transitions: Tensor, head: Head, allowed: NDArray[np.bool_], inside: NDArray[np.bool_]
    ) -> Tensor:
        steps = scores.detach().numpy().astype(np.float64)
        follows = np.where(forbidden(head), 0.0, np.exp(transitions.detach().numpy().astype(np.float64)))
        free = expect(steps, np.ones_like(allowed), follows, inside)
        fixed = expect(steps, allowed, follows, inside)
        ctx.save_for_backward(
            torch.from_numpy(free[1] - fixed[1]).float(), torch.from_numpy(free[2] - fixed[2]).float()
        )
        return torch.tensor(free[0] - fixed[0], dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        of_scores, of_transitions = ctx.saved_tensors
        return outer[0] * of_scores, outer[0] * of_transitions, None, None, None


def expect(
    scores: NDArray[np.float64], allowed: NDArray[np.bool_], follows: NDArray[np.float64], inside: NDArray[np.bool_]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Sum over all allowed rows of tags (forward-backward, scaled at each word).

    Args:
        scores: windows × words × tags.
        allowed: the same shape.
        follows: tags × tags, the exponential of the transitions, 0 where one is forbidden.
        inside: windows × words.

    Returns:
        The log of the sum, over all windows; how likely each tag of each word is; how often each tag follows another.
    """
    steps = scores.transpose(1, 0, 2)
    most = steps.max(axis=2, keepdims=True)
    local = np.exp(steps - most) * allowed.transpose(1, 0, 2)
    real = inside.T[:, :, None]
    length = len(local)
    forward, scale = np.empty_like(local), np.ones((*local.shape[:2], 1))
    for at in range(length):
        step = local[at] if at == 0 else (forward[at - 1] @ follows) * local[at]
        scale[at] = np.where(real[at], np.maximum(step.sum(axis=1, keepdims=True), _LEAST), 1.0)
        forward[at] = np.where(real[at], step / scale[at], forward[at - 1]) if at else step / scale[at]
    backward = np.empty_like(local)
    backward[-1] = 1.0
    for at in range(length - 1, 0, -1):
        step = (local[at] * backward[at]) @ follows.T / scale[at]
        backward[at - 1] = np.where(real[at], step, backward[at])
    likely = forward * backward * real
    arriving = local[1:] * backward[1:] / scale[1:] * real[1:]
    pairs = np.einsum("lna,lnb->ab", forward[:-1], arriving) * follows
    total = float((np.log(scale) * real).sum() + (most * real).sum())
    return total, likely.transpose(1, 0, 2), pairs
