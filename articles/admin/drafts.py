"""What was typed and not saved: kept every few seconds, and offered when the form is opened again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.base import RecordAdmin, change_url, editor, list_url
from articles.admin.posted import filled, names_in, sent, values_in, words_of
from articles.editing.drafts import drafts_of, drop_draft, keep_draft
from articles.editing.keeping import states_of
from articles.editing.presence import arrive, leave, others
from articles.models import Article, Draft, Presence
from articles.text.differences import Piece, compare_words

KEY = "_draft"
# Sent along with a form, and nothing that anybody typed.
NOT_TYPED = {"csrfmiddlewaretoken", KEY, "_leave", "_typed"}


@dataclass(frozen=True)
class Offer:
    """A draft, and how it differs from what the form says."""

    draft: Draft
    changes: list[tuple[str, tuple[Piece, ...]]]


def key_in(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get(KEY, ""))
    except ValueError:
        return None


def typed_in(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def chosen_draft(request: HttpRequest, article: Article | None) -> Draft | None:
    """The draft that somebody goes on with."""
    key = key_in(request.GET)
    return drafts_of(article, editor(request)).filter(key=key).first() if key else None


def offers(request: HttpRequest, article: Article | None, form: forms.BaseForm, shown: Collection[str]) -> list[Offer]:
    """The drafts that differ from what the form says; those that do not are of no use any more."""
    found = []
    for draft in drafts_of(article, editor(request)):
        changes = list(_changes(form, shown, typed_in(draft)))
        if changes:
            found.append(Offer(draft, changes))
        else:
            drop_draft(draft.key, user=editor(request))
    return found


def _changes(form: forms.BaseForm, shown: Collection[str], typed: QueryDict) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    for name, names in names_in(form).items():
        if name not in shown:
            continue
        now, then = (words_of(form.fields[name], name, values) for values in (_now(form, name), sent(typed, names)))
        if now != then:
            yield str(form.fields[name].label or name), tuple(compare_words(now, then))


def _now(form: forms.BaseForm, name: str) -> dict[str, list[str]]:
    return values_in(str(form[name]))


# What the browser sends by itself.


def check_may_type(request: HttpRequest, model_admin: RecordAdmin, article: Article | None) -> None:
    may = model_admin.has_change_permission(request, article) if article else model_admin.has_add_permission(request)
    if not may:
        raise PermissionDenied


@require_POST
def draft_view(request: HttpRequest, model_admin: RecordAdmin, article: Article | None) -> HttpResponse:
    """Keep what was typed, say who else is there, and whether somebody saved a newer version."""
    check_may_type(request, model_admin, article)
    user, key = editor(request), key_in(request.POST)
    if article and "_leave" in request.POST:
        leave(article, user, Presence.Place.EDIT)
    elif article:
        arrive(article, user, Presence.Place.EDIT)
    said: dict[str, Any] = {"others": others_said(request, article), "newer": _newer(request, article)}
    if key and "_typed" in request.POST:
        fields = filled({name: values for name, values in request.POST.lists() if name not in NOT_TYPED})
        draft = keep_draft(key, article, fields, user=user)
        said["saved"] = time_format(timezone.localtime(draft.saved), "H:i:s") if draft else ""
    return JsonResponse(said)


def _newer(request: HttpRequest, article: Article | None) -> str:
    revision = request.POST.get("_revision", "")
    if not article or not revision.isdecimal() or int(revision) == article.revision:
        return ""
    last = states_of(article)[-1]
    return _("%(user)s saved a newer version at %(time)s. When you save, you are asked what stays.") % {
        "user": _name(last.user) if last.user else _("An import"),
        "time": time_format(timezone.localtime(last.made), "H:i"),
    }


def others_said(request: HttpRequest, article: Article | None) -> list[str]:
    """Who else has the article open, one sentence each."""
    present = others(article, editor(request)) if article else []
    return [
        _("%(user)s has this article open since %(time)s (%(place)s).")
        % {
            "user": _name(each.user),
            "time": time_format(timezone.localtime(each.arrived), "H:i"),
            "place": each.get_place_display(),
        }
        for each in present
    ]


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


@require_POST
def discard_view(request: HttpRequest, model_admin: RecordAdmin, article: Article | None) -> HttpResponse:
    check_may_type(request, model_admin, article)
    key = key_in(request.POST)
    if key:
        drop_draft(key, user=editor(request))
        model_admin.message_user(request, _("The draft is discarded."))
    return HttpResponseRedirect(change_url(article) if article else f"{list_url(Article)}add/")
