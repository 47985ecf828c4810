"""Which record a line of an authority file means, and what the line adds to it.

A line means the record that has one of its identifiers; else the only record of its kind that has its name, or else the
only one that goes by it, none of whose identifiers and country contradicts. Where several could be meant, none is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.importing.authority_file import Authority
from articles.models import Alias, Decision, Identifier, Location, Organisation, Origin, Person
from articles.models.slugs import name_key

MODELS: dict[str, type[Person] | type[Organisation] | type[Location]] = {
    "person": Person,
    "organisation": Organisation,
    "location": Location,
}


class Undecided(ValueError):
    """Several records could be meant."""


@dataclass(slots=True, eq=False)
class Holding:
    """A record, new or of the archive, with what it is found by and what lines add to it."""

    record: Any
    is_edited: bool = False
    keys: set[str] = field(default_factory=set)
    identifiers: set[tuple[str, str]] = field(default_factory=set)
    aliases: list[str] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    @property
    def has_news(self) -> bool:
        return bool(self.changed or self.aliases or self.added)

    def contradicts(self, line: Authority) -> bool:
        """Whether it is another one of the same name: a Springfield in another country."""
        for scheme, value in line.identifiers.items():
            values = {known for catalogue, known in self.identifiers if catalogue == scheme}
            if values and value not in values:
                return True
        country = getattr(self.record, "country", "")
        return bool(country and line.values.get("country", country) != country)

    def take(self, line: Authority) -> bool:
        """Add what a line says; returns whether any of it is new. What an editor typed stays, and so does the name."""
        wanted = {name: value for name, value in _values(line).items() if self._may_take(name, value)}
        for name, value in wanted.items():
            setattr(self.record, name, value)
        named = {name_key(name): name for name in (*line.aliases, line.name, self.record.name)}
        names = {key: name for key, name in named.items() if key not in self.keys}
        pairs = [pair for pair in line.identifiers.items() if pair not in self.identifiers]
        self.changed |= wanted.keys()
        self.keys |= names.keys()
        self.aliases += names.values()
        self.identifiers |= set(pairs)
        self.added += [pair for pair in pairs if not _is_of_location(line, pair[0])]
        return bool(wanted or names or pairs)

    def _may_take(self, name: str, value: object) -> bool:
        known = getattr(self.record, name)
        return known != value and (known in ("", None) or not self.is_edited)


def _values(line: Authority) -> dict[str, object]:
    values: dict[str, object] = {**line.values, "is_verified": True}
    if _is_of_location(line, "geonames") and "geonames" in line.identifiers:
        values["geoname_id"] = int(line.identifiers["geonames"])
    return values


def _is_of_location(line: Authority, scheme: str) -> bool:
    """Whether the record has a field of its own for this identifier."""
    return line.kind == "location" and scheme == "geonames"


class Archive:
    """The records that a portion of lines could mean, read by as many queries for one line as for all."""

    def __init__(self, lines: Sequence[Authority]) -> None:
        self.holdings: dict[int, Holding] = {}
        self.by_identifier: dict[tuple[str, str], Holding] = {}
        self.by_name: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        self.by_alias: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        self._read(lines)

    def find(self, line: Authority) -> Holding | None:
        """The record that a line means, None where there is none.

        Raises:
            Undecided: several could be meant.
            ValueError: the identifiers belong to several records, or to one of another kind.
        """
        found = {id(each): each for pair in line.identifiers.items() if (each := self.by_identifier.get(pair))}
        holdings = list(found.values())
        if len(holdings) > 1:
            names = " and ".join(f"“{each.record.name}”" for each in holdings)
            raise ValueError(f"its identifiers belong to {names}; expected those of one record")
        if holdings and line.kind != holdings[0].record.kind:
            other = holdings[0].record
            raise ValueError(f"its identifier belongs to the {other.kind} “{other.name}”; expected a {line.kind}")
        for index in (self.by_name, self.by_alias):
            if not holdings:
                namesakes = index.get((line.kind, name_key(line.name)), [])
                holdings = [holding for holding in namesakes if not holding.contradicts(line)]
        if len(holdings) > 1:
            raise Undecided(
                f"“{line.name}” can be {len(holdings)} records; expected an identifier that one of them has"
            )
        return holdings[0] if holdings else None

    def add(self, holding: Holding) -> None:
        """Let later lines find a record."""
        kind = holding.record.kind
        self.by_identifier |= dict.fromkeys(holding.identifiers, holding)
        for key in holding.keys:
            if holding not in self.by_alias[kind, key]:
                self.by_alias[kind, key].append(holding)
        own = self.by_name[kind, name_key(holding.record.name)]
        if holding not in own:
            own.append(holding)

    def _read(self, lines: Sequence[Authority]) -> None:
        numbers = self._numbers(lines)
        for model in MODELS.values():
            for record in model.objects.filter(pk__in=numbers):
                is_edited = record.origin == Origin.TYPED
                self.holdings[record.pk] = Holding(record, is_edited)
                if isinstance(record, Location) and record.geoname_id:
                    self.holdings[record.pk].identifiers.add(("geonames", str(record.geoname_id)))
        for pk, key in Alias.objects.filter(entity__in=numbers).values_list("entity", "key"):
            self.holdings[pk].keys.add(key)
        for pk, *pair in Identifier.objects.filter(entity__in=numbers).values_list("entity", "scheme", "value"):
            self.holdings[pk].identifiers.add((pair[0], pair[1]))
        for pk in edited(numbers):
            self.holdings[pk].is_edited = True
        for pk in sorted(self.holdings):
            self.add(self.holdings[pk])

    def _numbers(self, lines: Sequence[Authority]) -> set[int]:
        """The records that have the names or identifiers of `lines`; of a merged one, what it was merged into."""
        values: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            for scheme, value in line.identifiers.items():
                values[scheme].add(value)
        keys = {name_key(line.name) for line in lines}
        survivor = Coalesce("entity__merged_into", "entity")
        numbers = set(Alias.objects.filter(key__in=keys).values_list(survivor, flat=True))
        named = Q(pk__in=[])
        for scheme, known in values.items():
            named |= Q(scheme=scheme, value__in=known)
        numbers |= set(Identifier.objects.filter(named).values_list(survivor, flat=True))
        places = Location.objects.filter(geoname_id__in=values["geonames"])
        return numbers | set(places.values_list(Coalesce("merged_into", "pk"), flat=True))


def edited(numbers: set[int]) -> set[int]:
    """Those of the records with these numbers that a person changed in the admin or decided about."""
    logged = LogEntry.objects.filter(
        content_type__app_label="articles", content_type__model__in=MODELS, object_id__in=[str(pk) for pk in numbers]
    )
    decided = Decision.objects.filter(subject=Decision.Subject.ENTITY, subject_id__in=numbers).exclude(user=None)
    changed = {int(pk) for pk in logged.values_list("object_id", flat=True) if pk}
    return changed | set(decided.values_list("subject_id", flat=True))
