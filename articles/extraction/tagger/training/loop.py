"""The training run: passes over the examples, checkpoints, figures on the way.

Everything random follows from the seed and the number of the pass, so that a run that was cut off goes on as if it had
not been.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from articles.extraction.tagger.features import Words, read_words
from articles.extraction.tagger.labels import COLUMNS, TAGS
from articles.extraction.tagger.pieces import MASK
from articles.extraction.tagger.predict import Reader, Transitions, tag_with
from articles.extraction.tagger.tags import Tags
from articles.extraction.tagger.training.augmentation import augment, collect_names
from articles.extraction.tagger.training.crf import Chains
from articles.extraction.tagger.training.data import Example, allowed_tags
from articles.extraction.tagger.training.evaluation import measure
from articles.extraction.tagger.training.links import link_loss
from articles.extraction.tagger.training.network import Network, Size, load_encoder
from articles.extraction.tagger.training.questions import Questions, ask
from articles.extraction.tagger.windows import Batch, Window, batch, by_length, cut

logger = logging.getLogger(__name__)

# The layers that are not pretrained.
_NEW = ("features", "columns")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. The rates suit an encoder this small; its published fine-tunings use the same order."""

    passes: int = 16
    # Passes at the start that read the open sets, too: later ones follow the guide of the stories alone.
    open_passes: int = 4
    batch_pieces: int = 2560
    encoder_rate: float = 2.5e-4
    other_rate: float = 2e-3
    weight_decay: float = 0.01
    warm_up: float = 0.05
    # Pieces hidden from the encoder, so that it learns to read names from around them, too.
    hidden_pieces: float = 0.06
    # Compute in half precision (bfloat16); worth it where the processor multiplies so.
    in_half: bool = False
    seed: int = 20251
    threads: int = 2
    size: Size = field(default_factory=Size)


@dataclass(frozen=True, slots=True)
class Sets:
    stories: Sequence[Example]
    open: Sequence[Example]
    measured: Mapping[str, Sequence[Example]]


