from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.models import DayCount
from articles.models.mentions import mention
from articles.site.archive import (
    articles_between,
    last_of_month,
    month_of,
    months_of,
    neighbours,
    weekdays,
    years,
)
from articles.site.coverage import strip_of
from articles.site.keyset import page_from

STORIES = 30

Trail = list[tuple[str, str]]


def archive(request: HttpRequest) -> HttpResponse:
    found = years()
    context = {"years": found, "number": sum(year.number for year in found)}
    return render(request, "articles/archive.html", context)


def year(request: HttpRequest, year: int) -> HttpResponse:
    months = months_of(year) if year else []
    if not months:
        raise Http404(f"no article of {year}")
    context = {
        "year": year,
        "months": months,
        "strip": strip_of(year, months),
        "number": sum(month.number for month in months),
        "weekdays": weekdays(),
        "beside": neighbours(date(year, 1, 1), date(year, 12, 31)),
        "trail": trail(),
    }
    return render(request, "articles/archive_year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = day_or_404(year, month, 1)
    mention(f"month:{first:%Y-%m}")
    counts = {day: number for day, number in DayCount.objects.by_day(year).items() if day.month == month}
    if not counts:
        raise Http404(f"no article of {first:%B %Y}")
    last = last_of_month(first)
    context = {
        "first": first,
        "month": month_of(first, counts, max(counts.values())),
        "weekdays": weekdays(),
        "articles": page_from(request, articles_between(first, last).for_list(), STORIES),
        "beside": neighbours(first, last),
        "trail": trail(first, "year"),
    }
    return render(request, "articles/archive_month.html", context)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    asked = day_or_404(year, month, day)
    mention(f"day:{asked}")
    number = DayCount.objects.filter(day=asked).values_list("number", flat=True).first()
    if not number:
        raise Http404(f"no article of {asked}")
    context = {
        "day": asked,
        "number": number,
        "articles": page_from(request, articles_between(asked, asked).for_list(), STORIES),
        "beside": neighbours(asked, asked),
        "trail": trail(asked, "year", "month"),
    }
    return render(request, "articles/archive_day.html", context)


def day_or_404(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404(str(error)) from None


def trail(day: date | None = None, *wider: str) -> Trail:
    """The archive, and of a day its year and month, as far as they are wider than the page."""
    steps = [(gettext("Archive"), reverse("archive"))]
    if day and "year" in wider:
        steps.append((str(day.year), reverse("archive-year", args=[day.year])))
    if day and "month" in wider:
        steps.append((date_format(day, "F"), reverse("archive-month", args=[day.year, day.month])))
    return steps
