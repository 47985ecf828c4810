"""Offsets of one text in another that has the same words but other white space, or only a part of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher

from articles.text.spans import Span

_WORD = re.compile(r"\S+")


class Alignment:
    """Where the characters of `printed` stand in `original`, white space left out of account.

    Where `printed` is no part of `original` as it stands, words that both have in the same order are aligned.

    >>> Alignment("A headline\\n\\nIt rains.", "It rains.").to_original(Span(0, 2))
    Span(start=12, end=14)
    """

    def __init__(self, original: str, printed: str) -> None:
        self._original_at = [at for at, character in enumerate(original) if not character.isspace()]
        self._printed_at = [at for at, character in enumerate(printed) if not character.isspace()]
        start = "".join(original.split()).find("".join(printed.split())) if self._printed_at else -1
        if start >= 0:
            self._pairs = {rank: start + rank for rank in range(len(self._printed_at))}
        else:
            self._pairs = self._by_words(original, printed)
        self._covered = frozenset(self._pairs.values())

    def _by_words(self, original: str, printed: str) -> dict[int, int]:
        rank_in_original = {at: rank for rank, at in enumerate(self._original_at)}
        rank_in_printed = {at: rank for rank, at in enumerate(self._printed_at)}
        words = [list(_WORD.finditer(text)) for text in (original, printed)]
        left, right = ([word.group() for word in side] for side in words)
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        pairs: dict[int, int] = {}
        for block in matcher.get_matching_blocks():
            for number in range(block.size):
                first, second = words[0][block.a + number], words[1][block.b + number]
                for offset in range(len(first.group())):
                    pairs[rank_in_printed[second.start() + offset]] = rank_in_original[first.start() + offset]
        return pairs

    def to_original(self, span: Span) -> Span | None:
        """The span of `original` with the same characters, without white space at its ends; None where it has none."""
        first = bisect_left(self._printed_at, span.start)
        last = bisect_left(self._printed_at, span.end) - 1
        if last < first or first not in self._pairs or last not in self._pairs:
            return None
        start, end = self._original_at[self._pairs[first]], self._original_at[self._pairs[last]] + 1
        return Span(start, end) if start < end else None

    def covers(self, start: int, end: int) -> bool:
        """Whether all characters of `original[start:end]`, white space aside, are printed."""
        ranks = range(bisect_left(self._original_at, start), bisect_left(self._original_at, end))
        return all(rank in self._covered for rank in ranks)
