"""Which of the places of one name a story means: Paris in France or Paris in Texas.

Every place of the name weighs its people, times what the story tells in its favour: its region, its country, other
places near it. The heaviest is meant if it is so by far; where two weigh much the same, or the words behind the name
say that it is none of them, there is no place: a wrong pin on the map is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from articles.extraction.geonames import Known, Rank, fold, lookup, region_called
from articles.extraction.lexicons import load_table
from articles.extraction.types import Place
from articles.text.spans import Span

# How many times heavier a place is for what the story tells. “Spain sent soldiers to Cordoba”: the country makes up for
# a namesake seven times as great; “American tourists in Athens”: a nationality tells less; “Boston and Cambridge”: a
# neighbour more; “all Texas was wet”: the region makes up even for Paris in France, a hundred times as great.
NATIONALITY = 6
COUNTRY = 10
NEARBY = 20
REGION = 1000
# “Victoria” is another name of Hong Kong, but whoever prints it means another place if there is one. “St. Petersburg”
# is but another spelling of its own name: that begins alike.
OTHER_NAME = 100
# Springfield in Missouri has little more people than the one in Massachusetts: the name alone tells neither.
MARGIN = 1.5
# So far do neighbours lie apart, in kilometres: Chicago and Milwaukee, Toronto and London in Ontario.
NEAR = 180
# A city outside the region of its name, and one whose name goes on: “They flew to Washington”, “in New York”.
SEATS = frozenset({"Washington", "New York City"})
_RATHER = "the city rather than the region of that name"

_WORDS = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:and |of )?[A-Z][\w.’'-]*){0,2}"
# “Paris, Texas”, “Springfield, Ill.”, “Perth (Scotland)”: the wider place behind the name.
_WIDER = re.compile(rf"(?:, | \()({_WORDS})(\)?)")
# “in Seattle, Washington”: the city before the name says that the region is meant.
_BEFORE = re.compile(rf"({_WORDS}), $")
_REGION_BEHIND = re.compile(r" (?:[Ss]tate|[Pp]rovince|[Oo]blast|[Gg]overnorate|[Pp]refecture)\b")
_REGION_BEFORE = re.compile(r"\b(?:state|province|region|governorate|prefecture) of $")
_DEMONYM = re.compile(r"\b[A-Z][a-zà-ÿ]+(?:[ -][A-Z][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a name means, None where none is or the story does not tell; and why, in words."""

    place: Place | None
    rule: str


@dataclass(frozen=True, slots=True)
class Clue:
    """What a name tells of the others: a country, and the place that it means where it can mean but one.

    A nationality (“Venezuelan”) tells a country and has no name of its own.
    """

    name: str
    country: str
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A name with the words around its mentions.

    `wider` and `before` are the names behind and before it, `region` says whether “state” or “province” stands there.
    """

    name: str
    wider: tuple[str, ...] = ()
    region: bool = False
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places and nationalities that a story names."""

    clues: tuple[Clue, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], text: str) -> Surroundings:
        """What a story tells by the names of its places and by words like “Venezuelan”."""
        demonyms = load_table("demonyms")
        words = dict.fromkeys(word for word in _DEMONYM.findall(text) if word in demonyms)
        clues = [Clue("", demonyms[word]) for word in words]
        return cls((*clues, *filter(None, (_clue(name) for name in dict.fromkeys(names)))))

    def without(self, name: str) -> Surroundings:
        """What the other names tell of this one."""
        return Surroundings(tuple(clue for clue in self.clues if clue.name != fold(name)))

    def weigh(self, known: Known) -> int:
        """How many times heavier a place is for what the story tells."""
        if self.name_region(known):
            return REGION
        if self.neighbour(known):
            return NEARBY
        telling = [clue for clue in self.clues if clue.country == known.place.country]
        return max((COUNTRY if clue.name else NATIONALITY for clue in telling), default=1)

    def name_region(self, known: Known) -> bool:
        """Whether the story names the region that a city lies in. England tells no more than Britain does."""
        named = (clue.known for clue in self.clues)
        return known.rank is Rank.CITY and any(
            other and other.rank is Rank.REGION and other.region == known.region and not _is_most_of_its_country(other)
            for other in named
        )

    def neighbour(self, known: Known) -> Place | None:
        """Another place of the story near a city; of a region, one in it or another region of its country."""
        for other in filter(None, (clue.known for clue in self.clues)):
            is_inside = other.rank is Rank.CITY and other.region == known.region
            is_sibling = (
                known.rank is other.rank is Rank.REGION
                and other.place.country == known.place.country
                and other.region != known.region
            )
            is_near = (
                known.rank is other.rank is Rank.CITY
                and other.place != known.place
                and _distance(known.place, other.place) < NEAR
            )
            if is_inside or is_sibling or is_near:
                return other.place
        return None


