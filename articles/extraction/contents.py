"""What a cue reports to its right.

Decides where reported words begin and end within a sentence. Token ranges are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.cues import CueFound, Kinds
from articles.extraction.openings import Opening, find_opening
from articles.extraction.sources import Range
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    is_adjunct_start,
    may_be_finite,
)

# A phrase in marks stands this close behind the verb that names something with it: called the plan for the old harbour
# “…”.
_LABEL_REACH = 24
# Without “that”, a phrase in marks belongs to a verb only if it is its object: promised a “full” inquiry.
_OBJECT_REACH = 3
# Behind the last words in marks these go on about it, not in it: “a mess”, which cost him his seat.
_GOES_ON = frozenset(
    "but which who while whose after before when as in on during of although though where adding".split()
)


@dataclass(frozen=True, slots=True)
class Right:
    """What stands to the right of a cue.

    `ranges` is a clause, or single stretches in marks. `is_marked` says that “that”, a colon or a mark shows where it
    begins; `is_parenthesis` that the cue stands between commas, in the middle of what is reported.
    """

    ranges: tuple[Range, ...] = ()
    is_marked: bool = False
    is_parenthesis: bool = False


def right_content(tokens: Sequence[Token], cue: CueFound, start: int, limit: int, reach: int) -> Right:
    """Find what is reported behind a cue, from token `start` on and before `limit`, the end of its clause.

    Where it begins must stand before `reach`, the next cue. In “said the road was “a disgrace”.” it is all behind
    “said” but the final stop.
    """
    limit = without_final_points(tokens, start, limit)
    opening = find_opening(tokens, cue, start, min(limit, reach))
    if opening is None:
        return Right()
    at = opening.at
    is_parenthesis = opening.marker == ","
    if tokens[at].is_quoted:
        return Right(_from_quoted(tokens, cue, at, limit), True, is_parenthesis)
    if cue.kinds & Kinds.LABEL:
        return Right(tuple(_labels(tokens, at, min(limit, reach))), True)
    if is_parenthesis:
        return Right(((at, limit),), False, True)
    is_question = tokens[at].word in QUESTION_WORDS and not cue.kinds & Kinds.BESIDE
    if opening.marker in {"that", "to", ":"} or is_question:
        return Right(((at, _clause_end(tokens, at, limit)),), True)
    if cue.kinds & Kinds.BESIDE:
        return Right()
    return _bare(tokens, cue, opening, limit, reach)


def further_piece(tokens: Sequence[Token], start: int, limit: int, reach: int) -> Right:
    """Find a further piece in marks behind the cue of a piece before it: “A,” she said in Leeds, “B.”"""
    limit = without_final_points(tokens, start, limit)
    for at in range(start, min(limit, reach)):
        token = tokens[at]
        if token.is_quoted:
            is_split = at > start and tokens[at - 1].is_point(",:—–-")
            return Right(_from_quoted(tokens, None, at, limit), True) if is_split or at == start else Right()
        if at > start and (token.word in PRONOUNS or token.is_point(";") or token.word in {"and", "but"}):
            break
    return Right()


def without_final_points(tokens: Sequence[Token], start: int, end: int) -> int:
    while end > start and tokens[end - 1].is_point(".?!…,;:—–-)"):
        end -= 1
    return end


def _bare(tokens: Sequence[Token], cue: CueFound, opening: Opening, limit: int, reach: int) -> Right:
    """A clause, or a phrase in marks, without that: said the road was “a disgrace”; promised a “full” inquiry."""
    at = opening.at
    end = _clause_end(tokens, at, limit)
    quoted = next((position for position in range(at, end) if tokens[position].is_quoted), None)
    if quoted is None:
        is_clause = end - at > 2 and (
            cue.verb in {"say", "tell"} or any(may_be_finite(token) for token in tokens[at:end])
        )
        return Right(((at, end),)) if is_clause and cue.kinds & Kinds.CLAUSE else Right()
    is_open = cue.verb in {"say", "tell"}
    has_verb = any(may_be_finite(token) for token in tokens[at + 1 : quoted])
    if is_open or (has_verb and quoted < reach and not is_adjunct_start(tokens[at])):
        return Right(((at, end),))
    if cue.kinds & Kinds.CLAUSE and any(may_be_finite(token) for token in tokens[quoted:end]):
        return Right(((at, end),))
    if quoted - at <= _OBJECT_REACH and quoted < reach and not _is_attributive(tokens, quoted, limit):
        return Right(tuple(_labels(tokens, at, limit)), True)
    return Right()


def _labels(tokens: Sequence[Token], at: int, limit: int) -> list[Range]:
    """The stretches in marks that name something: dismissed it as “a stunt” and “a waste of money”."""
    found: list[Range] = []
    for position in range(at, limit):
        token = tokens[position]
        if token.is_quoted:
            found.append((position, position + 1))
        elif (
            (found and not (token.is_point(",") or token.word in DETERMINERS | {"and", "or", "but", "as"}))
            or token.is_point(";:—–")
            or position - at > _LABEL_REACH
        ):
            break
    return found


def _from_quoted(tokens: Sequence[Token], cue: CueFound | None, at: int, limit: int) -> tuple[Range, ...]:
    """Content that begins with a stretch in marks: alone, with more in marks, or as the first words of a clause."""
    following = at + 1
    if following >= limit or tokens[at].ends_with(".?!…,"):
        return tuple(_labels(tokens, at, limit))
    after = tokens[following]
    is_label = cue is None or bool(cue.kinds & Kinds.LABEL)
    goes_on = after.word in {"to", "for"} and not is_label
    if not goes_on and (is_label or after.is_point(",;:—–-(") or is_adjunct_start(after)):
        return tuple(_labels(tokens, at, limit))
    if after.word in {"but", "while", "though"}:
        return tuple(_labels(tokens, at, following))
    if after.word in {"and", "or", "as"} or after.is_quoted:
        labels = _labels(tokens, at, limit)
        if len(labels) > 1 or after.word == "as":
            return tuple(labels)
    if _is_attributive(tokens, at, limit) and cue is not None and cue.kinds & (Kinds.THAT | Kinds.BESIDE):
        return ()
    is_clause = any(may_be_finite(token) for token in tokens[following : following + 6])
    if is_clause or after.word in {"to", "of", "for"} or (cue is not None and cue.verb == "say"):
        return ((at, _clause_end(tokens, at, limit)),)
    return ((at, following),)


def _is_attributive(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether words in marks only colour the noun behind them: offered “furry” versions."""
    if at + 1 >= limit or tokens[at].ends_with(".,?!"):
        return False
    after = tokens[at + 1]
    return (
        len(tokens[at].text.split()) <= 3
        and after.sort in (Sort.WORD, Sort.NAME)
        and not may_be_finite(after)
        and not is_adjunct_start(after)
        and after.word not in {"of", "and", "or", "but", "as", "to", *QUESTION_WORDS}
    )


def _clause_end(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Where a reported clause ends: with its sentence, or behind words in marks that close it with a comma or stop."""
    for position in range(at, limit - 1):
        if not tokens[position].is_quoted:
            continue
        after = tokens[position + 1]
        has_more = any(token.is_quoted for token in tokens[position + 1 : limit])
        if tokens[position].ends_with(".?!") and not (after.sort is Sort.WORD and not after.is_capitalised):
            return position + 1
        if has_more:
            continue
        if tokens[position].ends_with(",.?!") and after.sort is Sort.WORD and after.word not in PREPOSITIONS | {"and"}:
            return position + 1
        if after.is_point(",—–;(") and position + 2 < limit:
            behind = tokens[position + 2]
            if behind.word in _GOES_ON or behind.word.endswith("ing") or after.is_point("("):
                return position + 1
    return limit
