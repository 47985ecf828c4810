"""What machines propose and editors decide: the actions that all of it shares, names in articles, roles, and tags."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.access import ProposalAccess
from articles.admin.base import Button, RecordAdmin, editor, link, record_url, state_label
from articles.admin.filters import Dates
from articles.editing.decide import decide
from articles.models import Appearance, ProposedTag, Role, State

CHOICES = {"_accept": State.ACCEPTED, "_reject": State.REJECTED, "_unsure": State.UNSURE}


class ProposalAdmin(ProposalAccess, RecordAdmin):
    actions = ("accept", "reject", "mark_unsure")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, obj: Any) -> SafeString:
        return state_label(obj)

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.settle(request, queryset, State.ACCEPTED)

    @admin.action(description=_("Reject"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.settle(request, queryset, State.REJECTED)

    @admin.action(description=_("Mark as unsure"), permissions=["change"])
    def mark_unsure(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.settle(request, queryset, State.UNSURE)

    def settle(self, request: HttpRequest, proposals: QuerySet[Any] | list[Any], state: State) -> None:
        rows = [row for row in proposals if row.state != state]
        decide(rows, state=state, user=editor(request))
        message = ngettext("%(number)d row is %(state)s now.", "%(number)d rows are %(state)s now.", len(rows))
        self.message_user(request, message % {"number": len(rows), "state": state.label}, messages.SUCCESS)

    def buttons(self, request: HttpRequest, obj: Any) -> list[Button]:
        labels = {"_accept": _("Save and accept"), "_reject": _("Save and reject"), "_unsure": _("Save as unsure")}
        return [Button(name, labels[name]) for name, state in CHOICES.items() if obj and obj.state != state]

    def press(self, request: HttpRequest, obj: Any) -> None:
        for name, state in CHOICES.items():
            if name in request.POST:
                self.settle(request, type(obj).objects.filter(pk=obj.pk), state)


class FixedProposalAdmin(ProposalAdmin):
    """Rows that are decided about but not typed over: what they say comes from the article's text."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        """Nothing was typed; the buttons decide."""


@admin.register(Appearance)
class AppearanceAdmin(FixedProposalAdmin):
    list_display = ("name", "entity_link", "kind", "article_link", "role", "mentions", "shown_state", "evidence")
    list_filter = ("state", "entity__kind", ("article__published", Dates), "origin", "anchoring")
    list_select_related = ("entity", "article")
    search_fields = ("name", "entity__name", "article__headline")
    ordering = ("-pk",)
    fields = (
        "entity_link",
        "kind",
        "article_link",
        "name",
        "role",
        "mentions",
        "shown_state",
        "evidence",
        "score",
        "origin",
        "extractor",
        "anchoring",
    )

    @admin.display(description=_("who or what"), ordering="entity__name")
    def entity_link(self, obj: Appearance) -> SafeString:
        return link(record_url(obj.entity.kind, obj.entity_id), obj.entity)

    @admin.display(description=_("kind"), ordering="entity__kind")
    def kind(self, obj: Appearance) -> str:
        return obj.entity.get_kind_display()

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: Appearance) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)

    @admin.display(description=_("mentions"))
    def mentions(self, obj: Appearance) -> int:
        return len(obj.spans)


@admin.register(Role)
class RoleAdmin(FixedProposalAdmin):
    list_display = ("title", "person_link", "place_of_work", "article_link", "date", "shown_state", "evidence")
    list_filter = ("state", ("date", Dates), "origin", "anchoring")
    list_select_related = ("person", "organisation", "location", "article")
    search_fields = ("title", "person__name", "organisation__name", "location__name", "article__headline")
    ordering = ("-pk",)
    fields = (
        "person_link",
        "title",
        "place_of_work",
        "article_link",
        "date",
        "shown_state",
        "evidence",
        "score",
        "origin",
        "extractor",
        "anchoring",
    )

    @admin.display(description=_("person"), ordering="person__name")
    def person_link(self, obj: Role) -> SafeString:
        return link(record_url("person", obj.person_id), obj.person)

    @admin.display(description=_("organisation or location"), ordering="organisation__name")
    def place_of_work(self, obj: Role) -> SafeString | str:
        if obj.organisation:
            return link(record_url("organisation", obj.organisation.pk), obj.organisation)
        return link(record_url("location", obj.location.pk), obj.location) if obj.location else ""

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: Role) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)


@admin.register(ProposedTag)
class ProposedTagAdmin(FixedProposalAdmin):
    list_display = ("name", "article_link", "shown_state", "evidence")
    list_filter = ("state", ("article__published", Dates), "origin", ("tag", admin.EmptyFieldListFilter))
    list_select_related = ("article",)
    search_fields = ("name", "article__headline")
    ordering = ("-pk",)
    fields = ("name", "article_link", "tag", "shown_state", "evidence", "origin", "extractor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article", "tag__merged_into")

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: ProposedTag) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)
