"""The log: lines for people or JSON for machines, each with its request's number, and errors by mail."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

FORMS = ("plain", "json")
# The same error from the same line is mailed once in this time; all of them stand in the log.
QUIET_SECONDS = 600
MOST_KNOWN = 1_000


class WithRequest(logging.Filter):
    """Give each line the number of the request in which it was written, “-” outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        from newsroom.watch.requests import request_id

        record.request_id = request_id.get()
        return True


class OncePerError(logging.Filter):
    """A hundred readers who meet one error are one mail."""

    def __init__(self) -> None:
        super().__init__()
        self.mailed: dict[tuple[object, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        now, what = time.monotonic(), _what(record)
        if now - self.mailed.get(what, -QUIET_SECONDS) < QUIET_SECONDS:
            return False
        if len(self.mailed) >= MOST_KNOWN:
            self.mailed.clear()
        self.mailed[what] = now
        return True


def _what(record: logging.LogRecord) -> tuple[object, ...]:
    """The kind of error and the innermost line that raised it; without one the line that logged it."""
    kind, _, trace = record.exc_info or (None, None, None)
    if trace is None:
        return record.name, record.pathname, record.lineno
    while trace.tb_next:
        trace = trace.tb_next
    return kind, trace.tb_frame.f_code.co_filename, trace.tb_lineno


def logging_of(*, form: str, level: str, mails: bool) -> dict[str, Any]:
    """The value of `LOGGING`: all to standard error in one form, errors to `ADMINS` as well where there are any.

    Raises:
        ValueError: `form` is none of `FORMS`.
    """
    if form not in FORMS:
        raise ValueError(f"NEWSROOM_LOGS is “{form}”; it may be {_list(FORMS)}")
    handlers: dict[str, Any] = {
        "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["with_request"]}
    }
    if mails:
        handlers["mail"] = {
            "class": "newsroom.watch.discretion.Mailed",
            "level": "ERROR",
            "filters": ["with_request", "once_per_error"],
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "with_request": {"()": "newsroom.watch.logs.WithRequest"},
            "once_per_error": {"()": "newsroom.watch.logs.OncePerError"},
        },
        "formatters": {
            "plain": {
                "()": "newsroom.watch.discretion.Plain",
                "fmt": "%(levelname)s %(name)s [%(request_id)s] %(message)s",
            },
            "json": {
                "()": "newsroom.watch.discretion.Json",
                "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                # Django gives a line its request and, for its server, its socket, which are no text.
                "reserved_attrs": RESERVED,
            },
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": level},
        "loggers": {
            # Django's own handlers would say everything twice, and by a form of their own.
            "django": {"handlers": [], "propagate": True},
            # What a search server does not answer is said in a line of the program's own.
            "opensearch": {"level": "ERROR"},
        },
    }


def _list(words: Sequence[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)


RESERVED = sorted(
    vars(logging.LogRecord("", 0, "", 0, "", (), None)).keys() | {"request", "server_time", "taskName", "color_message"}
)
