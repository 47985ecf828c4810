"""Measure how long it takes to find the articles that tell a story twice, in archives of several sizes.

    python -m tests.benchmarks.same_story [--articles 10000 100000 1000000]

Each archive has so many articles of made-up keys, in a new SQLite database and in a new PostgreSQL one, each in a
process of its own. Then stories of 400 words come in, every other one nearly the same as the one before it, and are
compared as an import compares them, one at a time. Printed for each: milliseconds a story, half of them and 95 in 100,
and the pairs that were found of those that there are.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

STORIES = 200
WORDS = 400
PORTION = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.same_story",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.articles[0])))
        return
    for number in options.articles:
        for database, wrapper in (("SQLite", []), ("PostgreSQL", [sys.executable, "-m", "tests.with_postgresql"])):
            with tempfile.TemporaryDirectory() as folder:
                inside = [sys.executable, "-m", "tests.benchmarks.same_story", "--inside", "--articles", str(number)]
                finished = subprocess.run(
                    [*wrapper, *inside],
                    env={**os.environ, "NEWSROOM_VAR_DIR": folder},
                    stdout=subprocess.PIPE,
                    check=True,
                )
            half, most, found = json.loads(finished.stdout.splitlines()[-1])
            print(
                f"{number:>9,} articles, {database}: {half:.1f} ms a story, 95 in 100 within {most:.1f}; {found}",
                flush=True,
            )


def measure(articles: int) -> tuple[float, float, str]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    from articles.editing.same_story import suggest_same
    from articles.models import Article, StoryPair

    call_command("migrate", verbosity=0)
    chance = random.Random(1)
    fill(articles, chance)
    seconds = []
    for text in stories(chance):
        article = Article.objects.create(headline="Ferry aground", body=f"<p>{text}</p>", text=text)
        started = time.perf_counter()
        suggest_same([article.pk])
        seconds.append((time.perf_counter() - started) * 1000)
    most = statistics.quantiles(seconds, n=20)[-1]
    return statistics.median(seconds), most, f"{StoryPair.objects.count()} of {STORIES // 2} pairs found"


def fill(articles: int, chance: random.Random) -> None:
    """Articles of which nothing but their keys matters."""
    from articles.models import Article, StoryBand
    from articles.text.shingles import BANDS

    for first in range(0, articles, PORTION):
        made = Article.objects.bulk_create(
            Article(headline="Tide", slug=f"tide-{number}", text="Tide")
            for number in range(first, min(first + PORTION, articles))
        )
        StoryBand.objects.bulk_create(
            (
                StoryBand(article_id=article.pk, value=chance.getrandbits(64) - (1 << 63))
                for article in made
                for _ in range(BANDS)
            ),
            batch_size=PORTION,
        )


def stories(chance: random.Random):
    for _ in range(STORIES // 2):
        words = [f"word{chance.randrange(30_000)}" for _ in range(WORDS)]
        yield " ".join(words)
        for place in chance.sample(range(WORDS), WORDS // 20):
            words[place] = "changed"
        yield " ".join(words)


if __name__ == "__main__":
    main()
