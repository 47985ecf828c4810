"""How often editors agree with each rule: what was accepted of all that was decided about.

What an editor accepted was right, what was changed or rejected was wrong; unsure and undecided do not count. A rule is
what stands as evidence of a row, without the names and numbers in it: of “the tagger, 0.99 sure; linked to “Cork”: the
same name” there are two, “the tagger” and “linked: the same name”.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from django.db.models import Count

from articles.editing.changes import Decidable
from articles.models import Appearance, Origin, ProposedTag, Quote, Role, State

MODELS: tuple[type[Decidable], ...] = (Appearance, Quote, Role, ProposedTag)
DECIDED = (State.ACCEPTED, State.CHANGED, State.REJECTED)
# Rows read for one answer: the last ones decided. More do not change a share by what can be seen.
MOST_READ = 50_000
CONFIDENCE = 1.96  # of a normal distribution: 95 % of what could be the true share lie within

QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
BRACKETED = re.compile(r"\s*\([^()]*\)")
# A name without marks: “which lies in Brittany”. What begins the words of a rule is no name.
NAME = re.compile(r"(?<=[a-z,] )[^\W\d_a-z]\w+(?:[ -][^\W\d_a-z]\w+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SURE = re.compile(r", N sure$")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What became of what one rule proposed."""

    model: str
    rule: str
    accepted: int
    changed: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.accepted + self.changed + self.rejected

    @property
    def wrong(self) -> int:
        return self.changed + self.rejected

    @property
    def precision(self) -> float:
        return self.accepted / self.decided

    @property
    def at_least(self) -> float:
        """The lower end of the Wilson interval: what the share is at least, with 95 % confidence."""
        share, number, z = self.precision, self.decided, CONFIDENCE
        middle = share + z * z / (2 * number)
        return (middle - z * sqrt(share * (1 - share) / number + z * z / (4 * number * number))) / (1 + z * z / number)


def precision_of_rules(*, since: datetime | None = None) -> list[RuleRecord]:
    """Each rule by whose proposals something was decided since then, those that were wrong most often first."""
    records = [record for model in MODELS for record in _of(model, since)]
    return sorted(records, key=lambda record: (-record.wrong, record.model, record.rule))


def _of(model: type[Decidable], since: datetime | None) -> Iterator[RuleRecord]:
    rows = model._default_manager.filter(state__in=DECIDED).exclude(origin=Origin.TYPED).exclude(evidence="")
    if since:
        rows = rows.filter(modified__gte=since)
    latest = rows.order_by("-modified", "-pk").values("pk")[:MOST_READ]
    counted = model._default_manager.filter(pk__in=latest).order_by().values("evidence", "state")
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in counted.annotate(number=Count("pk")).values_list("evidence", "state", "number"):
        for rule in dict.fromkeys(rules_in(row[0])):
            found[rule][row[1]] += row[2]
    for rule, states in found.items():
        numbers = (states[state.value] for state in DECIDED)
        yield RuleRecord(model._meta.model_name or "", rule, *numbers)


def rules_in(evidence: str) -> list[str]:
    """The rules that a row's evidence names, without names and numbers.

    >>> rules_in("the tagger, 0.99 sure; linked to “Cork”: the same name (for: both are called minister)")
    ['the tagger', 'linked to …: the same name']
    """
    said = NAME.sub("…", BRACKETED.sub("", QUOTED.sub("…", evidence)))
    parts = [SURE.sub("", SPACE.sub(" ", NUMBER.sub("N", part)).strip()) for part in said.split(";")]
    return [part for part in parts if part]
