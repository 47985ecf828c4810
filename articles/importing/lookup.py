"""Ask a catalogue elsewhere which of its records a person, an organisation or a location could be.

The catalogue answers by the Reconciliation Service API, as Wikidata does and another newsroom's `/reconcile`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import urllib3
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError

from articles.models import Entity
from articles.models.identifiers import identify

MOST_RESULTS = 10
LARGEST_ANSWER = 1_000_000  # bytes
TIMEOUT = urllib3.Timeout(connect=5, read=10)
# What the kinds are called where the service has no words of ours for them.
WIKIDATA_TYPES = {"person": "Q5", "organisation": "Q43229", "location": "Q2221906"}


class LookupFailed(Exception):
    """The service gave no answer that can be used: what it gave and what was expected."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record of the catalogue that could be the same, with the catalogue's own score and words."""

    scheme: str
    value: str
    address: str
    name: str
    description: str
    score: float
    is_match: bool


def look_up(entity: Entity, *, service: str) -> list[Suggestion]:
    """What the service at this address finds for an entity's name, in its order.

    Raises:
        LookupFailed: it cannot be reached, or its answer is none.
    """
    if not _is_web_address(service):
        raise LookupFailed(f"“{service}” cannot be reached; expected an address that begins with https:// or http://")
    manifest = _ask("GET", service)
    view = manifest.get("view")
    template = view.get("url") if isinstance(view, dict) else None
    if not isinstance(template, str) or "{{id}}" not in template:
        raise LookupFailed(f"“{service}” does not say where its records are shown; expected “view” with an address")
    query = {"query": entity.name, "limit": MOST_RESULTS, **_type(entity.kind, manifest)}
    answer = _ask("POST", service, fields={"queries": json.dumps({"q0": query})}).get("q0")
    results = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise LookupFailed(f"“{service}” answered without results; expected a list of them")
    return list(_suggestions(results[:MOST_RESULTS], template))


def _type(kind: str, manifest: dict[str, Any]) -> dict[str, str]:
    """What the service calls the kind, nothing where it has no word for it that is known here."""
    if "wikidata.org" in str(manifest.get("identifierSpace")):
        return {"type": WIKIDATA_TYPES[kind]}
    types = manifest.get("defaultTypes")
    known = [each.get("id") for each in types if isinstance(each, dict)] if isinstance(types, list) else []
    return {"type": kind} if kind in known else {}


def _suggestions(results: list[Any], template: str) -> Iterator[Suggestion]:
    for result in results:
        if not isinstance(result, dict) or not all(isinstance(result.get(key), str) for key in ("id", "name")):
            continue
        score, description = result.get("score"), result.get("description")
        try:
            address = template.replace("{{id}}", quote(result["id"], safe=""))
            scheme, value = identify(address)
        except ValidationError:
            continue
        yield Suggestion(
            scheme=scheme,
            value=value,
            address=address,
            name=result["name"],
            description=description if isinstance(description, str) else "",
            score=float(score) if isinstance(score, int | float) else 0.0,
            is_match=result.get("match") is True,
        )


def _ask(method: str, url: str, **request: Any) -> dict[str, Any]:
    """The object that a service answers with; redirects are not followed, and nothing is asked twice."""
    try:
        with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as pool:
            response = pool.request(
                method,
                url,
                headers={"Accept": "application/json", "User-Agent": f"Newsroom ({settings.NEWSROOM_NAME})"},
                preload_content=False,
                redirect=False,
                **({"encode_multipart": False, **request} if request else {}),
            )
            content = response.read(LARGEST_ANSWER + 1)
            response.close()
    except urllib3.exceptions.HTTPError as error:
        raise LookupFailed(f"“{url}” cannot be reached ({type(error).__name__})") from error
    if response.status != 200:
        raise LookupFailed(f"“{url}” answered with status {response.status}; expected 200")
    if len(content) > LARGEST_ANSWER:
        raise LookupFailed(f"“{url}” answered with more than {LARGEST_ANSWER:,} bytes")
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise LookupFailed(f"“{url}” answered with something else than a JSON object")
    return answer


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def check_reconcile_url(**kwargs: Any) -> list[CheckMessage]:
    url = settings.NEWSROOM_RECONCILE_URL
    if not url or _is_web_address(url):
        return []
    return [
        Error(
            f"NEWSROOM_RECONCILE_URL is “{url}”; expected an address that begins with https:// or http://.",
            hint="docs/settings.md says what may stand there.",
            id="articles.E002",
        )
    ]
