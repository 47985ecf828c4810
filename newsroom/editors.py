"""The editors' desk: its name, the order of its records, and what its search boxes suggest."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from articles.models.tags import Tagged

# As an editor meets them: the story, what it says, what was decided about it.
ORDER = [
    "Article",
    "Person",
    "Organisation",
    "Location",
    "Quote",
    "Tag",
    "Appearance",
    "Role",
    "ArticleImport",
    "Decision",
]


class Suggestions(AutocompleteJsonView):
    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        label = str(getattr(self.model_admin, "suggestion", str)(obj))
        # Tags are chosen by name, because one that is being made has no number yet.
        if issubclass(self.source_field.model, Tagged):
            return {"id": label, "text": label}
        return {"id": str(getattr(obj, to_field_name)), "text": label}


class EditorsSite(admin.AdminSite):
    index_title = _("Editors’ desk")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = settings.NEWSROOM_NAME
        return {**super().each_context(request), "site_title": name, "site_header": name}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_place)
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]  # as the base does
        return Suggestions.as_view(admin_site=self)(request)


def _place(model: dict[str, Any]) -> int:
    return ORDER.index(model["object_name"]) if model["object_name"] in ORDER else len(ORDER)
