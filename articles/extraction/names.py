"""What names are made of: the words of a text as a reader of names sees them, and the parts of a person's name.

Nothing is called a name here; the tagger and `mentions.py` decide that, and `coreference.py` which names are one
person's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articles.extraction.geonames import fold
from articles.extraction.lexicons import load

# Letters and digits, joined inside by hyphens, apostrophes or an ampersand (O’Neill, al-Abadi, AT&T), by full stops
# between initials (U.S) and in addresses (Example.com), but not where a space was forgotten (“he said.She left”).
WORD = re.compile(r"[^\W_]+(?:[-–'’&@][^\W_]+|\.[^\W\d_](?![^\W_])|\.[a-z]{2,}(?![^\W_]))*")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
# A full stop after these belongs to the word: “Gov. Smith”, “Acme Inc.”, “John F. Smith”, “in the U.S.”.
ABBREVIATION = re.compile(r"[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D")
# So do those of companies, places and suffixes, which are in no list.
DOTTED = frozenset("Bros Co Corp Inc Jr Ltd Mt Mts Sr St".split())
# Small words that stand inside a person's name: van der Berg, bin Salman, al Assad, y Gasset, Ó Briain, Ní Dhomhnaill.
PARTICLES = frozenset(
    "al ap ben bin bint d' da das de degli dei del della den der di do dos du e el ibn la las le los mag nic ní ou san "
    "st t' te ten ter uí und van vande vander von y zu zum zur ó".split()
)
# Particles that are given names of their own: Ben Li Haddad, Al Sandoval Ruiz, Van Li Nguyen.
GIVEN_TOO = frozenset({"al", "ben", "san", "van"})
# After these comes the name of a father or mother, not the family's: Omar bin Rashid al-Amin, José Ortega y Gasset.
FATHERS = frozenset("ap ben bin bint ibn e y".split())
# The article that Arabic names carry with a hyphen, and its forms before the sun letters: al-Abadi, ash-Sharif.
ARTICLE = re.compile(r"(?:al|el|ul|as|ad|ar|an|at|az|ash)[-‐–]", re.IGNORECASE)
# “Jr.” and “III” belong to the name that stands before them.
SUFFIXES = frozenset("jr jr. sr sr. jnr snr ii iii iv esq esq.".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text without its possessive ending: `text[start:end]`; `gap` stands between it and the one before."""

    start: int
    end: int
    form: str
    gap: str


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; a possessive ending is left out, the full stop of an abbreviation kept.

    >>> [word.form for word in read_words("Gov. Jo Ann Smith’s U.S. visit.")]
    ['Gov.', 'Jo', 'Ann', 'Smith', 'U.S.', 'visit']
    """
    words: list[Word] = []
    end = 0
    for match in WORD.finditer(text):
        form = POSSESSIVE.sub("", match[0])
        start, stop = match.start(), match.start() + len(form)
        if text[stop : stop + 1] == "." and is_abbreviation(form):
            form, stop = form + ".", stop + 1
        words.append(Word(start, stop, form, text[end:start]))
        end = stop
    return tuple(words)


def is_abbreviation(form: str) -> bool:
    """Whether a full stop after a word belongs to it: Gov, Inc, U.S and the J of J. Smith.

    >>> is_abbreviation("Inc"), is_abbreviation("Oslo")
    (True, False)
    """
    return form in _dotted() or ABBREVIATION.fullmatch(form) is not None


@cache
def _dotted() -> frozenset[str]:
    """Abbreviations that are printed with a full stop, without it."""
    lists = ("honorifics", "titles", "states")
    listed = {entry.rpartition(" ")[2][:-1] for name in lists for entry in load(name) if entry.endswith(".")}
    return frozenset(listed | DOTTED)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: `given` names or initials, the `family` name with its particles, a suffix."""

    given: tuple[str, ...]
    family: str
    suffix: str = ""

    @property
    def is_full(self) -> bool:
        return bool(self.given)

    @property
    def words(self) -> tuple[str, ...]:
        """All of it but the suffix."""
        return (*self.given, *self.family.split())

    @property
    def plain_family(self) -> str:
        """The family name without particles and article: `abadi` of Haider al-Abadi, `beethoven` of van Beethoven."""
        words = [word for word in self.family.split() if word not in PARTICLES]
        return ARTICLE.sub("", words[-1] if words else self.family)


def read_person(name: str) -> PersonName:
    """Split a printed name into its parts; a name of one word, or with a particle first, is a family name.

    >>> read_person("Willem van der Berg Jr.")
    PersonName(given=('willem',), family='van der berg', suffix='jr')
    >>> read_person("Ó Briain"), read_person("De Sá Leite").family
    (PersonName(given=(), family='ó briain', suffix=''), 'de sa leite')
    """
    printed = [word.form.lower() for word in read_words(name)]
    suffix = ""
    if len(printed) > 1 and printed[-1] in SUFFIXES:
        suffix = printed.pop().rstrip(".")
    first = max(len(printed) - 1, 0)
    while first > 0 and printed[first - 1] in PARTICLES:
        first -= 1
    if printed and printed[0] in PARTICLES and printed[0] not in GIVEN_TOO:
        first = 0
    first = next((i for i in range(1, first) if printed[i] in PARTICLES - FATHERS), first)
    words = [word if word in PARTICLES else fold(word) for word in printed]
    return PersonName(tuple(word.rstrip(".") for word in words[:first]), " ".join(words[first:]), suffix)
