from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Author
from articles.models.mentions import LATEST, mention
from articles.site.paging import page_of


def author_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    authors = Author.objects.public().for_list()
    return render(request, "articles/author_list.html", {"authors": page_of(request, authors, 60)})


def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author.objects.public().for_detail(), slug=slug)
    mention(f"author:{author.pk}")
    articles = Article.objects.published().by(author).latest_first().for_list()
    return render(request, "articles/author.html", {"author": author, "articles": page_of(request, articles, 20)})
