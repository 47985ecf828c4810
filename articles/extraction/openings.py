"""Where reported words begin behind a cue: past whom it was told to, and when and where it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.cues import CueFound, Kinds
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import (
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    TIMES,
    is_adjunct_start,
    may_be_finite,
)

# How far the hearer or the occasion may reach before “that”, a colon or a mark: told … correspondent Ana Lopez that.
_REACH = 24
_OBJECT_REACH = 6
_OBJECTS = frozenset(
    "him her them me us it you everyone everybody reporters journalists people residents lawmakers members staff "
    "police parliament congress".split()
)
_POINTS = ",:—–"


@dataclass(frozen=True, slots=True)
class Opening:
    """The token where reported words begin, and what marks the place: "that", ":", "," , "“”" or nothing."""

    at: int
    marker: str = ""


def find_opening(tokens: Sequence[Token], cue: CueFound, start: int, limit: int) -> Opening | None:
    """Find where the words reported behind a cue begin, from token `start` on and before `limit`; None if nowhere.

    In “told reporters in Leeds on Monday that the road was shut” it is “the”, marked by “that”.
    """
    at = start
    if at < limit and tokens[at].is_point(_POINTS):
        return _behind_point(tokens, at, limit)
    colon = _colon_behind_object(tokens, at, limit)
    if colon is not None:
        return Opening(colon + 1, ":")
    if cue.kinds & Kinds.ADDRESS:
        at = _behind_hearer(tokens, at, limit)
    if is_order(tokens, at, cue):
        return Opening(at, "to")
    if at < limit and (is_adjunct_start(tokens[at]) or tokens[at].word == "of"):
        at = _behind_occasion(tokens, at, limit)
    if at >= limit:
        return None
    if tokens[at].is_point(_POINTS):
        return _behind_point(tokens, at, limit)
    if tokens[at].word == "that":
        at += 1
        at += at < limit and tokens[at].is_point(":,")
        return Opening(at, "that") if at < limit else None
    return Opening(at, "“”" if tokens[at].is_quoted else "")


def _colon_behind_object(tokens: Sequence[Token], at: int, limit: int) -> int | None:
    """The colon before words in marks, if only an object stands before it: said one sentence: “…”"""
    for position in range(at, min(limit - 1, at + _OBJECT_REACH)):
        if tokens[position].is_point(":"):
            return position if position > at and tokens[position + 1].is_quoted else None
        if may_be_finite(tokens[position]) or tokens[position].word in PRONOUNS:
            break
    return None


def is_order(tokens: Sequence[Token], at: int, cue: CueFound) -> bool:
    """Whether what was told to do begins here: to turn back, not to drink."""
    words = [token.word for token in tokens[at : at + 2]]
    return bool(cue.kinds & Kinds.ORDER) and (words[:1] == ["to"] or words == ["not", "to"])


def _behind_point(tokens: Sequence[Token], at: int, limit: int) -> Opening | None:
    marker = ":" if tokens[at].is_point(":") else ","
    at += 1
    if at < limit and tokens[at].word == "that":
        # said, in a statement, that
        return Opening(at + 1, "that") if at + 1 < limit else None
    return Opening(at, marker) if at < limit else None


def _marker(tokens: Sequence[Token], at: int, limit: int) -> int | None:
    """The next mark, colon or “that” with nothing like a clause before it."""
    is_doubtful = False
    for position in range(at, min(limit, at + _REACH)):
        token = tokens[position]
        if token.is_point(":") or token.word == "that":
            return position
        if token.is_quoted:
            return None if is_doubtful else position
        if token.is_point(",—–"):
            has_quoted = position + 1 < limit and (
                tokens[position + 1].is_quoted or tokens[position + 1].word == "that"
            )
            return position if has_quoted else None
        if token.word in {"to", *QUESTION_WORDS} and position > at and token.word != "to":
            return position
        if position > at and (token.word in FINITE or token.word in PRONOUNS - {"it", "you"}):
            return None
        # in a statement carried by the state agency that
        is_doubtful = is_doubtful or (position > at and may_be_finite(token))
    return None


def _behind_hearer(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Skip who was told: told reporters, told the court that, told Radio One presenter Ana Lopez: …"""
    if at >= limit or tokens[at].is_quoted or tokens[at].word in {"that", "to", "not", *QUESTION_WORDS}:
        return at
    for position in range(at + 1, min(limit, at + 8)):
        if tokens[position].word == "to" and tokens[position - 1].word != "not" and position > at:
            return position if not may_be_finite(tokens[position - 1]) else at
        if may_be_finite(tokens[position]) or tokens[position].is_point(_POINTS) or tokens[position].is_quoted:
            break
        if tokens[position].word in PREPOSITIONS or tokens[position].word == "that":
            break
    marker = _marker(tokens, at, limit)
    if marker is not None and not any(t.word in PREPOSITIONS for t in tokens[at:marker]):
        is_phrase = not any(t.word in DETERMINERS for t in tokens[at + 1 : marker])
        if not tokens[marker].is_quoted or (is_phrase and marker == _phrase_end(tokens, at, limit)):
            return marker
    return _phrase_end(tokens, at, limit)


def _phrase_end(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Where the noun phrase that begins at a token ends: the court | the road was shut; him | it was late."""
    if at >= limit:
        return limit
    if tokens[at].word in _OBJECTS or tokens[at].is_name or tokens[at].is_quoted:
        return at + 1
    if tokens[at].word in DETERMINERS or tokens[at].word in {"his", "her", "their", "its"}:
        at += 1
    while at + 1 < limit:
        following = tokens[at + 1]
        if following.sort is not Sort.WORD or may_be_finite(following) or tokens[at].word.endswith("s"):
            break
        if following.word in DETERMINERS | PRONOUNS | PREPOSITIONS | TIMES | {"of", "that", "to"}:
            break
        at += 1
    return min(at + 1, limit)


def _behind_occasion(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Skip when, where and how: said on Tuesday that; wrote in a letter to the board: …; said through her lawyer she"""
    marker = _marker(tokens, at, limit)
    if marker is not None:
        return marker
    while at < limit:
        token = tokens[at]
        if token.sort is not Sort.WORD:
            break
        if token.word in {"last", "this", "next", "early", "late"}:
            at += 2
        elif token.word in TIMES or token.word.endswith("ly"):
            at += 1
        elif token.word in PREPOSITIONS or token.word in {"of", "to"}:
            at = _phrase_end(tokens, at + 1, limit)
        else:
            break
    return min(at, limit)
