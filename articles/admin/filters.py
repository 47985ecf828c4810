"""By what the list of articles is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField, Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles.models import Appearance, Article, Correction, ProposedTag, Quote, Role


class Values(admin.AllValuesFieldListFilter):
    """Each value that there is, with a word for none."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("not given")}


class Dates(admin.DateFieldListFilter):
    """Today, the past days, and each year from the first to the last; of the year that was chosen, its months.

    Django's `date_hierarchy` asks all rows for the years they are of; this asks an index for its two ends.
    """

    def __init__(self, field: Any, *rest: Any, **path: Any) -> None:
        self._in_days = not isinstance(field, DateTimeField)
        super().__init__(field, *rest, **path)
        anything, today, week, _month, _year, *whether = self.links
        self.links = (anything, today, week, *self._years(field), *whether)

    def _years(self, field: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        rows = field.model._default_manager
        # Asked for one by one, each is the end of an index on SQLite as well.
        ends = [rows.aggregate(end=end(field.name))["end"] for end in (Min, Max)]
        if None in ends:
            return
        first, last = (end.year if self._in_days else timezone.localtime(end).year for end in ends)
        for year in range(last, first - 1, -1):
            yield self._between(str(year), (year, 1), (year + 1, 1))
            if self._chosen() == str(year):
                for month in range(12, 0, -1):
                    name = date_format(date(year, month, 1), "F Y")
                    yield self._between(name, (year, month), (year + month // 12, month % 12 + 1))

    def _chosen(self) -> str:
        """The year of the dates that are shown, where all are of one."""
        since, until = (self.date_params.get(name, "") for name in (self.lookup_kwarg_since, self.lookup_kwarg_until))
        return since[:4] if until and until > since else ""

    def _between(self, name: str, since: tuple[int, int], until: tuple[int, int]) -> tuple[str, dict[str, Any]]:
        begins, ends = (date(*month, 1) for month in (since, until))
        if not self._in_days:
            begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (begins, ends))
        return name, {self.lookup_kwarg_since: begins, self.lookup_kwarg_until: ends}


def undecided_articles(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` of which something waits for a decision, those that came first first."""
    return articles.filter(pk__in=_waiting()).order_by("pk")


def _waiting() -> QuerySet[Any]:
    """The numbers of these articles: read from what waits, and not from all articles."""
    models: tuple[type[Any], ...] = (Appearance, Quote, ProposedTag, Role)
    waiting = [model.objects.undecided().order_by().values("article") for model in models]
    numbers: QuerySet[Any] = waiting[0].union(*waiting[1:], all=True)
    return numbers


class NeedsDecision(admin.SimpleListFilter):
    title = _("decisions")
    parameter_name = "undecided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("some are waiting")), ("no", _("all are taken"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(pk__in=_waiting())
            case "no":
                return queryset.exclude(pk__in=_waiting())
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