def printed(name: str, text: str, mentions: Sequence[Span], *, wider: str = "") -> Printed:
    """A name with what stands around its mentions, which are spans of `text`.

    A name that holds the wider place is split: “Paris, Texas” as one mention. `wider` is what a dateline adds.

    >>> printed("Paris", "in Paris, Texas, too", [Span(3, 8)]).wider
    ('Texas',)
    """
    head, _, rest = name.partition(", ") if not lookup(name) else (name, "", "")
    found = [*_openings(rest), *_openings(wider)]
    for span in mentions:
        match = _WIDER.match(text, span.end)
        if match and not text.startswith((" and ", " or "), match.end()):
            found += _openings(match[1])
    behind = _REGION_BEHIND.search(head)
    is_region = bool(behind) or any(
        _REGION_BEHIND.match(text, span.end) or _REGION_BEFORE.search(text, max(0, span.start - 20), span.start)
        for span in mentions
    )
    before = (_BEFORE.search(text, max(0, span.start - 40), span.start) for span in mentions)
    head = head[: behind.start()] if behind and not lookup(head) else head
    return Printed(head, tuple(dict.fromkeys(found)), is_region, tuple(match[1] for match in before if match))


def choose(name: Printed, around: Surroundings) -> Choice:
    """The one place that a name means in a story.

    >>> choose(Printed("Perth"), Surroundings()).place.country
    'AU'
    >>> choose(Printed("Perth"), Surroundings.of(["Scotland"], "")).place.country
    'GB'
    >>> choose(Printed("Springfield"), Surroundings()).place is None
    True
    """
    candidates = lookup(name.name)
    if not candidates:
        return Choice(None, "no place of that name in the gazetteer")
    around = around.without(name.name)
    for wider in name.wider:
        areas = _areas(wider)
        told = [known for known in candidates if known.rank is not Rank.COUNTRY and _lies_in(known, areas)]
        if told:
            return Choice(_heaviest(told, name.name, around).place, f"“{wider}” stands right behind the name")
        if candidates[0].rank is Rank.CITY and _rules_out(wider, areas, name):
            return Choice(None, f"no place of that name in {areas[0].place.name}, which stands right behind it")
    return _area(candidates, name, around) or _likeliest(_cities_for_regions(candidates, name), name.name, around)


def _rules_out(wider: str, areas: Sequence[Known], name: Printed) -> bool:
    """Whether words behind a name say that it lies in a region, where the gazetteer knows no such place.

    “Paris, Kentucky” is no Paris that it knows. “Odessa, West Texas” is not in the West of Cameroon, and neither
    “Paris, Madrid” nor “Paris, Kenya, Peru” is one place.
    """
    if not areas or any(longer.startswith(f"{wider} ") for longer in name.wider):
        return False
    named = _cities_for_regions(lookup(wider) or areas, Printed(wider))
    return areas[0].rank is Rank.REGION and _heaviest(named, wider, Surroundings()).rank is Rank.REGION


def _area(candidates: Sequence[Known], name: Printed, around: Surroundings) -> Choice | None:
    """A country or a region that goes before every city of its name.

    “Georgia” is the state in a story that names Alabama or Atlanta, but neither Tbilisi nor Georgians.
    """
    first = candidates[0]
    regions = [known for known in candidates if known.rank is Rank.REGION]
    if regions and (name.region or _is_told_by_city(regions, name)):
        region = _heaviest(regions, name.name, around)
        return Choice(region.place, "the words beside the name say that the region is meant")
    if first.rank is not Rank.COUNTRY:
        return None
    country_told = any(clue.country == first.place.country for clue in around.clues)
    for region in regions:
        neighbour = around.neighbour(region)
        if neighbour and not country_told:
            return Choice(region.place, f"the region of that name: the story names {neighbour.name}")
    return Choice(first.place, "the country of that name")


def _is_told_by_city(regions: Sequence[Known], name: Printed) -> bool:
    """“Albany, New York”: the city before it lies in the region. “Toluca, Mexico” names the country, not México."""
    codes = {region.region for region in regions if region.place.name == name.name}
    return any(
        city.rank is Rank.CITY and city.region in codes
        for words in name.before
        for form in _endings(words)
        for city in lookup(form)
        if fold(form) != fold(name.name)
    )


def _cities_for_regions(candidates: Sequence[Known], name: Printed) -> Sequence[Known]:
    """Leave out the regions whose own city of the name is meant: Valencia, Madrid; Quebec is the province.

    Washington alone is the capital, New York the city; every other state of the United States goes before its cities.
    """
    cities = [known for known in candidates if known.rank is Rank.CITY]
    if any(city.place.name in SEATS and city.place.country == "US" for city in cities):
        return cities
    kept = []
    for known in candidates:
        namesakes = [
            city for city in cities if city.region == known.region and fold(city.place.name) == fold(name.name)
        ]
        is_city_meant = any(city.place.population * COUNTRY >= known.place.population for city in namesakes)
        if known.rank is Rank.CITY or not is_city_meant or known.place.country == "US":
            kept.append(known)
    states = [known.region for known in kept if known.rank is Rank.REGION and known.place.country == "US"]
    return [known for known in kept if known.rank is Rank.REGION or known.region not in states]


