"""The pages of the desk about one's own account: signing in, the second factor, where one is signed in."""

from __future__ import annotations

import time
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as give_factor

from newsroom.accounts import second_factor, sessions
from newsroom.accounts.browsers import in_words
from newsroom.accounts.required import half_signed_in
from newsroom.accounts.throttling import too_many

# Where a session keeps who gave the right password, until the code comes; and so long it may take.
WAITING, PATIENCE = "second-factor", 600  # seconds


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class SignIn(LoginView):
    """The first step: name and password."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if half_signed_in(request):
            return redirect("admin:second-factor")
        refusal = too_many(request) if request.method == "POST" else None
        return refusal or super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if second_factor.has_second_factor(user):
            _wait_for_code(self.request, user, self.get_success_url())
            return redirect("admin:login-code")
        response = super().form_valid(form)
        return redirect("admin:second-factor") if settings.NEWSROOM_REQUIRE_SECOND_FACTOR else response

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")


def _wait_for_code(request: HttpRequest, user: User, to: str) -> None:
    request.session.flush()
    request.session[WAITING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "backend": user.backend,
        "until": time.time() + PATIENCE,
        "to": to,
    }


def _waiting(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who gave the right password a short while ago, as long as it is still theirs."""
    waiting: dict[str, Any] = request.session.get(WAITING) or {"user": 0}
    user = get_user_model().objects.filter(pk=waiting["user"], is_active=True).first()
    if user is None or waiting["until"] < time.time() or waiting["password"] != user.get_session_auth_hash():
        return None
    return user, waiting


@never_cache
@sensitive_post_parameters()
@csrf_protect
def enter_code(request: HttpRequest) -> HttpResponse:
    """The second step, for who has a second factor."""
    found = _waiting(request)
    if found is None:
        return redirect("admin:login")
    user, waiting = found
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device := second_factor.verified(user, form.cleaned_data["code"]):
            return _let_in(request, user, device, waiting)
        form.add_error("code", _refusal(user))
    context = {**admin.site.each_context(request), "title": _("Second factor"), "form": form}
    return TemplateResponse(request, "admin/login_code.html", context)


def _let_in(request: HttpRequest, user: User, device: Any, waiting: dict[str, Any]) -> HttpResponse:
    request.session.pop(WAITING)
    user.otp_device = device  # type: ignore[attr-defined]  # django-otp writes it into the session
    login(request, user, backend=waiting["backend"])
    if second_factor.is_recovery(device):
        left = second_factor.recovery_codes_left(user)
        said = ngettext("You have %d recovery code left.", "You have %d recovery codes left.", left) % left
        messages.warning(request, said)
    return HttpResponseRedirect(waiting["to"])


def _refusal(user: User) -> str:
    if seconds := second_factor.seconds_to_wait(user):
        wait = ngettext("try again in %d second", "try again in %d seconds", seconds) % seconds
        return _("This code is not right, or was used before; %(wait)s.") % {"wait": wait}
    return _("This code is not right, or was used before.")


@never_cache
@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: the second factor, and where one is signed in."""
    user, form = cast(User, request.user), CodeForm()
    if request.method == "POST":
        if "_end_others" in request.POST or "end" in request.POST:
            return _end_sessions(request, user)
        form = CodeForm(request.POST)
        if form.is_valid():
            if second_factor.verified(user, form.cleaned_data["code"]):
                return _changed(request, user)
            form.add_error("code", _refusal(user))
    own = request.session.session_key
    rows = [(row, in_words(row.browser), row.session == own) for row in sessions.signed_in(user)]
    context = {
        **admin.site.each_context(request),
        "title": _("Your account"),
        "form": form,
        "has_second_factor": second_factor.has_second_factor(user),
        "is_required": settings.NEWSROOM_REQUIRE_SECOND_FACTOR,
        "codes_left": second_factor.recovery_codes_left(user),
        "sessions": sorted(rows, key=lambda each: not each[2]),
        "has_others": any(not is_own for _row, _browser, is_own in rows),
    }
    return TemplateResponse(request, "admin/account.html", context)


def _end_sessions(request: HttpRequest, user: User) -> HttpResponse:
    number = request.POST.get("end", "")
    if "end" in request.POST and not number.isdecimal():
        return redirect("admin:account")
    only = int(number[:18]) if "end" in request.POST else None
    ended = sessions.end(user, keep=request.session.session_key, only=only)
    said = ngettext("%d session was signed out.", "%d sessions were signed out.", ended) % ended
    messages.success(request, said) if ended else messages.warning(request, _("Nothing was left to sign out."))
    return redirect("admin:account")


def _changed(request: HttpRequest, user: User) -> HttpResponse:
    """The second factor after a code that was right: gone, or with new recovery codes."""
    if "_remove_factor" in request.POST and not settings.NEWSROOM_REQUIRE_SECOND_FACTOR:
        second_factor.remove(user)
        messages.success(request, _("The second factor is removed: your password alone lets you in."))
        return redirect("admin:account")
    return _shown_once(request, second_factor.new_recovery_codes(user))


def _shown_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("Recovery codes"), "codes": codes}
    return TemplateResponse(request, "admin/recovery_codes.html", context)


@never_cache
@sensitive_post_parameters()
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """A second factor for one's own account, or another phone for it."""
    user, form = cast(Any, request.user), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.confirm(user, form.cleaned_data["code"])
        if codes is not None:
            return _set_up(request, user, codes)
        form.add_error("code", _("This is not the code that the app shows now. Is the phone’s clock right?"))
    device = second_factor.begun(user)
    context = {
        **admin.site.each_context(request),
        "title": _("Set up a second factor"),
        "form": form,
        "drawn": second_factor.drawn(device),
        "secret": second_factor.secret_of(device),
        "is_required": settings.NEWSROOM_REQUIRE_SECOND_FACTOR,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/second_factor.html", context)


def _set_up(request: HttpRequest, user: User, codes: list[str]) -> HttpResponse:
    """This session goes on; those that began with the password alone end."""
    give_factor(request, second_factor.phone_of(user))
    sessions.end(user, keep=request.session.session_key)
    messages.success(request, _("The second factor is set up; other sessions were signed out."))
    return _shown_once(request, codes)
