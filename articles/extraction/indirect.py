"""Reported speech without marks: plain patterns only.

Decides which reports without quotation marks are speech beyond doubt: X said (that) it rains; according to X, it
rains; it rains, X said; X told Y to wait. Leaves out all that may be a noun phrase, a thought or a wish.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.cues import CueFound, Kinds, Tense
from articles.extraction.rivals import Report
from articles.extraction.sources import Range
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import (
    FINITE,
    PREPOSITIONS,
    QUESTION_WORDS,
    RELATIVES,
    may_be_finite,
)

# Fewer words are an object, no clause: asked why, announced a plan.
_FEWEST = 3
# These ask, so that “if” and “who” after them begin what was asked; said if it rains is no report.
_ASKING = frozenset("ask wonder inquire enquire question explain tell".split())
# As often nouns: the state’s records show, two tweets on the fire. With “that” behind they are verbs.
_NOUNS = frozenset(
    "state order signal share tweet forecast offer record question report claim rule note remark comment request "
    "demand promise pledge vow complaint protest direct command answer reply post object challenge project "
    "estimate".split()
)
# What follows these without “that” is a clause, whatever its verb looks like: said prices fell.
_PLAINEST = frozenset("say tell insist argue reckon".split())
_NEGATIONS = frozenset("not n't never".split())
_WISHES = frozenset("would should could may might must can".split())


def is_plain_speech(tokens: Sequence[Token], report: Report) -> bool:
    """Whether a report without marks is speech beyond doubt.

    “Ana Lopez said the road was shut” is; “Ana Lopez announced a plan”, “did not say when” and “asked not to be named”
    are none.
    """
    cue = report.cue
    words = [token for start, end in report.content for token in tokens[start:end] if token.sort is not Sort.POINT]
    if len(words) < 2 or cue.kinds & (Kinds.LABEL | Kinds.BESIDE):
        return False
    chain = {token.word for token in tokens[cue.first : cue.last]}
    if chain & _NEGATIONS or any(word.endswith("n't") for word in chain) or (chain & _WISHES and cue.verb != "say"):
        return False
    opening = words[0].word
    if opening == "to" or (opening == "not" and words[1].word == "to"):
        return bool(cue.kinds & Kinds.ORDER) and not _is_about_naming(words)
    if len(words) < _FEWEST:
        return False
    if cue.kinds & Kinds.ACCORDING:
        return len(words) > _FEWEST or any(may_be_finite(token) for token in words)
    if opening in {"if", "whether"} | RELATIVES | QUESTION_WORDS and report.content[0][0] > cue.last:
        return cue.verb in _ASKING and len(words) > _FEWEST
    if report.is_marked:
        return True
    if report.source is None and not report.shares_source:
        return False
    is_noun = cue.verb in _NOUNS and tokens[cue.last].word.endswith("s")
    if is_noun or cue.tense is Tense.PASSIVE:
        return False
    return _is_clause(words) or (cue.verb in _PLAINEST and words[0].word not in PREPOSITIONS)


def is_no_speech(tokens: Sequence[Token], cue: CueFound, content: Sequence[Range], *, is_sure: bool) -> bool:
    """Whether words that the tagger found without marks are none, however it reads them.

    “Asked not to be named” is none. Where the tagger is not sure, neither is an object: announced a plan, lamented the
    loss of the pier.
    """
    words = [token for start, end in content for token in tokens[start:end] if token.sort is not Sort.POINT]
    if not words:
        return False
    if words[0].word in {"to", "not"}:
        return _is_about_naming(words)
    begins = content[0][0]
    is_bare = begins > cue.last and tokens[begins - 1].word != "that" and words[0].word not in QUESTION_WORDS
    may_take_clause = cue.verb in _PLAINEST or bool(cue.kinds & Kinds.ACCORDING)
    return not is_sure and is_bare and not may_take_clause and not _is_clause(words)


def _is_about_naming(words: Sequence[Token]) -> bool:
    return not {"named", "identified", "quoted"}.isdisjoint(word.word for word in words[:5])


def _is_clause(words: Sequence[Token]) -> bool:
    """Whether words without “that” before them have a subject and a verb: the road was shut; not: a plan on Monday."""
    if words[0].word in PREPOSITIONS | FINITE or words[0].word.endswith("ing"):
        return False
    return any(may_be_finite(token) for token in words[1:])
