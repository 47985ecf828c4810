"""Who else is called so."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from articles.models.entities import Alias, Entity
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key


def aliases_of(entity: Entity) -> tuple[QuerySet[Alias], ...]:
    """The entity's own aliases; those of others that are equal to one of them; those equal to its name but for accents.

    Apart, so that each is found by an index. A surname alone makes no namesake: any number of people is called Finch.
    """
    own = Alias.objects.filter(entity=entity.pk)
    whole = own.filter(name__contains=" ") if entity.kind == Entity.Kind.PERSON else own
    others = Alias.objects.filter(entity__kind=entity.kind, entity__merged_into=None, entity__article_count__gt=0)
    others = others.exclude(entity=entity.pk)
    called = Q(key=name_key(entity.name))
    if plain := plain_key(entity.kind, entity.name):
        called |= Q(plain=plain)
    return own, others.filter(key__in=whole.values("key")), others.filter(called)


def namesakes_of(entity: Entity) -> set[int]:
    """The numbers of the others."""
    return {number for rows in aliases_of(entity)[1:] for number in rows.values_list("entity_id", flat=True)}
