"""Whether two printed names can be one person's, and by how much of the name."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from articles.editing.blocking import PARTICLES, nickname_groups, person_words, split_words, suffix_of
from articles.models.name_keys import AT_HAND, plain_key

# “Al Abadi” and “Abadi” are one name as news prints it; “van den Berg” and “Berg” are two.
_LOOSE = frozenset({"al", "el"})
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ad|ar|an|at|az|ash)-(?=\w)", re.IGNORECASE)


class Likeness(IntEnum):
    """How much of two names is the same: nothing that tells, a short form, the given and family name."""

    NONE = 0
    SHORT = 1
    FULL = 2


@lru_cache(maxsize=AT_HAND)
def likeness(one: str, other: str) -> Likeness:
    """How far two people's names agree; names of one word tell nothing.

    >>> likeness("Mara Jane Finch", "Mara J. Finch").name, likeness("M. Finch", "Mara Finch").name
    ('FULL', 'SHORT')
    >>> likeness("Mara Jane Finch", "Mara Ann Finch").name, likeness("Ana van den Berg", "Ana Berg").name
    ('NONE', 'SHORT')
    """
    ours, theirs = _words(one), _words(other)
    if len(ours) < 2 or len(theirs) < 2:
        return Likeness.NONE
    (given, family), (their_given, their_family) = split_words(ours), split_words(theirs)
    if not given or not their_given or family[-1] != their_family[-1] or _suffixes_differ(one, other):
        return Likeness.NONE
    if not _agree(given[1:], their_given[1:]):
        return Likeness.NONE
    if not _same_given(given[0], their_given[0]):
        return Likeness.NONE
    particles, their_particles = set(family[:-1]) - _LOOSE, set(their_family[:-1]) - _LOOSE
    if particles != their_particles:
        return Likeness.NONE if particles and their_particles else Likeness.SHORT
    return Likeness.FULL if given[0] == their_given[0] and len(given[0]) > 1 else Likeness.SHORT


def keys_to_ask(name: str) -> list[str]:
    """The plain forms under which the archive could know a person; a prefix is none of them, see `initial_of`.

    >>> keys_to_ask("Joe Ruiz")[:2], keys_to_ask("J. Ruiz")
    (['ruiz joe', 'ruiz j'], ['ruiz j'])
    """
    key = plain_key("person", name)
    if not key:
        return []
    family, _, given = key.partition(" ")
    return list(dict.fromkeys([key, f"{family} {given[0]}", *(f"{family} {each}" for each in _called(given))]))


def initial_of(name: str) -> str:
    """The plain form of a name that prints but an initial for the given name, "" of others.

    >>> initial_of("J. Ruiz"), initial_of("Joe Ruiz")
    ('ruiz j', '')
    """
    key = plain_key("person", name)
    return key if len(key.partition(" ")[2]) == 1 else ""


def _words(name: str) -> list[str]:
    return person_words(" ".join(_ARTICLE.sub("", word) for word in name.split()))


def _suffixes_differ(one: str, other: str) -> bool:
    """Jr. and Sr. are two people; who has neither may be either."""
    ours, theirs = suffix_of(one), suffix_of(other)
    return bool(ours and theirs) and ours != theirs


def _agree(middle: list[str], others: list[str]) -> bool:
    """Whether middle names may be one person's: left out, shortened to an initial, or the same."""
    short, long = sorted((middle, others), key=len)
    short = [word for word in short if word not in PARTICLES]
    rest = [word for word in long if word not in PARTICLES]
    for word in short:
        while rest and not _same_given(rest[0], word):
            rest = rest[1:]
        if not rest:
            return False
        rest = rest[1:]
    return True


def _same_given(one: str, other: str) -> bool:
    if one == other:
        return True
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return other in _called(one)


@lru_cache(maxsize=100_000)
def _called(given: str) -> tuple[str, ...]:
    """What else people of a given name are called: Joe is Joseph, and Joseph is Joe."""
    groups = nickname_groups()
    own = groups.get(given, frozenset())
    return tuple(sorted(name for name, others in groups.items() if own & others and name != given)) if own else ()
