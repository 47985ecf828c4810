"""What the admin pages of all records share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages.storage import default_storage
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.panels import Panel
from articles.editing.addresses import keep_address
from articles.editing.counts import counted
from articles.editing.touching import following, touch_record
from articles.editing.trying import A_FEW, trying_again


@dataclass(frozen=True)
class Button:
    """One more way to send the form of a change page."""

    name: str
    label: Any


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_per_page = 50
    show_full_result_count = False

    def panels(self, request: HttpRequest, obj: Any) -> list[Panel]:
        """What the change page shows beside its form."""
        return []

    def buttons(self, request: HttpRequest, obj: Any) -> list[Button]:
        """What stands beside “Save”; `press` does what they say, after the form is saved."""
        return []

    def press(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Do what the button says; the page to go on to, where that is not the usual one."""

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        # Buttons that say what to do with this record matter more than one that starts another.
        context["show_save_and_add_another"] = add
        context["panels"] = self.panels(request, obj) if obj and not context.get("is_popup") else []
        context["buttons"] = self.buttons(request, obj) if self.has_change_permission(request, obj) else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Saved as a whole or not at all: where another save or an import is in the way, once more."""
        parent = super().changeform_view
        tries = 0

        def once_more() -> HttpResponse:
            nonlocal tries
            if tries:
                _as_it_came(request)
            tries += 1
            return parent(request, object_id, form_url, extra_context)

        return trying_again(once_more, A_FEW)

    # What readers see of it is rendered anew, and found where it was.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            keep_address(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with counted([form.instance]):
            super().save_related(request, form, formsets, change)
        touch_record(form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        touch_record(obj)
        with following([obj]), counted([obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        rows = list(queryset)
        for obj in rows:
            touch_record(obj)
        with following(rows), counted(rows):
            super().delete_queryset(request, queryset)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return self.press(request, obj) or response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        return self.press(request, obj) or response


class ReadOnlyAdmin(RecordAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def editor(request: HttpRequest) -> User:
    """Who is asking; nobody comes into the admin without a name."""
    return cast(User, request.user)


def _as_it_came(request: HttpRequest) -> None:
    """Unsay what a try that came to nothing said, and begin its files anew."""
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)


def number_of(rows: QuerySet[Any], field: str) -> Coalesce:
    """How many of `rows` point to the outer row by `field`, counted apart so that two counts never multiply."""
    counted = rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def change_url(obj: Model) -> str:
    return record_url(obj._meta.model_name or "", obj.pk)


def record_url(model_name: str, key: int) -> str:
    return reverse(f"admin:articles_{model_name}_change", args=[key])


def list_url(model: type[Model], query: str = "") -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_changelist") + (f"?{query}" if query else "")


def link(url: str, label: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, label)


def state_label(row: Any) -> SafeString:
    return format_html('<span class="state" data-state="{}">{}</span>', row.state, row.get_state_display())
