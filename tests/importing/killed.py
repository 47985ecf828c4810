"""A process that imports an archive and may be killed at any moment. Loaded once, it begins anew in no time."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from articles.importing import archives  # noqa: E402
from articles.importing.service import import_document  # noqa: E402,F401  # all that it needs is loaded
from articles.models import ArchiveRun  # noqa: E402

STUB = "tests.benchmarks.made_stories.stub_tagger"


def go_on(database: str, run: int) -> None:
    """Write what is left of a run."""
    settings.NEWSROOM_TAGGERS = {"en": STUB}
    connections["default"].settings_dict["NAME"] = database
    for _ in archives.carry_out(ArchiveRun.objects.get(pk=run), archives.in_this_process):
        pass
