"""No migration holds up the site that goes on beside it, or takes from it what it needs."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from articles.migrations._operations import AddConstraintWithoutLock, AddIndexConcurrently, ValidateConstraint
from articles.models import Section
from tests.upgrading.locking import problems

# Made before the first release: there is no site of a release before them. Nothing is added here once there is one.
BEFORE_THE_FIRST_RELEASE = {
    "0002_tags_as_suggestions",
    "0004_phrases_of_quotations",
    "0005_part_of_and_names_in_names",
    "0009_merged_and_renamed_tags",
    "0011_plain_names",
    "0012_plain_names_indexed",
    "0013_decisions_that_can_be_taken_back",
    "0014_workflow",
    "0015_versions_drafts_and_presence",
    "0016_sections_series_and_front_page",
    "0019_bylines_are_rows",
    "0020_what_waits",
    "0021_groups_of_users",
    "0026_parts_of_pages",
    "0027_search_index",
    "0030_language_of_quotations",
    "0031_coverage",
    "0032_article_published_number",
    "0035_from_the_source",
    "0038_stories_told_twice",
}


def test_no_migration_holds_up_the_site_that_goes_on():
    loader = MigrationLoader(None)
    found = {
        name: problems(migration.operations, name=name)
        for (app, name), migration in loader.disk_migrations.items()
        if app == "articles"
    }
    assert [line for name in sorted(found.keys() - BEFORE_THE_FIRST_RELEASE) for line in found[name]] == []
    assert sorted(name for name in BEFORE_THE_FIRST_RELEASE if not found.get(name)) == [], "nothing is wrong with these"


INDEX = models.Index(fields=["name"], name="section_name_again")
CHECK = models.CheckConstraint(condition=~models.Q(name="nowhere"), name="section_is_somewhere")


def add(field, name="mood"):
    return migrations.AddField("article", name, field)


def nothing(apps, schema_editor): ...


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ([add(models.TextField())], "article.mood may not be empty"),
        ([add(models.TextField(default="calm"))], "article.mood may not be empty"),
        ([add(models.TextField(null=True))], ""),
        ([add(models.TextField(db_default="calm"))], ""),
        ([add(models.CharField(null=True, db_index=True))], "article.mood has an index that locks"),
        ([add(models.ForeignKey("articles.section", models.CASCADE, null=True))], ""),
        ([migrations.AddIndex("article", INDEX)], "section_name_again locks article"),
        ([migrations.AddIndex("section", INDEX)], ""),
        ([AddIndexConcurrently("article", INDEX)], ""),
        ([migrations.AddConstraint("quote", CHECK)], "section_is_somewhere locks quote"),
        ([AddConstraintWithoutLock("quote", CHECK)], ""),
        ([migrations.RemoveField("article", "headline")], "removes a column of article"),
        ([migrations.RenameField("article", "headline", "title")], "renames a column of article"),
        ([migrations.DeleteModel("Quote")], "removes a table of quote"),
        ([migrations.RenameModel("Quote", "Saying")], "renames a table of quote"),
        ([migrations.AlterField("article", "headline", models.TextField())], "article.headline is changed in place"),
        ([add(models.TextField(null=True)), migrations.RunPython(nothing)], "changes tables and fills rows"),
        ([migrations.RunPython(nothing)], ""),
        ([migrations.CreateModel("Tide", []), migrations.AddIndex("tide", INDEX)], ""),
    ],
)
def test_what_locks_or_breaks_is_refused_with_the_way_to_do_it(operations, expected):
    found = "; ".join(problems(operations))
    assert found.startswith(f"it: {expected}") if expected else found == ""
    assert bool(found) == found.endswith(")")


def constraints():
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, Section._meta.db_table)


@pytest.mark.django_db(transaction=True)
def test_big_tables_are_changed_without_a_lock_on_either_database():
    """There and back, outside of a transaction, as a migration with `atomic = False` runs them."""
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    index = AddIndexConcurrently("section", INDEX)
    index.state_forwards("articles", after)
    with connection.schema_editor(atomic=False) as editor:
        index.database_forwards("articles", editor, before, after)
    assert INDEX.name in constraints()
    with connection.schema_editor(atomic=False) as editor:
        index.database_backwards("articles", editor, after, before)
    assert INDEX.name not in constraints()
    checked = before.clone()
    check = AddConstraintWithoutLock("section", CHECK)
    check.state_forwards("articles", checked)
    Section.objects.create(name="nowhere")
    if connection.vendor == "postgresql":
        with connection.schema_editor() as editor:  # the row that is there is not looked at
            check.database_forwards("articles", editor, before, checked)
    Section.objects.all().delete()
    with connection.schema_editor() as editor:
        if connection.vendor != "postgresql":
            check.database_forwards("articles", editor, before, checked)
        ValidateConstraint("section", CHECK.name).database_forwards("articles", editor, checked, checked)
    try:
        with pytest.raises(Exception, match=CHECK.name):
            Section.objects.create(name="nowhere")
    finally:
        with connection.schema_editor() as editor:
            check.database_backwards("articles", editor, checked, before)
