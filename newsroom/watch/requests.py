"""Each request gets a number that every line of the log about it has, and is counted; probes are answered at once."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from newsroom.watch.metrics import count_request
from newsroom.watch.probes import PROBES

HEADER = "X-Request-ID"
# What a proxy of our own may send: nothing that a log or a header would read as something else.
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
# A preview's address is its secret.
SECRET_PATHS = re.compile(r"^(/preview/)[^/]+")

request_id: ContextVar[str] = ContextVar("request_id", default="-")
log = logging.getLogger("newsroom.requests")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Watched:
    """The outermost middleware: what it counts is what whoever asks waits for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = request_id.set(_number_of(request))
        started = time.perf_counter()
        try:
            # Who probes asks by whatever name or number the machine has, often without HTTPS.
            answer = PROBES.get(request.path_info.removeprefix("/"))
            response = answer(request) if answer else self.get_response(request)
            response[HEADER] = request_id.get()
            if answer is None:
                self.note(request, response, time.perf_counter() - started)
        finally:
            request_id.reset(token)
        return response

    def note(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        match = request.resolver_match
        view = (match.view_name or "unnamed") if match else "file or none"
        count_request(request.method or "", view, response.status_code, seconds)
        path = SECRET_PATHS.sub(r"\1…", request.path)
        said = {"method": request.method, "path": path, "status": response.status_code, "ms": round(seconds * 1000)}
        log.info("%(method)s %(path)s %(status)s %(ms)s ms", said, extra=said)


def _number_of(request: HttpRequest) -> str:
    """The number that a proxy of our own gave it, or a new one: nobody outside chooses what the log says."""
    given = request.headers.get(HEADER, "") if settings.NEWSROOM_PROXIES else ""
    return given if GIVEN.fullmatch(given) else uuid.uuid4().hex
