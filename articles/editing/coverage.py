"""Keep what readers find under records, tags and speakers in step with what they see.

One article's rows follow from its own rows alone, so whatever changed in it, they are made anew and compared with those
that are there. Most changes leave most of them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.functions import Coalesce

from articles.models import (
    Appearance,
    Article,
    Coverage,
    Entity,
    Naming,
    Quote,
    Saying,
    TagCoverage,
    TaggedArticle,
    TaggedQuote,
)
from articles.models.slugs import name_key
from articles.text.spans import Span

PORTION = 500  # articles looked at in one go

# What a row of each table says; the article comes first.
FIELDS: dict[type[Model], tuple[str, ...]] = {
    Coverage: ("article_id", "entity_id", "kind", "is_filed_there", "moment"),
    TagCoverage: ("article_id", "tag_id", "is_borne", "moment"),
    Saying: ("article_id", "quote_id", "speaker_id", "start", "moment"),
    Naming: ("article_id", "quote_id", "entity_id", "speaker_id", "start", "moment"),
}
Said = tuple[Any, ...]


@dataclass(slots=True)
class Owners:
    """The records and tags under which something came or went."""

    entities: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)

    def note(self, model: type[Model], said: Said) -> None:
        row = dict(zip(FIELDS[model], said, strict=True))
        self.entities |= {row[name] for name in ("entity_id", "speaker_id") if row.get(name)}
        self.tags |= {row["tag_id"]} if "tag_id" in row else set()

    def __or__(self, other: Owners) -> Owners:
        return Owners(self.entities | other.entities, self.tags | other.tags)


def owners_in(articles: Collection[int]) -> Owners:
    """The records and tags under which these articles are now."""
    coverage = Coverage.objects.filter(article__in=articles).values_list("entity_id", flat=True)
    sayings = Saying.objects.filter(article__in=articles).exclude(speaker=None).values_list("speaker_id", flat=True)
    tags = TagCoverage.objects.filter(article__in=articles).values_list("tag_id", flat=True)
    return Owners({*coverage, *sayings}, {*tags})


def refresh_coverage(articles: Iterable[int]) -> Owners:
    """Bring the rows of these articles in step; returns whose lists are others now."""
    owners = Owners()
    for model, gone, missing in differences(articles):
        for said in (*gone.values(), *missing):
            owners.note(model, said)
        model._base_manager.filter(pk__in=list(gone)).delete()
        model._base_manager.bulk_create(
            [model(**dict(zip(FIELDS[model], said, strict=True))) for said in missing], batch_size=PORTION
        )
    return owners


def differences(articles: Iterable[int]) -> Iterator[tuple[type[Model], dict[int, Said], list[Said]]]:
    """Where the rows of these articles are out of step: of each table those too many, by number, and those missing."""
    keys = sorted(set(articles))
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        wanted = rows_wanted(portion)
        for model, names in FIELDS.items():
            there = {
                row[0]: row[1:]
                for row in model._base_manager.filter(article__in=portion).values_list("pk", *names).order_by("pk")
            }
            gone = {key: said for key, said in there.items() if said not in wanted[model]}
            missing = sorted(wanted[model] - set(there.values()), key=str)
            if gone or missing:
                yield model, gone, missing


def rows_wanted(articles: Collection[int]) -> dict[type[Model], set[Said]]:
    """What the tables have to say of these articles."""
    wanted: dict[type[Model], set[Said]] = {model: set() for model in FIELDS}
    published = Article.objects.published().filter(pk__in=articles)
    dates = {
        key: (moment, dateline)
        for key, moment, dateline in published.values_list("pk", Coalesce("published", "released"), "dateline_place")
    }
    if not dates:
        return wanted
    named = _add_coverage(wanted, dates)
    _add_sayings(wanted, dates, named)
    _add_tags(wanted, dates)
    return wanted


Dates = dict[int, tuple[datetime, str]]
Wanted = dict[type[Model], set[Said]]
Named = defaultdict[int, list[tuple[int, list[Span]]]]


def _add_coverage(wanted: Wanted, dates: Dates) -> Named:
    """Who and what each article shows; returns where in its text."""
    named: Named = defaultdict(list)
    shown = Appearance.objects.shown().filter(article__in=dates)
    for article, entity, kind, name, spans in shown.values_list(
        "article_id", "entity_id", "entity__kind", "name", "spans"
    ):
        moment, dateline = dates[article]
        is_filed_there = kind == Entity.Kind.LOCATION and _is_dateline(name, dateline)
        wanted[Coverage].add((article, entity, kind, is_filed_there, moment))
        named[article].append((entity, [Span(*pair) for pair in spans]))
    return named


def _is_dateline(name: str, dateline: str) -> bool:
    """Whether a dateline prints the name of a place, alone or before a wider one: Cork in “CORK, Ireland”."""
    return bool(dateline) and name_key(name) in (name_key(dateline), name_key(dateline.partition(",")[0]))


def _add_sayings(wanted: Wanted, dates: Dates, named: Named) -> None:
    """What is said in each article, and whom and what the words name."""
    shown = Quote.objects.shown().filter(article__in=dates)
    for quote, article, speaker, start, pairs in shown.values_list("pk", "article_id", "speaker_id", "start", "spans"):
        moment, _ = dates[article]
        wanted[Saying].add((article, quote, speaker, start, moment))
        said = [Span(*pair) for pair in pairs]
        for entity, spans in named[article]:
            if any(words.contains(span) for span in spans for words in said):
                wanted[Naming].add((article, quote, entity, speaker, start, moment))


def _add_tags(wanted: Wanted, dates: Dates) -> None:
    """The tags of each article, and those that only a quotation in it bears."""
    items = TaggedArticle.objects.filter(content_object__in=dates, tag__merged_into=None)
    borne = set(items.values_list("content_object_id", "tag_id"))
    quotes = TaggedQuote.objects.filter(content_object__in=[said[1] for said in wanted[Saying]])
    found = set(quotes.filter(tag__merged_into=None).values_list("content_object__article_id", "tag_id"))
    for article, tag in borne | found:
        wanted[TagCoverage].add((article, tag, (article, tag) in borne, dates[article][0]))
