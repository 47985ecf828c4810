"""Whoever tries passwords is made to wait: django-axes counts, this says so.

Two are counted: wrong passwords for one name from one network address, so that nobody can lock an editor out from
elsewhere; and all attempts from one address, whatever the names.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.site.limits import seconds_to_wait
from newsroom.accounts.sessions import known_address

# For one name from one address django-axes allows `AXES_FAILURE_LIMIT`; a newsroom of many may sit behind one address.
MOST_FROM_ONE_ADDRESS = 10 * settings.AXES_FAILURE_LIMIT


def address_of(request: HttpRequest) -> str | None:
    """Where django-axes counts attempts: past our own proxies, which a client cannot pretend to be."""
    return known_address(request)


def too_many(request: HttpRequest) -> HttpResponse | None:
    """The page for an address that has tried enough for now, whatever the names; None where it may try. Counts."""
    period = round(settings.AXES_COOLOFF_TIME.total_seconds())
    seconds = seconds_to_wait(request, "sign-in", most=MOST_FROM_ONE_ADDRESS, period=period)
    return locked_out(request, None, None, seconds=seconds) if seconds else None


def locked_out(request: HttpRequest, response: Any, credentials: Any, *, seconds: int = 0) -> HttpResponse:
    """The page for whoever has to wait. It is the same whether or not there is such an account."""
    seconds = seconds or round(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {**admin.site.each_context(request), "title": _("Too many attempts"), "minutes": -(-seconds // 60)}
    page = TemplateResponse(request, "admin/locked_out.html", context, status=429, headers={"Retry-After": seconds})
    return page.render()
