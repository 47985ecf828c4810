from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Quote, Tag
from articles.models.mentions import LATEST, mention
from articles.site.front import front_page, in_the_news
from articles.site.stored_parts import keeps_parts

TOPICS = 12


@keeps_parts(heeds_query=False)
def home(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    front = front_page()
    quotes = Quote.objects.public().striking().filter(article__in=front.newest).for_list().latest_first()
    context = {
        "front": front,
        "quote": quotes.exclude(article=front.lead).first(),
        "tags": Tag.objects.on_articles(Article.objects.filter(pk__in=front.newest))[:TOPICS],
        **in_the_news(front.newest),
    }
    return render(request, "articles/home.html", context)
