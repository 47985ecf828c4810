from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Article, Author
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from
from articles.site.stored_parts import keeps_parts


def author_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    authors = Author.objects.public().for_list()
    return render(request, "articles/author_list.html", {"authors": page_from(request, authors, 60)})


@keeps_parts(heeds_query=True)
def author(request: HttpRequest, slug: str) -> HttpResponse:
    author = get_object_or_404(Author.objects.public().for_detail(), slug=slug)
    mention(f"author:{author.pk}")
    articles = Article.objects.published().by(author).latest_first().for_list()
    context = {
        "author": author,
        "articles": page_from(request, articles, 20),
        "trail": [(gettext("Authors"), reverse("authors"))],
    }
    return render(request, "articles/author.html", context)
