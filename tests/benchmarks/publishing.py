"""Measure what publishing at the minute costs, on a new SQLite database and a new PostgreSQL one.

    python -m tests.benchmarks.publishing --articles 500

All the articles are due at once; each names eight of 2,000 people and quotes five. Prints the seconds that one run of
`publish_due` takes, and milliseconds an article. Other load on the machine shows in the times.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta

PEOPLE = 2_000
NAMED = 8
QUOTED = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500, metavar="N")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        start_django()
        measure(options.articles)
        return
    command = [sys.executable, "-m", "tests.benchmarks.publishing", *sys.argv[1:], "--inside"]
    for wrapped in ([], [sys.executable, "-m", "tests.with_postgresql"]):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*wrapped, *command], env={**os.environ, "NEWSROOM_VAR_DIR": folder}, check=True)


def start_django() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    call_command("migrate", verbosity=0)


def measure(number: int) -> None:
    from django.db import connection, transaction

    from articles.editing.publish import publish_due

    with transaction.atomic():
        write(number)
    started = time.perf_counter()
    published = len(publish_due().published)
    seconds = time.perf_counter() - started
    print(
        f"{connection.vendor}: {published} articles in {seconds:.1f} s, {1000 * seconds / published:.1f} ms each",
        flush=True,
    )


def write(number: int) -> None:
    from django.utils import timezone

    from articles.models import Person
    from tests.factories import make_appearance, make_article, make_person, make_quote

    chance = random.Random(1)
    due = timezone.now() - timedelta(minutes=1)
    people = [make_person(f"Mara Finch {n}") for n in range(PEOPLE)]
    for n in range(number):
        named = chance.sample(people, NAMED)
        body = "".join(f"<p>“It sails,” said {person.name} of the pilots.</p>" for person in named)
        article = make_article(
            status="scheduled", scheduled_for=due, headline=f"Ferry {n} sails", slug=f"ferry-{n}", body=body
        )
        for person in named:
            make_appearance(article, person)
        for person in named[:QUOTED]:
            make_quote(article, f"said {person.name}", speaker=person)
    assert Person.objects.count() == PEOPLE


if __name__ == "__main__":
    main()
