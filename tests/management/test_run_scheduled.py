from datetime import timedelta
from io import StringIO
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from articles.editing import jobs
from articles.management.commands import run_scheduled
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def run(**options):
    output = StringIO()
    call_command("run_scheduled", stdout=output, **options)
    return output.getvalue()


def make_due():
    make_article(status="scheduled", scheduled_for=timezone.now() - timedelta(hours=1), headline="Ferry sails")


def test_it_says_what_it_did_and_does_it_once():
    make_due()
    assert run() == "published  Ferry sails\n"
    make_due()
    assert run() == ""
    assert run(job="publish") == "published  Ferry sails\n"


@pytest.mark.one_database
def test_a_job_that_fails_ends_it_with_an_error(monkeypatch):
    def away():
        raise OSError("no route to host")

    monkeypatch.setattr(jobs, "tell_hub", away)
    with pytest.raises(CommandError, match="publish failed: OSError: no route to host"):
        run()


@pytest.mark.one_database
def test_watching_outlives_a_database_that_is_away(monkeypatch):
    def away(**options):
        raise OperationalError("server closed the connection")

    errors, command = StringIO(), run_scheduled.Command()
    command.stderr._out = errors
    monkeypatch.setattr(run_scheduled, "run_due", away)
    command.look()
    assert "the database cannot be asked: server closed the connection" in errors.getvalue()


@pytest.mark.django_db(transaction=True)
def test_publishing_does_not_wait_for_what_is_slow(monkeypatch):
    """A slow job runs beside the others, and not a second time while it runs."""
    waited, ran = Event(), []

    def slow():
        ran.append("slow")
        waited.wait(30)
        yield "slow at last"

    output, command = StringIO(), run_scheduled.Command()
    command.stdout._out = output
    quick = jobs.Job("publish", jobs.MINUTE, jobs.publish_what_is_due)
    monkeypatch.setattr(jobs, "jobs", lambda: [jobs.Job("slow", timedelta(0), slow, is_slow=True), quick])
    make_due()
    command.look()
    command.look()
    assert output.getvalue() == "published  Ferry sails\n"
    waited.set()
    command.threads["slow"].join(30)
    assert output.getvalue().endswith("slow at last\n")
    assert ran == ["slow"]
