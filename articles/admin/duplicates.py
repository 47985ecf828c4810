"""Likely duplicates, one pair a screen: both records side by side, what speaks for one record and what against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import ReadOnlyAdmin, editor, link, list_url, record_url, state_label
from articles.admin.merging import merge_url
from articles.admin.panels import Panel, panel
from articles.admin.rows import article_row, held_role_row, speech_row, staff_role_row
from articles.editing.duplicates import answer, take_back
from articles.models import Appearance, DuplicatePair, Entity, Quote, Role
from articles.models.access import visible, visible_pairs

State = DuplicatePair.State
ANSWERS = {"same": State.SAME, "different": State.DIFFERENT, "unsure": State.UNSURE}
# Three quotations are proof enough of who speaks; the rest is a page further.
PROOFS = 3
ROWS = 5
MOST_TO_MERGE = 10


@dataclass(frozen=True)
class Side:
    """One record of a pair, as the screen shows it."""

    record: Entity
    url: str
    facts: list[tuple[str, str]]
    panels: list[Panel]


@admin.register(DuplicatePair)
class DuplicatePairAdmin(ReadOnlyAdmin):
    list_display = ("pair_link", "kind", "shown_state", "likeness", "user", "decided")
    list_display_links = None  # the pair's own link leads to its screen
    list_filter = ("state", "first__kind")
    list_select_related = ("first", "second", "user")
    search_fields = ("first__name", "second__name")
    ordering = ("-score", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_pairs(super().get_queryset(request), request.user)

    @admin.display(description=gettext_lazy("pair"))
    def pair_link(self, obj: DuplicatePair) -> SafeString:
        return link(pair_url(obj), obj)

    @admin.display(description=gettext_lazy("kind"), ordering="first__kind")
    def kind(self, obj: DuplicatePair) -> str:
        return obj.first.get_kind_display()

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, obj: DuplicatePair) -> SafeString:
        return state_label(obj)

    @admin.display(description=gettext_lazy("likeness"), ordering="score")
    def likeness(self, obj: DuplicatePair) -> str:
        return f"{obj.score:.0%}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        pair = self.get_object(request, object_id)
        return (
            redirect(pair_url(pair))
            if pair and self.has_view_permission(request, pair)
            else super().change_view(request, object_id, form_url, extra_context)
        )

    def queue(self, request: HttpRequest) -> HttpResponse:
        """The pair that the address asks for, or the first that waits; a form sends what the editor says of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_answer = request.user.has_perm("articles.change_duplicatepair")
        if request.method == "POST":
            if not may_answer:
                raise PermissionDenied
            return self._take_back(request) if request.POST.get("answer") == "undo" else self._answer(request)
        waiting = visible_pairs(DuplicatePair.objects.queue(), request.user)
        pair = self._asked_for(request) or waiting.select_related("first", "second").first()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Likely duplicates"),
            "pair": pair,
            "sides": [side(request, key, record) for key, record in records(pair)],
            "left": waiting.count(),
            "last": DuplicatePair.objects.last_answered(editor(request)) if may_answer else None,
            "to_merge": [
                (each, merge_url(each.first_id, each.second_id))
                for each in visible_pairs(DuplicatePair.objects.to_merge(), request.user)[:MOST_TO_MERGE]
            ],
            "may_answer": may_answer,
            "told_apart_url": list_url(DuplicatePair, "state__exact=different"),
        }
        return TemplateResponse(request, "admin/articles/duplicates.html", context)

    def _asked_for(self, request: HttpRequest) -> DuplicatePair | None:
        key = request.GET.get("pair", "")
        if not key.isdecimal():
            return None
        pairs = visible_pairs(DuplicatePair.objects.current(), request.user)
        return get_object_or_404(pairs.select_related("first", "second"), pk=key)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        key, said = request.POST.get("pair", ""), ANSWERS.get(request.POST.get("answer", ""))
        pairs = visible_pairs(DuplicatePair.objects.current(), request.user).select_related("first", "second")
        pair = get_object_or_404(pairs, pk=key if key.isdecimal() and said else 0)
        # What the screen showed: an answer to anything else was not meant.
        pair.state = request.POST.get("state", "")
        if not said or not answer(pair, said, user=editor(request)):
            self.message_user(
                request, _("Somebody else has answered meanwhile: nothing was changed."), messages.WARNING
            )
            return redirect("admin:duplicates")
        self.message_user(request, _message(pair), messages.SUCCESS)
        return redirect(merge_url(pair.first_id, pair.second_id) if said == State.SAME else reverse("admin:duplicates"))

    def _take_back(self, request: HttpRequest) -> HttpResponse:
        pair = take_back(editor(request))
        if not pair:
            self.message_user(request, _("There is nothing to take back."), messages.INFO)
            return redirect("admin:duplicates")
        self.message_user(request, _("Taken back. You are asked again."), messages.SUCCESS)
        return HttpResponseRedirect(pair_url(pair))


