"""Run what is due: publishing each minute, tidying each hour or day. Run it each minute, or let it watch the clock."""

from __future__ import annotations

from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone

from articles.editing.jobs import Job, Ran, claim, jobs, run, run_due
from articles.management.minutes import each_minute


class Command(BaseCommand):
    help = "Run every job that is due. To run it twice, or on several machines at once, runs no job twice."

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.threads: dict[str, Thread] = {}

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on at each full minute until stopped")
        names = [job.name for job in jobs()]
        parser.add_argument("--job", choices=names, help="run this one now, whether or not it is due")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            each_minute(self.look)
            return
        if problems := self.run_jobs(options["job"]):
            raise CommandError("; ".join(problems))

    def look(self) -> None:
        """A failure is told and the next minute waited for."""
        try:
            problems = self.tell(run_due(aside=self.run_aside))
        except DatabaseError as error:
            problems = [f"the database cannot be asked: {error}"]
        for problem in problems:
            self.stderr.write(problem)
        self.stderr.flush()

    def run_aside(self, job: Job) -> None:
        """Publishing does not wait for what others on the network take their time to answer."""
        thread = self.threads.get(job.name)
        if thread is None or not thread.is_alive():
            self.threads[job.name] = Thread(target=self.run_alone, args=[job])
            self.threads[job.name].start()

    def run_alone(self, job: Job) -> None:
        try:
            if claim(job, timezone.now()):
                for problem in self.tell([run(job)]):
                    self.stderr.write(problem)
        except DatabaseError as error:
            self.stderr.write(f"{job.name}: the database cannot be asked: {error}")
        finally:
            connections.close_all()

    def run_jobs(self, name: str | None) -> list[str]:
        return self.tell([run(job) for job in jobs() if job.name == name] if name else run_due())

    def tell(self, ran: list[Ran]) -> list[str]:
        """Print what was done; returns what failed."""
        for each in ran:
            for line in each.lines:
                self.stdout.write(line)
        self.stdout.flush()
        return [f"{each.name} failed: {each.problem}" for each in ran if each.problem]
