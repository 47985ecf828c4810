"""The newsroom's own settings, with an address more that answers with a constant page."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.pages_urls"
