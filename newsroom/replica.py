"""Readers' pages are read from a copy of the database, where there is one; all else from the database itself.

Never within a transaction, and never for who has just written or has signed in: they see at once what they did. A page
that is kept was rendered from a state that its version tells (`articles/site/stored_pages.py`), so that one from a copy
that lags behind is shown once and not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest, HttpResponseBase

REPLICA = "replica"
# For so long after sending something a reader is given what the database itself says.
WROTE, STICKY_SECONDS = "wrote", 10
# What may have been made a moment ago, for somebody who has not signed in.
NEVER = ("/admin/", "/preview/")

_from_replica: ContextVar[bool] = ContextVar("from_replica", default=False)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ReadsFromReplica:
    """The middleware that says which requests are readers' and change nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _from_replica.set(_may_lag(request))
        try:
            response = self.get_response(request)
        finally:
            _from_replica.reset(token)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            response.set_cookie(
                WROTE,
                "1",
                max_age=STICKY_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _may_lag(request: HttpRequest) -> bool:
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or WROTE in request.COOKIES
    return request.method in ("GET", "HEAD") and not is_known and not request.path_info.startswith(NEVER)


class ReplicaRouter:
    """Where the records of the request at hand are read and written."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str:
        return REPLICA if _from_replica.get() and not connection.in_atomic_block else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Any], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
