"""The words of the archive: which begin with some letters, and which is meant where one is not among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from articles.models import SearchWord
from articles.searching.engines import engine

# A word cut short stands for the commonest that begin with its letters.
MOST_ENDINGS = 60
FEWEST_LETTERS = 3
# Shorter words are too much like each other.
SHORTEST = 4
AT_ONCE = 500


def learn(words: Iterable[str]) -> None:
    """Make words known that stand in a record; how often is counted by `rebuild_search`."""
    wanted = sorted(word for word in set(words) if len(word) >= FEWEST_LETTERS)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        new = set(some).difference(SearchWord.objects.filter(word__in=some).values_list("word", flat=True))
        SearchWord.objects.bulk_create((SearchWord(word=word) for word in sorted(new)), ignore_conflicts=True)


def count_words() -> int:
    """Count anew in how many records each word stands, and forget those in none; returns how many are known."""
    engine().count_words(FEWEST_LETTERS)
    return SearchWord.objects.count()


def beginning_with(letters: str) -> list[str]:
    """The commonest words that begin so; none where the letters are too few to tell."""
    if len(letters) < FEWEST_LETTERS:
        return []
    words = SearchWord.objects.filter(word__gte=letters, word__lt=letters + chr(0x10FFFF))
    return list(words.order_by("-number", "word").values_list("word", flat=True)[:MOST_ENDINGS])


def suggestions_for(words: Sequence[str]) -> dict[str, str]:
    """For each word that the archive does not have, the one that is most like it; the commoner of two alike."""
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))
    unknown = [word for word in dict.fromkeys(words) if word not in known and len(word) >= SHORTEST]
    found = {word: _nearest(word) for word in unknown[:5]}
    return {word: other for word, other in found.items() if other}


def _nearest(word: str) -> str:
    most = 1 if len(word) < 6 else 2
    best, least = "", (most, 1)
    for initial in dict.fromkeys(word[:2]):
        alike = SearchWord.objects.filter(word__gte=initial, word__lt=initial + chr(0x10FFFF))
        for other, number in alike.values_list("word", "number"):
            if abs(len(other) - len(word)) > most:
                continue
            distance = DamerauLevenshtein.distance(word, other, score_cutoff=most)
            if (distance, -number) < least:
                best, least = other, (distance, -number)
    return best
