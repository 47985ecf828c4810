from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Section, Series, Tag
from articles.models.mentions import mention
from articles.site.front import in_the_news
from articles.site.keyset import page_from
from articles.site.stored_parts import keeps_parts

# The lead, four beside it, and the rest in two columns.
STORIES = 21
BESIDE = 8


@keeps_parts(heeds_query=True)
def section(request: HttpRequest, slug: str) -> HttpResponse:
    section = get_object_or_404(Section, slug=slug)
    mention(f"section:{section.pk}")
    articles = Article.objects.published().in_section(section)
    latest = articles.latest_first()
    page = page_from(request, latest.for_home(), STORIES)
    context = {
        "section": section,
        "articles": page,
        "people": in_the_news([article.pk for article in page])["people"],
        "tags": Tag.objects.on_articles(Article.objects.filter(pk__in=[article.pk for article in page]))[:BESIDE],
    }
    return render(request, "articles/section.html", context)


@keeps_parts(heeds_query=False)
def series(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series, slug=slug)
    mention(f"series:{series.pk}")
    parts = Article.objects.published().parts_of(series).for_home()
    return render(request, "articles/series.html", {"series": series, "parts": parts})
