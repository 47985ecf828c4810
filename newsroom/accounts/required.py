"""Where a newsroom asks for a second factor, a password alone opens no more than the page that sets one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

OPEN = ("admin:second-factor", "admin:logout")


class SecondFactorRequired:
    """Middleware: with `NEWSROOM_REQUIRE_SECOND_FACTOR`, whoever has given no second factor is nobody.

    Who they are is asked for only where somebody wants to know, so that readers' pages stay without a question.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.NEWSROOM_REQUIRE_SECOND_FACTOR and request.path not in map(reverse, OPEN):
            known: Any = request.user
            request.half_signed_in = SimpleLazyObject(lambda: _without(known))  # type: ignore[attr-defined]
            request.user = SimpleLazyObject(lambda: _with(known))  # type: ignore[assignment]
        return self.get_response(request)


def _with(user: Any) -> Any:
    return user if user.is_authenticated and user.is_verified() else AnonymousUser()


def _without(user: Any) -> Any:
    return AnonymousUser() if user.is_authenticated and user.is_verified() else user


def half_signed_in(request: HttpRequest) -> bool:
    """Whether somebody gave the right password and has yet to set up a second factor."""
    user = getattr(request, "half_signed_in", None)
    return user is not None and user.is_authenticated
