"""How good each rule is by what editors decided: which one to mend first."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editing.review.precision import RuleRecord, precision_of_rules

if TYPE_CHECKING:
    from articles.admin.log import DecisionAdmin

PERIODS = {"30": gettext_lazy("the last 30 days"), "365": gettext_lazy("the last year"), "": gettext_lazy("all time")}


def rules_view(request: HttpRequest, admin: DecisionAdmin) -> HttpResponse:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.get("days", "")
    days = asked if asked in PERIODS else ""
    records = precision_of_rules(since=timezone.now() - timedelta(days=int(days)) if days else None)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("How good each rule is"),
        "kinds": _by_kind(records),
        "periods": PERIODS.items(),
        "days": days,
    }
    return TemplateResponse(request, "admin/articles/rules.html", context)


def _by_kind(records: list[RuleRecord]) -> list[tuple[str, list[RuleRecord]]]:
    def kind(record: RuleRecord) -> str:
        return record.model

    ordered = sorted(records, key=kind)
    return [(_name(model), list(group)) for model, group in groupby(ordered, kind)]


def _name(model: str) -> Any:
    return apps.get_model("articles", model)._meta.verbose_name_plural
