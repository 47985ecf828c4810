"""Accept by itself what a newsroom has settled once and for all: names of records that an editor verified."""

from __future__ import annotations

from django.conf import settings

from articles.editing.changes import Changes
from articles.models import Appearance, Article, Entity, State


def accept_verified(article: Article) -> int:
    """Accept names that are to the letter those of verified records, if the newsroom wants that; returns how many.

    A person's name of one word is never enough: any number of people is called Finch. Quotations always wait for a
    person. The log says that nobody decided.
    """
    if not settings.NEWSROOM_ACCEPT_VERIFIED:
        return 0
    named = article.appearances.undecided().filter(entity__is_verified=True, candidates=[]).select_related("entity")
    rows = [appearance for appearance in named if _is_full_name(appearance)]
    changes = Changes(user=None)
    changes.settle(rows, State.ACCEPTED)
    changes.write()
    return len(rows)


def _is_full_name(appearance: Appearance) -> bool:
    entity = appearance.entity
    return appearance.name == entity.name and (entity.kind != Entity.Kind.PERSON or " " in entity.name)
