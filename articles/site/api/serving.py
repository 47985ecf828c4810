"""What every address of the API does alike, errors included: methods, limits, conditional requests, other origins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from articles.site.api.problems import problem
from articles.site.limits import seconds_to_wait

METHODS = "GET, HEAD, OPTIONS"
# Pages of any origin may read what everybody may; no cookie has a meaning here.
OTHER_ORIGINS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
}
# Whoever keeps an answer asks each time whether it is still right: what is withdrawn is gone at once.
KEPT = "public, no-cache"
MINUTE = 60  # seconds

View = Callable[..., HttpResponse]


def serve(pattern: URLPattern) -> URLPattern:
    pattern.callback = served(pattern.callback)
    return pattern


def served(view: Any) -> Any:
    @csrf_exempt
    @wraps(view, updated=())
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        response = _answer(view, request, parts)
        for name, value in OTHER_ORIGINS.items():
            response[name] = value
        return response

    return answer


def _answer(view: View, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS})
    if request.method not in ("GET", "HEAD"):
        response = problem(request, 405, f"This API is for reading: {METHODS}.")
        response["Allow"] = METHODS
        return response
    if seconds := has_to_wait(request):
        response = problem(request, 429, f"Too many requests. Please ask again in {seconds} s.")
        response["Retry-After"] = str(seconds)
        response["Cache-Control"] = "no-store"
        return response
    return _read(view, request, parts)


def has_to_wait(request: HttpRequest) -> int:
    """Seconds until this address may ask again; 0 while it may. Counts this request."""
    most = settings.NEWSROOM_API_REQUESTS_PER_MINUTE
    return seconds_to_wait(request, "api", most=most, period=MINUTE) if most else 0


def _read(view: View, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
    """The answer, or that it has not changed. A HEAD request is read as a GET whose body the server leaves out."""
    asked, request.method = request.method, "GET"
    response = _kept(view)(request, **parts)
    request.method = asked
    return response


def _kept(view: View) -> View:
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        response = view(request, **parts)
        response["Cache-Control"] = KEPT
        return response

    return conditional_page(answer)
