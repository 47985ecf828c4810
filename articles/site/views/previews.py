from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control

from articles.editing.previews import find_link
from articles.models import Article
from articles.site.views.articles import article_page
from articles.site.views.media import PREVIEW_COOKIE, PREVIEW_PATH


@cache_control(private=True, no_store=True)
def preview_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """An unpublished article, for whoever has the address; once it is published, its own page."""
    link = find_link(secret)
    article = Article.objects.for_detail().filter(pk=link.article_id).first() if link else None
    if article is None or article.is_withdrawn:
        raise Http404
    if article.is_published:
        return redirect(article)
    response = article_page(request, article, link=link)
    response.set_cookie(
        PREVIEW_COOKIE, secret, path=PREVIEW_PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
