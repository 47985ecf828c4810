"""How much was published about something, month by month and day by day, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format, get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from articles.drawing.calendar import year_strip
from articles.drawing.sparkline import Month, busiest, months_shown, sparkline
from articles.models.coverage import Coverage as Row
from articles.models.coverage import TagCoverage
from articles.site.archive import Month as CalendarMonth

# A single month has no course that could be drawn.
FEWEST = 2

Rows = QuerySet[Row] | QuerySet[TagCoverage]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The drawing, and the months that it shows with their numbers of articles, the latest first."""

    drawing: SafeString
    months: list[tuple[date, int]]


def coverage_of(rows: Rows) -> Coverage | None:
    """The course of what was published about a record or a topic; None where all of it is of one month."""
    counts = months_of(rows)
    shown = months_shown(counts)
    told = [(date(*month, 1), counts[month]) for month in reversed(shown) if counts.get(month)]
    if len(told) < FEWEST:
        return None
    return Coverage(mark_safe(sparkline(counts, label=_label(counts, shown))), told)  # nosec B308 B703


def months_of(rows: Rows) -> dict[Month, int]:
    """How many of the articles bear a date in each month, on the newsroom's clock."""
    months = rows.order_by().annotate(month=TruncMonth("moment")).values("month")
    counted = months.annotate(number=Count("pk")).values_list("month", "number")
    return {(month.year, month.month): number for month, number in counted if month}


def _label(counts: Mapping[Month, int], shown: list[Month]) -> str:
    first, last, most = shown[0], shown[-1], busiest(counts, shown)
    return gettext("Articles by month, %(first)s to %(last)s: %(total)d, most of them in %(most)s, %(number)d") % {
        "first": _month(first),
        "last": _month(last),
        "total": sum(counts.get(month, 0) for month in shown),
        "most": _month(most),
        "number": counts[most],
    }


def _month(month: Month) -> str:
    return date_format(date(*month, 1), "F Y")


def strip_of(year: int, months: Iterable[CalendarMonth]) -> SafeString:
    """The days of a year at a glance, above the calendar that tells each of them."""
    months = list(months)
    total = sum(month.number for month in months)
    label = ngettext("%(year)d, day by day: %(number)d article", "%(year)d, day by day: %(number)d articles", total)
    cells = (cell for month in months for week in month.weeks for cell in week if cell)
    strip = year_strip(
        year,
        {cell.day: cell.shade for cell in cells},
        label=label % {"year": year, "number": total},
        first_weekday=(get_format("FIRST_DAY_OF_WEEK") - 1) % 7,
    )
    return mark_safe(strip)  # nosec B308 B703
