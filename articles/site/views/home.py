from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Location, Organisation, Person, Quote, Tag
from articles.models.mentions import LATEST, mention
from articles.site.front import front_page

# What counts as news: the names and topics of this many latest articles.
RECENT = 30


def home(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    recent = Article.objects.published().latest_first()[:RECENT]
    front = front_page()
    quotes = Quote.objects.public().striking().for_list().latest_first()
    return render(
        request,
        "articles/home.html",
        {
            "front": front,
            "people": Person.objects.shown_in(recent)[:8],
            "organisations": Organisation.objects.shown_in(recent)[:8],
            "locations": Location.objects.shown_in(recent)[:8],
            "tags": Tag.objects.on_articles(recent)[:12],
            "quote": quotes.exclude(article=front.lead).first(),
        },
    )
