from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.site.paging import page_of
from articles.site.search import KINDS, found

PER_PAGE = 10
PER_KIND = 5


def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    chosen = KINDS.get(request.GET.get("kind", ""))
    results = {kind.name: found(kind, words) for kind in KINDS.values()}
    counts = [(kind, results[kind.name].count()) for kind in KINDS.values()]
    context: dict[str, Any] = {
        "words": words,
        "chosen": chosen,
        "kinds": counts,
        "total": sum(count for _, count in counts),
    }
    if chosen:
        context["page"] = page_of(request, results[chosen.name], PER_PAGE)
    else:
        context["best"] = [(kind, list(results[kind.name][:PER_KIND])) for kind in KINDS.values()]
    return render(request, "articles/search.html", context)
