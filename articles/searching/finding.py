"""Ask the index: how many records of each kind, which first, which facets they have.

The first are those that have all the words in their headline or name, then those that have them in one piece, then the
others; within each, the latest or most covered. No question costs more than its limit: a number above `MANY` is
“1,000+”, facets are counted among the newest `SAMPLE`, and a page goes on from the last place of the one before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import QuerySet

from articles.models import SearchEntry
from articles.searching.asking import Ask, Clause, Expression
from articles.searching.engines import engine
from articles.searching.places import Kind, hidden_places, kind_at, public_places
from articles.searching.queries import Query

MANY = 1_000
# Facets are counted among so many: twice as many tell hardly more, and cost a sixth of the page.
SAMPLE = 500
# What editors' lists are narrowed down to: the newest so many that have the words.
MOST_LISTED = 5_000
IN_PIECES = (Kind.ARTICLE, Kind.QUOTATION)


@dataclass(frozen=True)
class Search:
    """A question with the facets that narrow it down."""

    query: Query
    facets: tuple[str, ...] = ()
    by_date: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(((facet,),) for facet in self.facets)

    @cached_property
    def expression(self) -> Expression:
        """All of it anywhere."""
        return self.query.in_texts().also(self.clauses)

    def tiers(self, kind: Kind, whole: Expression) -> list[Expression]:
        """What is looked for from the best to the last, which is the `whole` of it."""
        if self.by_date or not self.query:
            return [whole]
        phrase = self.query.as_phrase() if kind in IN_PIECES else None
        better = [self.query.in_names(), *([phrase] if phrase else [])]
        return [*(replace(each.also(self.clauses), unwanted=whole.unwanted) for each in better), whole]


@dataclass(slots=True)
class Found:
    """What a search found of each kind: how many, and the places of the best."""

    counts: dict[Kind, int] = field(default_factory=dict)
    best: dict[Kind, list[int]] = field(default_factory=dict)


def find(search: Search, kinds: Sequence[Kind], *, number: int) -> Found:
    """Count each kind, up to one more than `MANY`, and take the first `number` of it. One question to the index."""
    asks: list[Ask] = []
    whole = search.expression
    tiers = {kind: search.tiers(kind, whole) for kind in kinds}
    for kind in kinds:
        places = public_places(kind)
        asks.append(Ask(whole, *places, MANY + 1, only_count=True))
        asks += [Ask(tier, *places, number) for tier in tiers[kind]]
    answers = iter(engine().answer(asks))
    found = Found()
    for kind in kinds:
        found.counts[kind] = next(answers)[0]
        rows = [place for _ in tiers[kind] for place in next(answers)]
        found.best[kind] = list(dict.fromkeys(rows))[:number]
    return found


@dataclass(frozen=True, slots=True)
class Spot:
    """Between two results: just after the one at `place`, which is of a tier, or just before it."""

    tier: int
    place: int
    backwards: bool = False


def results_from(search: Search, kind: Kind, spot: Spot | None, *, number: int) -> list[tuple[int, int]]:
    """`number` results from a spot on, or before it, each with its tier, in their order."""
    tiers = search.tiers(kind, search.expression)
    first, last = public_places(kind)
    backwards = spot is not None and spot.backwards
    start = min(spot.tier, len(tiers) - 1) if spot else 0
    reachable = range(start, -1, -1) if backwards else range(start, len(tiers))
    asks = []
    for tier in reachable:
        low, high = first, last
        if spot and tier == start:
            low, high = (spot.place + 1, last) if backwards else (first, spot.place - 1)
        asks.append(Ask(tiers[tier], low, high, number, upwards=backwards, besides=tuple(tiers[:tier])))
    answers = engine().answer(asks)
    rows = [(tier, place) for tier, places in zip(reachable, answers, strict=True) for place in places][:number]
    return rows[::-1] if backwards else rows


@dataclass(slots=True)
class Facets:
    """How often each facet stands among the newest results; `told` has the number of each one's article beside them."""

    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    told: list[tuple[int, str]] = field(default_factory=list)

    def example(self, facet: str) -> int:
        """An article that has the facet, which is among those counted."""
        return next(article for article, said in self.told if facet in said.split())


def facets_among(search: Search, kind: Kind) -> Facets:
    (places,) = engine().answer([Ask(search.expression, *public_places(kind), SAMPLE)])
    rows = SearchEntry.objects.filter(place__in=places).values_list("key", "within", "facets")
    told = [(within or key, said) for key, within, said in rows]
    return Facets(len(places), Counter(" ".join(said for _, said in told).split()), told)


def keys_at(places: Iterable[int]) -> dict[Kind, dict[int, int]]:
    """The number of the record at each place, by its kind."""
    keys: defaultdict[Kind, dict[int, int]] = defaultdict(dict)
    for place, key in SearchEntry.objects.filter(place__in=list(places)).values_list("place", "key"):
        keys[kind_at(place)][place] = key
    return keys


def public_keys(query: Query, kind: Kind) -> QuerySet[SearchEntry, int]:
    """The numbers of the newest `MANY` records that readers see and that have the words, for a condition `pk__in`."""
    return _keys([Ask(query.in_texts(), *public_places(kind), MANY)])


def keys_found(query: Query, kinds: Collection[Kind], *, in_names: bool = False) -> QuerySet[SearchEntry, int]:
    """The numbers of records, public or not, that have the words: of each kind the newest `MOST_LISTED` of either."""
    expression = query.in_names() if in_names else query.in_texts()
    every = [each for kind in kinds for each in (public_places(kind), hidden_places(kind))]
    return _keys([Ask(expression, *places, MOST_LISTED) for places in every])


def _keys(asks: Sequence[Ask]) -> QuerySet[SearchEntry, int]:
    return SearchEntry.objects.filter(place__in=engine().places(asks)).values_list("key", flat=True)