def _message(pair: DuplicatePair) -> str:
    messages_by_state = {
        State.SAME: _("“%(first)s” and “%(second)s” are the same. Merge them here."),
        State.DIFFERENT: _("“%(first)s” and “%(second)s” are not the same. You will not be asked again."),
        State.UNSURE: _("“%(first)s” and “%(second)s” come back at the end."),
    }
    return messages_by_state[State(pair.state)] % {"first": pair.first.name, "second": pair.second.name}


def pair_url(pair: DuplicatePair) -> str:
    return f"{reverse('admin:duplicates')}?pair={pair.pk}"


def records(pair: DuplicatePair | None) -> Iterator[tuple[str, Entity]]:
    if pair:
        both = Entity.objects.select_related("person", "organisation", "location").prefetch_related("aliases")
        found = both.in_bulk([pair.first_id, pair.second_id])
        yield "first", found[pair.first_id]
        yield "second", found[pair.second_id]


def side(request: HttpRequest, key: str, record: Entity) -> Side:
    appearances = visible(Appearance.objects.filter(entity=record.pk), request.user).select_related("article")
    appearances = appearances.defer("article__body", "article__text").order_by("-article__published", "-article_id")
    quotes = visible(Quote.objects.filter(speaker=record.pk).for_list(), request.user).latest_first()
    panels = [
        _panel(request, f"{key}-roles", _("Roles"), *_roles(request, record), empty=_("No role is known yet.")),
        _panel(request, f"{key}-articles", _("Articles"), appearances, article_row, empty=_("In no article yet.")),
        _panel(
            request, f"{key}-quotations", _("Quotations"), quotes, speech_row, empty=_("Not quoted yet."), rows=PROOFS
        ),
    ]
    if record.kind == Entity.Kind.LOCATION:
        panels = panels[1:]
    return Side(record, record_url(record.kind, record.pk), list(_facts(record)), panels)


def _roles(request: HttpRequest, record: Entity) -> tuple[QuerySet[Role], Any]:
    if record.kind == Entity.Kind.PERSON:
        roles = visible(Role.objects.filter(person=record.pk).for_person(), request.user)
        return roles.select_related("person").defer("article__body", "article__text"), held_role_row
    roles = visible(Role.objects.filter(organisation=record.pk).for_person(), request.user)
    return roles.select_related("person").defer("article__body", "article__text"), staff_role_row


def _panel(
    request: HttpRequest, key: str, title: str, rows_of: Any, as_row: Any, *, empty: str, rows: int = ROWS
) -> Panel:
    return panel(request, key, title, rows_of, as_row, empty=empty, per_page=rows)


def _facts(record: Entity) -> Iterator[tuple[str, str]]:
    own: Any = getattr(record, record.kind, record)
    yield _("Kind"), record.get_kind_display()
    others = ", ".join(alias.name for alias in record.aliases.all() if alias.name != record.name)
    region = ", ".join(filter(None, (getattr(own, "region", ""), getattr(own, "country", ""))))
    pronoun = own.get_gender_display() if getattr(own, "gender", "") else ""
    known = (
        (_("Other names"), others),
        (_("Acronym"), getattr(own, "acronym", "")),
        (_("Pronoun"), str(pronoun)),
        (_("Where"), region),
        (_("Description"), record.description),
        (_("On record since"), date_format(record.created)),
        (_("Verified"), _("yes") if record.is_verified else ""),
    )
    yield from ((label, value) for label, value in known if value)
