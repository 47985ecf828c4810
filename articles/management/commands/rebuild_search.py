"""Bring the search's index in step with the records, and count the archive's words for the spelling."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.searching.asking import SearchUnavailable
from articles.searching.index import disagreements, rebuild
from articles.searching.spelling import count_words


class Command(BaseCommand):
    help = "Bring the search's index in step with all records; the site goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="name what differs, change nothing and fail")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.check_index() if options["check"] else self.rebuild_index()
        except SearchUnavailable as error:
            raise CommandError(f"{error}; run this again when the server is back") from error

    def rebuild_index(self) -> None:
        number = rebuild()
        words = count_words()
        self.stdout.write(self.style.SUCCESS(f"{number:,} records are in the search, with {words:,} different words."))

    def check_index(self) -> None:
        number = 0
        for line in disagreements():
            number += 1
            self.stdout.write(line)
        if number:
            raise CommandError(f"{number} {'record differs' if number == 1 else 'records differ'}; nothing was changed")
        self.stdout.write(self.style.SUCCESS("The search agrees with all records."))
