"""Which country's a person, an organisation or a story is, as far as the words say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from articles.extraction.geonames import country_of, country_with, lookup
from articles.extraction.lexicons import load, load_table
from articles.extraction.types import Entity, Kind, Place
from articles.models.name_keys import plain_key

_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\w|U\.S\.|U\.K\.")
# “the Supreme Court of India”, “the Ministry of Health in Nairobi”.
_BEHIND = re.compile(r" (?:of|in) (?:the )?((?:[A-ZÀ-Þ][\w’'-]+ ?){1,3})")
_SHORT = {"US": "US", "U.S": "US", "U.S.": "US", "USA": "US", "UK": "GB", "U.K": "GB", "U.K.": "GB"}
# Of the places that a story names, so many must lie in one country for it to be the story's.
MOST = 0.6


def nation_in(words: str) -> str:
    """The country that words name first, by its people or by itself; "" where they name none.

    >>> nation_in("Kenyan marathon runner"), nation_in("US President"), nation_in("harbour master")
    ('KE', 'US', '')
    """
    demonyms = load_table("demonyms")
    for word in _CAPITALISED.findall(words):
        if found := demonyms.get(word) or _SHORT.get(word):
            return found
    return next((code for word in _CAPITALISED.findall(words) if (code := country_of(word))), "")


def is_of_every_country(name: str) -> bool:
    """Whether many countries have an organisation of this name: the Supreme Court, the Ministry of Defence.

    >>> is_of_every_country("Supreme Court"), is_of_every_country("Ministry of Defence"), is_of_every_country("Nasa")
    (True, True, False)
    """
    plain = plain_key(Kind.ORGANISATION, name)
    bodies = load("bodies")
    if plain in bodies or plain.endswith(" ministry"):
        return not nation_in(name)
    return any(plain.startswith(f"{body} ") for body in bodies if body.endswith(" of")) and not nation_in(name)


def nation_of(entity: Entity, text: str, story: str) -> str:
    """The country that the words beside an organisation's name tell: “the Indian Supreme Court”; else the story's."""
    for span in entity.mentions:
        before, behind = text[max(0, span.start - 30) : span.start], _BEHIND.match(text, span.end)
        last = _CAPITALISED.findall(before.rsplit(".", 1)[0] if before.endswith(". ") else before)
        if last and before.rstrip().endswith(last[-1]) and (found := nation_in(last[-1])):
            return found
        if behind and (found := _country(behind[1].strip())):
            return found
    return story


def nation_of_story(entities: Sequence[Entity]) -> str:
    """The country in which most of a story lies by the places that it names, "" where it lies in several."""
    counts = Counter[str]()
    for entity in entities:
        if entity.place:
            counts[entity.place.country] += max(1, len(entity.mentions))
    (country, number) = next(iter(counts.most_common(1)), ("", 0))
    return country if number >= MOST * counts.total() else ""


def place_meant(entity: Entity) -> Place | None:
    """The place of a location; of a people's name the country: France where a story prints “French” as a name."""
    if entity.kind != Kind.LOCATION or entity.place:
        return entity.place
    code = load_table("demonyms").get(entity.name)
    return country_with(code) if code else None


def _country(name: str) -> str:
    known = lookup(name)
    return known[0].place.country if known else country_of(name.partition(" ")[0])
