from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Correction
from articles.models.mentions import LATEST, mention
from articles.site.paging import page_of


def corrections(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    rows = Correction.objects.public().for_page()
    return render(request, "articles/correction_list.html", {"corrections": page_of(request, rows, 20)})
