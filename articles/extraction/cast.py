"""What a story says of the people it names: their roles and ages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.extraction.types import Entity, Kind, RoleHeld
from articles.extraction.words import DETERMINERS
from articles.text.spans import Span

# “34-year-old” in a role, “, 34,” or “ (34)” behind a name.
_AGE = re.compile(r"(\d{1,3})-year-old\Z")
_AGE_BEHIND_NAME = re.compile(r",? \(?(\d{1,3})(?=[,.)\n]|\Z)")
# What follows belongs to the role, but is not what its holder is.
_COMPLEMENT = re.compile(r"[ ,](?:of|for|at|in|with|to|from|who|that)\b")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SMALL_WORDS = DETERMINERS | frozenset("of for at in on to and from with by".split())


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a role in lower case, small ones left out: all of them, and those that say what the person is.

    Of “counsel for the families” the latter are {"counsel"}.
    """

    words: frozenset[str]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of a story as descriptions find them.

    `titles`: person → each of their roles. `ages`: age as printed → the people of that age. The integers are indices
    into `entities`. `roles`: person → where their roles stand.
    """

    entities: Sequence[Entity]
    titles: Mapping[int, Sequence[Title]]
    ages: Mapping[str, Sequence[int]]
    roles: Mapping[int, Sequence[Span]]

    def of_kind(self, kind: Kind) -> Iterable[int]:
        return (index for index, entity in enumerate(self.entities) if entity.kind is kind)

    def names_of(self, index: int) -> tuple[str, ...]:
        return (self.entities[index].name, *self.entities[index].aliases)


def cast_of(text: str, entities: Sequence[Entity], roles: Sequence[RoleHeld]) -> Cast:
    """Note the words of each person's roles, and the age behind their name.

    From “Ana Lopez, 34, a lawyer” come the title with the word “lawyer” and the age "34".
    """
    titles: dict[int, list[Title]] = {}
    ages: dict[str, list[int]] = {}
    spans: dict[int, list[Span]] = {}
    for role in roles:
        words = frozenset(words_of(role.title)) - SMALL_WORDS
        heads = frozenset(words_of(_COMPLEMENT.split(role.title, maxsplit=1)[0])) - SMALL_WORDS
        spans.setdefault(role.person, []).append(role.span)
        titles.setdefault(role.person, []).append(Title(words, heads))
        for age in filter(None, map(age_of, words)):
            ages.setdefault(age, []).append(role.person)
    for index, entity in enumerate(entities):
        for span in entity.mentions if entity.kind is Kind.PERSON else ():
            if behind := _AGE_BEHIND_NAME.match(text, span.end):
                ages.setdefault(behind.group(1), []).append(index)
    return Cast(entities, titles, ages, spans)


def age_of(word: str) -> str | None:
    """The number in “34-year-old”; None for any other word."""
    age = _AGE.match(word)
    return age.group(1) if age else None


def words_of(text: str) -> list[str]:
    """The words of a phrase in lower case, with straight apostrophes, hyphens kept."""
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]