class Run:
    """A training run that can be saved and taken up again."""

    def __init__(self, sets: Sets, settings: Settings, reader: Reader, weights: Path) -> None:
        torch.set_num_threads(settings.threads)
        torch.manual_seed(settings.seed)
        self.sets, self.settings, self.reader = sets, settings, reader
        self.network = Network(settings.size)
        with torch.no_grad():
            load_encoder(self.network, weights)
        self.chains = Chains()
        self.names = collect_names([*sets.stories, *sets.open])
        encoder = [p for name, p in self.network.named_parameters() if not name.startswith(_NEW)]
        others = [p for name, p in self.network.named_parameters() if name.startswith(_NEW)]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": encoder, "lr": settings.encoder_rate, "peak": settings.encoder_rate},
                {
                    "params": [*others, *self.chains.parameters()],
                    "lr": settings.other_rate,
                    "peak": settings.other_rate,
                },
            ],
            weight_decay=settings.weight_decay,
            fused=True,
        )
        self.passed = 0
        self.seen = 0
        self.planned = self._planned()

    def _planned(self) -> int:
        def count(examples: Sequence[Example]) -> int:
            read = [read_words(example.text, self.reader.known).texts for example in examples]
            lengths = [[len(self.reader.pieces(word)) for word in words] for words in read]
            windows = [(of_words, window) for of_words in lengths for window in cut(of_words, size=280, step=256)]
            return sum(2 + sum(of_words[window.first : window.last]) for of_words, window in windows)

        return self.settings.passes * count(self.sets.stories) + self.settings.open_passes * count(self.sets.open)

    def save(self, path: Path) -> None:
        state = {
            "network": self.network.state_dict(),
            "chains": self.chains.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "passed": self.passed,
            "seen": self.seen,
        }
        beside = path.with_suffix(".new")
        torch.save(state, beside)
        beside.replace(path)

    def load(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.chains.load_state_dict(state["chains"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.passed, self.seen = state["passed"], state["seen"]

    def train(self, checkpoint: Path) -> None:
        """Run the passes that are left; save after each, measure after every other one and the last."""
        while self.passed < self.settings.passes:
            self._one_pass()
            self.passed += 1
            self.save(checkpoint)
            if self.passed % 2 == 0 or self.passed == self.settings.passes:
                self.report()

    def report(self) -> None:
        for name, examples in self.sets.measured.items():
            logger.info("pass %d, %s: %s", self.passed, name, measure(self.tag, examples))

    def tag(self, text: str) -> Tags:
        return tag_with(self.encode, self.transitions(), self.reader, text)

    def encode(self, windows: Batch) -> NDArray[np.float32]:
        self.network.eval()
        with torch.inference_mode():
            scores = self.network(torch.from_numpy(windows.pieces), torch.from_numpy(windows.features))
        return np.asarray(scores.numpy(), dtype=np.float32)

    def transitions(self) -> Transitions:
        return {name: table.detach().numpy() for name, table in self.chains.transitions.items()}

    def _one_pass(self) -> None:
        random = Random(f"{self.settings.seed} {self.passed}")
        torch.manual_seed(self.settings.seed + self.passed)
        examples = list(self.sets.stories)
        if self.passed < self.settings.open_passes:
            examples += self.sets.open
        examples = [augment(example, self.names, random) for example in examples]
        self.network.train()
        started, pieces, losses = time.monotonic(), 0, np.zeros(2)
        for number, lesson in enumerate(_lessons(examples, self.reader, random, self.settings)):
            losses += self._step(lesson), int(lesson.inside.sum())
            pieces += int((lesson.windows.pieces != 0).sum())
            if number % 50 == 0:
                speed = pieces / (time.monotonic() - started)
                logger.info(
                    "pass %d, step %d, loss %.4f, %.0f pieces/s", self.passed, number, losses[0] / losses[1], speed
                )
                losses[:] = 0

    def _step(self, lesson: _Lesson) -> float:
        rate = self._rate()
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        pieces = torch.from_numpy(lesson.windows.pieces)
        hide = (torch.rand(pieces.shape) < self.settings.hidden_pieces) & (pieces > MASK)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.settings.in_half):
            columns = self.network(pieces.masked_fill(hide, MASK), torch.from_numpy(lesson.windows.features))
        starts = torch.from_numpy(lesson.windows.starts)[:, :, None].expand(-1, -1, COLUMNS)
        of_words: Tensor = torch.gather(columns.float(), 1, starts)
        losses = self.chains.loss(of_words, lesson.allowed, lesson.inside)
        total = torch.stack([*losses.values(), link_loss(of_words, lesson.questions)]).sum()
        self.optimizer.zero_grad()
        (total / int(lesson.inside.sum())).backward()
        torch.nn.utils.clip_grad_norm_([*self.network.parameters(), *self.chains.parameters()], 1.0)
        self.optimizer.step()
        self.seen += int((lesson.windows.pieces != 0).sum())
        return float(total.item())

    def _rate(self) -> float:
        """Up in a straight line, then down to nothing."""
        done = min(self.seen / self.planned, 1.0)
        warm_up = self.settings.warm_up
        return max(done / warm_up, 0.02) if done < warm_up else max((1 - done) / (1 - warm_up), 0.01)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Windows with what is known of their words: windows × words × tags, which are words, and who speaks."""

    windows: Batch
    allowed: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    questions: Sequence[Questions]


def _lessons(examples: Sequence[Example], reader: Reader, random: Random, settings: Settings) -> Iterator[_Lesson]:
    """Cut texts into windows at random places, and shuffle batches of windows of like length."""
    windows: list[tuple[Words, list[tuple[int, ...]], Window]] = []
    allowed: list[NDArray[np.bool_]] = []
    asked: list[Questions] = []
    for example in examples:
        words = read_words(example.text, reader.known)
        of_words = [reader.pieces(word) for word in words.texts]
        tags = allowed_tags(example, words)
        of_story = ask(example, words)
        size = random.randrange(180, 380)
        for window in cut([len(word) for word in of_words], size=size, step=size - random.randrange(8, 40)):
            windows.append((words, of_words, window))
            allowed.append(tags[window.first : window.last])
            asked.append(of_story.within(window))
    order = list(range(len(windows)))
    random.shuffle(order)
    lengths = [sum(map(len, windows[at][1][windows[at][2].first : windows[at][2].last])) for at in order]
    groups = list(by_length(lengths, pieces=settings.batch_pieces))
    random.shuffle(groups)
    for group in groups:
        chosen = [order[at] for at in group]
        laid = batch([windows[at] for at in chosen])
        inside = np.zeros(laid.starts.shape, dtype=np.bool_)
        tags = np.ones((*laid.starts.shape, TAGS), dtype=np.bool_)
        for row, at in enumerate(chosen):
            inside[row, : len(allowed[at])] = True
            tags[row, : len(allowed[at])] = allowed[at]
        yield _Lesson(laid, tags, inside, [asked[at] for at in chosen])
