"""The search page: what was asked, what was found, and where each way on leads.

Every record shown comes through the querysets of the public pages; the index only says which to ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Exists, OuterRef
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Entity, Quote, Tag, TaggedArticle
from articles.searching.finding import MANY, Found, Search, Spot, find, keys_at, results_from
from articles.searching.places import Kind
from articles.searching.queries import LONGEST, read_query
from articles.searching.spelling import suggestions_for
from articles.site.facets import FACETS, Chosen, read_facets
from articles.site.keyset import KeysetPage
from articles.text.words import WORD, folded_word

PER_PAGE = 10
NEWEST = "newest"
CURSOR = re.compile(r"([ab])(\d)-(\d{1,19})")


@dataclass(frozen=True, slots=True)
class ResultKind:
    kind: Kind
    name: str
    title: Any
    number: int  # of the best that stand on the page of all kinds


KINDS = {
    each.name: each
    for each in (
        ResultKind(Kind.ARTICLE, "articles", gettext_lazy("Articles"), 6),
        ResultKind(Kind.QUOTATION, "quotations", gettext_lazy("Quotations"), 4),
        ResultKind(Kind.PERSON, "people", gettext_lazy("People"), 4),
        ResultKind(Kind.ORGANISATION, "organisations", gettext_lazy("Organisations"), 4),
        ResultKind(Kind.LOCATION, "places", gettext_lazy("Places"), 4),
        ResultKind(Kind.TAG, "topics", gettext_lazy("Topics"), 4),
    )
}
# What facets narrow down; records and topics have none.
NARROWED = ("articles", "quotations")


@dataclass(frozen=True)
class Question:
    """What an address asks for."""

    text: str = ""
    kind: ResultKind | None = None
    by_date: bool = False
    chosen: tuple[Chosen, ...] = ()

    @cached_property
    def search(self) -> Search:
        return Search(read_query(self.text), tuple(each.token for each in self.chosen), self.by_date)

    @property
    def kinds(self) -> list[ResultKind]:
        return [each for each in KINDS.values() if not self.chosen or each.name in NARROWED]

    @property
    def asks(self) -> bool:
        return bool(read_query(self.text) or self.chosen)

    @property
    def address(self) -> str:
        """The query that asks for it."""
        values = [("q", self.text)] if self.text else []
        values += [("kind", self.kind.name)] if self.kind else []
        values += [(each.facet.name, each.value) for each in self.chosen]
        return f"?{urlencode([*values, ('sort', NEWEST)] if self.by_date else values)}"

    def of(self, kind: ResultKind | None) -> Question:
        return replace(self, kind=kind)

    @property
    def everything(self) -> Question:
        return self.of(None)

    @property
    def best_first(self) -> Question:
        return replace(self, by_date=False)

    @property
    def newest_first(self) -> Question:
        return replace(self, by_date=True)

    @property
    def chips(self) -> list[tuple[Chosen, str]]:
        """Each facet chosen, with the address without it."""
        return [(each, self.without(each).address) for each in self.chosen]

    @property
    def is_sorted(self) -> bool:
        """Whether there is a best to begin with: where words are looked for in what has a date."""
        return bool(read_query(self.text)) and (self.kind is None or self.kind.name in NARROWED)

    def without(self, chosen: Chosen) -> Question:
        return replace(self, chosen=tuple(each for each in self.chosen if each != chosen))

    def addresses_within(self) -> Callable[[Chosen], str]:
        """The address of the question narrowed down by one more facet, for many of them."""
        kind = self.kind if self.kind and self.kind.name in NARROWED else None
        own = replace(self, kind=kind, by_date=False).address
        begin, end = f"{own}&" if own != "?" else own, f"&sort={NEWEST}" if self.by_date else ""
        return lambda chosen: f"{begin}{chosen.facet.name}={quote_plus(chosen.value)}{end}"


def read_question(values: Mapping[str, str]) -> Question:
    chosen = tuple(read_facets(values))
    kind = KINDS.get(values.get("kind", ""))
    if chosen and kind and kind.name not in NARROWED:
        kind = None
    text = " ".join(values.get("q", "").replace("\0", " ").split())[:LONGEST]
    return Question(text, kind, values.get("sort") == NEWEST, chosen)


# What was found.


@dataclass(slots=True)
class Group:
    """Some results of one kind."""

    kind: ResultKind
    rows: list[Any]
    count: str
    address: str = ""


@dataclass(slots=True)
class Results:
    """All that the page shows, but for the facets."""

    counts: list[tuple[ResultKind, str, str]] = field(default_factory=list)
    total: int = 0
    groups: list[Group] = field(default_factory=list)
    page: KeysetPage | None = None
    suggestion: Question | None = None

    @property
    def told(self) -> list[Group]:
        """Articles and quotations, which are read."""
        return [group for group in self.groups if group.kind.name in NARROWED]

    @property
    def named(self) -> list[Group]:
        """Records and topics, which are chosen by their names."""
        return [group for group in self.groups if group.kind.name not in NARROWED]


def results_of(question: Question, cursor: str) -> Results:
    if not question.asks:
        return Results()
    kinds = question.kinds
    found = find(question.search, [each.kind for each in kinds], number=max(each.number for each in kinds))
    results = Results(total=sum(found.counts.values()))
    results.counts = [
        (each, said(found.counts[each.kind]), question.of(each).address) for each in kinds if found.counts[each.kind]
    ]
    if not results.total:
        results.suggestion = suggestion_for(question)
    elif question.kind:
        results.page = page_of(question, question.kind, cursor)
    else:
        results.groups = _groups(question, found)
    return results


def said(count: int) -> str:
    """A number as the page says it: “12”, “1,000+”."""
    number = number_format(min(count, MANY), use_l10n=True, force_grouping=True)
    return _("%(number)s+") % {"number": number} if count > MANY else number


def _groups(question: Question, found: Found) -> list[Group]:
    best = {each.kind: found.best[each.kind][: each.number] for each in question.kinds}
    rows = records_at([place for places in best.values() for place in places])
    return [
        Group(
            each,
            [rows[place] for place in best[each.kind] if place in rows],
            said(found.counts[each.kind]),
            question.of(each).address if found.counts[each.kind] > each.number else "",
        )
        for each in question.kinds
        if best[each.kind]
    ]


def page_of(question: Question, kind: ResultKind, cursor: str) -> KeysetPage:
    """One page of the results of a kind: page 10,000 costs what page 1 costs."""
    spot = read_cursor(cursor)
    found = results_from(question.search, kind.kind, spot, number=PER_PAGE + 1)
    goes_on = len(found) > PER_PAGE
    if spot and spot.backwards:
        if not goes_on:
            return page_of(question, kind, "")
        found = found[1:]
    found = found[:PER_PAGE]
    rows = records_at([place for _tier, place in found])
    has_next = goes_on or (spot is not None and spot.backwards)
    return KeysetPage(
        [rows[place] for _tier, place in found if place in rows],
        next_cursor=write_cursor(*found[-1], backwards=False) if found and has_next else "",
        previous_cursor=write_cursor(*found[0], backwards=True) if found and spot else "",
    )


def write_cursor(tier: int, place: int, *, backwards: bool) -> str:
    return f"{'b' if backwards else 'a'}{tier}-{place}"


def read_cursor(cursor: str) -> Spot | None:
    """The spot that an address names; None where it names none."""
    match = CURSOR.fullmatch(cursor)
    if not match or int(match[3]) >= 2**63 - 1:
        return None
    return Spot(int(match[2]), int(match[3]), backwards=match[1] == "b")


def records_at(places: Sequence[int]) -> dict[int, Any]:
    """The record at each place, if readers see it."""
    found: dict[int, Any] = {}
    entities: dict[int, int] = {}
    for kind, keys in keys_at(places).items():
        if kind in READERS:
            rows = {row.pk: row for row in READERS[kind](keys.values())}
            found |= {place: rows[key] for place, key in keys.items() if key in rows}
        else:
            entities |= keys
    if entities:
        shown = Entity.objects.public().filter(pk__in=entities.values()).for_search()
        records = {record.pk: record for record in shown}
        found |= {place: records[key] for place, key in entities.items() if key in records}
    return found


def _articles(keys: Iterable[int]) -> Iterable[Article]:
    return Article.objects.published().filter(pk__in=list(keys)).for_search()


def _quotations(keys: Iterable[int]) -> Iterable[Quote]:
    return Quote.objects.public().filter(pk__in=list(keys)).for_search()


def _tags(keys: Iterable[int]) -> Iterable[Tag]:
    """Whether an article bears the tag is asked, not how many do: of a common one they are thousands."""
    bearing = TaggedArticle.objects.filter(tag=OuterRef("pk"), content_object__status="published")
    return Tag.objects.current().filter(Exists(bearing), pk__in=list(keys))


READERS = {Kind.ARTICLE: _articles, Kind.QUOTATION: _quotations, Kind.TAG: _tags}


def suggestion_for(question: Question) -> Question | None:
    """The same question with the archive's own words in place of those that it does not have, if that finds some."""
    words = [word for word in read_query(question.text).words if not word.endswith("*")]
    meant = suggestions_for(words)
    text = WORD.sub(lambda match: meant.get(folded_word(match.group()), match.group()), question.text)
    if text == question.text:
        return None
    other = replace(question, text=text)
    found = find(other.search, [each.kind for each in other.kinds], number=0)
    return other if any(found.counts.values()) else None


__all__ = ["FACETS", "KINDS", "Question", "Results", "read_question", "results_of"]
