"""The keys that records which may be one have in common, so that no record need be compared with all others.

A key is generous: it brings together what is then compared name by name in `likeness.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from articles.models.name_keys import AT_HAND, fold, plain_key

TITLES = frozenset("dr mr mrs ms miss mx sir dame lord lady prof professor rev reverend hon st saint".split())
SUFFIXES = frozenset("jr sr jnr snr ii iii iv esq".split())
PARTICLES = frozenset("af al ap bin bint da dal de del della den der di do dos du el ibn la le ten ter van von".split())
# "of" and "the" stand for no letter in "WHO", and tell "University of Lagos" from nothing.
SMALL_WORDS = frozenset("and at by de der des di du et for für in la le of on the und y".split())
# Letters that spell one sound: Catherine and Katherine, Yusuf and Jusuf, Organisation and Organization.
SOUNDS = (("sch", "s"), ("sh", "s"), ("ph", "f"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"))
LETTERS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "j": "i", "y": "i", "ø": "o", "ł": "l", "đ": "d"})
VOWELS = frozenset("aeiou")
LONGEST_KEY = 200


def person_words(name: str) -> list[str]:
    """The words of a person's name, without title, suffix, case and accents; an initial is a word of one letter.

    >>> person_words("Dr. J.K. O'Brien-Núñez Jr.")
    ['j', 'k', 'obrien', 'nunez']
    """
    words = re.sub(r"[^\w]+", " ", fold(name).replace("'", "")).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return words


def suffix_of(name: str) -> str:
    """“jr” of “John Smith Jr.”, "" of a name without one."""
    words = fold(name).replace(",", " ").split()
    last = words[-1].rstrip(".") if len(words) > 1 else ""
    return last.replace("n", "", 1) if last in {"jnr", "snr"} else last if last in SUFFIXES else ""


def split_words(words: list[str]) -> tuple[list[str], list[str]]:
    """Given names and family name: the last word, with the particles before it."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return words[:start], words[start:]


def plain_words(kind: str, name: str) -> list[str]:
    """The words of an organisation's or a location's name, without article, legal form, case and accents."""
    return ["st" if word == "saint" else word for word in plain_key(kind, name).split()]


def initials_of(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words if word not in SMALL_WORDS)


@lru_cache(maxsize=AT_HAND)
def skeleton(word: str) -> str:
    """A word without what spellings of one name differ in: mohammed and muhammad are both mhmd."""
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    word = word.translate(LETTERS)
    kept = word[:1] + "".join(letter for letter in word[1:] if letter not in VOWELS)
    return re.sub(r"(.)\1+", r"\1", kept)


@cache
def nickname_groups() -> dict[str, frozenset[int]]:
    """For each given name the numbers of the groups of names that can stand for each other."""
    lines = Path(__file__).with_name("nicknames.txt").read_text(encoding="utf-8").splitlines()
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def keys_of(kind: str, names: Iterable[str], *, acronym: str = "") -> set[str]:
    """The keys of a record with these names."""
    keys_of_name = {"person": _person_keys, "organisation": _organisation_keys, "location": _location_keys}[kind]
    keys = set(chain.from_iterable(keys_of_name(name) for name in names))
    if acronym:
        keys.add(f"a {fold(acronym)}")
    return {f"{kind[0]} {key}"[:LONGEST_KEY] for key in keys if key}


def _person_keys(name: str) -> set[str]:
    words = person_words(name)
    if not words:
        return set()
    bones = [skeleton(word) for word in words]
    # Kim Jae-won, Jae-won Kim; and everyone called Okafor for the Okafor of whom no more is known.
    keys = {"w " + " ".join(sorted(bones)), "f " + bones[-1]}
    # Each later word may be the family name: Ana López García is Ana López to others.
    for bone in bones[1:]:
        keys.add(f"n {bone} {bones[0][0]}")
        keys |= {f"n {bone} #{group}" for group in nickname_groups().get(words[0], ())}
    return keys


def _organisation_keys(name: str) -> set[str]:
    words = [word for word in plain_words("organisation", name) if word not in SMALL_WORDS]
    if not words:
        return set()
    bones = [skeleton(word) for word in words]
    # Toyota, Toyota Motor: the first word. One that many names begin with (National, University) tells nothing.
    keys = {"w " + " ".join(sorted(bones)), "f " + bones[0]}
    if len(words) > 1:
        keys |= {"f " + " ".join(bones[:2]), f"a {initials_of(words)}"}
    if len(words) == 1 and name.isupper():
        keys.add(f"a {words[0]}")
    return keys


def _location_keys(name: str) -> set[str]:
    words = plain_words("location", name)
    return {"w " + " ".join(sorted(skeleton(word) for word in words))} if words else set()
