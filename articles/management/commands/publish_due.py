"""Publish what is scheduled and due, and tell the hub of news. Run it each minute, or let it watch the clock itself."""

from __future__ import annotations

import signal
from datetime import datetime
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles.editing.hub import tell_hub
from articles.editing.publish import publish_due
from articles.editing.touching import drop_expired


class Command(BaseCommand):
    help = "Publish the scheduled articles whose time has come. To run it twice, or twice at once, does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on at each full minute until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            self.publish()
            return
        stop = Event()
        for number in signal.SIGINT, signal.SIGTERM:
            signal.signal(number, lambda *_: stop.set())
        self.watch(stop)

    def watch(self, stop: Event) -> None:
        """Publish now and at each full minute, until `stop` is set."""
        while True:
            self.publish()
            if stop.wait(seconds_to_next_minute(timezone.now())):
                return

    def publish(self) -> None:
        due = publish_due()
        drop_expired()
        told = tell_hub()
        for article in due.published:
            self.stdout.write(f"published  {article.headline}")
        for refusal in due.held:
            self.stdout.write(f"held       {refusal}")
        if told.feeds:
            self.stdout.write(f"told hub   {told.feeds} feeds")
        if told.problem:
            self.stdout.write(f"hub        {told.problem}")
        self.stdout.flush()


def seconds_to_next_minute(now: datetime) -> float:
    """Above 0 and at most 60."""
    return 60 - now.second - now.microsecond / 1_000_000
