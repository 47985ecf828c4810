"""Verify what database constraints cannot say: that quotations still stand in their articles, that counts agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.integrity import problems


class Command(BaseCommand):
    help = "Check that every quotation, name and role stands in its article's text and that all counts agree."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for problem in problems():
            number += 1
            self.stdout.write(problem)
        if number:
            raise CommandError(f"{number} {'problem' if number == 1 else 'problems'} found; nothing was changed")
        self.stdout.write(self.style.SUCCESS("All records agree with their articles."))
