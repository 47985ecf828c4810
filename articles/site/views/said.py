from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from articles.models import Entity, Location, Organisation, Person, Quote, Tag
from articles.models.mentions import mention
from articles.site.keyset import page_from
from articles.site.limits import seconds_to_wait
from articles.site.periods import Period, periods_of
from articles.site.said import Subject, speaker_asked
from articles.site.views.entities import public_or_merged

QUOTES = 10
DOWNLOADS_PER_MINUTE = 10
KINDS: dict[str, type[Any]] = {"person": Person, "organisation": Organisation, "location": Location}


def said(request: HttpRequest, kind: str, slug: str) -> HttpResponseBase:
    """Who said what about it: all speakers, one, or two side by side."""
    record = _record(request, kind, slug)
    if isinstance(record, HttpResponseBase):
        return record
    mention(f"tag:{record.pk}" if kind == "tag" else f"entity:{record.pk}")
    subject = Subject(record, Period.of(request))
    one = speaker_asked(request, "speaker")
    other = speaker_asked(request, "and") if one else None
    context: dict[str, Any] = {
        "subject": subject,
        "record": record,
        "kind": kind,
        "periods": periods_of(request, subject.dated),
        "one": one,
        "other": other if other != one else None,
        "speakers": subject.speakers(),
    }
    if not context["speakers"] and not (one or subject.period):
        raise Http404
    if one:
        context["quotes"] = page_from(request, subject.quotes(speaker=one).for_brief_list(), QUOTES)
    if context["other"]:
        rows = subject.quotes(speaker=context["other"]).for_brief_list()
        context["others"] = page_from(request, rows, QUOTES, name="other")
    return render(request, "articles/said.html", context)


def download(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponseBase:
    """The same as a table or as JSON, all of it."""
    record = _record(request, kind, slug, form)
    if isinstance(record, HttpResponseBase):
        return record
    wait = seconds_to_wait(request, "download", most=DOWNLOADS_PER_MINUTE, period=60)
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    quotes = Subject(record, Period.of(request)).all_quotes(speaker=speaker_asked(request, "speaker"))
    rows = (row_of(quote, request.build_absolute_uri) for quote in quotes)
    write, content_type = FORMS[form]
    response = StreamingHttpResponse(write(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{record.pk}-quotations.{form}"'
    return response


def _record(request: HttpRequest, kind: str, slug: str, form: str = "") -> Any:
    """The record or tag that readers have a page of, or a redirect from an address that it had."""
    if kind in KINDS:
        found = public_or_merged(KINDS[kind], slug)
        if not isinstance(found, HttpResponse):
            return found
        below = f"who-said-what.{form}" if form else "who-said-what/"
        return redirect(f"{found['Location']}{below}", permanent=True)
    tag = Tag.objects.at(slug)
    if not tag or not tag.article_count:
        raise Http404
    if tag.slug != slug:
        args = [tag.slug, form] if form else [tag.slug]
        return redirect(reverse("tag-table" if form else "tag-said", args=args), permanent=True)
    return tag


def row_of(quote: Quote, absolute: Callable[[str], str]) -> dict[str, Any]:
    article = quote.article
    moment = timezone.localtime(article.published or article.released)
    return {
        "date": moment.date().isoformat(),
        "speaker": quote.speaker.name if isinstance(quote.speaker, Entity) else "",
        "role": quote.speaker_role or "",
        "quotation": quote.text,
        "form": quote.form,
        "language": quote.spoken_language,
        "article": article.headline,
        "article_url": absolute(article.get_absolute_url()),
        "quotation_url": absolute(quote.get_absolute_url()),
    }


COLUMNS = ("date", "speaker", "role", "quotation", "form", "language", "article", "article_url", "quotation_url")
# What a spreadsheet takes for a formula when a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Echo:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """With a mark at the start by which spreadsheets know UTF-8; no cell is ever a formula."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([harmless(str(row[name])) for name in COLUMNS])


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"quotations": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


FORMS: dict[str, tuple[Callable[[Iterable[dict[str, Any]]], Iterator[str]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}
