"""What a reader who found no page may have been looking for: words to search for, and pages at addresses close to it.

As many rows are looked at in a large archive as in a small one: those next to the address in the order of addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from articles.models import Article, Entity, Tag
from articles.site.moved import KINDS

BESIDE = 60  # addresses looked at on either side
CLOSE = 72  # of 100
MOST = 5
LONGEST = 120
LEFT_OUT = ("/admin", "/api", "/static", "/media", "/preview")


@dataclass(frozen=True, slots=True)
class Lost:
    """The words to search for, and the records that may be meant, the closest first."""

    words: str
    records: list[Any]


def lost_at(path: str) -> Lost:
    first, _, rest = path.strip("/").partition("/")
    slug = (rest if first in KINDS else path.strip("/")).split("/")[0][:LONGEST].lower()
    words = " ".join(slug.replace("_", "-").split("-")).strip()
    if not words or "\0" in path or path.startswith(LEFT_OUT):
        return Lost("", [])
    found = {id(record): record for rows in rows_like(KINDS.get(first, "")) for record in neighbours(rows, slug)}
    close = process.extract(
        slug, {key: record.slug for key, record in found.items()}, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST
    )
    return Lost(words, [found[key] for _slug, _score, key in close])


def rows_like(kind: str) -> Iterator[QuerySet[Any]]:
    """The public records of a kind; of the commonest kinds, where the address names none."""
    if kind in ("", "article"):
        yield Article.objects.published().only("headline", "slug", "language")
    for each in Entity.Kind.values:
        if kind in ("", each):
            yield Entity.objects.filter(kind=each).public()
    if kind in ("", "tag"):
        yield Tag.objects.public()


def neighbours(rows: QuerySet[Any], slug: str) -> Iterator[Any]:
    yield from rows.filter(slug__gte=slug).order_by("slug")[:BESIDE]
    yield from rows.filter(slug__lt=slug).order_by("-slug")[:BESIDE]
