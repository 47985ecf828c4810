from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from articles.editing.drawings import drawings_of, with_drawing
from articles.models import Article, DayCount, PreviewLink
from articles.models.access import visible
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from
from articles.site.reading import marked_body
from articles.site.related import read_on, ties_of
from articles.site.stored_parts import keeps_parts
from articles.site.whos_who import whos_who


def article_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    articles = Article.objects.published().latest_first().for_list()
    context = {"articles": page_from(request, articles, 20), "number": DayCount.objects.total()}
    return render(request, "articles/article_list.html", context)


@keeps_parts(heeds_query=False)
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = with_drawing(Article.objects.published().for_detail()).filter(slug=slug).first()
    if found:
        return article_page(request, found)
    withdrawn = Article.objects.withdrawn().filter(slug=slug).first()
    return withdrawn_page(request, withdrawn) if withdrawn else preview(request, slug)


@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft, for those who write and edit; under an embargo, for those who may see it."""
    if not request.user.has_perm("articles.change_article"):
        raise Http404
    articles = visible(Article.objects.for_detail(), request.user, article="pk")
    return article_page(request, get_object_or_404(articles, slug=slug))


def article_page(request: HttpRequest, article: Article, *, link: PreviewLink | None = None) -> HttpResponse:
    """`article` comes from `for_detail()`; `link` is the one that shows it to somebody who is no editor."""
    mention(f"article:{article.pk}", *ties_of(article))
    context = {
        "article": article,
        "link": link,
        "body": marked_body(article),
        "onward": read_on(article),
        "drawings": drawings_of(article),
        **whos_who(article),
    }
    return render(request, "articles/article.html", context)


def withdrawn_page(request: HttpRequest, article: Article) -> HttpResponse:
    """What stands in an article's place: that it is gone, since when and why; none of its words."""
    return render(request, "articles/withdrawn.html", {"article": article}, status=HTTPStatus.GONE)
