"""Who said what about a person, an organisation, a place or a topic.

A quotation is about a record where its words name it, and about a topic where it, or the article it stands in, bears
the tag. Whoever is called “he” in the words is not named: no page says more than the words do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from articles.models import Entity, Naming, Quote, Saying, Tag, TagCoverage
from articles.models.quotes import QuoteQuerySet
from articles.site.beside import WINDOW, speakers_in
from articles.site.keyset import keyset_page
from articles.site.periods import Period

SPEAKERS = 12
EACH = 2  # quotations of each
LATEST = 3_000  # namings of which the speakers are counted
AT_ONCE = 500  # quotations of a download asked for in one go


@dataclass(slots=True)
class Speaker:
    """Somebody with a number of quotations, and the latest of them."""

    entity: Entity
    number: int
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken of, in a period."""

    record: Entity | Tag
    period: Period

    @property
    def is_topic(self) -> bool:
        return isinstance(self.record, Tag)

    def quotes(self, *, speaker: Entity | None = None) -> QuoteQuerySet:
        """What was said about it, all or by one speaker, the latest first."""
        quotes = Quote.objects.public()
        if isinstance(self.record, Tag):
            if speaker:
                return self.period.narrowed(quotes.said_by(speaker).under_too(self.record), "saying__moment")
            return self.period.narrowed(quotes.said_under(self.record), "article__tag_coverage__moment")
        rows = quotes.said_about(self.record)
        if speaker:
            rows = rows.filter(speaker=speaker.pk)
        return self.period.narrowed(rows, "namings__moment")

    @property
    def dated(self) -> QuerySet[Any]:
        """Rows whose moments say in which years there is something."""
        if isinstance(self.record, Tag):
            return TagCoverage.objects.filter(tag=self.record, is_borne=True)
        return Naming.objects.filter(entity=self.record.pk)

    @property
    def _latest(self) -> QuerySet[Any]:
        """The rows of which speakers are counted: those of the latest articles, whatever number there is."""
        rows = self.period.narrowed(self.dated).order_by("-moment", "-article_id")
        if self.is_topic:
            return Saying.objects.filter(article__in=rows.values("article")[:WINDOW])
        return Naming.objects.filter(pk__in=rows.values("pk")[:LATEST])

    def speakers(self, *, most: int = SPEAKERS) -> list[Speaker]:
        """Those with the most quotations, each with the latest; three queries."""
        counts = dict(list(speakers_in(self._latest))[:most])
        entities = Entity.objects.public().in_bulk(counts)
        found = {number: Speaker(entities[number], count, []) for number, count in counts.items() if number in entities}
        order: list[Any] = [F("moment").desc(), F("article").desc(), F("start"), F("quote")]
        ranked = self._latest.filter(speaker__in=found).annotate(
            rank=Window(RowNumber(), partition_by="speaker", order_by=order)
        )
        latest = ranked.filter(rank__lte=EACH).values("quote")
        for quote in Quote.objects.public().filter(pk__in=latest).for_brief_list().latest_first():
            found[quote.speaker_id or 0].quotes.append(quote)
        return list(found.values())

    def all_quotes(self, *, speaker: Entity | None = None) -> Iterator[Quote]:
        """Every quotation for a download, in constant memory."""
        rows, cursor = self.quotes(speaker=speaker).for_brief_list(), ""
        while True:
            page = keyset_page(rows, AT_ONCE, cursor)
            yield from page
            cursor = page.next_cursor
            if not cursor:
                return


def speaker_asked(request: HttpRequest, name: str) -> Entity | None:
    """The speaker whose number the address has as `name`; None where it has none, or that of nobody."""
    number = request.GET.get(name, "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Entity.objects.public().filter(pk=int(number)).first()
