"""SQLite is told how its tables are, so that it picks the indexes made for the pages."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.editing.jobs import jobs
from articles.editing.statistics import after_migrate, gather_statistics
from articles.models import Article
from tests.factories import make_article

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
]


def plan_of_the_latest():
    return Article.objects.published().latest_first().only("headline")[:10].explain()


@pytest.fixture
def many_articles(db):
    """Of which nothing is known: what another test gathered stays with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")
    for number in range(40):
        make_article(headline=f"Ferry {number}")


def test_the_latest_are_found_by_their_index_and_not_sorted(many_articles):
    assert "TEMP B-TREE" in plan_of_the_latest()
    gather_statistics()
    assert "article_latest_published" in plan_of_the_latest()
    assert "TEMP B-TREE" not in plan_of_the_latest()


def test_they_are_gathered_each_day_and_when_a_migration_changed_something(many_articles):
    assert gather_statistics in [job.do for job in jobs()]
    after_migrate(plan=[])
    assert "TEMP B-TREE" in plan_of_the_latest()
    after_migrate(plan=["a migration"])
    assert "TEMP B-TREE" not in plan_of_the_latest()
