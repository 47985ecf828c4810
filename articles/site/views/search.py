from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.searching.asking import SearchUnavailable
from articles.searching.finding import MANY, SAMPLE, facets_among
from articles.site.facets import boxes
from articles.site.search import KINDS, NARROWED, Question, read_question, results_of

RETRY_AFTER = 60  # seconds


def search(request: HttpRequest) -> HttpResponse:
    question = read_question(request.GET.dict())
    try:
        return _found(request, question)
    except SearchUnavailable:
        context = {"question": question, "words": question.text}
        page = render(request, "articles/searching/unavailable.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
        page["Retry-After"], page["Cache-Control"] = str(RETRY_AFTER), "no-store"
        return page


def _found(request: HttpRequest, question: Question) -> HttpResponse:
    results = results_of(question, request.GET.get("page", ""))
    context = {"question": question, "results": results, "words": question.text, "many": MANY}
    faceted = question.kind or KINDS["articles"]
    if results.total and faceted.name in NARROWED:
        among = facets_among(question.search, faceted.kind)
        context["boxes"] = boxes(among, question.chosen, question.addresses_within())
        context["is_sample"] = among.total >= SAMPLE
        context["faceted"] = faceted
    return render(request, "articles/searching/search.html", context)
