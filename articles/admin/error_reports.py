"""What readers say is wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.access import AboutArticles
from articles.admin.base import Button, RecordAdmin, editor, link, list_url, record_url, state_label
from articles.admin.filters import Dates
from articles.admin.panels import Panel, Row, panel
from articles.editing.error_reports import settle
from articles.models import Article, ErrorReport

# What each button and action does.
SETTLING = {
    "handle": (gettext_lazy("Mark as handled"), ErrorReport.State.HANDLED),
    "dismiss": (gettext_lazy("Dismiss"), ErrorReport.State.DISMISSED),
    "reopen": (gettext_lazy("Open again"), ErrorReport.State.OPEN),
}


@admin.register(ErrorReport)
class ErrorReportAdmin(AboutArticles, RecordAdmin):
    list_display = ("words", "article_link", "sender", "made", "shown_state")
    list_filter = ("state", ("made", Dates))
    list_select_related = ("article", "correction")
    search_fields = ("message", "passage", "name", "email", "article__headline")
    actions = ("handle", "dismiss", "reopen")
    fields = (
        "message",
        "passage",
        "article_link",
        "sender",
        "made",
        "shown_state",
        "handled",
        "handled_by",
        "correction_link",
        "note",
    )
    readonly_fields = fields[:-1]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("article__body", "article__text")

    @admin.display(description=gettext_lazy("report"), ordering="message")
    def words(self, obj: ErrorReport) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("article"), ordering="article__headline")
    def article_link(self, obj: ErrorReport) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)

    @admin.display(description=gettext_lazy("from"), ordering="name")
    def sender(self, obj: ErrorReport) -> SafeString | str:
        if not obj.email:
            return obj.name or _("no name")
        return format_html('{} <a href="mailto:{}">{}</a>', obj.name, obj.email, obj.email)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, obj: ErrorReport) -> SafeString:
        return state_label(obj)

    @admin.display(description=gettext_lazy("correction"))
    def correction_link(self, obj: ErrorReport) -> SafeString | str:
        return link(record_url("correction", obj.correction.pk), obj.correction) if obj.correction else "–"

    def buttons(self, request: HttpRequest, obj: Any) -> list[Button]:
        state = obj.state if obj else ""
        return [Button(f"_{name}", label) for name, (label, target) in SETTLING.items() if target != state]

    def press(self, request: HttpRequest, obj: ErrorReport) -> HttpResponse | None:
        for name in SETTLING:
            if f"_{name}" in request.POST:
                self._settle(request, ErrorReport.objects.filter(pk=obj.pk), name)
        return None

    @admin.action(description=gettext_lazy("Mark as handled"), permissions=["change"])
    def handle(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        self._settle(request, queryset, "handle")

    @admin.action(description=gettext_lazy("Dismiss"), permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        self._settle(request, queryset, "dismiss")

    @admin.action(description=gettext_lazy("Open again"), permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        self._settle(request, queryset, "reopen")

    def _settle(self, request: HttpRequest, reports: QuerySet[ErrorReport], name: str) -> None:
        state = SETTLING[name][1]
        number = settle(reports, state=state, user=editor(request))
        message = ngettext("%(number)d report is %(state)s now.", "%(number)d reports are %(state)s now.", number)
        self.message_user(request, message % {"number": number, "state": state.label}, messages.SUCCESS)


def open_reports_panel(request: HttpRequest, article: Article) -> Panel:
    """What readers say is wrong with an article; shown only where somebody said something."""
    return panel(
        request,
        "error-reports",
        _("Readers report errors"),
        article.error_reports.open(),
        _report_row,
        empty=_("Nobody has."),
        all_url=list_url(ErrorReport, f"article__id__exact={article.pk}"),
    )


def _report_row(report: ErrorReport) -> Row:
    return Row(
        label=str(report),
        url=reverse("admin:articles_errorreport_change", args=[report.pk]),
        facts=[fact for fact in (report.passage and f"“{Truncator(report.passage).chars(80)}”", report.name) if fact],
    )
