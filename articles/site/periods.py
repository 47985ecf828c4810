"""Years and months of a list, as links with numbers, and the list narrowed to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import Count, Max, Min, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article

YEARS = 40  # the latest, of which each is counted


Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows a list."""

    label: str
    address: str
    number: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Period:
    """What an address asks for: a year, a month of it, or all."""

    year: int | None = None
    month: int | None = None

    def __bool__(self) -> bool:
        return self.year is not None

    @classmethod
    def of(cls, request: HttpRequest) -> Period:
        year, month = _number(request, "year", 9998), _number(request, "month", 12)
        return cls(year, month if year else None)

    def narrowed(self, rows: Rows, moment: str = "moment") -> Rows:
        """Those of the rows whose `moment` lies in it."""
        if self.year is None:
            return rows
        start, end = bounds(self.year, self.month)
        return rows.filter(**{f"{moment}__gte": start, f"{moment}__lt": end})

    @property
    def label(self) -> str:
        if self.year is None:
            return ""
        return date_format(datetime(self.year, self.month, 1), "YEAR_MONTH_FORMAT") if self.month else str(self.year)


def _number(request: HttpRequest, name: str, most: int) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 and 0 < int(value) <= most else None


def bounds(year: int, month: int | None = None) -> tuple[datetime, datetime]:
    """The first moment of a year or month on the newsroom's clock, and that of the next."""
    zone = timezone.get_current_timezone()
    if month is None:
        return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Periods:
    """The years in which a list has something, the latest first, and the months of the one that is asked for."""

    years: list[Choice]
    months: list[Choice]
    asked: Period
    all_address: str


def periods_of(request: HttpRequest, rows: QuerySet[Any]) -> Periods:
    """`rows` have a `moment`, and an index by it; two queries."""
    asked = Period.of(request)
    span = rows.order_by().aggregate(first=Min("moment"), last=Max("moment"))
    years: list[Choice] = []
    months: list[Choice] = []
    if span["first"]:
        first, last = (timezone.localtime(span[end]).year for end in ("first", "last"))
        wanted: Wanted = {(year, None): bounds(year) for year in range(max(first, last - YEARS + 1), last + 1)}
        if asked.year and first <= asked.year <= last:
            wanted |= {(asked.year, month): bounds(asked.year, month) for month in range(1, 13)}
        counts = _counted(rows, wanted)
        years = [*_choices(request, counts, asked, is_month=False)][::-1]
        months = [*_choices(request, counts, asked, is_month=True)]
    return Periods(years, months, asked, _address(request, Period()))


Wanted = dict[tuple[int, int | None], tuple[datetime, datetime]]


def _counted(rows: QuerySet[Any], wanted: Wanted) -> dict[tuple[int, int | None], int]:
    """How many rows lie in each stretch: each is counted along the index, all in one query."""
    one = rows.order_by().annotate(all=Value(1)).values("all")
    counts = {
        f"in_{year}_{month or 0}": Coalesce(
            Subquery(
                one.filter(moment__gte=start.astimezone(UTC), moment__lt=end.astimezone(UTC))
                .annotate(number=Count("*"))
                .values("number")
            ),
            0,
        )
        for (year, month), (start, end) in wanted.items()
    }
    [found] = Article.objects.order_by("pk").annotate(**counts).values_list(*counts)[:1]
    return dict(zip(wanted, found, strict=True))


def _choices(
    request: HttpRequest, counts: dict[tuple[int, int | None], int], asked: Period, *, is_month: bool
) -> Iterator[Choice]:
    for (year, month), number in counts.items():
        if number and (month is not None) == is_month:
            label = date_format(datetime(year, month, 1), "F") if month else str(year)
            period = Period(year, month)
            is_current = period == asked or (period.month is None and period.year == asked.year)
            yield Choice(label, _address(request, period), number, is_current)


def _address(request: HttpRequest, period: Period) -> str:
    """The address of the list in another period, from its first page on."""
    query: QueryDict = request.GET.copy()
    for name in ("year", "month", "page", "other", "articles"):
        query.pop(name, None)
    if period.year:
        query["year"] = str(period.year)
    if period.month:
        query["month"] = str(period.month)
    return f"?{query.urlencode()}" if query else request.path
