"""Poll the subscribed feeds that are due. Run it every few minutes, or let it watch the clock itself."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError

from articles.importing.following import Polled, poll_due
from articles.importing.reports import STATUSES

# Feeds are polled once a minute at the most.
SECONDS = 60


class Command(BaseCommand):
    help = "Ask the subscribed feeds that are due for new stories. To run it twice, or twice at once, does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on each minute until stopped")
        parser.add_argument("--all", action="store_true", help="ask every active feed now, whether it is due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            self.poll(everything=options["all"])
            return
        stop = Event()
        for number in signal.SIGINT, signal.SIGTERM:
            signal.signal(number, lambda *_: stop.set())
        self.watch(stop, everything=options["all"])

    def watch(self, stop: Event, *, everything: bool = False) -> None:
        """Poll now and each minute what is due then, until `stop` is set; the feed being polled is finished first."""
        while True:
            try:
                self.poll(everything=everything, is_over=stop.is_set)
            except OperationalError as error:
                # The database is busy or away; it may be there again the next minute.
                self.stderr.write(f"database   {' '.join(str(error).split())}")
            everything = False
            if stop.wait(SECONDS):
                return

    def poll(self, *, everything: bool = False, is_over: Callable[[], bool] = lambda: False) -> None:
        for polled in poll_due(everything=everything):
            for line in lines_of(polled):
                self.stdout.write(line)
            self.stdout.flush()
            if is_over():
                return


def lines_of(polled: Polled) -> list[str]:
    """What is said of a poll: how it went, and each story that failed."""
    if polled.is_busy:
        return [f"busy       {polled.feed}: somebody else is polling it"]
    if polled.problem:
        return [f"failed     {polled.feed}: {polled.problem}"]
    counts = {status: polled.number(status) for status in STATUSES}
    said = [f"{number} {status}" for status, number in counts.items() if number]
    failed = [f"story      {report['error']}" for report in polled.reports if report["status"] == "failed"]
    return [f"polled     {polled.feed}: {', '.join(said) or 'nothing new'}", *failed]
