from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from articles.site import sitemaps
from articles.site.addresses import whole

XML = "application/xml; charset=utf-8"
# The desk, what is made for whoever asks, and what nobody is to find.
KEPT_OUT = ("/admin/", "/preview/", "/search/", "/api/v1/", "/oembed", "/reconcile")


@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemaps.index(request), content_type=XML)


@require_safe
@conditional_page
def part(request: HttpRequest, name: str) -> HttpResponse:
    content = sitemaps.part(name, request)
    if not content:
        raise Http404
    return HttpResponse(content, content_type=XML)


@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemaps.news(request), content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    kept_out = [f"Disallow: {path}" for path in KEPT_OUT]
    files = [f"Sitemap: {whole(request, reverse(name))}" for name in ("sitemap", "news-sitemap")]
    lines = ["User-agent: *", *kept_out, "", *files, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
