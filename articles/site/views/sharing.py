"""What is shown of the site elsewhere: cards and embedded quotations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article, Quote
from articles.models.mentions import mention
from articles.site.embedding import as_xml, embedded
from articles.site.share_cards import Card, as_png


@require_safe
@conditional_page
def article_card(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published().for_title(), slug=slug)
    mention(f"article:{article.pk}")
    return HttpResponse(as_png(Card(article.headline)), content_type="image/png")


@require_safe
@conditional_page
def quotation_card(request: HttpRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(Quote.objects.public().for_list(), pk=pk)
    mention(f"quote:{pk}", f"article:{quote.article_id}")
    if quote.speaker:
        mention(f"name:{quote.speaker_id}")
    speaker = quote.speaker.name if quote.speaker else quote.source
    card = Card(quote.text, speaker, quote.speaker_role or "", is_quotation=True)
    return HttpResponse(as_png(card), content_type="image/png")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What another site shows of an address of ours; any page of any origin may ask."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _open(HttpResponse("Formats are json and xml.", status=501, content_type="text/plain"))
    said = embedded(request.GET.get("url", ""), request.GET.get("maxwidth", ""), request)
    if said is None:
        return _open(HttpResponse("There is nothing of ours.", status=404, content_type="text/plain"))
    if form == "json":
        return _open(JsonResponse(said, json_dumps_params={"ensure_ascii": False}))
    return _open(HttpResponse(as_xml(said), content_type="text/xml; charset=utf-8"))


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
