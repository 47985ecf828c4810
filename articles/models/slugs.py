"""Readable addresses that stay unique, and the keys that names are looked up by."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.utils.text import slugify

MAX_LENGTH = 100


def unique_slug(taken: QuerySet[Model], text: str, *, fallback: str) -> str:
    """A slug for `text` that no row of `taken` has: "jens-berg", then "jens-berg-2".

    Letters of other scripts are kept; `fallback` stands in for a text without letters and digits.
    """
    base = slugify(text, allow_unicode=True)[:MAX_LENGTH].strip("-_") or fallback
    rivals = set(taken.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in rivals:
        number += 1
        slug = f"{base}-{number}"
    return slug


def name_key(name: str) -> str:
    """What two spellings of a name share: case and white space do not count."""
    return " ".join(name.casefold().split())[:200]
