from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from articles.exporting.addresses import Addresses
from articles.models import Article, Correction
from articles.site.api import schemas
from articles.site.api.building import article_ref, correction_note, entity_ref
from articles.site.api.paging import Number, Paging, page_of
from articles.site.api.problems import LISTED, MAY_GO, IsWithdrawn

router = Router(tags=["corrections"])


@router.get("", response={200: schemas.Listed[schemas.Correction], **LISTED})
def corrections(request: HttpRequest, asked: Query[Paging]) -> Any:
    """What was wrong in published articles and what is right, the latest first."""
    return page_of(request, Correction.objects.public().for_page(), asked, correction_of)


@router.get("/{number}", response={200: schemas.Correction, **MAY_GO})
def correction(request: HttpRequest, number: Path[Number]) -> Any:
    """One correction, with the quotations and names that it touches."""
    found = Correction.objects.public().for_page().filter(pk=number).first()
    if found:
        return correction_of(found, Addresses.of(request))
    if withdrawn := Article.objects.withdrawn().filter(corrections=number).first():
        raise IsWithdrawn(withdrawn)
    raise Http404


def correction_of(correction: Any, at: Addresses) -> schemas.Correction:
    return schemas.Correction(
        **dict(correction_note(correction, correction.article, at)),
        article=article_ref(correction.article, at),
        quotations=[at.record("quotations", quote.pk) for quote in correction.shown_quotes],
        entities=[entity_ref(entity, at) for entity in correction.shown_entities],
    )
