from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.site.lost import lost_at


def lost(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no page: a search for the words of its address, and pages that it may have been."""
    found = lost_at(request.path)
    context = {"exception": exception, "words": found.words, "records": found.records}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)
