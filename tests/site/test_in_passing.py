"""Readers are given their page, whoever is writing and however full the disk is; it is kept another time."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection

from articles.models import PageLock, StoredPage
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def somebody_writing():
    """Another connection in the middle of a transaction that holds the pages."""
    PageLock.objects.get_or_create(pk=1)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
            if connection.vendor != "sqlite":
                cursor.execute("SELECT id FROM articles_pagelock FOR UPDATE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


@pytest.fixture
def address(settings, tmp_path):
    settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = str(tmp_path / "pages"), True
    return make_article().get_absolute_url()


def kept(tmp_path):
    return [*(tmp_path / "pages").rglob("*.html")]


def test_a_reader_waits_for_nobody_who_writes(client, address, tmp_path):
    with somebody_writing():
        assert client.get(address).status_code == 200
        assert kept(tmp_path) == []
    assert client.get(address).status_code == 200
    assert len(kept(tmp_path)) == 1
    assert StoredPage.objects.filter(path__endswith=address).count() == 1


def test_who_has_to_write_goes_on_waiting(client, address):
    if connection.vendor != "sqlite":
        return  # there it is a matter of the transaction
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    with somebody_writing():
        client.get(address)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == usual == 20_000


def test_a_reader_has_the_page_where_there_is_no_room_for_its_file(client, address, settings, tmp_path):
    (tmp_path / "full").write_text("no folder")
    settings.NEWSROOM_PAGE_FILES = str(tmp_path / "full" / "pages")
    assert client.get(address).status_code == 200
    (tmp_path / "full").unlink()
    assert client.get(address).status_code == 200
    assert len([*(tmp_path / "full" / "pages").rglob("*.html")]) == 1
