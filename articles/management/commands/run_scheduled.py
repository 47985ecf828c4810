"""Run what is due: publishing each minute, tidying each hour or day. Run it each minute, or let it watch the clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from articles.editing.jobs import jobs, run, run_due
from articles.management.minutes import each_minute


class Command(BaseCommand):
    help = "Run every job that is due. To run it twice, or on several machines at once, runs no job twice."

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
            problems = self.run_jobs(None)
        except DatabaseError as error:
            problems = [f"the database cannot be asked: {error}"]
        for problem in problems:
            self.stderr.write(problem)
        self.stderr.flush()

    def run_jobs(self, name: str | None) -> list[str]:
        ran = [run(job) for job in jobs() if job.name == name] if name else run_due()
        for each in ran:
            for line in each.lines:
                self.stdout.write(line)
        self.stdout.flush()
        return [f"{each.name} failed: {each.problem}" for each in ran if each.problem]
