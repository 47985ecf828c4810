"""Everything that readers see, given out by a command."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.exporting import archive
from tests.factories import make_appearance, make_article, make_person, make_role

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example.org/"


def run(command, **options):
    out, told = io.StringIO(), io.StringIO()
    call_command(command, address=ADDRESS, stdout=out, stderr=told, **options)
    return out.getvalue(), told.getvalue()


@pytest.fixture
def articles(monkeypatch):
    """More than one portion of them, and a draft."""
    monkeypatch.setattr(archive, "AT_ONCE", 2)
    make_article(status="draft", headline="Xanadu")
    person = make_person("Mira Voss")
    written = [make_article(body="<p>Mira Voss, pilot.</p>") for _ in range(5)]
    for article in written:
        make_appearance(article, person)
        make_role(article, person, "pilot")
    return written


def test_every_published_article_is_one_line_of_ninjs(articles):
    out, told = run("export_articles")
    said = [json.loads(line) for line in out.splitlines()]
    assert [each["uri"] for each in said] == [f"{ADDRESS}api/v1/articles/{each.pk}" for each in articles]
    assert "5 articles in all" in told


@pytest.mark.parametrize(("name", "suffix"), [("newsml", ".xml"), ("markdown", ".md")])
def test_formats_that_need_a_file_go_into_a_folder(articles, tmp_path, name, suffix):
    run("export_articles", format=name, folder=tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir(), key=lambda file: int(file.stem))
    assert [file.name for file in files] == [f"{each.pk}{suffix}" for each in articles]
    assert all(each.headline in file.read_text("utf-8") for each, file in zip(articles, files, strict=True))


@pytest.mark.parametrize("options", [{"format": "markdown"}, {"format": "ninjs", "folder": "out"}])
def test_a_folder_belongs_to_what_needs_files(options):
    with pytest.raises(CommandError, match="--folder belongs to newsml and markdown"):
        run("export_articles", **options)


def test_every_record_is_a_line(articles):
    out, told = run("export_entities")
    said = [json.loads(line) for line in out.splitlines()]
    assert [each["schema"] for each in said] == ["Person", "Position", "Occupancy"]
    assert "3 entities in all" in told


def test_articles_and_their_mentions_come_with_the_records(articles):
    schemata = [json.loads(line)["schema"] for line in run("export_entities", articles=True)[0].splitlines()]
    assert (schemata.count("Article"), schemata.count("Mention")) == (5, 5)


def test_it_asks_no_more_for_more_portions(articles, django_assert_max_num_queries):
    """Seven a portion of two articles, and one that finds no more."""
    with django_assert_max_num_queries(3 * 8 + 1):
        run("export_articles")
