"""Write down what editors change in the record of a person, organisation or location."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from articles.editing.ledger import plain
from articles.models import Decision, Entity, NameEntry

# What the program keeps for itself, and what merges write down by themselves.
NOT_TYPED = {"id", "entity_ptr", "kind", "origin", "merged_into", "article_count", "quote_count", "created", "modified"}


def values_of(entity: Entity) -> dict[str, Any]:
    """All that an editor can type about a record, as the database has it, with its names, tags and identifiers."""
    record = Entity.objects.get(pk=entity.pk)
    record = getattr(record, record.kind)
    fields = [field for field in record._meta.concrete_fields if field.name not in NOT_TYPED]
    return {
        **{field.name: plain(type(record), field.attname, getattr(record, field.attname)) for field in fields},
        "names": sorted(record.aliases.values_list("name", flat=True)),
        "identifiers": sorted(f"{each.scheme}: {each.value}" for each in record.identifiers.all()),
        "tags": sorted(tag.name for tag in record.tags.all()),
    }


def log_edit(entity: Entity, before: dict[str, Any] | None, *, user: User | None) -> Decision | None:
    """Write down what differs from `before`, which is None of a record that was made; None where nothing does.

    The index of names follows.
    """
    NameEntry.objects.file([entity.pk])
    after = values_of(entity)
    changed = [name for name, value in after.items() if value != (before or {}).get(name)]
    if before is None:
        changed = [name for name in changed if after[name] not in ("", None, [])]
    if not changed:
        return None
    return Decision.objects.create(
        subject=Decision.Subject.ENTITY,
        subject_id=entity.pk,
        label=str(after["name"]),
        action="write" if before is None else "edit",
        before={name: before[name] for name in changed} if before else {},
        after={name: after[name] for name in changed},
        user=user,
    )
