from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from articles.editing.drawings import drawings_of
from articles.models import Article, DayCount, PreviewLink
from articles.models.access import visible
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from
from articles.site.reading import marked_body
from articles.site.related import related_articles, ties_of
from articles.site.series import place_in_series
from articles.site.stored_parts import Parts, parts_of_page
from articles.site.whos_who import whos_who


def article_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    articles = Article.objects.published().latest_first().for_list()
    context = {"articles": page_from(request, articles, 20), "number": DayCount.objects.total()}
    return render(request, "articles/article_list.html", context)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = Article.objects.published().for_title().filter(slug=slug).first()
    if found:
        return published_page(request, found)
    withdrawn = Article.objects.withdrawn().filter(slug=slug).first()
    return withdrawn_page(request, withdrawn) if withdrawn else preview(request, slug)


def published_page(request: HttpRequest, article: Article) -> HttpResponse:
    mention(f"article:{article.pk}")
    parts = parts_of_page(request, lambda: published_parts(request, article.pk))
    return render(request, "articles/article.html", {"article": article, "parts": parts})


def published_parts(request: HttpRequest, number: int) -> Parts:
    return article_parts(request, get_object_or_404(Article.objects.published().for_detail(), pk=number))


@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft, for those who write and edit; under an embargo, for those who may see it."""
    if not request.user.has_perm("articles.change_article"):
        raise Http404
    articles = visible(Article.objects.for_detail(), request.user, article="pk")
    return preview_page(request, get_object_or_404(articles, slug=slug))


def preview_page(request: HttpRequest, article: Article, *, link: PreviewLink | None = None) -> HttpResponse:
    """`link` is the one that shows it to somebody who is no editor."""
    context = {"article": article, "link": link, "parts": article_parts(request, article, link=link)}
    return render(request, "articles/article.html", context)


def article_parts(request: HttpRequest, article: Article, *, link: PreviewLink | None = None) -> Parts:
    """What the page says in its head, and its content; `article` comes from `for_detail()`."""
    mention(f"article:{article.pk}", *ties_of(article))
    context = {
        "article": article,
        "link": link,
        "body": marked_body(article),
        "related": related_articles(article),
        "series": place_in_series(article),
        "drawings": drawings_of(article),
        **whos_who(article),
    }
    return {
        "head": render_to_string("articles/_article_head.html", context, request),
        "content": render_to_string("articles/_article.html", context, request),
    }


def withdrawn_page(request: HttpRequest, article: Article) -> HttpResponse:
    """What stands in an article's place: that it is gone, since when and why; none of its words."""
    return render(request, "articles/withdrawn.html", {"article": article}, status=HTTPStatus.GONE)
