"""What the index says of each record: its words, its names, its facets and its rank.

All of it is one row of words, so that one question to the full-text index can ask for all of it: words of the text as
they are, words of headlines and names once more with “_” before them, facets as a letter and a number (`t_12` is a
tag), and a single “_” wherever no phrase may run on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from articles.models import (
    Alias,
    Appearance,
    Article,
    Byline,
    Entity,
    Quote,
    Tag,
    TaggedArticle,
    TaggedQuote,
    TagSynonym,
)
from articles.searching.places import Kind, place_of, rank_of_moment, rank_of_number
from articles.text.words import words_of

BREAK = "_"
KINDS = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "location": Kind.LOCATION}
# The letter that each facet begins with.
TAG, SPEAKER, YEAR, SOURCE = "t_", "s_", "y_", "u_"
SHOWN = {"person": "p_", "organisation": "o_", "location": "l_"}


@dataclass(frozen=True, slots=True)
class Document:
    kind: Kind
    key: int
    place: int
    names: tuple[str, ...]
    texts: tuple[str, ...]
    facets: tuple[str, ...] = ()
    within: int | None = None
    spoken: str = ""

    @property
    def tokens(self) -> str:
        """Everything that can be asked for, in one row."""
        names = [words_of(name) for name in self.names]
        parts = [*names, *(words_of(text) for text in self.texts), *([f"_{word}" for word in name] for name in names)]
        return f" {BREAK} ".join(" ".join(part) for part in [*parts, self.facets] if part)

    @property
    def digest(self) -> int:
        said = "\0".join((str(self.place), *self.names, "", *self.texts, "", *self.facets, str(self.within)))
        return int.from_bytes(blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def documents_of(kind: Kind, keys: Collection[int]) -> Iterator[Document]:
    """What the index has to say of the records of a kind that have these numbers; nothing of those that are gone."""
    if kind == Kind.ARTICLE:
        return _articles(keys)
    if kind == Kind.QUOTATION:
        return _quotations(keys)
    return _tags(keys) if kind == Kind.TAG else _entities(kind, keys)


def source_facet(publisher: str) -> str:
    return SOURCE + "_".join(words_of(publisher))[:60]


# Articles and quotations.


def _articles(keys: Collection[int]) -> Iterator[Document]:
    public = set(Article.objects.published().filter(pk__in=keys).values_list("pk", flat=True))
    bylines = _gathered(Byline.objects.filter(article__in=keys).order_by("position", "pk"), "article", "name")
    facets = facets_of_articles(keys)
    fields = ("pk", "headline", "standfirst", "text", "dateline_place", "publisher", *_DATES)
    for row in Article.objects.filter(pk__in=keys).values(*fields):
        key = row["pk"]
        yield Document(
            Kind.ARTICLE,
            key,
            place_of(Kind.ARTICLE, key, rank=rank_of_moment(_date(row)), is_public=key in public),
            names=(row["headline"],),
            texts=(row["standfirst"], row["text"], row["dateline_place"], *bylines[key]),
            facets=(*sorted(facets[key]), *_dated(row)),
        )


_DATES = ("published", "released", "created")


def _date(row: dict[str, Any], path: str = "") -> datetime:
    moments: Iterable[datetime | None] = (row[f"{path}{field}"] for field in _DATES)
    return next(moment for moment in moments if moment)


def _dated(row: dict[str, Any], path: str = "") -> list[str]:
    publisher = row[f"{path}publisher"]
    return [f"{YEAR}{_date(row, path).year}", *([source_facet(publisher)] if words_of(publisher) else [])]


def facets_of_articles(keys: Collection[int]) -> defaultdict[int, set[str]]:
    """The tags, the shown records and the speakers of each article."""
    facets: defaultdict[int, set[str]] = defaultdict(set)
    for article, tag in TaggedArticle.objects.filter(content_object__in=keys).values_list("content_object", "tag"):
        facets[article].add(f"{TAG}{tag}")
    shown = Appearance.objects.shown().filter(article__in=keys)
    for article, entity, kind in shown.order_by().values_list("article", "entity", "entity__kind"):
        facets[article].add(f"{SHOWN[kind]}{entity}")
    spoken = Quote.objects.shown().filter(article__in=keys).exclude(speaker=None)
    for article, speaker in spoken.order_by().values_list("article", "speaker"):
        facets[article].add(f"{SPEAKER}{speaker}")
    return facets


def _quotations(keys: Collection[int]) -> Iterator[Document]:
    public = set(Quote.objects.public().filter(pk__in=keys).values_list("pk", flat=True))
    path = "article__"
    fields = ("pk", "article", "text", "source", "speaker", "speaker__name", f"{path}publisher")
    rows = list(Quote.objects.filter(pk__in=keys).order_by().values(*fields, *(f"{path}{field}" for field in _DATES)))
    around = facets_of_articles({row["article"] for row in rows})
    tags = _gathered(TaggedQuote.objects.filter(content_object__in=keys), "content_object", "tag")
    for row in rows:
        key, speaker = row["pk"], row["speaker"]
        facets = {facet for facet in around[row["article"]] if not facet.startswith(SPEAKER)}
        facets |= {f"{TAG}{tag}" for tag in tags[key]} | ({f"{SPEAKER}{speaker}"} if speaker else set())
        yield Document(
            Kind.QUOTATION,
            key,
            place_of(Kind.QUOTATION, key, rank=rank_of_moment(_date(row, path)), is_public=key in public),
            names=(row["speaker__name"],) if speaker else (),
            texts=(row["text"], row["source"]),
            facets=(*sorted(facets), *_dated(row, path)),
            within=row["article"],
        )


# People, organisations, places and topics.


def _entities(kind: Kind, keys: Collection[int]) -> Iterator[Document]:
    records = Entity.objects.filter(pk__in=keys, kind=kind.name.lower())
    public = set(records.public().values_list("pk", flat=True))
    aliases = _gathered(Alias.objects.filter(entity__in=keys), "entity", "name")
    fields = ("pk", "name", "description", "article_count", "organisation__acronym")
    for row in records.values(*fields):
        key, name = row["pk"], row["name"]
        yield Document(
            kind,
            key,
            place_of(kind, key, rank=rank_of_number(row["article_count"]), is_public=key in public),
            names=tuple(dict.fromkeys((name, *aliases[key], row["organisation__acronym"] or name))),
            texts=(row["description"],),
            spoken=name,
        )


def _tags(keys: Collection[int]) -> Iterator[Document]:
    counts = dict(Tag.objects.public().filter(pk__in=keys).values_list("pk", "article_count"))
    others = _gathered(TagSynonym.objects.filter(tag__in=keys), "tag", "name")
    for key, name, description in Tag.objects.filter(pk__in=keys).values_list("pk", "name", "description"):
        yield Document(
            Kind.TAG,
            key,
            place_of(Kind.TAG, key, rank=rank_of_number(counts.get(key, 0)), is_public=key in counts),
            names=(name, *others[key]),
            texts=(description,),
        )


def _gathered(rows: Any, owner: str, field: str) -> defaultdict[int, list[Any]]:
    gathered: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in rows.values_list(owner, field):
        gathered[key].append(value)
    return gathered
