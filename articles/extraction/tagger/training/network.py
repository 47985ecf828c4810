"""The network that is trained: a BERT encoder, embeddings of the features at its input, a linear layer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from articles.extraction.tagger.features import FEATURES
from articles.extraction.tagger.labels import COLUMNS

# Of BERT uncased: the epsilon of its normalisation, and how far its weights were spread at first.
EPSILON = 1e-12
SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Size:
    layers: int = 6
    width: int = 384
    inner: int = 1536
    heads: int = 12
    vocabulary: int = 30522
    positions: int = 512


class Layer(nn.Module):
    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = size.heads, dropout
        self.attention_in = nn.Linear(size.width, 3 * size.width)
        self.attention_out = nn.Linear(size.width, size.width)
        self.attention_norm = nn.LayerNorm(size.width, eps=EPSILON)
        self.inner = nn.Linear(size.width, size.inner)
        self.outer = nn.Linear(size.inner, size.width)
        self.outer_norm = nn.LayerNorm(size.width, eps=EPSILON)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = hidden.shape
        split = self.attention_in(hidden).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: on a processor, in half precision, its gradient is far faster than that of the fused function.
        near = split[0] @ split[1].transpose(2, 3) / (width // self.heads) ** 0.5
        attended = functional.softmax(near.masked_fill(~mask, float("-inf")), dim=-1).to(split.dtype) @ split[2]
        attended = self.attention_out(attended.transpose(1, 2).reshape(rows, length, width))
        hidden = self.attention_norm(hidden + dropped(attended, self.dropout, self.training))
        widened = self.outer(functional.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + dropped(widened, self.dropout, self.training))
        return normed


class Network(nn.Module):
    """What `labels.COLUMNS` holds for each piece: windows × pieces (and × features) → windows × pieces × columns."""

    def __init__(self, size: Size, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.size, self.dropout = size, dropout
        self.pieces = nn.Embedding(size.vocabulary, size.width, padding_idx=0)
        self.positions = nn.Embedding(size.positions, size.width)
        self.features = nn.ModuleList(nn.Embedding(values, size.width) for values in FEATURES)
        self.norm = nn.LayerNorm(size.width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.columns = nn.Linear(size.width, COLUMNS)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=SPREAD)
        nn.init.normal_(self.columns.weight, std=SPREAD)
        nn.init.zeros_(self.columns.bias)

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        hidden = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        for number, embedding in enumerate(self.features):
            hidden = hidden + embedding(features[:, :, number])
        hidden = dropped(self.norm(hidden), self.dropout, self.training)
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        columns: Tensor = self.columns(dropped(hidden, self.dropout, self.training))
        return columns


def dropped(hidden: Tensor, share: float, is_training: bool) -> Tensor:
    """Drop a share of the columns, the same from all pieces of a window: as good as each apart, and far cheaper."""
    if not is_training:
        return hidden
    kept = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= share
    return hidden * (kept / (1 - share))


def load_encoder(network: Network, weights: Path) -> None:
    """Fill the encoder with pretrained weights, a `model.safetensors` in the names of BERT.

    The embedding of the first token type, which every piece has, goes into the positions.

    Raises:
        KeyError: the file is no BERT encoder of the network's size.
    """
    given = load_file(str(weights))
    state = network.state_dict()

    def fill(name: str, tensor: Tensor) -> None:
        state[name].copy_(tensor)

    fill("pieces.weight", given["embeddings.word_embeddings.weight"])
    kind = given["embeddings.token_type_embeddings.weight"][0]
    fill("positions.weight", given["embeddings.position_embeddings.weight"] + kind)
    names = {
        "attention.output.dense": "attention_out",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "outer_norm",
    }
    for part in ("weight", "bias"):
        fill(f"norm.{part}", given[f"embeddings.LayerNorm.{part}"])
        for number in range(network.size.layers):
            old, new = f"encoder.layer.{number}", f"layers.{number}"
            for before, after in names.items():
                fill(f"{new}.{after}.{part}", given[f"{old}.{before}.{part}"])
            three = [given[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            fill(f"{new}.attention_in.{part}", torch.cat(three))
