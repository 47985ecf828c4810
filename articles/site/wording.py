"""Numbers, lists and dates in the words of the newsroom's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext


def articles(number: int) -> str:
    return ngettext("{number} article", "{number} articles", number).format(number=number)


def quotations(number: int) -> str:
    return ngettext("{number} quotation", "{number} quotations", number).format(number=number)


def quotations_here(number: int) -> str:
    """How often somebody is quoted in the article that the page shows."""
    return ngettext("{number} quotation here", "{number} quotations here", number).format(number=number)


def listed(words: Iterable[object]) -> str:
    """“Ana”, “Ana and Ben”, “Ana, Ben and Cem”."""
    *first, last = [str(word) for word in words] or [""]
    return gettext("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def day(moment: date) -> str:
    """“2 June 2031”; some languages say the first of a month in their own way."""
    if moment.day == 1:
        return date_format(moment, pgettext("date, the first of a month", "j F Y"))
    return date_format(moment, pgettext("date", "j F Y"))


def short_day(moment: date) -> str:
    """“2 Jun 2031”."""
    if moment.day == 1:
        return date_format(moment, pgettext("date, the first of a month", "j M Y"))
    return date_format(moment, pgettext("date", "j M Y"))


def moment(local: datetime) -> str:
    """“2 June 2031, 09:30”."""
    return _moment(local, get_language())


@lru_cache(maxsize=5_000)
def _moment(local: datetime, _language: str | None) -> str:
    time = date_format(local, pgettext("time", "H:i"))
    return f"{day(local)}, {time}"


def degrees(value: float, directions: str) -> str:
    """33.31 with “NS” → “33.31° N”."""
    letters = {
        "N": pgettext("compass", "N"),
        "S": pgettext("compass", "S"),
        "E": pgettext("compass", "E"),
        "W": pgettext("compass", "W"),
    }
    return f"{number_format(abs(value), 2)}° {letters[directions[value < 0]]}"
