from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Router

from articles.exporting.addresses import Addresses
from articles.models import Article, Entity, Quote, Tag
from articles.models.quotes import QuoteQuerySet
from articles.searching.finding import MANY, public_keys
from articles.searching.places import Kind
from articles.searching.queries import read_query
from articles.site.api import schemas
from articles.site.api.building import article_ref, correction_note, spoken, tag_ref
from articles.site.api.paging import Number, Period, Slug, Words, page_of
from articles.site.api.problems import MAY_GO, SEARCHED, IsWithdrawn

router = Router(tags=["quotations"])


class QuotationFilters(Period):
    q: Words | None = Field(None, description=f"Words that it has, as in the site’s search: of the newest {MANY:,}.")
    speaker: Number | None = Field(None, description="Who says it: a person, an organisation or a place.")
    article: Number | None = Field(None, description="The article that it stands in.")
    tag: Slug | None = Field(None, description="A tag of the quotation or of its article.")


@router.get("", response={200: schemas.Listed[schemas.QuotationSummary], **SEARCHED})
def quotations(request: HttpRequest, asked: Query[QuotationFilters]) -> Any:
    """Quotations in published articles, the latest first; those that fit everything asked for."""
    rows = wanted(Quote.objects.public().latest_first().for_list(), asked)
    return page_of(request, rows, asked, quotation_summary)


@router.get("/{number}", response={200: schemas.Quotation, **MAY_GO})
def quotation(request: HttpRequest, number: Path[Number]) -> Any:
    """One quotation, with its tags and what was corrected about it."""
    found = Quote.objects.public().for_api().filter(pk=number).first()
    if found:
        return whole_quotation(found, Addresses.of(request))
    withdrawn = Article.objects.withdrawn().filter(pk__in=Quote.objects.shown().filter(pk=number).values("article"))
    if article := withdrawn.first():
        raise IsWithdrawn(article)
    raise Http404


def wanted(rows: QuoteQuerySet, asked: QuotationFilters) -> QuoteQuerySet:
    if asked.q:
        rows = rows.filter(pk__in=public_keys(read_query(asked.q), Kind.QUOTATION))
    if asked.speaker:
        speaker = Entity.objects.filter(pk=asked.speaker).values_list("merged_into", flat=True).first()
        rows = rows.filter(speaker=speaker or asked.speaker)
    if asked.article:
        rows = rows.filter(article=asked.article)
    if asked.tag:
        tag = Tag.objects.at(asked.tag)
        rows = rows.under(tag) if tag else rows.none()
    return rows.between(asked.start, asked.end)


def quotation_summary(quote: Quote, at: Addresses) -> schemas.QuotationSummary:
    return schemas.QuotationSummary(**_summary(quote, at))


def whole_quotation(quote: Quote, at: Addresses) -> schemas.Quotation:
    return schemas.Quotation(
        **_summary(quote, at),
        language=quote.spoken_language,
        tags=[tag_ref(each.tag, at) for each in quote.public_tags],
        corrections=[correction_note(each, quote.article, at) for each in quote.corrections.all()],
    )


def _summary(quote: Quote, at: Addresses) -> dict[str, Any]:
    return {**dict(spoken(quote, quote.speaker_role, at)), "article": article_ref(quote.article, at)}
