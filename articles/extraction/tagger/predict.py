"""Tag a text with the trained model: windows, scores, spans.

At run time this needs numpy and onnxruntime, nothing that trains. The model is loaded at the first text, once a
process; loading it and tagging the same text twice gives the same tags.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from articles.extraction.tagger.decoding import Tagged, decode
from articles.extraction.tagger.features import Shape, Words, read_words
from articles.extraction.tagger.known import KnownNames
from articles.extraction.tagger.labels import ANSWERING, ASKING, HEADS, LINK_WIDTH, NAMES, TAGS, by_size, columns
from articles.extraction.tagger.links import Heard, shares
from articles.extraction.tagger.pieces import WordPieces
from articles.extraction.tagger.tags import Tag, Tags, Voice
from articles.extraction.tagger.windows import SIZE, STEP, Batch, batch, by_length, cut, weights
from articles.text.spans import Span

MODEL = Path(__file__).parent / "model"
# Pieces given to the encoder at once, padding included: more brings no speed on a processor and costs memory.
_BATCH_PIECES = 2048

# A batch → windows × pieces × columns (`labels.COLUMNS`).
Encoder = Callable[[Batch], NDArray[np.float32]]
# Head's name → tags × tags.
Transitions = dict[str, NDArray[np.float32]]


class OnnxTagger:
    """The tagger of a folder with `encoder.onnx`, `vocabulary.txt`, `known.txt` and `tagger.json`.

    Args:
        folder: the model.
        threads: processor threads of one call; 0 leaves it to onnxruntime (one for each core).

    Raises:
        OSError: a file of the model is missing.
        ValueError: the model knows other tags than this code.
    """

    def __init__(self, folder: Path = MODEL, *, threads: int = 0) -> None:
        about = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        heads = {head.name: list(head.labels) for head in HEADS}
        if about["heads"] != heads:
            raise ValueError(f"{folder}: the model tags {about['heads']}, not {heads}")
        if about.get("links") != LINK_WIDTH:
            raise ValueError(f"{folder}: the model links by {about.get('links')} numbers, not {LINK_WIDTH}")
        self._version = str(about["version"])
        self._transitions = {name: np.array(table, dtype=np.float32) for name, table in about["transitions"].items()}
        self._reader = Reader.of(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @property
    def version(self) -> str:
        return self._version

    def tag(self, text: str, *, size: int = SIZE, step: int = STEP) -> Tags:
        """Tag a text; see `Tagger.tag`. `size` and `step` are those of its windows, in pieces (`windows.cut`).

        >>> tags = OnnxTagger().tag("Ana Lopez said the bridge was safe.")
        >>> [(tag.span, tag.label) for tag in tags.names]
        [(Span(start=0, end=9), 'person')]
        """
        return tag_with(self._encode, self._transitions, self._reader, text, size=size, step=step)

    def _encode(self, windows: Batch) -> NDArray[np.float32]:
        given = {"pieces": windows.pieces, "features": windows.features}
        scores: NDArray[np.float32] = self._session.run(["scores"], given)[0]
        return scores


@dataclass(frozen=True, slots=True)
class Reader:
    """How a text becomes what the encoder is given."""

    pieces: WordPieces
    known: KnownNames

    @classmethod
    def of(cls, folder: Path) -> Reader:
        """The reader of a model's folder, from its `vocabulary.txt` and `known.txt`."""
        vocabulary, known = ((folder / name).read_text(encoding="utf-8") for name in ("vocabulary.txt", "known.txt"))
        return cls(WordPieces(vocabulary.splitlines()), KnownNames(known.splitlines()))


_threads = 0


def limit_threads(number: int) -> None:
    """Let the shipped tagger of this process take so many threads: one where each core has a process of its own."""
    global _threads
    _threads = number


@cache
def shipped_tagger() -> OnnxTagger:
    """The tagger that comes with the program, loaded once a process."""
    return OnnxTagger(threads=_threads)


def tag_with(
    encoder: Encoder, transitions: Transitions, reader: Reader, text: str, *, size: int = SIZE, step: int = STEP
) -> Tags:
    """Tag a text with any encoder; training measures with the same function that predicts."""
    words = read_words(text, reader.known)
    if not len(words):
        return Tags()
    pieces = [reader.pieces(word) for word in words.texts]
    windows = cut([len(word) for word in pieces], size=size, step=step)
    total = np.zeros((len(words), TAGS), dtype=np.float32)
    weight = np.zeros((len(words), 1), dtype=np.float32)
    heard: list[Heard] = []
    lengths = [2 + sum(map(len, pieces[window.first : window.last])) for window in windows]
    for group in by_length(lengths, pieces=_BATCH_PIECES):
        laid = batch([(words, pieces, windows[at]) for at in group])
        scores = encoder(laid)
        for row, at in enumerate(group):
            window = windows[at]
            trust = weights(len(window), overlap=(size - step) // 2)
            of_words = scores[row, laid.starts[row, : len(window)]]
            total[window.first : window.last] += of_words[:, :TAGS] * trust[:, None]
            weight[window.first : window.last] += trust[:, None]
            heard.append(Heard(window, of_words[:, TAGS:], trust))
    total /= weight
    breaks = words.features[:, 0] == Shape.BREAK

    found: dict[str, list[Tagged]] = {}
    for heads in by_size():
        scores = np.stack([total[:, columns(head)] for head in heads])
        rules = np.stack([transitions[head.name] for head in heads])
        for head, spans in zip(heads, decode(scores, rules, breaks, heads), strict=True):
            found[head.name] = spans
    tags = {name: tuple(_tag(tagged, words) for tagged in spans) for name, spans in found.items()}
    return Tags(**tags, voices=tuple(_voices(found, words, heard)))


def _voices(found: dict[str, list[Tagged]], words: Words, heard: Sequence[Heard]) -> Iterator[Voice]:
    asking = sorted((tagged for head in ASKING for tagged in found[head.name]), key=lambda tagged: tagged.first)
    names = [tagged for tagged in found[NAMES.name] if tagged.label in ANSWERING]
    of_names = shares([tagged.first for tagged in asking], [tagged.first for tagged in names], heard)
    for tagged, chances in zip(asking, of_names, strict=True):
        speakers = tuple((_tag(names[number], words).span, share) for number, share in chances)
        yield Voice(_tag(tagged, words).span, speakers)


def _tag(tagged: Tagged, words: Words) -> Tag:
    span = Span(int(words.starts[tagged.first]), int(words.ends[tagged.last - 1]))
    return Tag(span, tagged.label, tagged.score)
