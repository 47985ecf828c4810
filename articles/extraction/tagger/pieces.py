"""Words as pieces of the encoder's vocabulary (uncased WordPiece)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# The vocabulary is that of BERT uncased, which fixes these.
PADDING, UNKNOWN, START, BREAK, MASK = 0, 100, 101, 102, 103
# A word of more pieces is a hash, an address or noise; its beginning tells as much, and no window must overflow.
_MOST_PIECES = 8
_LONGEST_WORD = 100


class WordPieces:
    """Cuts words into pieces, greedily from the left, and remembers what it has cut.

    Args:
        vocabulary: the pieces in the order of their numbers; a piece that continues a word begins with ##.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, never none; a run of line breaks is one piece.

        Case and accents are dropped first. A word that the vocabulary cannot write is one unknown piece.
        """
        pieces = self._known.get(word)
        if pieces is None:
            # Forget now and then: a process that imports for weeks meets millions of numbers and misspellings.
            if len(self._known) >= 100_000:
                self._known.clear()
            pieces = self._known[word] = self._cut(word)
        return pieces

    def _cut(self, word: str) -> tuple[int, ...]:
        if word[0] == "\n":
            return (BREAK,)
        if len(word) > _LONGEST_WORD:
            return (UNKNOWN,)
        decomposed = unicodedata.normalize("NFD", word)
        plain = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf", "Cc"}).lower()
        pieces: list[int] = []
        start = 0
        while start < len(plain) and len(pieces) < _MOST_PIECES:
            prefix = "##" if start else ""
            for end in range(len(plain), start, -1):
                number = self._numbers.get(prefix + plain[start:end])
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return (UNKNOWN,)
        return tuple(pieces) or (UNKNOWN,)
