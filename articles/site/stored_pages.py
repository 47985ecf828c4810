"""Give readers a page from its file, and keep what had to be rendered.

Only what everybody sees in the same way is kept: answers to GET for an address without a query, with status 200, that
are of a type known by the address and that no view forbids to cache. What a page shows it tells itself
(`articles/models/mentions.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from articles.editing.in_passing import Hindered, in_passing
from articles.editing.page_files import etag_of, packed, page_file, write_page
from articles.editing.touching import lock, version
from articles.models import PageKey, StoredPage
from articles.models.mentions import LAYOUT, listening

# Whoever keeps a page asks each time whether it is still the one: a correction is seen at once.
REVALIDATE = "public, max-age=0, must-revalidate"
NOT_KEPT = ("/admin/", "/media/", "/static/", "/preview/", "/api/", "/search/", "/reconcile")

# What a file is, by the end of its name.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".png": "image/png",
}
LONGEST_PATH = 400
UNTIL = "until:"

Version = tuple[int, int | None]
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StoredPages:
    """The innermost middleware: security headers are added to what comes from a file, too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        return from_file(request) or self.render(request)

    def render(self, request: HttpRequest) -> HttpResponseBase:
        seen = version()
        with listening() as keys:
            response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_kept(request, response):
            keep(address_of(request), response, keys, seen=seen)
            return from_file(request) or response
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    is_plain = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return bool(settings.NEWSROOM_PAGE_FILES) and is_plain and not request.path.startswith(NOT_KEPT)


def _is_kept(request: HttpRequest, response: HttpResponse) -> bool:
    file = page_file(address_of(request))
    is_known = file is not None and response.get("Content-Type", "none") == TYPES.get(file.suffix)
    is_open = not response.has_header("Cache-Control") and not response.cookies
    return response.status_code == 200 and is_known and is_open


def from_file(request: HttpRequest) -> HttpResponseBase | None:
    """The page as it is kept, compressed for whom takes that; None where it is not."""
    file = page_file(address_of(request))
    if file is None:
        return None
    return _read(request, file, packed(file) if "gzip" in request.headers.get("Accept-Encoding", "") else file)


def _read(request: HttpRequest, page: Path, file: Path) -> HttpResponseBase | None:
    """`file` is the page's, or the compressed one beside it."""
    try:
        with open(file, "rb") as opened:
            etag = etag_of(os.fstat(opened.fileno()))
            if request.headers.get("If-None-Match") == etag:
                response: HttpResponse = HttpResponseNotModified()
            else:
                response = HttpResponse(opened.read(), content_type=TYPES[page.suffix])
                if file != page:
                    response["Content-Encoding"] = "gzip"
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    response["ETag"], response["Cache-Control"] = etag, REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def keep(path: str, response: HttpResponse, keys: set[str], *, seen: Version, expires: datetime | None = None) -> bool:
    """Write a page to its file unless something has changed since `seen`; says whether it was.

    The rows come first, the file last: a page that is there can always be found by what it shows. Where somebody else
    is writing, or the disk is full, the page is not kept, and its reader has it all the same.
    """
    if page_file(path) is None or len(path) > LONGEST_PATH:
        return False
    try:
        with in_passing():
            page = write_row(path, {*keys, LAYOUT})
        with in_passing():
            lock()
            if version() != seen or not StoredPage.objects.filter(pk=page.pk).exists():
                return False
            write_page(path, response.content)
    except Hindered:
        return False
    return True


def write_row(path: str, keys: set[str], **values: Any) -> StoredPage:
    page, is_new = StoredPage.objects.update_or_create(path=path, defaults={"expires": _end(keys), **values})
    if not is_new:
        page.keys.all().delete()
    PageKey.objects.bulk_create(PageKey(page=page, key=key) for key in sorted(keys))
    return page


def _end(keys: set[str]) -> datetime | None:
    """When the first thing on a page that holds for a time is over."""
    ends = [datetime.fromisoformat(key.removeprefix(UNTIL)) for key in keys if key.startswith(UNTIL)]
    return min((end for end in ends if end > timezone.now()), default=None)


def address_of(request: HttpRequest) -> str:
    """What tells a page from any other: a site may have several host names, and addresses in its pages have them."""
    return f"/{request.get_host()}{request.path}"
