"""Make the lists and counts of people, organisations, places and topics anew, where something was changed past them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.editing.counts import problems_of_counts, rebuild


class Command(BaseCommand):
    help = "Bring the lists and counts that pages show in step with the articles. They are kept in step by themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="say what is out of step and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            rebuild()
            self.stdout.write(self.style.SUCCESS("All lists and counts are made anew."))
            return
        number = 0
        for problem in problems_of_counts():
            number += 1
            self.stdout.write(problem)
        if number:
            raise CommandError(f"{number} out of step; manage.py rebuild_counts mends them")
        self.stdout.write(self.style.SUCCESS("All lists and counts are in step."))
