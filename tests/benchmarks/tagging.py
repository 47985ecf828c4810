"""Print how good and how fast a tagger is, window by window size, thread by thread.

    python -m tests.benchmarks.tagging DIR [--model FOLDER] [--windows 160:130 320:260] [--threads 1 2]

DIR holds annotated stories; FOLDER is a model, the shipped one when left out. Each line has the words tagged a second
(the best of three rounds over all stories, after one that warms up) and the figures of `training.evaluation`.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path

from articles.extraction.tagger.predict import MODEL, OnnxTagger
from articles.extraction.tagger.training.data import read_stories
from articles.extraction.tagger.training.evaluation import measure
from articles.extraction.tagger.windows import SIZE, STEP

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tagging", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, help="annotated stories")
    parser.add_argument("--model", type=Path, default=MODEL, help="a model's folder")
    parser.add_argument("--windows", nargs="+", default=[f"{SIZE}:{STEP}"], help="pieces of a window:of a step")
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2], help="processor threads")
    options = parser.parse_args()
    stories = read_stories(options.folder)
    words = sum(len(story.text.split()) for story in stories)
    for threads in options.threads:
        tagger = OnnxTagger(options.model, threads=threads)
        for window in options.windows:
            size, step = map(int, window.split(":"))
            tag = partial(tagger.tag, size=size, step=step)
            figures = measure(tag, stories)
            fastest = min(_seconds(tag, stories) for _ in range(ROUNDS))
            print(f"{threads} threads, windows {window}: {words / fastest:,.0f} words/s  {figures}", flush=True)


def _seconds(tag, stories) -> float:
    started = time.perf_counter()
    for story in stories:
        tag(story.text)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
