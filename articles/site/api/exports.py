"""Articles and records in the formats of others: ninjs, NewsML-G2, Markdown, FollowTheMoney."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from articles.exporting import followthemoney
from articles.exporting.addresses import Addresses
from articles.exporting.markdown import as_document
from articles.exporting.newsml import as_newsml
from articles.exporting.ninjs import as_ninjs
from articles.models import Location, Organisation, Person, Role
from articles.models.roles import RoleQuerySet
from articles.site.api.articles import published_or_gone
from articles.site.api.entities import public_or_moved
from articles.site.api.paging import Number
from articles.site.api.problems import MAY_GO, MAY_MOVE

router = Router(tags=["exports"])

NINJS, FTM = "application/json", "application/json+ftm"
NEWSML = "application/vnd.iptc.g2.newsitem+xml"
MARKDOWN = "text/markdown"
# Of one record, the latest printed.
MOST_TITLES = 500


def answering(kind: str, others: dict[int, Any]) -> dict[str, Any]:
    """What the description says: a text of this kind, or one of the other answers."""
    schema = {"type": "object"} if kind == NINJS else {"type": "string"}
    answer = {"description": "OK", "content": {kind: {"schema": schema}}}
    return {"response": {200: None, **others}, "openapi_extra": {"responses": {200: answer}}}


@router.get("/articles/{number}/ninjs.json", url_name="article-ninjs", **answering(NINJS, MAY_GO))
def article_ninjs(request: HttpRequest, number: Path[Number]) -> Any:
    """One article as ninjs 3.0, the IPTC’s News in JSON."""
    said = as_ninjs(published_or_gone(number), Addresses.of(request))
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type=NINJS)


@router.get("/articles/{number}/newsml.xml", url_name="article-newsml", **answering(NEWSML, MAY_GO))
def article_newsml(request: HttpRequest, number: Path[Number]) -> Any:
    """One article as NewsML-G2, names and quotations marked in its text."""
    return HttpResponse(as_newsml(published_or_gone(number), Addresses.of(request)), content_type=NEWSML)


@router.get("/articles/{number}/story.md", url_name="article-markdown", **answering(MARKDOWN, MAY_GO))
def article_markdown(request: HttpRequest, number: Path[Number]) -> Any:
    """One article as Markdown, what is known of it as front matter."""
    said = as_document(published_or_gone(number), Addresses.of(request))
    return HttpResponse(said, content_type=f"{MARKDOWN}; charset=utf-8")


@router.get("/articles/{number}/ftm.json", url_name="article-ftm", **answering(FTM, MAY_GO))
def article_ftm(request: HttpRequest, number: Path[Number]) -> Any:
    """One article and its mentions of records as entities of FollowTheMoney, one a line."""
    return as_lines(followthemoney.article_lines(published_or_gone(number), Addresses.of(request)))


@router.get("/people/{number}/ftm.json", url_name="person-ftm", **answering(FTM, MAY_MOVE))
def person_ftm(request: HttpRequest, number: Path[Number]) -> Any:
    """One person, their titles and what these name, as entities of FollowTheMoney, one a line."""
    found = public_or_moved(Person, number, Addresses.of(request))
    return record_ftm(request, found, Role.objects.public().filter(person=found))


@router.get("/organisations/{number}/ftm.json", url_name="organisation-ftm", **answering(FTM, MAY_MOVE))
def organisation_ftm(request: HttpRequest, number: Path[Number]) -> Any:
    """One organisation, the titles held there and by whom, as entities of FollowTheMoney, one a line."""
    found = public_or_moved(Organisation, number, Addresses.of(request))
    return record_ftm(request, found, Role.objects.public().filter(organisation=found))


@router.get("/locations/{number}/ftm.json", url_name="location-ftm", **answering(FTM, MAY_MOVE))
def location_ftm(request: HttpRequest, number: Path[Number]) -> Any:
    """One place, the titles that name it and who holds them, as entities of FollowTheMoney, one a line."""
    found = public_or_moved(Location, number, Addresses.of(request))
    return record_ftm(request, found, Role.objects.public().filter(location=found))


def record_ftm(request: HttpRequest, found: Any, roles: RoleQuerySet) -> HttpResponse:
    at = Addresses.of(request)
    titles = followthemoney.role_lines(roles, at, beside=found, most=MOST_TITLES)
    return as_lines(chain([followthemoney.as_entity(found, at)], titles))


def as_lines(entities: Iterable[dict[str, Any]]) -> HttpResponse:
    return HttpResponse("".join(map(followthemoney.as_line, entities)), content_type=FTM)
