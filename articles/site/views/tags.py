from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article, Quote, Tag
from articles.models.mentions import LATEST, mention
from articles.site.beside import beside_tag
from articles.site.coverage import coverage_of
from articles.site.keyset import page_from
from articles.site.stored_parts import keeps_parts


def tag_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    tags = Tag.objects.public().order_by("name", "pk")
    return render(request, "articles/tag_list.html", {"tags": page_from(request, tags, 100)})


@keeps_parts(heeds_query=True)
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.at(slug)
    if found and found.slug != slug:
        return redirect(found, permanent=True)
    tag = get_object_or_404(Tag.objects.public(), slug=slug)
    mention(f"tag:{tag.pk}")
    articles = Article.objects.published().covering_tag(tag)
    quotes = Quote.objects.public().said_under(tag).for_brief_list()
    context = {
        "tag": tag,
        "articles": page_from(request, articles, 10),
        "quotes": page_from(request, quotes, 5, name="quotes"),
        "beside": beside_tag(tag),
        "coverage": None if request.GET else coverage_of(tag.coverage.filter(is_borne=True)),
    }
    return render(request, "articles/tag.html", context)
