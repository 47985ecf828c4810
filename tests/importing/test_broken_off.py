"""A database that goes away in the midst of an import, or has no room: a line that says so, and nothing by halves.

The connection is cut by PostgreSQL itself, and the file of SQLite may really not grow.
"""

import random
import re
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

import manage
from articles.editing import trying
from articles.editing.counts import problems_of_counts
from articles.importing.archives import register
from articles.importing.options import ImportOptions
from articles.models import Article, ArticleImport, Person
from articles.searching.index import disagreements
from tests.benchmarks.made_stories import person
from tests.importing.test_archives import make_archive, quick_tagger  # noqa: F401  # a fixture

SEED = 20261127
CUTS = 25
STORIES = 45
# So many questions at most lie between two cuts.
QUESTIONS = 150
# So many pages of 4 kB the file may grow at each try.
PAGES = 10

PLAIN = re.compile(
    "The database cannot do that now: .+"
    "|CommandError: the database cannot be used: .+ What was written stays; the same command goes on with the rest."
)

pytestmark = pytest.mark.django_db(transaction=True)
COMMANDS = pytest.mark.parametrize("command", ["import_archive", "import_article"])


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """A batch is tried again at once."""
    monkeypatch.setattr(trying, "FIRST_PAUSE", 0.001)


class Cuts:
    """Has the server end the session that asks, before its next question and then again some questions later."""

    def __init__(self, number, chance):
        self.left, self.chance, self.wait = number, chance, 0
        self.own = connection.get_connection_params()

    def __call__(self, execute, sql, params, many, context):
        self.wait -= 1
        if self.left and self.wait < 0:
            self.left -= 1
            self.wait = self.chance.randint(1, QUESTIONS)
            with psycopg.connect(dbname=self.own["dbname"], **self.server(), autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(%s, 5000)", [context["connection"].connection.info.backend_pid]
                )
        return execute(sql, params, many, context)

    def server(self):
        return {name: self.own[name] for name in ("host", "port", "user", "password") if self.own.get(name)}


def run(*words, monkeypatch, capsys):
    """What `manage.py` says on standard error, and its exit status."""
    monkeypatch.setattr(sys, "argv", ["manage.py", *map(str, words)])
    try:
        manage.main()
        status = 0
    except SystemExit as end:
        status = 1
        if isinstance(end.code, str):
            sys.stderr.write(end.code)
    return capsys.readouterr().err, status


def archive(folder):
    """With a run that is begun, of three stories at once: a batch comes through between two cuts, or not."""
    archive = make_archive(folder / "a", range(STORIES), texts=10)
    register([archive], ImportOptions(), stories_at_once=3)
    return archive


def assert_plain(said):
    """One line each, beside what the driver says of its connections."""
    for each in said:
        (line,) = (line for line in each.splitlines() if not line.startswith("WARNING psycopg"))
        assert PLAIN.fullmatch(line)


def assert_whole():
    assert Article.objects.count() == STORIES
    assert set(Article.objects.values_list("headline", flat=True)) == {
        f"Ferry {number} sails from pier {number}" for number in range(STORIES)
    }
    assert Person.objects.filter(name=person(3)).count() == 1
    assert_consistent()


def assert_consistent():
    assert [*problems_of_counts(), *disagreements()] == []
    assert ArticleImport.objects.filter(status="created").count() == Article.objects.count()


@COMMANDS
def test_a_connection_that_is_cut_breaks_nothing(tmp_path, monkeypatch, capsys, command):
    if connection.vendor == "sqlite":
        return  # which has no connection
    folder, cuts, said = archive(tmp_path), Cuts(CUTS, random.Random(SEED)), []
    for _ in range(CUTS + 1):
        with connection.execute_wrapper(cuts):
            error, status = run(command, folder, monkeypatch=monkeypatch, capsys=capsys)
        if not status:
            break
        said.append(error)
        assert_consistent()
    assert (len(said) > 1, cuts.left) == (True, 0)
    assert_plain(said)
    assert_whole()


@pytest.mark.one_database
@COMMANDS
def test_a_file_that_cannot_grow_breaks_nothing(tmp_path, monkeypatch, capsys, command):
    folder, said, pages = archive(tmp_path), [], size()
    while True:
        pages += PAGES
        with room_for(pages):
            error, status = run(command, folder, monkeypatch=monkeypatch, capsys=capsys)
        if not status:
            break
        said.append(error)
        assert_consistent()
    assert len(said) > 3
    assert_plain(said)
    assert_whole()


def size():
    """In pages, of which none is free."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        return cursor.fetchone()[0]


@contextmanager
def room_for(pages):
    """A file of so many pages is full, for whoever opens it meanwhile."""
    options = connection.settings_dict["OPTIONS"]
    usual = options["init_command"]
    options["init_command"] = f"{usual} PRAGMA max_page_count = {pages};"
    connection.close()
    try:
        yield
    finally:
        options["init_command"] = usual
        connection.close()
