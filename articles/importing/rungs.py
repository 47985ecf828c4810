"""The rungs of the ladder on which records are found for a name, and what one of them found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from articles.extraction.types import Kind
from articles.importing.candidates import MOST_NAMESAKES
from articles.importing.signals import Signal, Verdict, only_one, verdict
from articles.models import Entity as Record


class Rung(IntEnum):
    """How a record was found, the surest first."""

    STORY = 0
    PLACE = 1
    NAME = 2
    PLAIN = 3
    SHORT = 4


SAID = {
    Rung.STORY: "the record that this story had before",
    Rung.PLACE: "the same place in the GeoNames gazetteer",
    Rung.NAME: "the same name",
    Rung.PLAIN: "the same name but for articles, accents or legal form",
    Rung.SHORT: "a name that may be short for this one",
}
SAID_OF_PEOPLE = {**SAID, Rung.PLAIN: "the same given and family name"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a rung found for one entity, and what speaks for and against each of it."""

    rung: Rung
    records: tuple[Record, ...]
    signals: Mapping[int, tuple[Signal, ...]] = field(default_factory=dict)
    evidence: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether the one record found is linked without more ado."""
        if len(self.records) != 1 or self.rung is Rung.SHORT:
            return False
        return verdict(self.signals.get(self.records[0].pk, ())) is not Verdict.AGAINST

    @property
    def is_crowd(self) -> bool:
        return len(self.records) > MOST_NAMESAKES

    def choose(self, kind: Kind, settled: frozenset[int]) -> int | None:
        """The one record that the signals leave of several, or of those whose names are but alike."""
        if self.is_crowd or self.rung is Rung.STORY:
            return None
        weighed = {record.pk: self.signals.get(record.pk, ()) for record in self.records}
        chosen = only_one(weighed, settled)
        is_vouched = kind != Kind.PERSON and chosen in settled
        return chosen if self.rung is not Rung.SHORT or is_vouched or self._speaks_for(chosen) else None

    def is_dismissed(self, kind: Kind) -> bool:
        """Whether the names are but alike, and nothing else is: any number of people is J. Smith."""
        return self.rung is Rung.SHORT and kind == Kind.PERSON and not any(map(self._speaks_for, self.signals))

    def _speaks_for(self, key: int | None) -> bool:
        return key is not None and verdict(self.signals.get(key, ())) is Verdict.FOR


NOBODY = Found(Rung.SHORT, ())
