from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.mentions import LATEST, mention
from articles.site.about import amounts, measured


def about_the_data(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    return render(request, "articles/about_the_data.html", {"measured": measured(), "amounts": list(amounts())})
