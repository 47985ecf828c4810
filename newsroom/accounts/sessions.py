"""Sessions as those whose they are know them: by browser, network address and when they were last used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from articles.editing.in_passing import Hindered, in_passing
from articles.site.limits import address_of
from newsroom.accounts.models import SignIn

# So often it is written down that a session is in use.
SEEN_EVERY = 300  # seconds


def store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()


def remember(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Write down a session that begins, and drop what is left of those that ended by their age."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignIn.objects.filter(user=user, last_seen__lt=oldest).delete()
    if request.session.session_key is None:  # somebody else was signed in here
        request.session.save()
    _write_down(request, user)
    cache.set(_key(request), True, SEEN_EVERY)


def forget(sender: object, request: HttpRequest, user: User | None, **kwargs: object) -> None:
    SignIn.objects.filter(session=request.session.session_key or "").delete()


def _write_down(request: HttpRequest, user: User) -> None:
    said = {"browser": request.headers.get("User-Agent", "")[:300], "address": known_address(request)}
    SignIn.objects.update_or_create(
        session=request.session.session_key, defaults={"user": user, "last_seen": timezone.now(), **said}
    )


def known_address(request: HttpRequest) -> str | None:
    """The network address that a request comes from; None where what a proxy wrote is none."""
    try:
        return str(ip_address(address_of(request)))
    except ValueError:
        return None


def _key(request: HttpRequest) -> str:
    return f"session-seen:{request.session.session_key}"


def _is_due(request: HttpRequest) -> bool:
    """Whether it is time to write this session down again; says so once."""
    return bool(request.session.session_key) and cache.add(_key(request), True, SEEN_EVERY)


class Seen:
    """Middleware: write down that a session is in use at the desk, now and then, and waiting for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/admin/") and request.user.is_authenticated and _is_due(request):
            try:
                with in_passing():
                    _write_down(request, request.user)
            except Hindered:
                cache.delete(_key(request))
        return response


def signed_in(user: User) -> list[SignIn]:
    """The sessions of `user` that are alive, the last used first; what is left of others is dropped."""
    sessions, rows = store(), list(SignIn.objects.filter(user=user))
    dead = [row for row in rows if not sessions.exists(row.session)]
    SignIn.objects.filter(pk__in=[row.pk for row in dead]).delete()
    return [row for row in rows if row not in dead]


def end(user: User, *, keep: str | None = None, only: int | None = None) -> int:
    """End the sessions of `user`, all but the one with the key `keep`, or the one row `only`; how many ended."""
    rows = SignIn.objects.filter(user=user).exclude(session=keep or "")
    if only is not None:
        rows = rows.filter(pk=only)
    ended = list(rows)
    for row in ended:
        store().delete(row.session)
    rows.filter(pk__in=[row.pk for row in ended]).delete()
    return len(ended)


def follow(request: HttpRequest, former: str | None) -> None:
    """This session goes on under another key, as it does with a new password."""
    SignIn.objects.filter(session=former or "").update(session=request.session.session_key)
