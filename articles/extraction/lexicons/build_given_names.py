"""Write given_names.txt from the lists of first names in `faker`, which must be installed.

    python articles/extraction/lexicons/build_given_names.py

Takes the locales whose names are printed in Latin letters. A name that some locales give to girls and others to boys
(Jean, Kim) is marked `b`, unless four in five agree; one that is listed without saying is marked `-`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

HEADER = """\
# source: first names of faker’s locales in Latin letters (Faker, by Daniele Faraglia and others), build_given_names.py
# licence: MIT, see faker.LICENSE
# columns: name, then f (given to girls), m (to boys), b (to both), - (not known)
"""
# One word, no initials, no endearments in brackets.
NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Latin letters end here; Greek begins.
LATIN_END = "\u0370"


def names(provider: type, attribute: str) -> Iterable[str]:
    found = vars(provider).get(attribute) or ()
    for name in found if not isinstance(found, property) else ():
        if len(name) > 1 and name[0].isupper() and NAME.fullmatch(name) and max(name) < LATIN_END:
            yield name


def mark(votes: Counter[str]) -> str:
    """How the locales' votes are written: `f`, `m`, `b` or `-`."""
    (gender, most), *_ = votes.most_common(1) or [("-", 1)]
    # Emma stands once in a list of boys and some twenty times in lists of girls.
    return gender if most >= 0.8 * max(1, votes.total()) else "b"


def main() -> None:
    persons = importlib.import_module("faker.providers.person")
    genders: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute, gender in ("first_names_female", "f"), ("first_names_male", "m"):
            for name in names(provider, attribute):
                genders[name][gender] += 1
        for name in names(provider, "first_names"):
            genders[name] += Counter()
    lines = [f"{name}\t{mark(votes)}\n" for name, votes in sorted(genders.items())]
    Path(__file__).with_name("given_names.txt").write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
