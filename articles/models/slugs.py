"""Readable addresses that stay unique, and the keys that names are looked up by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from django.db.models import Model, QuerySet
from django.utils.text import slugify

MAX_LENGTH = 100
LARGEST_POWER = 40  # nobody has so many namesakes
AT_ONCE = 5_000  # slugs asked for by one statement


def unique_slug(taken: QuerySet[Model], text: str, *, fallback: str) -> str:
    """A slug for `text` that no row of `taken` has: "jens-berg", then "jens-berg-2".

    Letters of other scripts are kept; `fallback` stands in for a text without letters and digits.
    """
    (slug,) = unique_slugs(taken, [text], fallback=fallback)
    return slug


def unique_slugs(taken: QuerySet[Model], texts: Sequence[str], *, fallback: str) -> list[str]:
    """Slugs for many texts at once, no two the same: a few queries, however many of the slugs are taken."""
    bases = [slugify(text, allow_unicode=True)[:MAX_LENGTH].strip("-_") or fallback for text in texts]
    times = Counter(bases)
    held = _held(taken, times)
    shared = [base for base in times if base in held or times[base] > 1]
    first = _free_numbers(taken, shared)
    # Behind a number that is free others may be taken.
    held |= _held(taken, (f"{base}-{first[base] + step}" for base in shared for step in range(1, times[base])))
    slugs: dict[str, None] = {}
    following = {base: count(number) for base, number in first.items()}
    for base in bases:
        slug = base
        while slug in held or slug in slugs:
            if base not in following:  # another text has just been given this one's slug
                first |= _free_numbers(taken, [base])
                following[base] = count(first[base])
            number = next(following[base])
            slug = f"{base}-{number}"
            if number >= first[base] + times[base] and taken.filter(slug=slug).exists():
                held.add(slug)
        slugs[slug] = None
    return list(slugs)


def _held(taken: QuerySet[Model], slugs: Iterable[str]) -> set[str]:
    """Those of the slugs that are taken."""
    ordered = sorted(set(slugs))
    return {
        slug
        for start in range(0, len(ordered), AT_ONCE)
        for slug in taken.filter(slug__in=ordered[start : start + AT_ONCE]).values_list("slug", flat=True)
    }


def _free_numbers(taken: QuerySet[Model], bases: Iterable[str]) -> dict[str, int]:
    """A number that each base is free with, the first where none was given back.

    Powers of two are tried until one is free; between it and the one before, half the way each time. Ten thousand
    namesakes cost 15 queries, and so do a hundred names with as many.
    """
    bases = list(bases)
    powers: list[int] = [2**power for power in range(1, LARGEST_POWER)]
    held = _held(taken, (f"{base}-{number}" for base in bases for number in powers))
    free = {base: next(number for number in powers if f"{base}-{number}" not in held) for base in bases}
    known = {base: number // 2 for base, number in free.items()}
    while between := {base: (known[base] + free[base]) // 2 for base in free if free[base] - known[base] > 1}:
        held = _held(taken, (f"{base}-{middle}" for base, middle in between.items()))
        for base, middle in between.items():
            (known if f"{base}-{middle}" in held else free)[base] = middle
    return free


def name_key(name: str) -> str:
    """What two spellings of a name share: case and white space do not count."""
    return " ".join(name.casefold().split())[:200]
