"""What a cue reports: the words to its right and to its left.

Decides where reported words begin and end within a sentence. Token ranges are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.cues import CueFound, Kinds
from articles.extraction.sources import Range
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import DAYS, DETERMINERS, PREPOSITIONS, PRONOUNS, TIMES, is_adjunct_start

# Content that begins with one of these is a clause whatever the verb: asked whether, explained how.
_QUESTION_WORDS = frozenset("whether if how what why who when where".split())
_OBJECTS = frozenset(
    "him her them me us it you everyone everybody reporters journalists people residents lawmakers members".split()
)
_FINITE = frozenset(
    "is are was were be been am has have had will would can could may might must should shall do does did 's 're 've 'll "
    "wo ca does n't".split()
)
# How far the hearer or the occasion may reach before “that”, a colon or a mark: told … correspondent Ana Lopez that.
_REACH = 24
_FEW = 4


@dataclass(frozen=True, slots=True)
class Right:
    """What stands to the right of a cue: a range of tokens, or single stretches in marks; `is_marked` by that or a mark."""

    ranges: tuple[Range, ...] = ()
    is_marked: bool = False
    is_parenthesis: bool = False


def right_content(tokens: Sequence[Token], cue: CueFound, start: int, limit: int, *, has_left: bool) -> Right:
    """What is reported behind a cue, from token `start` on and before `limit`, the end of its clause.

    `has_left` says that words in marks stand before the cue: behind it, only a further piece in marks counts then.
    """
    limit = _without_final_points(tokens, start, limit)
    at = start
    if cue.kinds & Kinds.ADDRESS and not has_left:
        at = _behind_hearer(tokens, at, limit)
    elif cue.kinds & Kinds.ADDRESS:
        at = _next_piece(tokens, at, limit)
    if (
        at < limit
        and not tokens[at].is_quoted
        and (is_adjunct_start(tokens[at]) or has_left or tokens[at].is_point(","))
    ):
        at = _behind_occasion(tokens, at, limit, only_quoted=has_left)
    is_parenthesis = at < limit and tokens[at].is_point(",")
    has_point = at < limit and tokens[at].is_point(",:—–-")
    has_colon = at < limit and tokens[at].is_point(":")
    at += has_point
    if at < limit and tokens[at].word == "that" and not has_left:
        is_parenthesis = False
        has_that = True
        at += 1
        at += at < limit and tokens[at].is_point(":,")
    else:
        has_that = False
    if at >= limit:
        return Right()
    if tokens[at].is_quoted:
        return Right(_from_quoted(tokens, at, limit, is_clause=has_that or not has_left), True, is_parenthesis)
    if has_left:
        return Right()
    if cue.kinds & Kinds.LABEL:
        return Right(tuple(_labels(tokens, at, limit)), True)
    if is_parenthesis:
        return Right(((at, limit),), False, True) if any(t.is_quoted for t in tokens[at:limit]) else Right()
    if has_that or has_colon or (tokens[at].word in _QUESTION_WORDS and not cue.kinds & Kinds.BESIDE):
        return Right(((at, _clause_end(tokens, at, limit)),), True)
    if cue.kinds & Kinds.ORDER and (
        tokens[at].word == "to"
        or (tokens[at].word == "not" and tokens[at + 1 : at + 2] and tokens[at + 1].word == "to")
    ):
        return Right(((at, _clause_end(tokens, at, limit)),), True)
    if cue.kinds & Kinds.BESIDE:
        return Right()
    return _bare(tokens, cue, at, limit)


def _bare(tokens: Sequence[Token], cue: CueFound, at: int, limit: int) -> Right:
    """A clause, or a phrase in marks, without that: said the road was “a disgrace”; promised a “full” inquiry."""
    quoted = [position for position in range(at, limit) if tokens[position].is_quoted]
    end = _clause_end(tokens, at, limit)
    is_clause = any(_may_be_finite(token) for token in tokens[at:end])
    if quoted and quoted[0] < end:
        if is_clause and (
            cue.verb == "say"
            or cue.kinds & (Kinds.CLAUSE | Kinds.ADDRESS)
            or _FINITE & {t.word for t in tokens[at : quoted[0]]}
        ):
            return Right(((at, end),), False)
        return Right(tuple(_labels(tokens, at, limit)), True) if quoted[0] - at < _FEW * 2 else Right()
    if is_clause and cue.kinds & Kinds.CLAUSE and end - at > 2 and not is_adjunct_start(tokens[at]):
        return Right(((at, end),), False)
    return Right()


def _may_be_finite(token: Token) -> bool:
    return token.sort is Sort.WORD and (
        token.word in _FINITE or (token.word.endswith("ed") and len(token.word) > 3) or token.word.endswith("n't")
    )


def _labels(tokens: Sequence[Token], at: int, limit: int) -> list[Range]:
    """The stretches in marks that name something: dismissed it as “a stunt” and “a waste of money”."""
    found: list[Range] = []
    for position in range(at, limit):
        token = tokens[position]
        if token.is_quoted:
            found.append((position, position + 1))
        elif (found and not (token.is_point(",") or token.word in DETERMINERS | {"and", "or", "but", "as"})) or token.is_point(";:—–") or position - at > _REACH:
            break
    return found


def _from_quoted(tokens: Sequence[Token], at: int, limit: int, *, is_clause: bool) -> tuple[Range, ...]:
    """Content that begins with a stretch in marks: alone, with more in marks, or as the first words of a clause."""
    following = at + 1
    if following >= limit:
        return ((at, following),)
    after = tokens[following]
    if tokens[at].ends_with(".?!…,") or not is_clause or after.is_point(",;:—–-(") or is_adjunct_start(after):
        return tuple(_labels(tokens, at, limit))
    if after.word in {"and", "or", "as"} or after.is_quoted:
        labels = _labels(tokens, at, limit)
        if len(labels) > 1 or after.word == "as":
            return tuple(labels)
    if any(_may_be_finite(token) for token in tokens[following : following + 6]) or after.word in {"to", "of", "for"}:
        return ((at, _clause_end(tokens, at, limit)),)
    return ((at, following),)


def _clause_end(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Where a reported clause ends: at its sentence's end, or behind words in marks that close it with a comma or stop."""
    last_quoted = max((position for position in range(at, limit) if tokens[position].is_quoted), default=None)
    if last_quoted is None or last_quoted + 1 >= limit:
        return limit
    after = tokens[last_quoted + 1]
    if tokens[last_quoted].ends_with(",.?!") and after.sort is Sort.WORD and after.word not in PREPOSITIONS:
        return last_quoted + 1
    if after.is_point(",—–;") and last_quoted + 2 < limit:
        behind = tokens[last_quoted + 2]
        if behind.word in {
            "but",
            "which",
            "who",
            "while",
            "after",
            "before",
            "when",
            "as",
            "in",
            "on",
            "during",
        } or behind.word.endswith("ing"):
            return last_quoted + 1
    return limit


