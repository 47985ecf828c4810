"""How alike two texts are by the sequences of words they share, and keys by which those that are alike find each other.

The keys are those of MinHash with bands: of two texts that share half of their sequences 93 in 100 have a key in
common, of two that share three quarters nearly all, of two that share a tenth 2.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

# A word; where scripts write without spaces, a character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
WORDS_TOGETHER = 3
# Of a text with fewer words nothing is said: two lines of a weather report are alike, and two reports.
FEWEST_WORDS = 20
BANDS, ROWS = 20, 3
BINS = BANDS * ROWS
# Texts whose sequences are at hand, some 50 kB each: what is compared with one is compared with the next, too.
AT_HAND = 500
LONGEST_AT_HAND = 10_000  # characters


def words_of(text: str) -> list[str]:
    """The words of a text without regard to case and punctuation.

    >>> words_of("“It rains,” she said.")
    ['it', 'rains', 'she', 'said']
    """
    return WORD.findall(text.casefold())


def shingles(text: str) -> frozenset[str]:
    """Every sequence of three words that stands in a text."""
    return _at_hand(text) if len(text) <= LONGEST_AT_HAND else _shingles(text)


def _shingles(text: str) -> frozenset[str]:
    words = words_of(text)
    starts = range(max(1, len(words) - WORDS_TOGETHER + 1))
    return frozenset(" ".join(words[start : start + WORDS_TOGETHER]) for start in starts)


_at_hand = lru_cache(maxsize=AT_HAND)(_shingles)


def resemblance(left: str, right: str) -> float:
    """The share of three-word sequences that two texts have in common, from 0 to 1."""
    ours, theirs = shingles(left), shingles(right)
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared)


def bands(text: str) -> list[int]:
    """The keys of a text, signed numbers of 64 bits; none of one that is too short to tell.

    One hash a sequence is enough: each falls into one of the bins, and the smallest of a bin stands for it (one
    permutation hashing). An empty bin borrows from the next that is not.
    """
    if len(words_of(text)) < FEWEST_WORDS:
        return []
    smallest: list[int | None] = [None] * BINS
    for shingle in shingles(text):
        number = _number(shingle)
        place, value = number % BINS, number // BINS
        least = smallest[place]
        if least is None or value < least:
            smallest[place] = value
    filled = _without_gaps(smallest)
    return [_key(band, filled[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _without_gaps(smallest: list[int | None]) -> list[int]:
    """How far away a value was borrowed from is part of it, so that two texts do not agree by their gaps."""
    filled = []
    for place in range(BINS):
        away = next(step for step in range(BINS) if smallest[(place + step) % BINS] is not None)
        filled.append((smallest[(place + away) % BINS] or 0) * BINS + away)
    return filled


def _key(band: int, values: list[int]) -> int:
    return _number(f"{band}:{values}") - (1 << 63)


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
