"""What a reader types into the box, read as a question.

    harbour bridge      both words, anywhere
    "harbour bridge"    these words, one after the other
    harb*               words that begin so
    -ferry              not this word
    Port-au-Prince      what is written in one piece is asked for in one piece

Case and accents do not count. Nothing typed is an error: what means nothing is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.searching.asking import Clause, Expression
from articles.searching.spelling import beginning_with
from articles.text.words import words_of

MARKS = '"“”„«»‟″'
PIECE = re.compile(rf"(?P<minus>(?<!\S)[-−–])?(?:[{MARKS}](?P<quoted>[^{MARKS}]*)[{MARKS}]|(?P<plain>[^\s{MARKS}]+))")
LONGEST = 200  # characters of a query
MOST_TERMS = 12
MOST_WORDS = 20  # of one term


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; the last of them may be the beginning of a word."""

    words: tuple[str, ...]
    is_beginning: bool = False

    @property
    def in_texts(self) -> Clause:
        if not self.is_beginning:
            return (self.words,)
        *first, last = self.words
        return (*((*first, word) for word in beginning_with(last)), *self.in_names)

    @property
    def in_names(self) -> Clause:
        *first, last = (f"_{word}" for word in self.words)
        return ((*first, f"{last}*" if self.is_beginning else last),)


@dataclass(frozen=True, slots=True)
class Query:
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, word by word: `harb*` for the beginning of one."""
        ends = {term: "*" if term.is_beginning else "" for term in self.wanted}
        return tuple(word for term in self.wanted for word in (*term.words[:-1], f"{term.words[-1]}{ends[term]}"))

    def in_texts(self) -> Expression:
        """All of it anywhere in a record."""
        return Expression(tuple(term.in_texts for term in self.wanted), tuple(term.in_texts for term in self.unwanted))

    def in_names(self) -> Expression:
        """What is wanted of it, in headlines and names, or in a speaker's name."""
        return Expression(tuple(term.in_names for term in self.wanted))

    def as_phrase(self) -> Expression | None:
        """What is wanted of it in one piece, in this order; None where it is one piece anyhow."""
        if len(self.wanted) < 2 or any(term.is_beginning for term in self.wanted):
            return None
        phrase = tuple(word for term in self.wanted for word in term.words)
        return Expression(((phrase,),))


@lru_cache(maxsize=1_000)
def read_query(text: str) -> Query:
    """
    >>> read_query('Éva "does not wait" harb* -ferry').words
    ('eva', 'does', 'not', 'wait', 'harb*')
    """
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for piece in PIECE.finditer(text.strip()[:LONGEST]):
        said = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
        words = tuple(words_of(said)[:MOST_WORDS])
        if words:
            is_beginning = piece["plain"] is not None and said.endswith("*")
            (unwanted if piece["minus"] else wanted)[Term(words, is_beginning)] = None
    return Query(tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS])
