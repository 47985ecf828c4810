"""Readable addresses that stay unique, and the keys that names are looked up by."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from django.utils.text import slugify

MAX_LENGTH = 100
LARGEST_POWER = 40  # nobody has so many namesakes


def unique_slug(taken: QuerySet[Model], text: str, *, fallback: str) -> str:
    """A slug for `text` that no row of `taken` has: "jens-berg", then "jens-berg-2".

    Letters of other scripts are kept; `fallback` stands in for a text without letters and digits.
    """
    (slug,) = unique_slugs(taken, [text], fallback=fallback)
    return slug


def unique_slugs(taken: QuerySet[Model], texts: Sequence[str], *, fallback: str) -> list[str]:
    """Slugs for many texts at once, no two the same: one query, and some more for each text whose slug is taken."""
    bases = [slugify(text, allow_unicode=True)[:MAX_LENGTH].strip("-_") or fallback for text in texts]
    held = set(taken.filter(slug__in=set(bases)).values_list("slug", flat=True))
    slugs: dict[str, None] = {}
    last: dict[str, int] = {}
    for base in bases:
        slug = base
        if base in held or slug in slugs:
            number = last[base] + 1 if base in last else _free_number(taken, base)
            is_free = base not in last
            while (slug := f"{base}-{number}") in slugs or not (is_free or not taken.filter(slug=slug).exists()):
                number, is_free = number + 1, False
            last[base] = number
        slugs[slug] = None
    return list(slugs)


def _free_number(taken: QuerySet[Model], base: str) -> int:
    """A number that `base` is free with, the first where none was given back: ten thousand namesakes cost 30 look-ups.

    Powers of two are tried until one is free; between it and the one before, half the way each time.
    """
    powers: list[int] = [2**power for power in range(1, LARGEST_POWER)]
    tried = taken.filter(slug__in=[f"{base}-{number}" for number in powers])
    held = set(tried.values_list("slug", flat=True))
    free = next(number for number in powers if f"{base}-{number}" not in held)
    known = free // 2
    while free - known > 1:
        middle = (free + known) // 2
        if taken.filter(slug=f"{base}-{middle}").exists():
            known = middle
        else:
            free = middle
    return free


def name_key(name: str) -> str:
    """What two spellings of a name share: case and white space do not count."""
    return " ".join(name.casefold().split())[:200]
