"""Questions to a full-text index, in no engine's own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models.expressions import RawSQL

Phrase = tuple[str, ...]
# Any of these phrases; of none at all nothing can be found. A phrase is of tokens that stand one after the other, the
# last of which may be a beginning and then ends in “*”.
Clause = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """All of some clauses and none of others."""

    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...] = ()

    @property
    def is_hopeless(self) -> bool:
        return not self.wanted or not all(self.wanted)

    def also(self, clauses: Iterable[Clause]) -> Expression:
        return replace(self, wanted=(*self.wanted, *clauses))


@dataclass(frozen=True, slots=True)
class Ask:
    """The places between two, both included, of what fits: the first `limit` of them from above, or from below.

    What fits any of `besides` is left out.
    """

    expression: Expression
    first: int
    last: int
    limit: int
    upwards: bool = False
    besides: tuple[Expression, ...] = ()
    only_count: bool = False

    @property
    def is_vain(self) -> bool:
        """Whether nothing can fit."""
        return self.expression.is_hopeless or self.limit < 1


class SearchUnavailable(Exception):
    """What holds the words does not answer, or not as it should; says why in one line."""


class Engine(Protocol):
    """Whatever holds the words of the entries. One outside the database raises `SearchUnavailable`."""

    @property
    def is_outside(self) -> bool:
        """Whether it has no part in the database's transactions: words are brought to it when one is done."""

    @property
    def mark(self) -> int:
        """What tells it apart from other engines: 64 bits that digests are mixed with, none for the database."""

    def write(self, rows: Sequence[tuple[int, str]]) -> None:
        """Hold the tokens of these places, whatever was held of them before."""

    def remove(self, places: Sequence[int]) -> None: ...

    def held(self, places: Sequence[int]) -> set[int]:
        """Which of the places it has words of."""

    def total(self) -> int: ...

    def places_after(self, place: int) -> list[int]:
        """The next places, in their order, that it has words of; none at the end."""

    def count_words(self, letters: int) -> None:
        """Write down anew in how many records each word of so many letters or more stands, and forget all others."""

    def answer(self, asks: Sequence[Ask]) -> list[list[int]]:
        """The places that each question asks for, in its order; of one that only counts, their number."""

    def places(self, asks: Sequence[Ask]) -> RawSQL | list[int]:
        """The places that all of the questions ask for, in no order, for a condition `place__in`."""
