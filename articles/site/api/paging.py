"""Lists: what may be asked of every one, and their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from pydantic import StringConstraints

from articles.exporting.addresses import Addresses
from articles.site.api.problems import UnknownParameters
from articles.site.keyset import LARGEST, LONGEST_CURSOR, keyset_page

MOST = 100
# Times of these days exist in every time zone.
FIRST_DAY, LAST_DAY = date(2, 1, 1), date(9998, 12, 31)

Number = Annotated[int, Field(ge=1, le=LARGEST)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[-\w]+$")]
# No database takes NUL.
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Cursor = Annotated[str, StringConstraints(max_length=LONGEST_CURSOR)]


class Paging(Schema):
    cursor: Cursor = Field("", description="Where a page begins: take it from “next” or “previous”.")
    limit: int = Field(20, ge=1, le=MOST, description="Rows a page.")


class Period(Paging):
    since: date | None = Field(None, description="From this day on, in the newsroom’s time zone.")
    until: date | None = Field(None, description="Up to the end of this day.")

    @property
    def start(self) -> datetime | None:
        return _moment(self.since, time.min) if self.since else None

    @property
    def end(self) -> datetime | None:
        return _moment(self.until, time.max) if self.until else None


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour, timezone.get_current_timezone())


def page_of(
    request: HttpRequest, rows: QuerySet[Any], asked: Paging, build: Callable[[Any, Addresses], Any]
) -> dict[str, Any]:
    """One page of `rows`, each as `build` says it.

    Raises:
        BadCursor: the cursor is none of this list.
        UnknownParameters: it was asked for what no such list knows; to leave it out would give too many rows.
    """
    known = list(type(asked).model_fields)
    if unknown := sorted(set(request.GET) - set(known)):
        raise UnknownParameters(unknown, known)
    page = keyset_page(rows, asked.limit, asked.cursor)
    at = Addresses.of(request)
    return {
        "results": [build(row, at) for row in page],
        "next": _address(request, page.next_cursor),
        "previous": _address(request, page.previous_cursor),
    }


def _address(request: HttpRequest, cursor: str) -> str | None:
    """This list with another page of it."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
