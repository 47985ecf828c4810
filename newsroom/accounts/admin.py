"""Accounts and groups. Who manages them without being a superuser makes nobody one, and touches none."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from newsroom.accounts import sessions
from newsroom.accounts.actions import remove_second_factor, sign_out

# What would let an account give itself everything.
POWERS = {"is_superuser", "user_permissions"}

admin.site.unregister(User)
# Everybody's second factor is set up by themselves, on the page of their account.
admin.site.unregister([StaticDevice, TOTPDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active", "second_factor")
    list_filter = ("groups", "is_staff", "is_active")
    actions = (remove_second_factor, sign_out)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts: QuerySet[Any] = super().get_queryset(request).annotate(has_second_factor=Exists(phones))
        return accounts

    @admin.display(description=_("second factor"), boolean=True, ordering="has_second_factor")
    def second_factor(self, user: Any) -> bool:
        return bool(user.has_second_factor)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """With a new password the sessions of the account end, all but that of who gives it to themselves."""
        former = request.session.session_key
        response = super().user_change_password(request, id, form_url)
        user = self.get_object(request, unquote(id)) if response.status_code == 302 else None
        if user is not None:
            sessions.follow(request, former)
            sessions.end(user, keep=request.session.session_key)
        return response

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name not in POWERS)})
            for title, options in fieldsets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)

    def _is_within_reach(self, request: HttpRequest, obj: Any) -> bool:
        return bool(request.user.is_superuser or obj is None or not obj.is_superuser)
