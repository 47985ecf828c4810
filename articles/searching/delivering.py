"""Bring the words of entries to an engine outside the database, when the transaction that changed them is done.

Until then, and for as long as that engine does not answer, the digest of an entry is `PENDING`. What is brought is
made anew of the record while its entry is locked: whoever comes last brings the newest state, in whatever order the
transactions were done.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from asgiref.local import Local
from django.db import transaction

from articles.models import SearchEntry
from articles.searching.asking import SearchUnavailable
from articles.searching.documents import documents_of
from articles.searching.engines import engine
from articles.searching.entries import PENDING, digest_of, entry_of, portions
from articles.searching.places import Kind

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Changed:
    """Records whose words are to be brought, and places where words of theirs may stand."""

    keys: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)


# Of this thread, by kind. All changes of a transaction are one delivery: a server that hangs is waited for once.
# What was rolled back may stay behind: with the next it is looked at, and nothing is found to be done.
local = Local(thread_critical=True)


def deliver_later(kind: Kind, keys: Iterable[int], places: Iterable[int]) -> None:
    """Bring the words of these records when the transaction is done, and take away what stands at former places."""
    changed = _waiting()[kind]
    changed.keys.update(keys)
    changed.places.update(places)
    transaction.on_commit(deliver_waiting, robust=True)


def deliver_waiting() -> None:
    """Bring all that waits in this thread."""
    waiting, local.waiting = _waiting(), None
    bring(waiting)


def bring(waiting: Mapping[Kind, Changed]) -> None:
    """Bring what changed; where the engine does not take it, it stays pending, and nobody is hindered."""
    try:
        for kind, changed in waiting.items():
            for some in portions(changed.keys):
                deliver(kind, some)
            _take_away(kind, changed)
    except SearchUnavailable as error:
        number = sum(len(changed.keys) for changed in waiting.values())
        logger.warning("Words of up to %s records wait for rebuild_search: %s", number, error)


def _waiting() -> defaultdict[Kind, Changed]:
    if getattr(local, "waiting", None) is None:
        local.waiting = defaultdict(Changed)
    waiting: defaultdict[Kind, Changed] = local.waiting
    return waiting


@transaction.atomic
def deliver(kind: Kind, keys: Collection[int]) -> None:
    """Bring the words of these records that are pending; what is about to change again is left to who changes it."""
    rows = SearchEntry.objects.filter(kind=kind, key__in=keys, digest=PENDING).order_by("key")
    entries = {entry.key: entry for entry in rows.select_for_update()}
    documents = [each for each in documents_of(kind, entries) if _said(entry_of(each)) == _said(entries[each.key])]
    if not documents:
        return
    engine().write([(document.place, document.tokens) for document in documents])
    for document in documents:
        entries[document.key].digest = digest_of(document)
    SearchEntry.objects.bulk_update(entries.values(), ["digest"])


def _said(entry: SearchEntry) -> tuple[object, ...]:
    return entry.place, entry.within, entry.facets, entry.spoken


@transaction.atomic
def _take_away(kind: Kind, changed: Changed) -> None:
    """Whoever comes back to a former place waits meanwhile, or has brought its words already."""
    rows = SearchEntry.objects.filter(kind=kind, key__in=changed.keys).order_by("key").select_for_update()
    changed.places.difference_update(rows.values_list("place", flat=True))
    engine().remove(sorted(changed.places))
