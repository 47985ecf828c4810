"""The review screen: the text with its marks on one side, what was found in it on the other, one key a decision.

Everything is an HTML form first; `review.js` sends the same decisions one by one and shows the cards that come back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.loader import get_template, render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.base import editor, list_url
from articles.admin.filters import undecided_articles
from articles.admin.review_cards import (
    Card,
    blocks_of,
    cards_of,
    heading_of,
    order_of,
    shown_by,
    totals,
)
from articles.admin.review_requests import Malformed, form_items, read_item, read_list, read_number, read_object
from articles.editing.merge import Refused
from articles.editing.presence import arrive, others
from articles.editing.review.batches import OTHER, STATES, Outcome, TextChanged, carry_out
from articles.editing.review.rows import Sheet, name_of, read_sheet, said_of, text_revision
from articles.editing.review.undoing import Batch, listed, next_to_redo, next_to_undo, recent_batches, take_back
from articles.models import Article, Entity, Presence

if TYPE_CHECKING:
    from articles.admin.articles import ArticleAdmin


def review_view(request: HttpRequest, object_id: str, admin: ArticleAdmin) -> HttpResponse:
    article = admin.get_object(request, object_id)
    if article is None:
        raise Http404(_("This article is not there."))
    if not admin.has_view_permission(request, article):
        raise PermissionDenied
    may_decide = admin.has_review_permission(request, article)
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        if request.content_type == "application/json":
            return _answer_screen(request, article)
        return _answer_form(request, article)
    arrive(article, editor(request), Presence.Place.REVIEW)
    context = {
        **admin.admin_site.each_context(request),
        **_screen(request, article),
        "opts": admin.opts,
        "original": article,
        "title": _("Review: %(headline)s") % {"headline": article.headline},
        "heading": heading_of(article),
        "may_decide": may_decide,
        "next_url": reverse("admin:articles_article_review_next") + f"?after={article.pk}",
        "kinds": [*Entity.Kind.choices, (OTHER, _("something else"))],
        "search_url": f"{reverse('admin:autocomplete')}?app_label=articles&model_name=quote&field_name=speaker",
        "merge_url": reverse("admin:merge"),
    }
    return TemplateResponse(request, "admin/articles/review/review.html", context)


def next_view(request: HttpRequest, admin: ArticleAdmin) -> HttpResponse:
    """The article after this one that waits for decisions, the oldest first; the list where none is left."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    waiting = undecided_articles(admin.get_queryset(request))
    after = request.GET.get("after", "")
    current = int(after) if after.isdecimal() else 0
    found = waiting.filter(pk__gt=current).first() or waiting.exclude(pk=current).first()
    if found:
        return redirect("admin:articles_article_review", found.pk)
    messages.success(request, _("Nothing waits: every name, quotation and tag is decided about."))
    return redirect(list_url(Article))


def _screen(request: HttpRequest, article: Article) -> dict[str, Any]:
    sheet = read_sheet(article)
    return {
        "article": article,
        "blocks": blocks_of(article),
        "cards": cards_of(sheet),
        "speakers": list(dict.fromkeys(appearance.entity.name for appearance in sheet.appearances)),
        "batch": uuid.uuid4(),
        "text_revision": text_revision(article),
        "company": _company(request, article),
        **totals(sheet),
        **_history(request, article),
    }


def _company(request: HttpRequest, article: Article) -> str:
    """Who else has the article open, in words."""
    present = [
        _("%(user)s (%(place)s, since %(time)s)")
        % {
            "user": each.user.get_full_name() or each.user.get_username(),
            "place": each.get_place_display(),
            "time": time_format(timezone.localtime(each.arrived), "H:i"),
        }
        for each in others(article, editor(request))
    ]
    return _("Also here: %(names)s") % {"names": ", ".join(present)} if present else ""


def _history(request: HttpRequest, article: Article) -> dict[str, Any]:
    batches, user = recent_batches(article), editor(request)
    return {
        "recent": listed(batches),
        "undo": next_to_undo(batches, user),
        "redo": next_to_redo(batches, user),
    }


# The screen with JavaScript.


def _answer_screen(request: HttpRequest, article: Article) -> JsonResponse:
    """Carry out one batch; answer with the cards that are different now, and what an editor is told."""
    try:
        sent = read_object(request.body)
        if "here" in sent:
            arrive(article, editor(request), Presence.Place.REVIEW)
            return JsonResponse({"company": _company(request, article), "revision": text_revision(article)})
        batch = read_number(sent.get("batch"))
        if "undo" in sent or "redo" in sent:
            return _answer_undo(request, article, sent, batch)
        items = [read_item(each) for each in read_list(sent.get("items"))]
        before = _seen(article) if any(item.action not in STATES or item.place for item in items) else None
        outcome = carry_out(article, items, user=editor(request), batch=batch, text=str(sent.get("text")))
    except Malformed as error:
        return JsonResponse({"message": str(error)}, status=400)
    except TextChanged:
        article.refresh_from_db()
        message = _("The text was edited meanwhile. It is shown as it is now, and your decision is tried again.")
        return JsonResponse({"message": message, **_all(request, article)}, status=409)
    sheet = outcome.sheet if before is None and outcome.sheet else read_sheet(article)
    changed = shown_by(sheet, {*outcome.touched, *outcome.refused}) if before is None else _different(before, sheet)
    changed |= shown_by(sheet, set(outcome.refused))
    cards = [_with_notice(card, outcome) for card in cards_of(sheet, changed)]
    return JsonResponse(
        {
            "message": _said(outcome),
            "refused": outcome.refused,
            **_parts(request, sheet, cards, with_order=before is not None),
        }
    )


