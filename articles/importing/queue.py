"""The work of archives beyond one machine: jobs in PostgreSQL that any number of `manage.py procrastinate worker` take.

On SQLite there is no queue, and the same function does the same parts one after the other where they are enqueued.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from procrastinate import App, BaseRetryStrategy, Blueprint, JobContext, RetryDecision, RetryStrategy
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.types import JSONDict

from articles.editing.jobs import run_due
from articles.importing.archives import AnotherIsAtIt, Written, carry_out_part
from articles.models import ArchivePart, ArchiveRun

log = logging.getLogger(__name__)
queue = Blueprint()
ARCHIVES = "archives"
PORTION = 1_000
EACH_MINUTE = "* * * * *"
# What is due does not wait behind thousands of parts.
FIRST = 10


class Again(BaseRetryStrategy):
    """A job that failed waits 2, 4, 8 … seconds, and is given up after some 17 minutes; one given back is free at once.

    A part that was given up waits until its archive is enqueued again.
    """

    after_failure = RetryStrategy(max_attempts=9, exponential_wait=2)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision()
        return self.after_failure.get_retry_decision(exception=exception, job=job)


def add_to(app: App) -> None:
    """Make the jobs known to the queue; see the setting PROCRASTINATE_ON_APP_READY."""
    app.add_tasks_from(queue, namespace="newsroom")


def has_queue() -> bool:
    return apps.is_installed("procrastinate.contrib.django")


def enqueue(run: ArchiveRun) -> int:
    """Leave the parts of a run that are not done to workers, in the transaction that is open; returns how many.

    Those whose job waits, or is at work, are left to it. Without a queue they are carried out here and now.
    """
    if has_queue():
        return _defer(_parts_without_job(run, "todo", "doing"))
    parts = _waiting(run)
    for part in parts:
        for _ in _batches(part):
            pass
    return len(parts)


def _waiting(run: ArchiveRun) -> list[int]:
    return list(run.parts.filter(is_done=False).order_by("number").values_list("pk", flat=True))


def _parts_without_job(run: ArchiveRun, *statuses: str) -> list[int]:
    """The parts that are not done and have no job in any of these states, or none at all where none is named."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    # In this order: a job that is gone by now has done its part, and finds nothing left should it come again.
    parts = _waiting(run)
    jobs = ProcrastinateJob.objects.filter(queue_name=ARCHIVES)
    if statuses:
        jobs = jobs.filter(status__in=statuses)
    taken = set(jobs.values_list("args__part", flat=True))
    return [part for part in parts if part not in taken]


def _defer(parts: list[int]) -> int:
    with transaction.atomic():
        for first in range(0, len(parts), PORTION):
            asked: list[JSONDict] = [{"part": part} for part in parts[first : first + PORTION]]
            write_part.batch_defer(*asked)
    return len(parts)


def _batches(part: int) -> Iterator[Written]:
    """Write what is left of a part, batch by batch; of one that is done or gone nothing is."""
    found = ArchivePart.objects.select_related("run").filter(pk=part).first()
    if found is None:
        return
    try:
        yield from carry_out_part(found.run, found)
    except AnotherIsAtIt:
        log.info("Part %s is written by another worker", part)


@queue.task(name="write_part", queue=ARCHIVES, retry=Again(), pass_context=True)
def write_part(context: JobContext, part: int) -> None:
    """Write what is left of a part. A job that comes twice finds nothing left, or leaves the part to the other.

    Raises:
        JobAborted: the worker is to end. Another one goes on behind the last batch that was written.
    """
    for _ in _batches(part):
        if context.should_abort():
            raise JobAborted


@queue.periodic(cron=EACH_MINUTE)
@queue.task(name="run_scheduled", queue="scheduled", queueing_lock="run_scheduled", priority=FIRST)
def run_scheduled(timestamp: int) -> None:
    """Run what is due from time to time, as `manage.py run_scheduled` does."""
    for ran in run_due():
        for line in ran.lines:
            log.info(line)


@queue.periodic(cron=EACH_MINUTE)
@queue.task(name="take_over", queue="scheduled", queueing_lock="take_over", priority=FIRST, pass_context=True)
async def take_over(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died to others. A worker has died that gave no sign of life for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("Job %s is taken over from a worker that died", job.id)
        await manager.retry_job(job)


@queue.periodic(cron=EACH_MINUTE)
@queue.task(name="enqueue_missing", queue="scheduled", queueing_lock="enqueue_missing", priority=FIRST)
def enqueue_missing(timestamp: int) -> None:
    """Make the jobs of archives that came back from a backup, which holds the archives and not the queue."""
    for run in ArchiveRun.objects.unfinished().filter(is_enqueued=True):
        if number := _defer(_parts_without_job(run)):
            log.warning("%s parts of run %s had no job", number, run.pk)
