"""A newsroom of the first migration is carried to this release with all its rows, and served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def new_database(folder):
    """The address of an empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'first.sqlite3'}"
        return
    name = "newsroom_of_the_first_release"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    before, _, after = os.environ["DATABASE_URL"].partition("?")
    yield f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db(transaction=True)
def test_a_newsroom_of_the_first_release_is_upgraded_and_served(tmp_path):
    with new_database(tmp_path) as address:
        environment = {**os.environ, "DATABASE_URL": address, "NEWSROOM_VAR_DIR": str(tmp_path), "DATABASE_POOL": "0"}
        command = [sys.executable, "-m", "tests.upgrading.first_release"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["checks"] == dict.fromkeys(("check_integrity", "rebuild_counts", "rebuild_search"), "ok")
    assert {path: status for path, status in found["pages"].items() if status != 200} == {
        "/articles/quay-to-close/": 404,
        "/people/m-finch/": 301,
    }
    assert found["byline"] == ["Niamh Cotterell"]
    assert found["articles"] == [["Ferry sails from Cobh", "published"], ["Quay to close", "draft"]]
    assert found["linked"] == ["/people/mara-finch/", "/places/cobh/", "/tags/ferries/"]
