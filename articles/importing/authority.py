"""Load an authority file into the records: whole or not at all, and never over what an editor typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.importing.authority_archive import MODELS, Archive, Holding, Undecided
from articles.importing.authority_file import Authority, BadLine
from articles.importing.linking import split_name
from articles.models import Alias, Entity, Identifier, NameEntry, Origin
from articles.models.name_keys import plain_key
from articles.models.slugs import MAX_LENGTH, name_key
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
        _create(new)
        _update([holding for holding in archive.holdings.values() if holding.has_news])
        _write_names([*new, *archive.holdings.values()])


def _new_record(line: Authority) -> Any:
    record: Any = MODELS[line.kind](kind=line.kind, name=line.name, origin=Origin.IMPORTED)
    if line.kind == "person" and not {"given_name", "family_name"} & line.values.keys():
        record.given_name, record.family_name = (part[:100] for part in split_name(line.name))
    return record


def _create(holdings: Sequence[Holding]) -> None:
    """Insert new records: first what all kinds share, then what each has of its own."""
    for kind, model in MODELS.items():
        records = [holding.record for holding in holdings if kind == holding.record.kind]
        shared = [
            Entity(
                kind=kind,
                name=record.name,
                slug=slug,
                description=record.description,
                origin=record.origin,
                is_verified=record.is_verified,
            )
            for record, slug in zip(records, _slugs(kind, [record.name for record in records]), strict=True)
        ]
        for record, entity in zip(records, Entity.objects.bulk_create(shared), strict=True):
            record.pk = record.id = entity.pk
        _insert(model, records)


def _insert(model: type[Any], records: Sequence[Any]) -> None:
    """Insert the rows of a child table, whose parents are there: what `bulk_create` does not do."""
    fields = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(each.column) for each in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    rows = [[each.get_db_prep_save(getattr(record, each.attname), connection) for each in fields] for record in records]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # nosec B608


def _slugs(kind: str, names: Sequence[str]) -> list[str]:
    """As `unique_slug` makes them, for many names at once: as many queries as the commonest name has rivals."""
    bases = [slugify(name, allow_unicode=True)[:MAX_LENGTH].strip("-_") or kind for name in names]
    slugs = [""] * len(bases)
    given: set[str] = set()
    waiting, number = list(range(len(bases))), 1
    while waiting:
        wanted = {at: bases[at] if number == 1 else f"{bases[at]}-{number}" for at in waiting}
        taken = set(Entity.objects.filter(kind=kind, slug__in=set(wanted.values())).values_list("slug", flat=True))
        for at, slug in wanted.items():
            if slug not in taken | given:
                slugs[at] = slug
                given.add(slug)
        waiting, number = [at for at in waiting if not slugs[at]], number + 1
    return slugs


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
