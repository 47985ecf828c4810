"""What machines ask to know whether a newsroom is alive, ready and which one it is."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom.watch import probes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known():
    probes._migrated_databases.clear()
    yield
    probes._migrated_databases.clear()


def asked(client, path, **more):
    response = client.get(path, **more)
    return response.status_code, json.loads(response.content)


@pytest.mark.one_database
def test_it_is_alive_without_asking_the_database(client, django_assert_num_queries, settings):
    settings.NEWSROOM_KEEP_PARTS = True
    with django_assert_num_queries(0):
        assert asked(client, "/healthz") == (200, {"alive": True})


@pytest.mark.one_database
def test_probes_are_answered_under_any_name_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["news.example.org"]
    assert asked(client, "/healthz", headers={"host": "10.1.2.3:8000"})[0] == 200
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400


def test_it_is_ready_where_all_is_well(client, django_assert_max_num_queries):
    assert asked(client, "/readyz") == (200, {"ready": True, "database": "ok", "migrations": "ok", "disk": "ok"})
    with django_assert_max_num_queries(1):
        assert asked(client, "/readyz")[0] == 200


def test_it_is_not_ready_before_its_migrations_are_applied(client):
    applied = MigrationRecorder(connection).migration_qs.filter(app="articles")
    applied.filter(name=applied.order_by("-name").values_list("name", flat=True)[0]).delete()
    status, said = asked(client, "/readyz")
    assert status == 503
    assert said["migrations"].endswith("not applied: run manage.py migrate")
    assert (said["ready"], said["database"], said["disk"]) == (False, "ok", "ok")


@pytest.mark.one_database
def test_it_is_not_ready_where_nothing_can_be_written(client, settings, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "taken"
    status, said = asked(client, "/readyz")
    assert (status, said["disk"]) == (503, "taken/ cannot be written to (File exists)")


@pytest.mark.one_database
def test_the_release_is_told(client):
    assert asked(client, "/version") == (200, {"name": "Newsroom", "version": probes.RELEASE})
