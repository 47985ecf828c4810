from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Correction
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from


def corrections(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What was put right, the latest first; of one year, where one is asked for."""
    mention(LATEST)
    years = Correction.objects.public().by_year()
    if year is not None and year not in years:
        raise Http404(f"no correction in {year}")
    rows = Correction.objects.public().for_page()
    context = {
        "year": year,
        "years": years,
        "kinds": [(Correction.Kind(kind).label, number) for kind, number in years.get(year or 0, {}).items()],
        "corrections": page_from(request, rows.in_year(year) if year else rows, 20),
        "trail": [(gettext("Corrections"), reverse("corrections"))] if year else [],
    }
    return render(request, "articles/correction_list.html", context)
