from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article, Location, Organisation, Person, Quote, Tag
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from
from articles.site.paging import page_of

BESIDE = 10


def tag_list(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    tags = Tag.objects.public().order_by("name", "pk")
    return render(request, "articles/tag_list.html", {"tags": page_from(request, tags, 100)})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.at(slug)
    if found and found.slug != slug:
        return redirect(found, permanent=True)
    tag = get_object_or_404(Tag.objects.public(), slug=slug)
    mention(f"tag:{tag.pk}")
    articles = Article.objects.published().under(tag)
    context = {
        "tag": tag,
        "articles": page_of(request, articles.latest_first().for_list(), 10),
        "people": Person.objects.under(tag)[:BESIDE],
        "organisations": Organisation.objects.under(tag)[:BESIDE],
        "locations": Location.objects.under(tag)[:BESIDE],
        "quotes": page_of(request, Quote.objects.public().under(tag).for_list().latest_first(), 5, name="quotes"),
        "related": Tag.objects.on_articles(articles).exclude(pk=tag.pk)[:BESIDE],
    }
    return render(request, "articles/tag.html", context)
