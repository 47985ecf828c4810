"""One page of a long list, found by the row it begins after and not by counting: page 10,000 costs what page 1 costs.

The order is the queryset's own. Its keys may not be empty in any row, and the last one tells all rows apart.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Field, IntegerField, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# What a database counts rows with.
LARGEST = 2**63 - 1
LONGEST_CURSOR = 4_000  # characters: the longest names fit in it


class BadCursor(ValueError):
    """No place of this list, as addresses that somebody cut off or typed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One of the values that rows are ordered by, and the name under which each row brings it."""

    name: str
    field: Field[Any, Any]
    is_descending: bool

    def beyond(self, value: Any, *, backwards: bool, or_at: bool = False) -> Q:
        """The rows that come after those with `value`; backwards, those that come before them."""
        lookup = "lt" if self.is_descending != backwards else "gt"
        return Q(**{f"{self.name}__{lookup}{'e' if or_at else ''}": value})


@dataclass(frozen=True, slots=True)
class Place:
    """Between two rows: just after the one with these values, or just before it."""

    values: tuple[Any, ...]
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """The rows of a page; where the next and the previous one begin, empty where there is none."""

    rows: list[Any]
    next_cursor: str = ""
    previous_cursor: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]


def page_from(request: HttpRequest, rows: QuerySet[Any], size: int, *, name: str = "page") -> KeysetPage:
    """The page that the address asks for as `name`; the first, where it asks for one that is not."""
    try:
        return keyset_page(rows, size, request.GET.get(name, ""))
    except BadCursor:
        return keyset_page(rows, size)


def keyset_page(rows: QuerySet[Any], size: int, cursor: str = "") -> KeysetPage:
    """`size` rows from `cursor` on, or before it; the first ones without a cursor. One query, rarely two.

    Raises:
        BadCursor: `cursor` comes from no page of a list in this order.
    """
    keyed, keys = with_keys(rows)
    place = read_cursor(cursor, keys) if cursor else None
    if place:
        keyed = keyed.filter(beyond(keys, place))
    backwards = place is not None and place.backwards
    found = list((keyed.reverse() if backwards else keyed)[: size + 1])
    goes_on, found = len(found) > size, found[:size]
    if backwards and not goes_on:
        return keyset_page(rows, size)
    return _page(found[::-1] if backwards else found, keys, place, goes_on=goes_on)


def _page(found: list[Any], keys: Sequence[Key], place: Place | None, *, goes_on: bool) -> KeysetPage:
    first = values_of(found[0], keys) if found else place.values if place else ()
    return KeysetPage(
        found,
        next_cursor=write_cursor(Place(values_of(found[-1], keys))) if goes_on or (place and place.backwards) else "",
        previous_cursor=write_cursor(Place(first, backwards=True)) if place else "",
    )


def with_keys(rows: QuerySet[Any]) -> tuple[QuerySet[Any], list[Key]]:
    """The same rows, each with the values that they are ordered by."""
    order = [_ordering(term) for term in rows.query.order_by or rows.model._meta.ordering]
    rows = rows.annotate(**{f"keyset_{number}": term.expression for number, term in enumerate(order)})
    fields = [_value_field(rows.query.annotations[f"keyset_{number}"].output_field) for number in range(len(order))]
    return rows, [
        Key(f"keyset_{number}", field, term.descending)
        for number, (field, term) in enumerate(zip(fields, order, strict=True))
    ]


def _value_field(field: Any) -> Any:
    """The field whose values a row brings: of a key that leads to another table, the key there."""
    return _value_field(field.target_field) if field.is_relation else field


def _ordering(term: Any) -> OrderBy:
    if isinstance(term, str):
        return OrderBy(F(term.removeprefix("-")), descending=term.startswith("-"))
    return term if isinstance(term, OrderBy) else OrderBy(term)


def beyond(keys: Sequence[Key], place: Place) -> Q:
    """The rows on the far side of a place.

    The first key stands apart as well: an index on it leads to the place, whatever the others say.
    """
    condition = Q()
    for key, value in reversed(list(zip(keys, place.values, strict=True))):
        further = key.beyond(value, backwards=place.backwards)
        condition = further | (Q(**{key.name: value}) & condition) if condition else further
    return keys[0].beyond(place.values[0], backwards=place.backwards, or_at=True) & condition


def values_of(row: Any, keys: Sequence[Key]) -> tuple[Any, ...]:
    return tuple(getattr(row, key.name) for key in keys)


def write_cursor(place: Place) -> str:
    """A place as an address says it: base64 of JSON, moments in microseconds since 1970."""
    values = [(value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value for value in place.values]
    text = json.dumps([place.backwards, *values], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, keys: Sequence[Key]) -> Place:
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError("too long")
        said = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = said
        if not isinstance(backwards, bool):
            raise TypeError("no direction")
        return Place(tuple(_read(value, key) for value, key in zip(values, keys, strict=True)), backwards)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadCursor(f"“{cursor[:60]}” is no cursor of this list; take it from “next” or “previous”") from None


def _read(value: Any, key: Key) -> Any:
    if isinstance(key.field, DateTimeField):
        return EPOCH + _number(value) * MICROSECOND
    return _number(value) if isinstance(key.field, IntegerField) else _text(value)


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise TypeError("no number of any row")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value.encode().decode():
        raise TypeError("no text of any row")
    return value
