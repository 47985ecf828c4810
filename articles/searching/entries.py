"""What the database holds of each record that can be found: all but its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.models import SearchEntry
from articles.searching.documents import Document
from articles.searching.engines import engine

# The digest of an entry whose words are not where they are looked for yet.
PENDING = 0
PORTION = 500


def entry_of(document: Document) -> SearchEntry:
    """As it stands until its words are brought outside, or at once where they are in the database, too."""
    return SearchEntry(
        place=document.place,
        kind=document.kind,
        key=document.key,
        within=document.within,
        facets=" ".join(document.facets),
        spoken=document.spoken,
        digest=PENDING if engine().is_outside else digest_of(document),
    )


def digest_of(document: Document) -> int:
    """What an entry has whose words the engine holds; what another engine held counts as not written."""
    return document.digest ^ engine().mark


def portions(keys: Iterable[int], size: int = PORTION) -> Iterator[list[int]]:
    ordered = sorted(set(keys))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
