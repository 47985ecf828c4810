from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from articles.models import Article
from articles.site.reporting import ReportForm, is_too_often


@never_cache
def report(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), slug=slug)
    form = ReportForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not is_too_often(request):
            form.send(article)
            return redirect("report-sent", slug=slug)
        form.add_error(None, gettext("Many reports came from your network within the hour. Please send yours later."))
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "articles/report.html", {"article": article, "form": form}, status=status)


@never_cache
def report_sent(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), slug=slug)
    return render(request, "articles/report_sent.html", {"article": article})
