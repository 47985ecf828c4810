"""Names that stand inside longer names: “Toronto” in “University of Toronto”, “Gates” in “Gates Foundation”.

The longer name stays the mention, and what lies inside is no naming of its own: a part only says after what or whom an
organisation is called, as far as the story or the gazetteer know it. Whether it is called after them is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.documents.story import Dateline
from articles.extraction.geonames import KNOWN_ABROAD, Rank, lookup
from articles.extraction.lexicons import load
from articles.extraction.namesakes import Printed, Surroundings, choose
from articles.extraction.places import surroundings
from articles.extraction.types import Entity, Kind, NamePart
from articles.text.spans import Span

# Bodies that are called after the place they serve, be it ever so small: “Kenosha Police Department”.
_LOCAL = re.compile(r" (?:Police|Sheriff|Fire|City|County|Borough|Town|District|Council|School|Airport|Harbour|Port)\b")
# “University of Toronto”, “Bishop of Durham”: what follows is a place rather than a founder.
_OF = re.compile(r"\b(?:of|in|at)(?: the)? ")
_PLACE = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,2}")


def find_name_parts(
    entities: tuple[Entity, ...], text: str, *, dateline: Dateline | None = None
) -> tuple[NamePart, ...]:
    """Find the names inside the names of organisations and locations.

    A name of the story goes before a place of the gazetteer. What the story has two of (a Gates in person and the town
    of Gates) is left out.

    Args:
        entities: of the story, located; spans count in `text`.
        text: the story's text.
        dateline: where the story was filed, if it says so.

    Returns:
        Parts in order of their owners and of their place in the name; none overlap within one name. Spans lie in the
        first mention that prints the owner's full name; an owner that no mention prints so has no parts.

    >>> board = Entity(Kind.ORGANISATION, "University of Toronto", (Span(4, 25),), "")
    >>> [(part.name, part.kind.value) for part in find_name_parts((board,), "The University of Toronto rose.")]
    [('Toronto', 'location')]
    """
    around = surroundings(entities, text, dateline)
    named = _names(entities)
    found: list[NamePart] = []
    for owner, entity in enumerate(entities):
        mention = next((span for span in entity.mentions if span.of(text) == entity.name), None)
        if mention is None or entity.kind is Kind.PERSON or " " not in entity.name:
            continue
        inside: list[NamePart] = []
        for part in (*_of_story(owner, entity, named), *_of_gazetteer(owner, entity, around)):
            if not any(part.span.overlaps(other.span) for other in inside):
                inside.append(part)
        found += (_moved(part, mention.start) for part in sorted(inside, key=lambda part: part.span))
    return tuple(found)


def _names(entities: Sequence[Entity]) -> dict[str, list[tuple[int, Kind]]]:
    """What each name of the story names, surnames of full names among them; longer names first."""
    names: dict[str, list[tuple[int, Kind]]] = {}
    for index, entity in enumerate(entities):
        forms = {entity.name, *entity.aliases}
        if entity.kind is Kind.PERSON:
            forms |= {name.rpartition(" ")[2] for name in forms}
        for form in forms:
            names.setdefault(form, []).append((index, entity.kind))
    return dict(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))


def _of_story(owner: int, entity: Entity, named: dict[str, list[tuple[int, Kind]]]) -> Iterator[NamePart]:
    """The other names of the story inside a name, by offsets into it."""
    for name, bearers in named.items():
        others = [bearer for bearer in bearers if bearer[0] != owner]
        if len(others) != 1 or len(others) != len(bearers) or name not in entity.name or name == entity.name:
            continue
        (index, kind) = others[0]
        # “Washington Post” in a story that has a Denzel Washington.
        if kind is Kind.PERSON and " " not in name and _is_great(name, people=3_000_000):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", entity.name):
            yield NamePart(owner, Span(*match.span()), name, kind, entity=index)


def _of_gazetteer(owner: int, entity: Entity, around: Surroundings) -> Iterator[NamePart]:
    """The place that an organisation is called after: “X of PLACE”, “PLACE X”."""
    if entity.kind is not Kind.ORGANISATION:
        return
    starts = [match.end() for match in _OF.finditer(entity.name)]
    for start in (*starts, 0):
        match = _PLACE.match(entity.name, start)
        for name in _openings(match[0]) if match else ():
            if name == entity.name or not lookup(name) or name.casefold() in load("common_words"):
                continue
            is_local = _LOCAL.match(entity.name, start + len(name)) is not None
            if start or is_local or (_is_great(name) and name not in load("given_names")):
                place = choose(Printed(name), around).place
                if place:
                    yield NamePart(owner, Span(start, start + len(name)), name, Kind.LOCATION, place=place)
                    break


def _is_great(name: str, people: int = KNOWN_ABROAD) -> bool:
    """Whether a name brings a place to mind by itself: a country, a region or city with so many people."""
    return any(known.rank is Rank.COUNTRY or known.place.population >= people for known in lookup(name))


def _openings(words: str) -> Iterable[str]:
    parts = words.split(" ")
    return (" ".join(parts[:end]) for end in range(len(parts), 0, -1))


def _moved(part: NamePart, start: int) -> NamePart:
    span = Span(part.span.start + start, part.span.end + start)
    return NamePart(part.owner, span, part.name, part.kind, part.entity, part.place)
