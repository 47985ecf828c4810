"""Stories in one transaction come out as they would one by one."""

import dataclasses

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from articles.documents.errors import NoStory
from articles.documents.reading import read_stories
from articles.importing.extracting import archive_mark, prepare
from articles.importing.options import ImportOptions
from articles.importing.service import import_batch
from articles.models import Appearance, Article, ArticleImport, Coverage, Entity, ProposedTag, Tag
from tests.benchmarks.made_stories import made_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_tagger(settings):
    settings.NEWSROOM_TAGGERS = {"en": "tests.benchmarks.made_stories.stub_tagger"}


def story_of(text, source="a.txt"):
    return next(read_stories(text.encode(), source=source))


def stories(number):
    return [story_of(made_story(each, 12), f"{each}.txt") for each in range(number)]


def said():
    """What the tables of names and rows say, whatever numbers they were given."""
    return {
        "entities": sorted(Entity.objects.values_list("kind", "name", "slug", "article_count")),
        "appearances": sorted(
            Appearance.objects.values_list("article__slug", "entity__slug", "evidence", "role", "start")
        ),
        "coverage": sorted(Coverage.objects.values_list("article__slug", "entity__slug")),
        "rows": {model.__name__: model._base_manager.count() for model in apps.get_app_config("articles").get_models()},
    }


def test_a_batch_makes_the_records_that_stories_one_by_one_make():
    options = ImportOptions(publish=True, tags=("Harbours",))
    with transaction.atomic():
        for story in stories(12):
            import_batch([story], options)
        one_by_one = said()
        transaction.set_rollback(True)
    reports = import_batch(stories(12), options)
    assert [report["status"] for report in reports] == ["created"] * 12
    assert said() == one_by_one
    assert one_by_one["rows"]["Appearance"] > 60


def test_what_does_not_fit_hinders_no_other_story_of_its_batch():
    good, other = stories(2)
    long = dataclasses.replace(good, headline="Gulls", publisher="The Gull " * 30, source="long.txt")
    given = [good, NoStory("empty.txt", "the file is empty"), long, other, good]
    reports = import_batch(given, ImportOptions())
    assert [report["status"] for report in reports] == ["created", "failed", "failed", "created", "unchanged"]
    assert Article.objects.count() == 2
    assert set(ArticleImport.objects.filter(status="failed").values_list("source", flat=True)) == {
        "empty.txt",
        "long.txt",
    }


@pytest.mark.one_database  # PostgreSQL takes rows by COPY, which no wrapper sees
def test_a_batch_that_met_another_process_is_imported_story_by_story():
    import_batch([stories(3)[0]], ImportOptions())
    written = []

    def refuse_together(execute, sql, params, many, context):
        if "INTO" in sql and '"articles_appearance"' in sql and many:
            written.append({row[0] for row in params})
            if len(written) == 1:
                raise IntegrityError("another process has written one of them")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_together):
        reports = import_batch(stories(3), ImportOptions())
    assert [report["status"] for report in reports] == ["unchanged", "created", "created"]
    assert (len(written), Article.objects.count()) == (3, 3)
    assert ArticleImport.objects.count() == 3


def test_a_batch_that_fails_leaves_nothing():
    with pytest.raises(OSError, match="full"):
        import_batch(stories(2), ImportOptions(), before_commit=disk_is_full)
    assert not Article.objects.exists()
    assert not ArticleImport.objects.exists()


def disk_is_full(reports):
    raise OSError("the disk is full")


def test_what_was_extracted_ahead_is_used_unless_the_archive_has_learned_since():
    mark = archive_mark()
    first, second = (prepare(story, mark) for story in stories(2))
    import_batch([first], ImportOptions())
    assert not ProposedTag.objects.filter(name="Gulls").exists()
    Tag.objects.create(name="boats", slug="boats")
    import_batch([second], ImportOptions())
    assert [proposal.name for proposal in ProposedTag.objects.filter(tag__isnull=False)] == ["boats"]
