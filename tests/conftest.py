"""What every test may use.

`NEWSROOM_TEST_EVERYTHING=1` turns each skip into a failure: nothing is left out where everything should be there.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings as rules

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
# The same browser without its own window and menus starts and draws in half the time.
BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next(filter(Path.exists, BROWSERS), BROWSERS[-1])

# Playwright's own event loop runs beside the live server's queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long an example takes tells of the machine and what else it does.
rules.register_profile("no deadline", deadline=None)
rules.load_profile("no deadline")


def pytest_collection_modifyitems(items):
    """Mark what touches the database, so that it can run on PostgreSQL, too."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames):
            item.add_marker("database")


def pytest_collection_finish():
    """What is loaded by now stays to the end: it is not looked through again each time memory is tidied up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("NEWSROOM_TEST_EVERYTHING"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing may be: {report.longrepr}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's folder of annotated stories, beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    return SHARED


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path_factory):
    """Pictures of tests lie in a folder that goes with them."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(autouse=True)
def nothing_cached():
    """What was counted in one test, such as who signed in how often, is no matter of the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A test signs in a hundred times; nobody breaks its passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_stored_pages(settings):
    """Each test renders its pages; those about pages that are kept say where these are."""
    settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = "", False


@pytest.fixture(autouse=True)
def quick_clients(request, settings):
    """Static files are looked for when they are asked for, not listed for each client; the live server lists them."""
    settings.WHITENOISE_AUTOREFRESH = "live_server" not in request.fixturenames
