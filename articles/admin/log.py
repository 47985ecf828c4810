"""What came in and what was decided: kept for good, so read only."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.access import AboutArticles
from articles.admin.base import ReadOnlyAdmin, link, record_url
from articles.admin.filters import Dates
from articles.admin.rules import rules_view
from articles.models import ArticleImport, Decision


@admin.register(Decision)
class DecisionAdmin(AboutArticles, ReadOnlyAdmin):
    list_display = ("made", "action", "label", "about", "article_link", "change", "user")
    list_filter = ("action", "subject", ("made", Dates), "user")
    search_fields = ("action", "label", "article__headline", "user__username")
    fields = ("made", "user", "action", "label", "about", "article_link", "change", "batch", "inverse_of")

    def get_urls(self) -> list[URLPattern]:
        rules = path("rules/", self.admin_site.admin_view(self.rules), name="articles_decision_rules")
        return [rules, *super().get_urls()]

    def rules(self, request: HttpRequest) -> HttpResponse:
        return rules_view(request, self)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user", "article").defer("article__body", "article__text")

    @admin.display(description=_("about"), ordering="subject")
    def about(self, obj: Decision) -> SafeString:
        return link(record_url(obj.subject, obj.subject_id), f"{obj.get_subject_display()} {obj.subject_id}")

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: Decision) -> SafeString | str:
        return link(record_url("article", obj.article.pk), obj.article) if obj.article else ""

    @admin.display(description=_("change"))
    def change(self, obj: Decision) -> str:
        return render_to_string("admin/articles/_change.html", {"lines": changes(obj)})


def changes(decision: Decision) -> list[tuple[str, str, str]]:
    """What a decision changed: each field with what it was and what it became; of a whole row that came or went no more
    than that."""
    if "id" in decision.before or "id" in decision.after:
        return [("", decision.label if decision.before else "–", decision.label if decision.after else "–")]
    fields = dict.fromkeys([*decision.before, *decision.after])
    return [(field, _as_text(decision.before.get(field)), _as_text(decision.after.get(field))) for field in fields]


def _as_text(value: object) -> str:
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@admin.register(ArticleImport)
class ArticleImportAdmin(AboutArticles, ReadOnlyAdmin):
    list_display = ("made", "source", "status", "article_link", "error", "user")
    list_filter = ("status", ("made", Dates))
    search_fields = ("source", "error", "article__headline")
    fields = ("made", "user", "source", "status", "article_link", "shown_report")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article", "user").defer("article__body", "article__text")

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: ArticleImport) -> SafeString | str:
        return link(record_url("article", obj.article.pk), obj.article) if obj.article else ""

    @admin.display(description=_("report"))
    def shown_report(self, obj: ArticleImport) -> str:
        return render_to_string("admin/articles/_report.html", {"report": obj.report, "url": ""})
