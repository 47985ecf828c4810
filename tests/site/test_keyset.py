"""Lists are read page by page without a gap, forwards and back, while rows come and go."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.test import RequestFactory

from articles.models import Article, Correction, Person, Quote
from articles.site.keyset import BadCursor, Place, beyond, keyset_page, page_from, with_keys
from tests.factories import RELEASED, make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db


def latest_articles():
    """Seven articles on three days; the date of one is the story's own."""
    for number in range(7):
        make_article(released=RELEASED - timedelta(days=number % 3, microseconds=number // 6))
    make_article(published=RELEASED - timedelta(days=1))
    return Article.objects.published().latest_first().for_list()


def people_by_name():
    article = make_article()
    for name in ("Ana Lopez", "ana lopez", "Ana Lopez", "Émile Roy", "Zoë Ek", "Bo Ek"):
        make_appearance(article, make_person(name))
    return Person.objects.public().order_by(
        Lower(Coalesce(NullIf("family_name", Value("")), "name")), Lower("name"), "pk"
    )


def quotes_in_order_of_their_articles():
    for day in (1, 2):
        article = make_article(body="<p>“One.” “Two.” “Three.”</p>", published=RELEASED - timedelta(days=day))
        for words in ("“Two.”", "“One.”", "“Three.”"):
            make_quote(article, words)
    return Quote.objects.public().latest_first().for_list()


def corrections():
    article = make_article()
    for number in range(5):
        Correction.objects.create(article=article, note=f"Note {number}")
    return Correction.objects.public()


LISTS = [latest_articles, people_by_name, quotes_in_order_of_their_articles, corrections]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("make_list", LISTS)
def test_every_row_is_on_one_page_forwards_and_back(make_list, size):
    rows = make_list()
    expected = [row.pk for row in rows]
    pages = [keyset_page(rows, size)]
    while pages[-1].next_cursor:
        pages.append(keyset_page(rows, size, pages[-1].next_cursor))
    assert [row.pk for page in pages for row in page] == expected
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    for page in pages[-2::-1]:
        back = keyset_page(rows, size, pages[pages.index(page) + 1].previous_cursor)
        assert back.rows == page.rows
    assert not pages[0].previous_cursor


def test_a_list_of_none_has_one_empty_page():
    page = keyset_page(Article.objects.published().latest_first(), 10)
    assert (page.rows, page.next_cursor, page.previous_cursor) == ([], "", "")


def test_rows_that_come_meanwhile_shift_nothing():
    rows = latest_articles()
    expected = [row.pk for row in rows]
    first = keyset_page(rows, 3)
    make_article(released=RELEASED + timedelta(days=1))
    assert [row.pk for row in keyset_page(rows, 3, first.next_cursor)] == expected[3:6]


def test_the_page_goes_on_where_a_row_was_taken_away():
    rows = latest_articles()
    expected = [row.pk for row in rows]
    first = keyset_page(rows, 3)
    Article.objects.filter(pk=expected[2]).delete()
    assert [row.pk for row in keyset_page(rows, 3, first.next_cursor)] == expected[3:6]


def test_back_past_the_first_rows_is_the_whole_first_page():
    rows = latest_articles()
    second = keyset_page(rows, 3, keyset_page(rows, 3).next_cursor)
    make_article(released=RELEASED + timedelta(days=1))
    fourth = keyset_page(rows, 4, second.previous_cursor)
    assert fourth.rows == list(rows[:4])
    assert not keyset_page(rows, 5, second.previous_cursor).previous_cursor


def test_back_from_behind_the_last_row():
    rows = latest_articles()
    last = keyset_page(rows, 7)
    Article.objects.filter(pk=rows[7].pk).delete()
    beyond = keyset_page(rows, 3, last.next_cursor)
    assert beyond.rows == []
    assert keyset_page(rows, 3, beyond.previous_cursor).rows == list(rows[3:6])


def test_a_page_is_one_query(django_assert_num_queries):
    rows = latest_articles().prefetch_related(None)
    cursor = keyset_page(rows, 2).next_cursor
    with django_assert_num_queries(1):
        keyset_page(rows, 2, cursor)


def test_a_page_is_reached_through_the_index_of_its_order():
    stories = [
        Article(headline="Ferry", slug=f"ferry-{n}", status="published", released=RELEASED - timedelta(minutes=n))
        for n in range(1_000)
    ]
    Article.objects.bulk_create(stories)
    with connection.cursor() as database:
        database.execute("ANALYZE")
    for backwards in (False, True):
        rows, keys = with_keys(Article.objects.published().latest_first())
        there = rows.filter(beyond(keys, Place((stories[500].released, stories[500].pk), backwards)))
        plan = (there.reverse() if backwards else there)[:3].explain()
        assert re.search(r"article_latest_published \(<expr>[<>]\?\)|Index Cond: \(COALESCE", plan), plan
        assert "SORT" not in plan.upper()
        assert "TEMP B-TREE" not in plan


def written(*said):
    return urlsafe_b64encode(json.dumps(said).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "2",
        "é",
        "bm8=",
        "a" * 5_000,
        urlsafe_b64encode(b"[" * 2_500).decode(),
        written(),
        written(False),
        written(False, 1),
        written(0, 1, 1),
        written(False, "1", 1),
        written(False, 1, True),
        written(False, 1, 2**63),
        written(False, 10**30, 1),
        written(False, 1, 1, 1),
    ],
)
def test_what_is_no_cursor_is_refused(cursor):
    rows = latest_articles()
    with pytest.raises(BadCursor, match="is no cursor of this list"):
        keyset_page(rows, 2, cursor)
    assert page_from(RequestFactory().get("/", {"page": cursor}), rows, 2).rows == list(rows[:2])


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_cursor_with_a_text_that_no_database_takes_is_refused(name):
    with pytest.raises(BadCursor):
        keyset_page(people_by_name(), 2, written(False, name, "x", 1))
