"""What documents declare of a story, as written in their fields, in the types of a `Draft`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from articles.documents import dates
from articles.documents.bylines import find_byline, find_credits
from articles.documents.datelines import AGENCY
from articles.documents.errors import BrokenDocument
from articles.documents.story import Credit, Dateline, Status

STATUSES = {
    "": Status.USABLE,
    "usable": Status.USABLE,
    "embargoed": Status.USABLE,
    "withheld": Status.WITHHELD,
    "canceled": Status.CANCELED,
    "cancelled": Status.CANCELED,
    "killed": Status.CANCELED,
}
# A month or a year is no date, and no slip either.
PART_OF_A_DATE = re.compile(r"\d{4}(?:-?\d{2})?")
# What databases can hold as a number, and calendars as a year in any time zone.
LARGEST = 2**31 - 1
YEARS = range(1000, 9999)


def names(values: Iterable[str]) -> tuple[str, ...]:
    """The writers that bylines name; what has no such shape is believed as it stands.

    >>> names(["By Ana Moss and Tom Hill", "Rivers Wire"])
    ('Ana Moss', 'Tom Hill', 'Rivers Wire')
    """
    found: list[str] = []
    for value in filter(None, map(_line, values)):
        byline = find_byline(value) or find_byline(f"By {value}")
        found += byline.names if byline else [] if find_credits(value) else [value]
    return tuple(dict.fromkeys(found))


def credits(values: Iterable[str]) -> tuple[Credit, ...]:
    return tuple(dict.fromkeys(credit for value in values for credit in find_credits(_line(value))))


def dateline(printed: str) -> Dateline | None:
    """“Kinsale (Tidewire)” as it is declared; no place is too small for that."""
    printed = _line(printed).strip(" ,.:–—-")
    agency = AGENCY.search(printed)
    place = printed[: agency.start()] if agency else printed
    return Dateline(place.strip(), agency["agency"] if agency else "") if place.strip() else None


def day_or_moment(value: str, source: str, field: str) -> date | datetime | None:
    """Read a date in any of ISO's spellings, or as it is printed.

    Args:
        value: as written; empty, or a year or a month alone, is no date.
        source: what to call the document in an error.
        field: what to call the place in it.

    Raises:
        BrokenDocument: it is anything else.

    >>> day_or_moment("20240303T140500Z", "a.xml", "date.issue").isoformat()
    '2024-03-03T14:05:00+00:00'
    """
    value = value.strip()
    if not value or PART_OF_A_DATE.fullmatch(value):
        return None
    found = _iso(value) or dates.full_date(value)
    if found is None or found.year not in YEARS:
        raise BrokenDocument(source, f"{field} is {value[:60]!r}; expected a date and time like 2026-03-14T06:30:00Z")
    return found


def moment(value: str, source: str, field: str) -> datetime | None:
    """The same, of a day its beginning."""
    found = day_or_moment(value, source, field)
    return found if found is None or isinstance(found, datetime) else datetime.combine(found, time.min)


def status(value: str) -> tuple[Status, tuple[str, ...]]:
    """What may be done with a story, and a warning where nobody knows: such a story waits for an editor."""
    known = STATUSES.get(value.strip().casefold())
    if known is None:
        return Status.WITHHELD, (
            f"its publishing status is “{value.strip()[:60]}”, which is not known: it is withheld",
        )
    return known, ()


def number(value: str, *, largest: int = LARGEST) -> int:
    """A number above zero; 0 for anything else."""
    value = value.strip()
    return int(value) if re.fullmatch(r"[0-9]{1,10}", value) and int(value) <= largest else 0


def unless_repeated(standfirst: str, markup: str) -> str:
    """A standfirst that is no more than the beginning of the story again is none."""
    beginning = _bare(standfirst)[:80]
    return "" if beginning and beginning in _bare(re.sub("<[^<>]*>", " ", markup[:5000])) else standfirst


def _line(value: str) -> str:
    """White space folded: what tells names apart looks at every stretch of it again and again."""
    return " ".join(value.split())


def _iso(value: str) -> date | datetime | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(value)
        except ValueError:
            continue
    return None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def too_long(most: int) -> str:
    """What is wrong with a story of a file that has many."""
    return f"it has more than {most:,} bytes, which is the most expected of a story"
