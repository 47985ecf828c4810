"""One box over five kinds of records. Each search passes through the querysets of the public pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend
from modelsearch.query import Phrase, PlainText

from articles.models import Article, Location, Organisation, Person, Quote

# Quotation marks around the whole query ask for the words in this order.
QUOTED = re.compile(r'^["“„«](.+)["”“»]$', re.DOTALL)
# Nothing else reaches the database's own query language, where marks and operators have meanings.
WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    label: str | Promise
    rows: Callable[[], QuerySet[Any]]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("people", _("people"), lambda: Person.objects.public().for_search()),
        Kind("organisations", _("organisations"), lambda: Organisation.objects.public().for_search()),
        Kind("places", _("places"), lambda: Location.objects.public().for_search()),
        Kind("quotations", _("quotations"), lambda: Quote.objects.public().for_search()),
        Kind("articles", _("articles"), lambda: Article.objects.published().for_search()),
    )
}


def words_of(query: str) -> list[str]:
    """The words that are looked for: letters and digits only, twenty at most.

    >>> words_of("Port-au-Prince; DROP")
    ['Port', 'au', 'Prince', 'DROP']
    """
    return WORD.findall(query)[:MOST_WORDS]


def found(kind: Kind, query: str) -> Any:
    """The public records of a kind that have all the words of a query, the best first. Can be counted and cut."""
    words = words_of(query)
    if not words:
        return kind.rows().none()
    wanted = " ".join(words)
    return get_search_backend().search(
        Phrase(wanted) if QUOTED.match(query.strip()) else PlainText(wanted, operator="and"), kind.rows()
    )