def _behind_hearer(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Skip who was told: told reporters, told the court that, told Radio One presenter Ana Lopez: …"""
    if at >= limit or tokens[at].is_quoted or tokens[at].word in {"that", "to", "not", *_QUESTION_WORDS}:
        return at
    for position in range(at, min(limit, at + _REACH)):
        token = tokens[position]
        if token.is_quoted or token.is_point(",:—–") or token.word in {"that", "to", *_QUESTION_WORDS}:
            between = tokens[at + 1 : position]
            if token.word in {"that", "to"} or not any(t.word in _FINITE or t.word in PRONOUNS for t in between):
                return position
            break
    first = tokens[at]
    if first.word in _OBJECTS or first.is_name:
        return at + 1
    if first.word in DETERMINERS or first.word in {"his", "her", "their"}:
        at += 1
    while (
        at + 1 < limit
        and tokens[at + 1].sort is Sort.WORD
        and tokens[at + 1].word not in DETERMINERS | PRONOUNS
        and not _may_be_finite(tokens[at + 1])
        and not tokens[at].word.endswith("s")
    ):
        at += 1
    return min(at + 1, limit)


def _next_piece(tokens: Sequence[Token], at: int, limit: int) -> int:
    """The comma or dash before the next stretch in marks; `at` where there is none."""
    for position in range(at, limit - 1):
        if tokens[position].is_point(",:—–-") and tokens[position + 1].is_quoted:
            return position
    return at


def _behind_occasion(tokens: Sequence[Token], at: int, limit: int, *, only_quoted: bool) -> int:
    """Skip when, where and how: said on Tuesday that, wrote in a letter to the board: …, said, “…”"""
    for position in range(at, min(limit, at + _REACH)):
        token = tokens[position]
        if token.is_quoted:
            return at if only_quoted and position > at else position
        if token.is_point(",:—–-") and position + 1 < limit and tokens[position + 1].is_quoted:
            return position
        if only_quoted:
            continue
        if token.word == "that" or token.is_point(":"):
            return position
        if position > at and (token.word in _FINITE or token.word in PRONOUNS):
            break
    if only_quoted:
        return at
    while at < limit:
        if tokens[at].word == "on" and at + 1 < limit and tokens[at + 1].word in DAYS:
            at += 2
        elif tokens[at].word in TIMES - {"last", "this", "next"} or tokens[at].word.endswith("ly"):
            at += 1
        else:
            break
    return at


def _without_final_points(tokens: Sequence[Token], start: int, end: int) -> int:
    while end > start and tokens[end - 1].is_point(".?!…,;:—–-)"):
        end -= 1
    return end
