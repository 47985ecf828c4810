"""What has to be done from time to time, each job once in its period however many machines look for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command, get_commands
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from articles.editing.hub import tell_hub
from articles.editing.publish import publish_due
from articles.editing.statistics import gather_statistics
from articles.editing.touching import drop_expired
from articles.models import Draft, JobRun, Presence, PreviewLink

log = logging.getLogger(__name__)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# A minute's job that is looked for at each full minute is due although the last look was a moment late.
SLACK = timedelta(seconds=10)
# What nobody came back for: typed and not saved, or a preview that is over.
DRAFTS_KEPT, PREVIEWS_KEPT = timedelta(days=30), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """`do` returns what it did, a line each; nothing where there was nothing to do. A slow one waits for others."""

    name: str
    period: timedelta
    do: Callable[[], Iterator[str]]
    is_slow: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    name: str
    lines: tuple[str, ...] = ()
    problem: str = ""


def jobs() -> list[Job]:
    """Every job; those that are another command's, where this release has that."""
    own = [
        Job("publish", MINUTE, publish_what_is_due),
        Job("presence", HOUR, drop_presences),
        Job("drafts", DAY, drop_old_drafts),
        Job("previews", DAY, drop_old_previews),
        Job("sessions", DAY, _command("clearsessions")),
        Job("statistics", DAY, gather_statistics),
    ]
    others = [Job("watch_feeds", MINUTE, _command("watch_feeds"), is_slow=True)]
    return own + [job for job in others if job.name in get_commands()]


def run_due(now: datetime | None = None, *, aside: Callable[[Job], object] | None = None) -> list[Ran]:
    """Run what is due. A job that fails is said, stands in the log, and holds up no other.

    Slow ones come last, or are handed to `aside`, which runs them elsewhere or, while the last run goes on, does not.
    """
    ran = []
    for job in sorted(jobs(), key=lambda job: job.is_slow):
        if job.is_slow and aside:
            aside(job)
        elif claim(job, now or timezone.now()):
            ran.append(run(job))
    return ran


def run(job: Job) -> Ran:
    try:
        ran = Ran(job.name, tuple(job.do()))
    except Exception as error:  # whatever it is, the other jobs are still due
        log.exception("The job “%s” failed", job.name)
        ran = Ran(job.name, problem=f"{type(error).__name__}: {error}")
    try:
        JobRun.objects.filter(name=job.name).update(ended=timezone.now(), problem=ran.problem)
    except DatabaseError:
        log.exception("The end of the job “%s” could not be written down", job.name)
    return ran


@transaction.atomic
def claim(job: Job, now: datetime) -> bool:
    """Whether the job is due and nobody else has begun it. A start in the future is a clock's that was put back."""
    _, is_new = JobRun.objects.get_or_create(name=job.name, defaults={"started": now})
    is_due = Q(started__lte=now - job.period + SLACK) | Q(started__gt=now + SLACK)
    again = JobRun.objects.filter(is_due, name=job.name)
    return is_new or again.update(started=now, ended=None, problem="") == 1


def publish_what_is_due() -> Iterator[str]:
    """Articles whose time has come; then pages whose time is over go, and the hub hears of news."""
    due = publish_due()
    drop_expired()
    told = tell_hub()
    yield from (f"published  {article.headline}" for article in due.published)
    yield from (f"held       {refusal}" for refusal in due.held)
    if told.feeds:
        yield f"told hub   {told.feeds} feeds"
    if told.problem:
        yield f"hub        {told.problem}"


def drop_presences() -> Iterator[str]:
    number, _ = Presence.objects.filter(seen__lt=timezone.now() - DAY).delete()
    if number:
        yield f"dropped    {number} presences"


def drop_old_drafts() -> Iterator[str]:
    number, _ = Draft.objects.filter(saved__lt=timezone.now() - DRAFTS_KEPT).delete()
    if number:
        yield f"dropped    {number} drafts that nobody saved"


def drop_old_previews() -> Iterator[str]:
    number, _ = PreviewLink.objects.filter(expires__lt=timezone.now() - PREVIEWS_KEPT).delete()
    if number:
        yield f"dropped    {number} preview links that are over"


def _command(name: str) -> Callable[[], Iterator[str]]:
    def do() -> Iterator[str]:
        call_command(name)
        return iter(())

    return do
