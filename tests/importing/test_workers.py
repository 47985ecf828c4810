"""Real workers that end: asked to, they give their job back; killed, it is taken over. Nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from articles.editing.counts import problems_of_counts
from articles.importing.archives import register
from articles.importing.options import ImportOptions
from articles.importing.queue import enqueue, has_queue, take_over
from articles.models import ArchiveRun, Article
from tests.importing.test_archives import make_archive, quick_tagger  # noqa: F401  # a fixture
from tests.importing.test_queue import empty_queue, jobs  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
STORIES = 150
PATIENCE = 120  # seconds, after which something is wrong


def worker(*options):
    """`manage.py procrastinate worker` on the database of the test."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker", *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address.geturl()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def written(run):
    return ArchiveRun.objects.for_list().get(pk=run.pk).stories


def ended_amid_work(run, how):
    """The exit status of a worker that got the signal `how` when it had written some more stories."""
    before, process = written(run), worker()
    try:
        end = time.monotonic() + PATIENCE
        while written(run) == before and process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(how)
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert before < written(run) < STORIES, said
    return process.returncode


def test_an_archive_outlives_its_workers(tmp_path):
    if not has_queue():
        assert connection.vendor == "sqlite"  # which has no workers
        return
    run = register([make_archive(tmp_path / "a", range(STORIES))], ImportOptions(), is_enqueued=True, stories_at_once=3)
    enqueue(run)
    assert ended_amid_work(run, signal.SIGTERM) == 0
    assert [job.status for job in jobs()] == ["todo"]
    assert ended_amid_work(run, signal.SIGKILL) == -signal.SIGKILL
    assert [job.status for job in jobs()] == ["doing"]
    with connection.cursor() as cursor:
        # Half a minute goes by.
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timezone.now() - timedelta(minutes=1)])
    take_over.defer(timestamp=0)
    last = worker("--one-shot")
    said, _ = last.communicate(timeout=PATIENCE)
    assert last.returncode == 0, said
    run.refresh_from_db()
    part = run.parts.get()
    assert (bool(run.ended), part.created, part.stories, jobs()) == (True, STORIES, STORIES, [])
    assert Article.objects.count() == STORIES
    assert set(Article.objects.values_list("headline", flat=True)) == {
        f"Ferry {number} sails from pier {number}" for number in range(STORIES)
    }
    assert list(problems_of_counts()) == []
