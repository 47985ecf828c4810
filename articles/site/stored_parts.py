"""What is dear to render of a page, kept in the database until something it shows changes.

A page whose address has a query is never a file, nor is any page of a newsroom that keeps none; and when the masthead
changes, every file goes. What stands within a page's frame is rendered once all the same: `base.html` names the parts
(`{% part %}`), a view that is dear keeps them (`@keeps_parts`), and the next reader is given them in a frame of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.editing.in_passing import Hindered, in_passing
from articles.editing.page_files import looks, remove_pages
from articles.editing.touching import lock, version
from articles.models import StoredPage
from articles.models.mentions import listening, mention
from articles.site.stored_pages import LONGEST_PATH, Version, address_of, write_row

KEYS = "keys"  # stands among the parts: what they show

View = Callable[..., HttpResponse]
Parts = Mapping[str, SafeString]

_making: ContextVar[dict[str, SafeString] | None] = ContextVar("making", default=None)


def keeps_parts(*, heeds_query: bool) -> Callable[[View], View]:
    """Keep the parts of a view's pages; where it heeds a query, a page that is asked for with one is made each time."""

    def decorated(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may_be_kept(request, heeds_query=heeds_query):
                return view(request, *args, **kwargs)
            parts = kept_parts(address_of(request))
            if parts is not None:
                return render(request, "base.html", {"kept": parts})
            return _make_and_keep(_without_query(request), lambda asked: view(asked, *args, **kwargs))

        return kept

    return decorated


def _may_be_kept(request: HttpRequest, *, heeds_query: bool) -> bool:
    is_read = request.method in ("GET", "HEAD") and not (heeds_query and request.META.get("QUERY_STRING"))
    return settings.NEWSROOM_KEEP_PARTS and is_read and len(address_of(request)) <= LONGEST_PATH


def _without_query(request: HttpRequest) -> HttpRequest:
    """The same request for the bare address: nothing that one reader asks for beside it is kept for the next."""
    bare = copy(request)
    bare.META = {**request.META, "QUERY_STRING": ""}
    bare.GET = QueryDict()
    return bare


def kept_parts(path: str) -> Parts | None:
    lasting = Q(expires=None) | Q(expires__gt=timezone.now())
    rows = StoredPage.objects.filter(lasting, path=path, looks=looks(), parts__isnull=False)
    kept = rows.values_list("parts", flat=True).first()
    if kept is None:
        return None
    mention(*kept[KEYS])
    return {name: mark_safe(html) for name, html in kept.items() if name != KEYS}  # nosec B308 B703


def _make_and_keep(request: HttpRequest, view: View) -> HttpResponse:
    """Only what everybody sees in the same way is kept."""
    seen = version()
    with listening() as keys, _listening_for_parts() as parts:
        response = view(request)
    mention(*keys)
    if response.status_code == 200 and parts and not response.has_header("Cache-Control") and not response.cookies:
        keep_parts(address_of(request), parts, keys, seen=seen)
    return response


@contextmanager
def _listening_for_parts() -> Iterator[dict[str, SafeString]]:
    parts: dict[str, SafeString] = {}
    token = _making.set(parts)
    try:
        yield parts
    finally:
        _making.reset(token)


def made(name: str, html: SafeString) -> None:
    """Say that a part of the page is rendered."""
    parts = _making.get()
    if parts is not None:
        parts[name] = html


def keep_parts(path: str, parts: Parts, keys: set[str], *, seen: Version) -> bool:
    """Keep parts unless something has changed since `seen`; says whether they were.

    A file of the page that is still there was made of what was before, and goes.
    """
    try:
        with in_passing():
            lock()
            if version() != seen:
                return False
            write_row(path, keys, looks=looks(), parts={**parts, KEYS: sorted(keys)})
            remove_pages([path])
    except Hindered:
        return False
    return True
