"""Say that a catalogue's record is about the same person, organisation or location."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from articles.editing.logbook import write_down
from articles.models import Decision, Entity, Identifier


@transaction.atomic
def add_identifier(entity: Entity, *, scheme: str, value: str, user: User | None) -> Identifier:
    """Give an entity an identifier and write down who did.

    Raises:
        django.core.exceptions.ValidationError: it is none of the catalogue's, or another record has it.
    """
    identifier = Identifier(entity_id=entity.pk, scheme=scheme, value=value)
    identifier.full_clean()
    identifier.save()
    write_down(
        Decision(
            subject=Decision.Subject.ENTITY,
            subject_id=entity.pk,
            action="identify",
            after={identifier.scheme: identifier.value},
            user=user,
        )
    )
    return identifier
