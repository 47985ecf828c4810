"""What lists of names say of a word: somebody is called so, a place is called so.

A hint among others, which training learns how far to trust: "Reading" and "Young" are on the lists as well. The lists
are kept beside the model and never change under it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# The flags of a line of the file, and what each adds to the value of a word.
GIVEN, FAMILY, PLACE = "g", "f", "p"
_VALUES = {GIVEN: 1, FAMILY: 2}
_PLACE, _LONG_PLACE = 4, 8
# Values of a word: any of given and family name, with no place, a place of one word, or one of several.
VALUES = 12


def folded(word: str) -> str:
    """A word as the lists have it: small, without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")


class KnownNames:
    """Lists of names, looked up word by word.

    Args:
        lines: of the lists' file: words with one space between them, a tab, flags. Lines that begin with # say where
            the names are from.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._values: dict[str, int] = {}
        self._long: set[str] = set()
        # First word of places of several words → words of the longest.
        self._reach: dict[str, int] = {}
        for line in lines:
            name, _, flags = line.partition("\t")
            if not flags or line.startswith("#"):
                continue
            value = sum(_VALUES.get(flag, 0) for flag in flags)
            words = name.split(" ")
            if PLACE in flags and len(words) > 1:
                self._long.add(name)
                self._reach[words[0]] = max(self._reach.get(words[0], 0), len(words))
            elif PLACE in flags:
                value += _PLACE
            if value:
                self._values[name] = value

    def values(self, words: Sequence[str], capitalised: Sequence[bool]) -> list[int]:
        """The value (0 to `VALUES` - 1) of each word; 0 of those that are not capitalised and stand in no long name.

        >>> KnownNames(["ana\\tg", "new york\\tp"]).values(["Ana", "left", "New", "York"], [True, False, True, True])
        [1, 0, 8, 8]
        """
        folds = [folded(word) for word in words]
        found = [
            self._values.get(fold, 0) if is_capital else 0 for fold, is_capital in zip(folds, capitalised, strict=True)
        ]
        for at, fold in enumerate(folds):
            reach = self._reach.get(fold, 0) if capitalised[at] else 0
            for last in range(min(at + reach, len(folds)), at + 1, -1):
                if " ".join(folds[at:last]) in self._long:
                    for inside in range(at, last):
                        found[inside] = found[inside] % _PLACE + _LONG_PLACE
                    break
        return found
