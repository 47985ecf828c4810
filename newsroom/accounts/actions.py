"""What who manages accounts does to those of others."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.accounts import second_factor, sessions


@admin.action(description=_("Remove the second factor (phone and codes are lost)"), permissions=["change"])
def remove_second_factor(accounts: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    """They sign in by their password until they set up another one; what is theirs now ends."""
    within = [user for user in rows if accounts.has_change_permission(request, user)]
    removed = [user for user in within if second_factor.remove(user)]
    for user in removed:
        sessions.end(user)
        accounts.log_change(request, user, gettext("Second factor removed."))
    number = len(removed)
    said = ngettext("%d second factor was removed.", "%d second factors were removed.", number) % number
    accounts.message_user(request, said, messages.SUCCESS if number else messages.WARNING)


@admin.action(description=_("Sign out everywhere"), permissions=["change"])
def sign_out(accounts: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    within = [user for user in rows if accounts.has_change_permission(request, user)]
    ended = sum(sessions.end(user, keep=request.session.session_key) for user in within)
    said = ngettext("%d session was signed out.", "%d sessions were signed out.", ended) % ended
    accounts.message_user(request, said, messages.SUCCESS if ended else messages.WARNING)
