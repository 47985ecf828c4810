"""Lists beside a form: short, in pages, each row linking to its record; some are decided about in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


@dataclass(frozen=True)
class Choice:
    """A button that saves the form and decides: it sends `name=value` along."""

    name: str
    value: str
    label: Any


@dataclass(frozen=True)
class Box:
    """A text to type beside the form, saved with it; the button does the same and comes back to the panel."""

    name: str
    label: Any
    button: Choice
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One line: what it is, where it leads, its state, what there is to know about it and to decide."""

    label: str
    url: str
    state: str = ""
    state_label: str = ""
    facts: list[str] = field(default_factory=list)
    evidence: str = ""
    is_quotation: bool = False
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    total: int | str
    rows: list[Row]
    number: int
    pages: int
    previous_url: str
    next_url: str
    all_url: str
    empty: str
    choices: list[Choice] = field(default_factory=list)
    box: Box | None = None


def panel(
    request: HttpRequest,
    key: str,
    title: Any,
    rows: QuerySet[Any],
    as_row: Callable[[Any], Row],
    *,
    empty: Any,
    all_url: str = "",
    per_page: int = PER_PAGE,
) -> Panel:
    """The page of `rows` that the address asks for by `key`: “?people=2” for the second page of people."""
    page = Paginator(rows, per_page).get_page(request.GET.get(key))
    return Panel(
        key=key,
        title=str(title),
        total=page.paginator.count,
        rows=[as_row(row) for row in page],
        number=page.number,
        pages=page.paginator.num_pages,
        previous_url=_page_url(request, key, page, -1) if page.has_previous() else "",
        next_url=_page_url(request, key, page, +1) if page.has_next() else "",
        all_url=all_url,
        empty=str(empty),
    )


def _page_url(request: HttpRequest, key: str, page: Page[Any], step: int) -> str:
    query = request.GET.copy()
    query[key] = str(page.number + step)
    return f"?{query.urlencode()}#{key}"
