"""Publish what is scheduled and due, and tell the hub of news. Run it each minute, or let it watch the clock itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.editing.jobs import publish_what_is_due
from articles.management.minutes import each_minute


class Command(BaseCommand):
    help = "Publish the scheduled articles whose time has come. To run it twice, or twice at once, does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on at each full minute until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        each_minute(self.publish) if options["watch"] else self.publish()

    def publish(self) -> None:
        for line in publish_what_is_due():
            self.stdout.write(line)
        self.stdout.flush()
