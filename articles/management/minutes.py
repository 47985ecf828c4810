"""Do something at each full minute until the process is told to end."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import close_old_connections
from django.utils import timezone


def each_minute(do: Callable[[], None], stop: Event | None = None) -> None:
    """Now and at each full minute; ends between two of them when `stop` is set, or by SIGINT or SIGTERM without it."""
    if stop is None:
        stop = Event()
        for number in signal.SIGINT, signal.SIGTERM:
            signal.signal(number, lambda *_: stop.set())
    while True:
        do()
        if stop.wait(seconds_to_next_minute(timezone.now())):
            return
        # A database that was away meanwhile is asked by a new connection.
        close_old_connections()


def seconds_to_next_minute(now: datetime) -> float:
    """Above 0 and at most 60."""
    return 60 - now.second - now.microsecond / 1_000_000
