"""The index of names: whoever readers have a page of, by kind and letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db import models
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Entity

DIGITS = "0-9"  # what begins with no letter
HAN = "漢"  # characters that are words stand together: each of them would be a letter of its own
AT_ONCE = 500


def filing_key(name: str, family_name: str = "") -> str:
    """What a name is filed by, without accents and capitals, the family name first: “voss mira voss”."""
    decomposed = unicodedata.normalize("NFKD", f"{family_name} {name}".casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join("".join(each if each.isalnum() else " " for each in plain).split())[:200]


def letter_of(key: str) -> str:
    """The letter that a key is found under: “V”, “ב”, “0-9”."""
    first = key[:1].upper()[:1]
    if not first.isalpha():
        return DIGITS
    return HAN if unicodedata.name(first, "").startswith("CJK") else first


class NameEntryQuerySet(models.QuerySet["NameEntry"]):
    def letters(self, kind: str) -> dict[str, int]:
        """The letters of a kind in their order, digits last, each with the number of names."""
        found = self.filter(kind=kind).order_by("letter").values_list("letter").annotate(Count("pk"))
        return dict(sorted(found, key=lambda each: (each[0] == DIGITS, each[0])))

    def for_list(self, kind: str, letter: str = "") -> NameEntryQuerySet:
        rows = self.filter(kind=kind, letter=letter) if letter else self.filter(kind=kind)
        return rows.order_by("key", "pk").select_related("entity")

    def file(self, entities: Iterable[int]) -> None:
        """Bring the entries of these records in step with their names and with whether readers have a page of them."""
        keys = sorted(set(entities))
        for start in range(0, len(keys), AT_ONCE):
            self._file(keys[start : start + AT_ONCE])

    def _file(self, keys: list[int]) -> None:
        shown = Entity.objects.public().filter(pk__in=keys).order_by("pk")
        rows = shown.annotate(family_name=F("person__family_name")).values_list("pk", "kind", "name", "family_name")
        wanted = {pk: (kind, filing_key(name, family or "")) for pk, kind, name, family in rows}
        there = {row.pk: (row.kind, row.key) for row in self.filter(pk__in=keys)}
        self.filter(pk__in=[pk for pk in there if pk not in wanted]).delete()
        self.bulk_create(
            [
                NameEntry(entity_id=pk, kind=kind, key=key, letter=letter_of(key))
                for pk, (kind, key) in wanted.items()
                if there.get(pk) != (kind, key)
            ],
            update_conflicts=True,
            unique_fields=["entity"],
            update_fields=["kind", "key", "letter"],
        )


class NameEntry(models.Model):
    """Where a record stands in the index of its kind."""

    entity = models.OneToOneField(
        Entity, verbose_name=_("record"), primary_key=True, on_delete=models.CASCADE, related_name="name_entry"
    )
    kind = models.CharField(_("kind"), max_length=12)
    letter = models.CharField(_("letter"), max_length=4)
    key = models.CharField(_("filed by"), max_length=200)

    objects = NameEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("entry of the index of names")
        verbose_name_plural = _("index of names")
        indexes = [
            models.Index(fields=["kind", "key", "entity"], name="nameentry_key"),
            models.Index(fields=["kind", "letter", "key", "entity"], name="nameentry_letter"),
        ]

    def __str__(self) -> str:
        return self.key


def wrong_entries() -> list[int]:
    """The records whose entry is not what their name and their articles make it."""
    rows = Entity.objects.public().annotate(family_name=F("person__family_name"))
    wanted = {
        pk: (kind, filing_key(name, family or ""))
        for pk, kind, name, family in rows.order_by("pk").values_list("pk", "kind", "name", "family_name").iterator()
    }
    there = {pk: (kind, key) for pk, kind, key in NameEntry.objects.values_list("pk", "kind", "key").iterator()}
    return sorted(pk for pk in wanted.keys() | there.keys() if wanted.get(pk) != there.get(pk))


def file_all() -> None:
    """Make the index anew."""
    NameEntry.objects.file({*Entity.objects.public().values_list("pk", flat=True), *wrong_entries()})
