"""Where sentences end when they have quotations in them.

“Stop!” Hill shouted is one sentence, though a full one stands in the marks; “Stop!” Hill turned round is two.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.cues import Kinds, Tense, find_cues
from articles.extraction.tokens import Sort, Token, ends_sentence
from articles.extraction.words import BEFORE_NOUN_PHRASE, PRONOUNS, is_adjunct_start

# A tag longer than this (source, apposition, cue) is a sentence of its own.
_LONGEST_TAG = 25
# Rules look about within a sentence; what runs on longer is a table or a list, and is cut here.
_LONGEST_SENTENCE = 300


def split_sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut the tokens of a paragraph into sentences, in order, nothing lost."""
    sentences: list[list[Token]] = []
    start = 0
    for at, token in enumerate(tokens):
        is_last = at + 1 == len(tokens) or at - start >= _LONGEST_SENTENCE
        if is_last or (_ends_quoted(tokens, at) if token.is_quoted else ends_sentence(tokens, at)):
            sentences.append(list(tokens[start : at + 1]))
            start = at + 1
    return sentences


def _ends_quoted(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1]
    if following.is_quoted:
        return tokens[at].ends_with(".?!…")
    if not tokens[at].ends_with(".?!…") or following.sort is Sort.POINT or not following.is_capitalised:
        return False
    return not begins_with_tag(tokens, at + 1, is_full_stop=tokens[at].ends_with("."))


def begins_with_tag(tokens: Sequence[Token], start: int, *, is_full_stop: bool) -> bool:
    """Whether a source and its cue, and nothing else that is reported, follow a quotation: “Why?” Ana Lopez asked."""
    stop = next(
        (at for at in range(start, len(tokens)) if tokens[at].is_quoted or tokens[at].is_point(".?!…")), len(tokens)
    )
    if stop - start > _LONGEST_TAG:
        return False
    if stop < len(tokens) and tokens[stop].is_quoted and (is_full_stop or tokens[stop - 1].is_point(":")):
        return False
    cues = find_cues(tokens[start:stop])
    if is_full_stop and tokens[start].word in PRONOUNS:
        # “I love it.” He paused. “It must go,” he said.
        return False
    if tokens[start].part is not None:
        cues = [cue for cue in cues if cue.is_tagged]
    cue = next(iter(cues), None)
    if cue is None or cue.kinds & (Kinds.ACCORDING | Kinds.LABEL) or cue.tense not in (Tense.FINITE, Tense.PLAIN):
        return False
    if not cue.first:
        return False
    after = start + cue.last + 1
    if any(token.word in BEFORE_NOUN_PHRASE for token in tokens[start : start + cue.first]):
        return False
    if cue.kinds & Kinds.ADDRESS:
        return not any(token.word in {"that", "to"} or token.is_point(":") for token in tokens[after:stop])
    return after >= stop or tokens[after].is_point(",;—–-") or is_adjunct_start(tokens[after])
