"""Jobs run once in their time, wherever they are looked for, and tidy up what nobody needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.editing import jobs
from articles.editing.jobs import Job, run_due
from articles.models import Article, Draft, JobRun, Presence, PreviewLink
from tests.factories import make_article

pytestmark = [pytest.mark.django_db]
NOW = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def ran(monkeypatch):
    """The names of the jobs that ran: one each minute, one each day, and one that always fails."""
    seen = []

    def fails():
        seen.append("broken")
        raise OSError("the quay is under water")

    def counts(name):
        def do():
            seen.append(name)
            yield f"did {name}"

        return do

    made = [
        Job("broken", jobs.MINUTE, fails),
        Job("minute", jobs.MINUTE, counts("minute")),
        Job("day", jobs.DAY, counts("day")),
    ]
    monkeypatch.setattr(jobs, "jobs", lambda: made)
    return seen


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (timedelta(0), []),
        (timedelta(seconds=40), []),
        (timedelta(seconds=58), ["broken", "minute"]),
        (timedelta(hours=23), ["broken", "minute"]),
        (timedelta(days=1), ["broken", "minute", "day"]),
        (timedelta(hours=-1), ["broken", "minute", "day"]),
    ],
    ids=["at once", "too early", "a moment early", "not a day", "a day", "the clock was put back"],
)
def test_a_job_runs_once_in_its_period(ran, later, expected):
    run_due(NOW)
    assert ran == ["broken", "minute", "day"]
    ran.clear()
    run_due(NOW + later)
    assert ran == expected


def test_a_job_that_fails_holds_up_no_other_and_is_written_down(ran, caplog):
    broken, minute, _day = run_due(NOW)
    assert (broken.problem, minute.lines) == ("OSError: the quay is under water", ("did minute",))
    assert JobRun.objects.get(name="broken").problem == broken.problem
    assert JobRun.objects.get(name="minute").ended is not None
    assert "The job “broken” failed" in caplog.text


def old(record, **times):
    type(record)._base_manager.filter(pk=record.pk).update(**times)


def test_what_nobody_came_back_for_is_dropped_and_nothing_else():
    article, user, now = make_article(status="draft"), User.objects.create_user("moira"), timezone.now()
    kept, dropped = [], []
    for rows, age in ((kept, timedelta(hours=1)), (dropped, timedelta(days=31))):
        draft = Draft.objects.create(key=uuid4(), user=user, fields={})
        place = Presence.Place.EDIT if rows is kept else Presence.Place.REVIEW
        presence = Presence.objects.create(article=article, user=user, place=place, arrived=now, seen=now - age)
        link = PreviewLink.objects.create(article=article, digest=str(age), expires=now + timedelta(days=1))
        old(draft, saved=now - age)
        old(link, made=now - timedelta(days=60), expires=now - age)
        rows += [draft, presence, link]
    due = make_article(status="scheduled", scheduled_for=now - timedelta(minutes=1), headline="Ferry sails")
    lines = [line for each in run_due() for line in each.lines]
    assert [type(row)._base_manager.filter(pk=row.pk).exists() for row in kept] == [True, True, True]
    assert [type(row)._base_manager.filter(pk=row.pk).exists() for row in dropped] == [False, False, False]
    assert Article.objects.published().filter(pk=due.pk).exists()
    assert lines == [
        "published  Ferry sails",
        "dropped    1 presences",
        "dropped    1 drafts that nobody saved",
        "dropped    1 preview links that are over",
    ]
