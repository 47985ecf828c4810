"""Load an authority file into the records: whole or not at all, and never over what an editor typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.importing.authority_archive import MODELS, Archive, Holding, Undecided
from articles.importing.authority_file import Authority, BadLine
from articles.importing.linking import split_name
from articles.importing.new_records import create_records
from articles.models import Alias, Identifier, NameEntry, Origin
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key
from articles.searching.index import follow_entities

# Lines at once: what is asked about them stays below the parameter limit of SQLite (32,766).
PORTION = 1_000


@dataclass(slots=True)
class Outcome:
    """What became of the lines. Where one is bad, nothing was written."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    undecided: list[BadLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def load_authorities(lines: Iterable[Authority | BadLine], *, dry_run: bool = False) -> Outcome:
    """Bring the records in line with an authority file, in one transaction; loading it again changes nothing."""
    outcome = Outcome()
    rest = iter(lines)
    with transaction.atomic():
        while portion := list(islice(rest, PORTION)):
            outcome.bad += [line for line in portion if isinstance(line, BadLine)]
            _load([line for line in portion if isinstance(line, Authority)], outcome)
        if outcome.bad or dry_run:
            transaction.set_rollback(True)
    outcome.bad.sort(key=lambda bad: bad.line)
    return outcome


def _load(lines: Sequence[Authority], outcome: Outcome) -> None:
    archive = Archive(lines)
    new: list[Holding] = []
    for line in lines:
        try:
            holding = archive.find(line)
        except Undecided as doubt:
            outcome.undecided.append(BadLine(line.line, str(doubt)))
            continue
        except ValueError as error:
            outcome.bad.append(BadLine(line.line, str(error)))
            continue
        if holding is None:
            holding = Holding(_new_record(line))
            holding.take(line)
            new.append(holding)
            outcome.created += 1
        elif holding.take(line):
            outcome.updated += 1
        else:
            outcome.unchanged += 1
        archive.add(holding)
    if not outcome.bad:
        create_records([holding.record for holding in new])
        _update([holding for holding in archive.holdings.values() if holding.has_news])
        _write_names([*new, *archive.holdings.values()])


def _new_record(line: Authority) -> Any:
    record: Any = MODELS[line.kind](kind=line.kind, name=line.name, origin=Origin.IMPORTED)
    if line.kind == "person" and not {"given_name", "family_name"} & line.values.keys():
        record.given_name, record.family_name = (part[:100] for part in split_name(line.name))
    return record


def _update(holdings: Sequence[Holding]) -> None:
    now = timezone.now()
    for kind, model in MODELS.items():
        changed = [holding for holding in holdings if kind == holding.record.kind]
        for holding in changed:
            holding.record.modified = now
            if holding.record.origin == Origin.EXTRACTED and not holding.is_edited:
                holding.record.origin = Origin.IMPORTED
        names = {"modified", "origin"}.union(*(holding.changed for holding in changed))
        model._base_manager.bulk_update([holding.record for holding in changed], sorted(names), batch_size=500)
        NameEntry.objects.file(holding.record.pk for holding in changed)


def _write_names(holdings: Sequence[Holding]) -> None:
    Alias.objects.bulk_create(
        Alias(entity_id=holding.record.pk, name=name, key=name_key(name), plain=plain_key(holding.record.kind, name))
        for holding in holdings
        for name in holding.aliases
    )
    Identifier.objects.bulk_create(
        Identifier(entity_id=holding.record.pk, scheme=scheme, value=value)
        for holding in holdings
        for scheme, value in holding.added
    )
    follow_entities(holding.record.pk for holding in holdings if holding.has_news)
