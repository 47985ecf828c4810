"""Parts of an archive as jobs: of workers on PostgreSQL, done at once on SQLite; and two of them that meet."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.documents.reading import read_stories
from articles.importing import queue
from articles.importing.archives import register
from articles.importing.options import ImportOptions
from articles.importing.queue import enqueue, enqueue_missing, has_queue, run_scheduled, take_over, write_part
from articles.importing.service import import_batch
from articles.models import Appearance, ArchiveRun, Article, Person
from tests.importing.test_archives import make_archive, quick_tagger  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queue():
    yield
    clear_queue()


def clear_queue():
    """Its tables are not Django's to empty."""
    if has_queue():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def work_off():
    """Let a worker do all that waits, as `manage.py procrastinate worker --one-shot` does."""
    if has_queue():
        from procrastinate.contrib.django import app

        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.filter(queue_name="archives").order_by("id"))


def test_an_archive_is_left_to_workers(tmp_path):
    folder = make_archive(tmp_path / "a", range(16), texts=6)
    out = StringIO()
    call_command("import_archive", folder, "--enqueue", stdout=out)
    if has_queue():
        assert out.getvalue().startswith("2 jobs wait for workers: run ")
        assert not Article.objects.exists()
    work_off()
    run = ArchiveRun.objects.for_list().get()
    assert (run.stories, run.created, run.parts_done) == (16, 16, 2)
    assert run.ended
    assert Article.objects.count() == 16


def test_a_job_that_comes_twice_does_its_part_once(tmp_path):
    run = register([make_archive(tmp_path / "a", range(5))], ImportOptions(), is_enqueued=True)
    assert (enqueue(run), enqueue(run)) == (1, 0)
    if has_queue():
        write_part.defer(part=run.parts.get().pk)
    work_off()
    assert Article.objects.count() == 5
    assert ArchiveRun.objects.for_list().get().created == 5


def test_the_job_of_a_worker_that_died_is_taken_over(tmp_path):
    if not has_queue():
        assert connection.vendor == "sqlite"  # which has no workers
        return
    run = register([make_archive(tmp_path / "a", range(5))], ImportOptions(), is_enqueued=True)
    enqueue(run)
    with connection.cursor() as cursor:
        # A worker takes the job and is never heard of again.
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        worker = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timezone.now() - timedelta(minutes=1)])
    assert [job.status for job in jobs()] == ["doing"]
    take_over.defer(timestamp=0)
    work_off()
    assert jobs() == []
    assert Article.objects.count() == 5


def test_the_same_command_enqueues_what_was_given_up(tmp_path, monkeypatch):
    folder = make_archive(tmp_path / "a", range(5))
    command = ("import_archive", folder, "--enqueue")
    if not has_queue():
        run = register([folder], ImportOptions(), is_enqueued=True)  # and the machine went off
        call_command(*command, stdout=StringIO())
    else:
        call_command(*command, stdout=StringIO())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET attempts = 9")
        with monkeypatch.context() as patched:
            patched.setattr(queue, "carry_out_part", broken)
            work_off()
        assert [job.status for job in jobs()] == ["failed"]
        enqueue_missing.defer(timestamp=0)
        work_off()
        assert not Article.objects.exists()
        call_command(*command, stdout=StringIO())
        work_off()
    run = ArchiveRun.objects.get()
    assert run.ended
    assert Article.objects.count() == 5


def broken(run, part):
    raise OSError("the folder is away")


def test_parts_that_came_without_their_jobs_get_new_ones(tmp_path):
    """As a backup brings them: it holds no jobs."""
    if not has_queue():
        assert connection.vendor == "sqlite"  # the same command goes on
        return
    register([make_archive(tmp_path / "a", range(5))], ImportOptions(), is_enqueued=True)
    register([make_archive(tmp_path / "b", range(5, 9))], ImportOptions())  # somebody else's
    enqueue_missing.defer(timestamp=0)
    work_off()
    assert Article.objects.count() == 5
    assert (ArchiveRun.objects.unfinished().count(), jobs()) == (1, [])


def test_what_is_due_does_not_wait_behind_an_archive(tmp_path):
    if not has_queue():
        assert connection.vendor == "sqlite"
        return
    enqueue(register([make_archive(tmp_path / "a", range(9), texts=3)], ImportOptions(), is_enqueued=True))
    run_scheduled.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, %s)", cursor.fetchone())
        assert cursor.fetchone() == ("newsroom:run_scheduled",)


def test_what_goes_not_together_is_said(tmp_path):
    with pytest.raises(CommandError, match="--enqueue leaves the work to others"):
        call_command("import_archive", tmp_path, "--enqueue", "--workers", "2")


STORY = "Ferry {0} sails\n\nBy Una Mornes\n\n{0} March 2026\n\n{1} spoke for the Cork Harbour Board.\n"


def story_of(number, words):
    return next(read_stories(STORY.format(number, words).encode(), source=str(number)))


def test_two_that_meet_the_same_new_person_make_one_record():
    """The second waits for the first to commit, is told that the record is there, and links to it."""
    has_written, faults = threading.Event(), []

    def first_of_two(reports):
        has_written.set()
        second.join(timeout=1)  # until then it waits, or it has not met anybody

    def write_second():
        try:
            has_written.wait()
            import_batch([story_of(2, "Ana Bergaker")], ImportOptions())
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    second = threading.Thread(target=write_second)
    second.start()
    import_batch([story_of(1, "Ana Bergaker")], ImportOptions(), before_commit=first_of_two)
    second.join()
    assert faults == []
    assert Person.objects.filter(name="Ana Bergaker").count() == 1
    assert Appearance.objects.filter(entity__name="Ana Bergaker").count() == 2


def test_editors_see_how_far_an_archive_is(tmp_path, admin_user):
    run = register([make_archive(tmp_path / "a", range(5), texts=2)], ImportOptions(), is_enqueued=True)
    part = run.parts.get(number=1)
    part.stories, part.created, part.failed, part.is_done = 2, 1, 1, True
    part.save()
    client = Client()
    client.force_login(admin_user)
    page = client.get(reverse("admin:articles_archiverun_changelist")).content.decode()
    assert '<progress max="2" value="1"></progress> 1 of 2 parts' in page
    assert f"{reverse('admin:articles_articleimport_changelist')}?status__exact=failed" in page
    page = client.get(reverse("admin:articles_archiverun_change", args=[run.pk])).content.decode()
    assert "1 of 2 parts" in page
