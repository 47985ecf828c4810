"""Several editors at one article, and nothing lost: what the admin of articles adds for it to that of any record."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from articles.admin.base import RecordAdmin
from articles.admin.history import history_page, history_urls


class TogetherAdmin(RecordAdmin):
    def get_urls(self) -> list[URLPattern]:
        return [*history_urls(self), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_page(request, self, unquote(object_id))
