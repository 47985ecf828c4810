"""The archive by date: years, months and days, with the number of articles that stand on each."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import get_format

from articles.models import Article, DayCount
from articles.models.article_queries import ArticleQuerySet
from articles.models.mentions import CALENDAR, mention

SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A day or a month: how many articles it has, and how dark it is among its like, from 0 for none to 5."""

    day: date
    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    number: int
    months: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month as a calendar prints them; `None` stands for the days of its neighbours."""

    day: date
    number: int
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest day, month or year on either side that has articles, by its first day."""

    earlier: date | None
    later: date | None


def years() -> list[Year]:
    """All the years that have articles, the latest first, each with its twelve months."""
    mention(CALENDAR)
    counts = DayCount.objects.by_month()
    most = max(counts.values(), default=0)
    found = []
    for year, months in groupby(counts, key=lambda month: month.year):
        mention(f"year:{year}")
        number = sum(counts[month] for month in months)
        firsts = [date(year, month, 1) for month in range(1, 13)]
        found.append(Year(year, number, [cell(day, counts, most) for day in firsts]))
    return found


def months_of(year: int) -> list[Month]:
    """The months of a year that have articles, in their order."""
    mention(CALENDAR, f"year:{year}")
    counts = DayCount.objects.by_day(year)
    most = max(counts.values(), default=0)
    return [month_of(day, counts, most) for day in sorted({day.replace(day=1) for day in counts})]


def month_of(first: date, counts: Mapping[date, int], most: int) -> Month:
    weeks = Calendar(get_format("FIRST_DAY_OF_WEEK") - 1).monthdatescalendar(first.year, first.month)
    return Month(
        first,
        sum(number for day, number in counts.items() if day.replace(day=1) == first),
        [[cell(day, counts, most) if day.month == first.month else None for day in week] for week in weeks],
    )


def cell(day: date, counts: Mapping[date, int], most: int) -> Cell:
    number = counts.get(day, 0)
    return Cell(day, number, -(-number * SHADES // most) if most else 0)


def weekdays() -> list[date]:
    """A day of each name, in the order in which a week is printed: for the heads of a calendar's columns."""
    start = date(2024, 1, 1) + timedelta(days=get_format("FIRST_DAY_OF_WEEK") - 1)
    return [start + timedelta(days=number) for number in range(7)]


def articles_between(first: date, last: date) -> ArticleQuerySet:
    """Published articles of these days, by the newsroom's clock; the latest first."""
    zone = timezone.get_current_timezone()
    end = datetime.combine(last, time.max, zone)
    return Article.objects.published().between(datetime.combine(first, time.min, zone), end).latest_first()


def neighbours(first: date, last: date) -> Neighbours:
    mention(CALENDAR)
    following = last + timedelta(days=1) if last < date.max else None
    return Neighbours(DayCount.objects.before(first), DayCount.objects.after(following) if following else None)


def last_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
