"""One page of a long list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, size: int, *, name: str = "page") -> Page[Any]:
    """The page that the address asks for as `name`; the nearest there is, where it asks for one that is not."""
    return Paginator(rows, size).get_page(request.GET.get(name))
