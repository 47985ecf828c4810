"""Quotations whose closing mark is missing, cut where their cue shows that they ended."""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.cues import Kinds, find_cues
from articles.extraction.sentences import begins_with_tag
from articles.extraction.tokens import NamedSpan, Piece, Token, tokenise
from articles.extraction.words import PRONOUNS
from articles.text.spans import Span

_CLOSING = frozenset("“”\"«»‘’'")
# A stretch longer than this is not looked through.
_LONGEST = 2000


def mend(text: str, pieces: Sequence[Piece], names: Sequence[NamedSpan]) -> list[Piece]:
    """Cut pieces that lack their closing mark before a source and its cue; the others stay as they are.

    From “"We are late, Ana Lopez told a rally.” the first three words remain, with the mark before them. What stood in
    later paragraphs is no part of the quotation then, and has a number of its own.
    """
    mended: list[Piece] = []
    last, shift = -1, 0
    was_cut = False
    for piece in pieces:
        shift += was_cut and piece.quotation == last
        cut = _cut(text, piece, names) if _is_open(text, piece) else piece
        mended.append(Piece(cut.span, piece.quotation + shift))
        last, was_cut = piece.quotation, cut is not piece
    return mended


def _is_open(text: str, piece: Piece) -> bool:
    return text[piece.span.end - 1] not in _CLOSING and len(piece.span) < _LONGEST


def _cut(text: str, piece: Piece, names: Sequence[NamedSpan]) -> Piece:
    inside = Span(piece.span.start + 1, piece.span.end)
    for tokens in tokenise(text, (), names, inside):
        for at, token in enumerate(tokens[:-1]):
            is_clause = (
                tokens[at + 1].word in PRONOUNS and at + 2 < len(tokens) and not find_cues(tokens[at + 2 : at + 3])
            )
            is_tag = begins_with_tag(tokens, at + 1, is_full_stop=False) or _is_inverted_tag(tokens, at + 1)
            if token.is_point(",?!") and not is_clause and is_tag:
                return Piece(Span(piece.span.start, token.span.end), piece.quotation)
    return piece


def _is_inverted_tag(tokens: Sequence[Token], at: int) -> bool:
    """Whether a cue and a name stand here: “We are late, said Ana Lopez.” Not: “We met, told Ana Lopez and left.”"""
    cues = find_cues(tokens[at : at + 1])
    return bool(cues) and bool(cues[0].kinds & Kinds.CLAUSE) and at + 1 < len(tokens) and tokens[at + 1].is_name