def _likeliest(candidates: Sequence[Known], name: str, around: Surroundings) -> Choice:
    if len(candidates) == 1:
        (only,) = candidates
        if only.rank is Rank.REGION:
            return Choice(only.place, "the region of that name")
        return Choice(only.place, _RATHER if len(lookup(name)) > 1 else "the only place of that name in the gazetteer")
    by_weight = sorted(candidates, key=lambda known: -_weight(known, name, around))
    best = by_weight[0]
    # One town may stand in the gazetteer twice, and Kansas City on both sides of a border.
    rivals = [known for known in by_weight[1:] if _distance(known.place, best.place) > NEAR / 2]
    if rivals and _weight(best, name, around) < MARGIN * _weight(rivals[0], name, around):
        return Choice(None, f"{len(candidates)} places of that name, and the story does not tell which")
    return Choice(best.place, _why(best, candidates, name, around))


def _why(best: Known, candidates: Sequence[Known], name: str, around: Surroundings) -> str:
    """Why it is that place: “the only place of that name in Jordan, which the story tells of”."""
    country = [known for known in candidates if known.place.country == best.place.country]
    region = [known for known in candidates if known.region == best.region]
    if around.name_region(best):
        rank = "only" if len(region) == 1 else "greatest"
        return f"the {rank} place of that name in {best.place.region}, which the story tells of"
    neighbour = around.neighbour(best)
    plain = max(candidates, key=lambda known: _weight(known, name, Surroundings()))
    if neighbour and plain is not best:
        return f"the place of that name near {neighbour.name}, which the story names"
    if best.rank is Rank.REGION:
        return "the region of that name"
    if best.place.name in SEATS:
        return _RATHER
    if len(country) == len(candidates):
        return f"the greatest of {len(candidates)} places of that name, all in {_country_of(best)}"
    if around.weigh(best) > 1:
        rank = "only" if len(country) == 1 else "greatest"
        return f"the {rank} place of that name in {_country_of(best)}, which the story tells of"
    return f"the greatest of {len(candidates)} places of that name"


def _country_of(known: Known) -> str:
    place = known.place
    while place.part_of:
        place = place.part_of
    return place.name


def _heaviest(candidates: Iterable[Known], name: str, around: Surroundings) -> Known:
    return max(candidates, key=lambda known: _weight(known, name, around))


def _weight(known: Known, name: str, around: Surroundings) -> float:
    weight = float((known.place.population or 1) * around.weigh(known))
    if fold(known.place.name)[0] != fold(name)[0]:
        return weight / OTHER_NAME
    # “San José” with its accent is no San Jose.
    return weight * COUNTRY if not name.isascii() and known.place.name == name else weight


def _clue(name: str) -> Clue | None:
    candidates = lookup(name)
    if not candidates:
        return None
    first = candidates[0]
    if first.rank is Rank.COUNTRY:
        # “Georgia” may be either.
        return (
            None
            if any(known.rank is Rank.REGION for known in candidates)
            else Clue(fold(name), first.place.country, first)
        )
    candidates = tuple(_cities_for_regions(candidates, Printed(name)))
    best = _heaviest(candidates, name, Surroundings())
    rivals = [known for known in candidates if _weight(known, name, Surroundings()) * COUNTRY > best.place.population]
    if any(known.place.country != best.place.country for known in rivals):
        return None
    is_sure = all(known.region == best.region for known in rivals)
    return Clue(fold(name), best.place.country, best if is_sure else None)


def _areas(wider: str) -> list[Known]:
    """The countries and regions that words behind a name can mean."""
    code = region_called(wider)
    if code:
        return [known for known in lookup(_region_name(code)) if known.region == code and known.rank is Rank.REGION]
    return [known for known in lookup(wider) if known.rank is not Rank.CITY]


def _region_name(code: str) -> str:
    return load_table("divisions")[code].partition("\t")[2]


def _lies_in(known: Known, areas: Iterable[Known]) -> bool:
    return any(
        known.place.country == area.place.country
        if area.rank is Rank.COUNTRY
        else known.rank is Rank.CITY and known.region == area.region
        for area in areas
    )


def _openings(words: str) -> Iterator[str]:
    """“Nova Scotia Canada” → itself, “Nova Scotia”, “Nova”: a name may be followed by another."""
    parts = words.split(" ") if words else []
    for end in range(len(parts), 0, -1):
        opening = " ".join(parts[:end])
        yield opening
        if opening.endswith("."):
            yield opening[:-1]


def _endings(words: str) -> Iterator[str]:
    parts = words.split(" ")
    for start in range(len(parts)):
        yield " ".join(parts[start:])


def _is_most_of_its_country(region: Known) -> bool:
    country = region.place.part_of
    return country is not None and region.place.population * 2 > country.population


def _distance(one: Place, other: Place) -> float:
    """Along the earth's surface, in kilometres."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((south - north) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * 6371 * asin(sqrt(across + cos(north) * cos(south) * along))