def _seen(article: Article) -> dict[str, str]:
    """What each row of an article says at this moment, to be compared with what it says later."""
    return {name_of(row): said_of(row) for row in read_sheet(article)}


def _different(before: Mapping[str, str], sheet: Sheet) -> set[str]:
    return shown_by(sheet, {name_of(row) for row in sheet if said_of(row) != before.get(name_of(row))})


def _answer_undo(request: HttpRequest, article: Article, sent: Mapping[str, Any], by: uuid.UUID) -> JsonResponse:
    before = _seen(article)
    message = _undo(request, article, _chosen_batch(article, sent, editor(request)), by)
    sheet = read_sheet(article)
    cards = cards_of(sheet, _different(before, sheet))
    return JsonResponse({"message": message, **_parts(request, sheet, cards, with_order=True)})


def _undo(request: HttpRequest, article: Article, chosen: Batch | None, by: uuid.UUID) -> str:
    if not chosen:
        return _("There is nothing to take back.")
    try:
        taken = take_back(chosen.key, article, user=editor(request), by=by)
    except Refused as error:
        return str(error)
    message = _("Done again: %(what)s.") if chosen.is_undoing else _("Taken back: %(what)s.")
    said = message % {"what": _what(chosen.label, chosen.number)}
    stayed = ", ".join(taken.stayed)
    left = _("Changed since, so left as it is: %(names)s.") % {"names": stayed}
    return f"{said} {left}" if stayed else said


def _what(label: str, number: int) -> str:
    more = number - 1
    if not label or not more:
        return label or ngettext("%d decision", "%d decisions", number) % number
    return ngettext("%(first)s and %(more)d more", "%(first)s and %(more)d more", more) % {"first": label, "more": more}


def _with_notice(card: Card, outcome: Outcome) -> Card:
    names = [card.key, *(role.key for role in card.roles)]
    notice = " ".join(outcome.refused[name] for name in names if name in outcome.refused)
    return replace(card, notice=notice) if notice else card


def _said(outcome: Outcome) -> str:
    refused = len(outcome.refused)
    if refused:
        reasons = " ".join(dict.fromkeys(outcome.refused.values()))
        return ngettext("%(number)d was left alone: %(why)s", "%(number)d were left alone: %(why)s", refused) % {
            "number": refused,
            "why": reasons,
        }
    number = len(outcome.touched)
    return ngettext("%d decision saved.", "%d decisions saved.", number) % number


def _all(request: HttpRequest, article: Article) -> dict[str, Any]:
    sheet = read_sheet(article)
    text = render_to_string("admin/articles/review/_text.html", {"blocks": blocks_of(article)}, request)
    parts = _parts(request, sheet, cards_of(sheet), with_order=True)
    return {"text": text, "revision": text_revision(article), **parts}


def _parts(request: HttpRequest, sheet: Sheet, cards: list[Card], *, with_order: bool) -> dict[str, Any]:
    history = _history(request, sheet.article)
    template = get_template("admin/articles/review/_card.html")
    return {
        "cards": {card.key: template.render({"card": card}) for card in cards},
        "order": order_of(sheet) if with_order else None,
        **totals(sheet),
        "undo": bool(history["undo"]),
        "redo": bool(history["redo"]),
        "recent": render_to_string("admin/articles/review/_recent.html", history, request),
    }


# The form without JavaScript: one choice a card.


def _answer_form(request: HttpRequest, article: Article) -> HttpResponseRedirect:
    """Carry out what a form chose and show the page again, with what became of it."""
    level, message = messages.INFO, ""
    try:
        batch = read_number(request.POST.get("batch"))
        if "undo" in request.POST or "redo" in request.POST:
            message = _undo(request, article, _chosen_batch(article, request.POST, editor(request)), batch)
        else:
            level, message = _carry_out_form(request, article, batch)
    except Malformed as error:
        level, message = messages.ERROR, str(error)
    messages.add_message(request, level, message)
    return HttpResponseRedirect(request.get_full_path())


def _carry_out_form(request: HttpRequest, article: Article, batch: uuid.UUID) -> tuple[int, str]:
    items = form_items(request.POST, article)
    if not items:
        return messages.INFO, _("Nothing was chosen.")
    try:
        outcome = carry_out(article, items, user=editor(request), batch=batch, text=request.POST.get("text", ""))
    except TextChanged:
        return messages.WARNING, _("The text was edited meanwhile: nothing was saved. Look at it as it is now.")
    return (messages.WARNING if outcome.refused else messages.SUCCESS), _said(outcome)


def _chosen_batch(article: Article, sent: Mapping[str, Any], user: User) -> Batch | None:
    batches, asked = recent_batches(article), str(sent.get("undo", ""))
    if "redo" in sent:
        return next_to_redo(batches, user)
    if asked == "last":
        return next_to_undo(batches, user)
    return next((each for each in listed(batches) if str(each.key) == asked), None)
