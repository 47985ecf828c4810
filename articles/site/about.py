"""What readers are told of the data: how well it is found, and how much there is of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import DayCount, NameEntry, Quote, Tag

FIGURES = Path(__file__).with_name("accuracy.json")
# Rows are counted up to here; readers are told when there are more.
MOST = 100_000

# The figures that say something to readers, in their words.
SHOWN = (
    ("people", _("Names of people")),
    ("organisations", _("Names of organisations")),
    ("locations", _("Names of places")),
    ("who is the same (clusters)", _("Which names mean the same")),
    ("roles", _("Offices and titles")),
    ("quoted, strict", _("Words in quotation marks")),
    ("quoted, strict and right speaker", _("Words in quotation marks, with the right speaker")),
    ("indirect, strict", _("Reported speech without quotation marks")),
)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of a hundred, how many are right: in news of other papers, and in stories that are meant to be hard."""

    label: str | Promise
    news: int
    own: int


@dataclass(frozen=True, slots=True)
class Measured:
    day: date
    news: int
    own: int
    rows: list[Accuracy]


@dataclass(frozen=True, slots=True)
class Amount:
    """How many there are; `is_more`, where nobody counted further."""

    label: str | Promise
    number: int
    is_more: bool = False


@cache
def measured() -> Measured:
    said = json.loads(FIGURES.read_text(encoding="utf-8"))
    rows = [Accuracy(label, *(round(100 * figure) for figure in said["figures"][name])) for name, label in SHOWN]
    return Measured(date.fromisoformat(said["measured"]), **said["stories"], rows=rows)


def amounts() -> Iterator[Amount]:
    yield Amount(_("articles"), DayCount.objects.total())
    for kind, label in (("person", _("people")), ("organisation", _("organisations")), ("location", _("places"))):
        yield _up_to(label, NameEntry.objects.filter(kind=kind))
    yield _up_to(_("quotations"), Quote.objects.public())
    yield _up_to(_("topics"), Tag.objects.public())


def _up_to(label: Promise, rows: QuerySet[Any]) -> Amount:
    number = rows.order_by()[: MOST + 1].count()
    return Amount(label, min(number, MOST), number > MOST)
