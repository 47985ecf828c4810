"""What narrows a search down: topic, person, organisation, place, speaker, year, source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Entity, Tag
from articles.searching.documents import SHOWN, SOURCE, SPEAKER, TAG, YEAR, source_facet
from articles.searching.finding import Facets
from articles.text.words import words_of

MOST = 8  # values of one facet that the page offers
YEARS = 500  # all of them, of which the page offers the latest
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: Any
    prefix: str


FACETS = {
    each.name: each
    for each in (
        Facet("tag", _("Topic"), TAG),
        Facet("person", _("Person"), SHOWN["person"]),
        Facet("organisation", _("Organisation"), SHOWN["organisation"]),
        Facet("place", _("Place"), SHOWN["location"]),
        Facet("speaker", _("Speaker"), SPEAKER),
        Facet("year", _("Year"), YEAR),
        Facet("source", _("Source"), SOURCE),
    )
}
RECORDS = {"person": "person", "organisation": "organisation", "place": "location", "speaker": ""}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value of a facet: as an address gives it, as the index has it, and as readers see it."""

    facet: Facet
    value: str
    token: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that a reader may choose, and how many results have it."""

    label: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class Box:
    facet: Facet
    offers: list[Offer]


def read_facets(values: Mapping[str, str]) -> Iterator[Chosen]:
    """The facets that an address names, of each the first; what readers have no page for is left out.

    The number of a record that was merged leads to the one that it went into.
    """
    keys = {name: int(values[name]) for name in ("tag", *RECORDS) if _is_number(values.get(name, ""))}
    records = _records({keys[name] for name in RECORDS if name in keys})
    for facet in FACETS.values():
        value = values.get(facet.name, "").strip()
        if facet.name == "tag" and facet.name in keys:
            tag = Tag.objects.filter(pk=keys["tag"]).select_related("merged_into").first()
            tag = (tag and tag.merged_into) or tag
            if tag and Tag.objects.public().filter(pk=tag.pk).exists():
                yield Chosen(facet, str(tag.pk), f"{TAG}{tag.pk}", tag.name)
        elif facet.name in RECORDS and keys.get(facet.name) in records:
            record = records[keys[facet.name]]
            if RECORDS[facet.name] in ("", record.kind):
                yield Chosen(facet, str(record.pk), f"{facet.prefix}{record.pk}", record.name)
        elif facet.name == "year" and _is_number(value) and len(value) == 4:
            yield Chosen(facet, value, f"{YEAR}{int(value)}", value)
        elif facet.name == "source" and words_of(value):
            yield Chosen(facet, value[:200], source_facet(value), value[:200])


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value[:30]) <= LARGEST


def _records(keys: Iterable[int]) -> dict[int, Entity]:
    """The record that each number leads to, as long as readers have its page."""
    wanted = list(keys)
    found = Entity.objects.filter(pk__in=wanted).select_related("merged_into") if wanted else ()
    led = {record.pk: record.merged_into or record for record in found}
    return {key: record for key, record in led.items() if record.is_public}


def boxes(facets: Facets, chosen: Iterable[Chosen], address: Callable[[Chosen], str]) -> list[Box]:
    """What the results may be narrowed down to, the most frequent first, years the latest first."""
    taken = {each.facet.name for each in chosen}
    by_prefix = {facet.prefix: facet for facet in FACETS.values() if facet.name not in taken}
    counted: defaultdict[str, list[str]] = defaultdict(list)
    for token in facets.counts:
        counted[token[:2]].append(token)
    tokens = {
        facet.name: nlargest(YEARS if facet.name == "year" else MOST, counted[prefix], key=facets.counts.__getitem__)
        for prefix, facet in by_prefix.items()
    }
    values = _labelled({token for some in tokens.values() for token in some}, facets)
    shown = []
    for facet in by_prefix.values():
        offered = [token for token in tokens[facet.name] if token in values]
        if facet.name == "year":
            offered = sorted(offered, reverse=True)[: 2 * MOST]
        if len(offered) > 1 or (offered and facets.counts[offered[0]] < facets.total):
            shown.append(
                Box(facet, [_offer(facet, token, values[token], facets.counts[token], address) for token in offered])
            )
    return shown


def _offer(facet: Facet, token: str, label: str, count: int, address: Callable[[Chosen], str]) -> Offer:
    value = label if facet.name in ("source", "year") else token[2:]
    return Offer(label, number_format(count, force_grouping=True), address(Chosen(facet, value, token, label)))


def _labelled(tokens: Iterable[str], facets: Facets) -> dict[str, str]:
    """What readers see for each token; nothing for what they have no page for."""
    some = list(tokens)
    keys = {token: int(token[2:]) for token in some if token[:2] not in (YEAR, SOURCE)}
    entities = {key for token, key in keys.items() if token[:2] != TAG}
    tags = {key for token, key in keys.items() if token[:2] == TAG}
    sources = {facets.example(token): token for token in some if token[:2] == SOURCE}
    names = dict(Entity.objects.public().filter(pk__in=entities).values_list("pk", "name")) if entities else {}
    topics = dict(Tag.objects.current().filter(pk__in=tags).order_by().values_list("pk", "name")) if tags else {}
    labels = {token: (topics if token[:2] == TAG else names).get(key, "") for token, key in keys.items()}
    labels |= {token: token[2:] for token in some if token[:2] == YEAR}
    for article, publisher in Article.objects.published().filter(pk__in=sources).values_list("pk", "publisher"):
        labels[sources[article]] = publisher
    return {token: label for token, label in labels.items() if label}
