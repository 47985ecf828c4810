"""Lists of people, organisations and places: by name, by letter, and the most covered first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Entity, NameEntry
from articles.models.mentions import LATEST, mention
from articles.site.keyset import page_from

NAMES = 90


@dataclass(frozen=True, slots=True)
class Index:
    """The names of one kind; `name` is that of its address."""

    name: str
    title: str | Promise
    empty: str | Promise
    pages: str | Promise

    def get_absolute_url(self) -> str:
        return reverse(self.name)

    @property
    def most_covered(self) -> str:
        return reverse(f"{self.name}-covered")


INDEXES = {
    "person": Index("people", _("People"), _("No person has been in a published article yet."), _("Pages of people")),
    "organisation": Index(
        "organisations",
        _("Organisations"),
        _("No organisation has been in a published article yet."),
        _("Pages of organisations"),
    ),
    "location": Index(
        "locations", _("Places"), _("No place has been in a published article yet."), _("Pages of places")
    ),
}


def by_name(request: HttpRequest, kind: str, letter: str = "") -> HttpResponse:
    mention(LATEST)
    letters = NameEntry.objects.letters(kind)
    if letter and letter not in letters:
        if letter.upper() in letters:
            return redirect(f"{INDEXES[kind].name}-letter", letter.upper(), permanent=True)
        raise Http404(f"no name under {letter}")
    entries = page_from(request, NameEntry.objects.for_list(kind, letter), NAMES)
    context = {"letter": letter, "entries": entries, "page": entries}
    return render(request, "articles/name_list.html", {**context, **_about(kind, letters, is_narrow=bool(letter))})


def most_covered(request: HttpRequest, kind: str) -> HttpResponse:
    mention(LATEST)
    entities = page_from(request, Entity.objects.filter(kind=kind).public().most_covered(), NAMES)
    context = {"is_by_coverage": True, "entities": entities, "page": entities}
    letters = NameEntry.objects.letters(kind)
    return render(request, "articles/name_list.html", {**context, **_about(kind, letters, is_narrow=True)})


def _about(kind: str, letters: dict[str, int], *, is_narrow: bool) -> dict[str, Any]:
    index = INDEXES[kind]
    links = [(letter, number, reverse(f"{index.name}-letter", args=[letter])) for letter, number in letters.items()]
    trail = [(index.title, index.get_absolute_url())] if is_narrow else []
    return {"index": index, "letters": links, "number": sum(letters.values()), "trail": trail}
