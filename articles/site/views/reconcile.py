"""The archive as a service that other people's data is matched against, as OpenRefine does."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from articles.models import Entity
from articles.site.reconciliation import (
    LONGEST_QUERY,
    MOST_QUERIES,
    BadQuery,
    Found,
    read_queries,
    reconcile,
    suggest,
)

LONGEST_BATCH = 100_000  # characters


@csrf_exempt  # other sites ask, and nothing is changed
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest) -> HttpResponse:
    """The answers to a batch of queries; without one, what the service is."""
    batch = request.POST.get("queries") or request.GET.get("queries")
    if batch is None:
        return _answer(_manifest(request))
    try:
        queries = read_queries(_json(batch))
    except BadQuery as error:
        return _answer({"error": str(error)}, status=400)
    return _answer({key: {"result": [_result(each) for each in found]} for key, found in reconcile(queries).items()})


@require_GET
def suggest_entity(request: HttpRequest) -> HttpResponse:
    entities = suggest(request.GET.get("prefix", "")[:LONGEST_QUERY])
    return _answer({"result": [_entity(each) | {"notable": [_type(each.kind)]} for each in entities]})


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a record by its number, which stays when its name and address change."""
    entity = get_object_or_404(Entity.objects.select_related("merged_into"), pk=pk)
    return redirect(get_object_or_404(Entity.objects.public(), pk=entity.merged_into_id or pk))


def _manifest(request: HttpRequest) -> dict[str, Any]:
    site = request.build_absolute_uri(reverse("home"))
    number = request.build_absolute_uri(reverse("record", args=[0]))
    return {
        "versions": ["0.2"],
        "name": settings.NEWSROOM_NAME,
        "identifierSpace": number.removesuffix("0/"),
        "schemaSpace": site,
        "defaultTypes": [_type(kind) for kind in Entity.Kind.values],
        "view": {"url": number.removesuffix("0/") + "{{id}}/"},
        "suggest": {"entity": {"service_url": site.rstrip("/"), "service_path": reverse("reconcile-suggest")}},
        "batchSize": MOST_QUERIES,
    }


def _json(batch: str) -> Any:
    if len(batch) > LONGEST_BATCH:
        raise BadQuery(f"“queries” has {len(batch):,} characters; expected {LONGEST_BATCH:,} at most")
    try:
        return json.loads(batch)
    except (ValueError, RecursionError):
        raise BadQuery(f"“queries” is {batch[:60]!r}; expected JSON") from None


def _result(found: Found) -> dict[str, Any]:
    return {
        **_entity(found.entity),
        "type": [_type(found.entity.kind)],
        "score": found.score,
        "match": found.is_match,
    }


def _entity(entity: Entity) -> dict[str, str]:
    said = {"id": str(entity.pk), "name": entity.name, "description": entity.description}
    return {name: value for name, value in said.items() if value}


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": str(Entity.Kind(kind).label)}


def _answer(said: Any, *, status: int = 200) -> JsonResponse:
    # Pages of other origins may ask: it is what readers see anyway.
    return JsonResponse(said, status=status, headers={"Access-Control-Allow-Origin": "*"})
