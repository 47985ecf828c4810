from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Quote
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from
from articles.site.reading import surroundings
from articles.site.told import told
from articles.site.views.articles import withdrawn_page

MORE = 5


def quotations(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    quotes = Quote.objects.public().for_list().latest_first()
    return render(request, "articles/quotation_list.html", {"quotes": page_from(request, quotes, 20)})


def quotation(request: HttpRequest, pk: int) -> HttpResponse:
    quote = Quote.objects.public().for_detail().filter(pk=pk).first()
    if quote is None:
        withdrawn = Quote.objects.shown().filter(article__in=Article.objects.withdrawn().values("pk"))
        return withdrawn_page(request, get_object_or_404(withdrawn.select_related("article"), pk=pk).article)
    mention(f"quote:{quote.pk}", f"article:{quote.article_id}", f"entity:{quote.speaker_id}")
    context = {
        "quote": quote,
        "told": told(quote),
        "paragraphs": surroundings(quote),
        "more": Quote.objects.public().by_same_speaker(quote).for_list().latest_first()[:MORE],
        "address": request.build_absolute_uri(quote.get_absolute_url()),
    }
    return render(request, "articles/quotation.html", context)
