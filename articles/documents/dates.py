"""Dates that a document prints in full.

A date without its year is no date, and neither is a weekday: "on Wednesday" is never turned into one. Where day and
month could be either ("03/04/2024"), nothing is decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from articles.documents.words import lines, words

# Abbreviations that mean one offset only; IST and the like mean several, and a time beside them keeps no zone.
ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "WAT": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EAT": 3,
    "JST": 9, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7
}  # fmt: skip

WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,12})\.?,?\s+)?"
MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Friday, September 27, 2019
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        # 27 September 2019 · 27. September 2019 · 27 de septiembre de 2019
        rf"{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?{MONTH},?\s+(?:de\s+)?(?P<year>\d{{4}})",
        # 2019-09-27 · 2019/09/27
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        # 27.09.2019 · 27/09/2019
        r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?(?![^\W_])",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:first\s+)?(?P<label>published|posted|date|dated|issued|released|last\s+updated|last\s+modified|updated|modified)"
    r"(?:\s+(?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)
# A date line holds a date and a time; longer than this it says something.
LONGEST_DATE_LINE = 120
BETWEEN = re.compile(r"[\s,|·•–—/-]*(?:(?:at|um|à)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line of dates says; both may be None where it prints a time of day only."""

    published: date | datetime | None
    updated: date | datetime | None


def full_date(text: str) -> date | datetime | None:
    """Read a date with its year, and the time of day where it is printed.

    Args:
        text: nothing but the date; white space around it does not matter.

    Returns:
        A `datetime` with its offset where the time and its zone are printed, a naive one where the zone is not,
        a `date` where no time is printed; None for anything else, and where day and month could be either.

    >>> full_date("Friday, September 27, 2019")
    datetime.date(2019, 9, 27)
    >>> full_date("3 March 2024, 14:05 GMT").isoformat()
    '2024-03-03T14:05:00+00:00'
    """
    text = text.strip()
    found = _date_at(text, 0)
    return found[0] if found and found[1] == len(text) else None


def date_line(text: str) -> DateLine | None:
    """Read a line that holds dates and nothing else: "Published: 3 March 2024 | Updated 21:07".

    Returns:
        None where the line says anything else.
    """
    text = text.strip()
    if len(text) > LONGEST_DATE_LINE:
        return None
    published = updated = None
    at, has_any = 0, False
    while at < len(text):
        label = LABEL.match(text, at)
        start = label.end() if label else at
        if found := _date_at(text, start):
            moment, at = found
            if label and re.search("updated|modified", label.group("label"), re.IGNORECASE):
                updated = updated or moment
            else:
                published = published or moment
        elif label and (clock := TIME.match(text, start)):
            at = clock.end()
        else:
            return None
        has_any = True
        gap = BETWEEN.match(text, at)
        at = gap.end() if gap else at
    return DateLine(published, updated) if has_any else None


def is_month(word: str) -> bool:
    return word.casefold().rstrip(".") in _months()


def is_weekday(word: str) -> bool:
    return word.casefold().rstrip(".") in words("weekdays")


def _date_at(text: str, start: int) -> tuple[date | datetime, int] | None:
    """The date that begins at `start`, and where it ends."""
    for form in FORMS:
        match = form.match(text, start)
        day = match and _day(match)
        if not match or not day:
            continue
        gap = re.compile(r"(?:T|[\s,|·•–—-]+(?:at\s+|um\s+|à\s+)?)").match(text, match.end())
        clock = TIME.match(text, gap.end()) if gap else None
        moment = clock and _time(clock)
        if clock and moment:
            return datetime.combine(day, moment), clock.end()
        return day, match.end()
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if (weekday := parts.get("weekday")) and not is_weekday(weekday):
        return None
    day, month = parts.get("day"), parts.get("number")
    if name := parts.get("month"):
        month = _months().get(name.casefold())
    elif first := parts.get("first"):
        second = parts["second"]
        # With points the day comes first, everywhere; with strokes only a number above twelve tells.
        if parts["mark"] == "." or int(first) > 12:
            day, month = first, second
        elif int(second) > 12:
            day, month = second, first
    try:
        return date(int(parts["year"]), int(month), int(day)) if day and month else None
    except ValueError:
        return None


def _time(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or "").replace(".", "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=_zone(match["zone"]))
    except ValueError:
        return None


def _zone(printed: str | None) -> timezone | None:
    if not printed:
        return None
    if printed[0] in "+-":
        minutes = int(printed[1:3]) * 60 + int(printed[-2:])
        return timezone(timedelta(minutes=minutes if printed[0] == "+" else -minutes))
    hours = ZONES.get(printed.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


@cache
def _months() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in lines("months"):
        spellings, _, number = line.partition(":")
        names |= dict.fromkeys(spellings.split(), number.strip())
    return names
