"""By what the list of articles is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Correction, ProposedTag


class Values(admin.AllValuesFieldListFilter):
    """Each value that there is, with a word for none."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("not given")}


class NeedsDecision(admin.SimpleListFilter):
    title = _("decisions")
    parameter_name = "undecided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("some are waiting")), ("no", _("all are taken"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(undecided__gt=0)
            case "no":
                return queryset.filter(undecided=0)
        return queryset


class SuggestedTags(admin.SimpleListFilter):
    title = _("suggested tags")
    parameter_name = "suggested_tags"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("some are waiting"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        waiting = ProposedTag.objects.undecided().values("article")
        return queryset.filter(pk__in=waiting) if self.value() == "yes" else queryset


class Assigned(admin.SimpleListFilter):
    title = _("assigned")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("my articles")), ("nobody", _("to nobody")), ("overdue", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "me":
                return queryset.filter(assignee=request.user.pk)
            case "nobody":
                return queryset.filter(assignee=None)
            case "overdue":
                return queryset.filter(due__lt=timezone.now()).exclude(status__in=["published", "withdrawn"])
        return queryset


class Corrected(admin.SimpleListFilter):
    title = _("corrections")
    parameter_name = "corrected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("corrected")), ("reported", _("with an open error report"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(is_corrected=True)
            case "reported":
                return queryset.filter(error_reports__state="open").distinct()
        return queryset


def is_corrected() -> Exists:
    return Exists(Correction.objects.filter(article=OuterRef("pk")))
