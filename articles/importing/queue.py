"""The work of archives beyond one machine: jobs in PostgreSQL that any number of `manage.py procrastinate worker` take.

On SQLite there is no queue, and the same function does the same parts one after the other where they are enqueued.
"""

from __future__ import annotations

import logging

from django.apps import apps
from django.db import transaction
from procrastinate import App, Blueprint, JobContext, RetryStrategy
from procrastinate.types import JSONDict

from articles.editing.jobs import run_due
from articles.importing.archives import AnotherIsAtIt, carry_out_part
from articles.models import ArchivePart, ArchiveRun

log = logging.getLogger(__name__)
queue = Blueprint()
# Waits of 2, 4, 8 … seconds: a part is given up after some 17 minutes, and begun again by `enqueue_again`.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)
PORTION = 1_000
EACH_MINUTE = "* * * * *"


def add_to(app: App) -> None:
    """Make the jobs known to the queue; see the setting PROCRASTINATE_ON_APP_READY."""
    app.add_tasks_from(queue, namespace="newsroom")


def has_queue() -> bool:
    return apps.is_installed("procrastinate.contrib.django")


def enqueue(run: ArchiveRun) -> int:
    """Leave the parts of a run that are not done to workers, in the transaction that is open; returns how many.

    Without a queue they are carried out here and now.
    """
    parts = list(run.parts.filter(is_done=False).order_by("number").values_list("pk", flat=True))
    if has_queue():
        with transaction.atomic():
            for first in range(0, len(parts), PORTION):
                asked: list[JSONDict] = [{"part": part} for part in parts[first : first + PORTION]]
                write_part.batch_defer(*asked)
    else:
        for part in parts:
            write_part(part=part)
    return len(parts)


@queue.task(name="write_part", queue="archives", retry=AGAIN)
def write_part(part: int) -> None:
    """Write what is left of a part. A job that comes twice finds nothing left, or leaves the part to the other."""
    found = ArchivePart.objects.select_related("run").filter(pk=part).first()
    if found is None:
        return
    try:
        carry_out_part(found.run, found)
    except AnotherIsAtIt:
        log.info("Part %s is written by another worker", part)


@queue.periodic(cron=EACH_MINUTE)
@queue.task(name="run_scheduled", queue="scheduled", queueing_lock="run_scheduled")
def run_scheduled(timestamp: int) -> None:
    """Run what is due from time to time, as `manage.py run_scheduled` does."""
    for ran in run_due():
        for line in ran.lines:
            log.info(line)


@queue.periodic(cron=EACH_MINUTE)
@queue.task(name="take_over", queue="scheduled", queueing_lock="take_over", pass_context=True)
async def take_over(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died to others. A worker has died that gave no sign of life for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("Job %s is taken over from a worker that died", job.id)
        await manager.retry_job(job)
