from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Author, Location, Organisation, Person, Section, Series, Tag
from articles.site.addresses import site_of
from articles.site.feeds import subjects
from articles.site.feeds.entries import Feed
from articles.site.feeds.formats import TYPES, written

# For each kind of record that is followed: those that have a page.
RECORDS: dict[str, Callable[[], QuerySet[Any]]] = {
    "people": lambda: Person.objects.public(),
    "organisations": lambda: Organisation.objects.public(),
    "places": lambda: Location.objects.public(),
    "tags": lambda: Tag.objects.public(),
    "authors": lambda: Author.objects.public(),
    "sections": lambda: Section.objects.all(),
    "series": lambda: Series.objects.all(),
}
SPEAKERS = ("people", "organisations", "places")


def latest(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(request, form, subjects.latest)


def latest_quotes(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(request, form, subjects.latest_quotes)


def latest_corrections(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(request, form, subjects.latest_corrections)


def of_record(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    """The articles that a page lists. Where the page is elsewhere now, so is its feed (`articles/site/moved.py`)."""
    record = get_object_or_404(RECORDS[kind](), slug=slug)
    return _answer(request, form, lambda: subjects.articles_about(record))


def quotes_of_record(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    record = get_object_or_404(RECORDS[kind](), slug=slug)
    return _answer(request, form, lambda: subjects.quotes_by(record))


@require_safe
@conditional_page
def _answer(request: HttpRequest, form: str, build: Callable[[], Feed]) -> HttpResponse:
    content = written(build(), form, site_of(request))
    return HttpResponse(content, content_type=f"{TYPES[form]}; charset=utf-8")
