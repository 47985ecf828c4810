"""Readers read from the copy of the database; nobody misses what they have just written."""

from __future__ import annotations

import sqlite3

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.test import Client

from articles.editing.touching import touch_articles
from articles.models import Article, StoredPage
from newsroom.replica import WROTE
from tests.factories import make_article

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the copy is one of SQLite's file"),
]
OLD, NEW = "Ferry stays in Cobh", "Ferry sails from Cobh"


@pytest.fixture
def article(settings, tmp_path):
    """An article whose headline is `OLD` in the copy, which lags behind, and `NEW` in the database."""
    article = make_article(headline=OLD, slug="ferry")
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "replica.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    Article.objects.filter(pk=article.pk).update(headline=NEW)
    # Tests may ask no database but the default one, so that this one has its name.
    replica = type(connections["default"])(
        {**connection.settings_dict, "NAME": str(tmp_path / "replica.sqlite3")}, "default"
    )
    connections["replica"] = replica
    settings.DATABASE_ROUTERS = ["newsroom.replica.ReplicaRouter"]
    settings.MIDDLEWARE = ["newsroom.replica.ReadsFromReplica", *settings.MIDDLEWARE]
    yield article
    replica.close()
    del connections["replica"]


def headline(client):
    page = client.get("/articles/ferry/").content.decode()
    return next(words for words in (OLD, NEW) if f"<title>{words}" in page)


def test_a_reader_is_given_the_copy(article):
    assert headline(Client()) == OLD


def test_who_has_signed_in_sees_the_database_itself(article):
    client = Client()
    client.force_login(User.objects.create_user("moira"))
    assert headline(client) == NEW


def test_who_has_just_sent_something_does_too(article):
    client = Client()
    response = client.post("/articles/ferry/report/", {"message": "The ferry sails."})
    assert (response.cookies[WROTE]["max-age"], response.cookies[WROTE]["httponly"]) == (10, True)
    assert headline(client) == NEW
    del client.cookies[WROTE]
    assert headline(client) == OLD


def test_nothing_is_read_from_the_copy_within_a_transaction_or_outside_of_a_request(article):
    assert Article.objects.get().headline == NEW
    with transaction.atomic():
        assert headline(Client()) == NEW


def test_a_page_that_lags_behind_is_not_kept(article, settings, tmp_path):
    settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = str(tmp_path / "pages"), True

    with transaction.atomic():
        touch_articles([article])
    assert headline(Client()) == OLD
    assert not StoredPage.objects.filter(parts__isnull=False).exists()
    assert list((tmp_path / "pages").rglob("*.html")) == []
