"""Lead readers from an address that a page had to the one that it has.

Whatever lies below it follows: the feed of a person who was renamed is found at the old address, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from articles.models import Entity, FormerAddress, Merge, Tag
from articles.models.addresses import successor

# The first part of an address, and the kind of record that the second part names.
KINDS = {
    "articles": "article",
    "authors": "author",
    "organisations": "organisation",
    "people": "person",
    "places": "location",
    "sections": "section",
    "series": "series",
    "tags": "tag",
}
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class FormerAddresses:
    """Asked where a view has found nothing; what has an address now is never hidden by what had it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, Http404) or request.method not in ("GET", "HEAD"):
            return None
        address = address_now(request.path)
        if not address:
            return None
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def address_now(path: str) -> str:
    """Where the page at `path` is by now; empty where it is nowhere else."""
    first, _, rest = path.strip("/").partition("/")
    slug, _, below = rest.partition("/")
    if first not in KINDS or not slug:
        return ""
    record = record_once_at(KINDS[first], slug)
    if record is None:
        return ""
    is_page = path.endswith("/")
    address = record.get_absolute_url() + (quote(below) + ("/" if is_page else "") if below else "")
    return "" if address == quote(path) else address


def record_once_at(kind: str, slug: str) -> Any:
    """The record whose page had this address, or that of a record which was merged into it."""
    if kind == "tag":
        tag = Tag.objects.at(slug)
        return tag if tag and Tag.objects.public().filter(pk=tag.pk).exists() else None
    if kind in Entity.Kind.values:
        merged = Entity.objects.filter(kind=kind, slug=slug).exclude(merged_into=None).first()
        moved = merged or Merge.objects.moved_from(kind, slug)
        if moved:
            return successor(moved.pk)
    return FormerAddress.objects.lead(kind, slug)
