from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Quote
from articles.models.mentions import LATEST, mention
from articles.models.review import SHOWN
from articles.site.former_quotes import was_seen, what_became_of
from articles.site.keyset import page_from
from articles.site.reading import surroundings
from articles.site.stored_parts import keeps_parts
from articles.site.told import told
from articles.site.views.articles import withdrawn_page

MORE = 5
# Of somebody who is quoted every day, so many of the latest quotations are looked through for the same topics.
LOOKED_THROUGH = 200


def quotations(request: HttpRequest) -> HttpResponse:
    mention(LATEST)
    quotes = Quote.objects.public().for_list().latest_first()
    return render(request, "articles/quotation_list.html", {"quotes": page_from(request, quotes, 20)})


@keeps_parts(heeds_query=False)
def quotation(request: HttpRequest, pk: int) -> HttpResponse:
    quote = Quote.objects.public().for_detail().filter(pk=pk).first()
    if quote is None:
        return former_quotation(request, get_object_or_404(Quote.objects.select_related("article"), pk=pk))
    mention(f"quote:{quote.pk}", f"article:{quote.article_id}", f"entity:{quote.speaker_id}")
    theirs = Quote.objects.public().by_same_speaker(quote, LOOKED_THROUGH)
    related = list(theirs.on_topics_of(quote).for_list().latest_first()[:MORE])
    others = theirs.exclude(pk__in=[each.pk for each in related]).for_list().latest_first()
    context = {
        "quote": quote,
        "told": told(quote),
        "paragraphs": surroundings(quote),
        "related": related,
        "more": others[: MORE - len(related)] if len(related) < MORE else [],
        "address": request.build_absolute_uri(quote.get_absolute_url()),
        "trail": [(gettext("Quotations"), reverse("quotations"))],
    }
    return render(request, "articles/quotation.html", context)


def former_quotation(request: HttpRequest, quote: Quote) -> HttpResponse:
    """What stands in a quotation's place: what it became, or that it is gone; none of its words."""
    if quote.article.is_withdrawn and quote.state in SHOWN:
        return withdrawn_page(request, quote.article)
    if not quote.article.is_published or not was_seen(quote):
        raise Http404(f"quotation {quote.pk} is not for readers")
    heir = what_became_of(quote)
    if heir:
        return redirect(heir, permanent=True)
    return render(request, "articles/quotation_gone.html", {"article": quote.article}, status=HTTPStatus.GONE)
