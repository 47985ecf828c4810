"""The plain form of a name: what its variants share, and what imports look a record up by beside its exact name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

LONGEST = 200
# Names and words that are at hand, of those that came last: an archive prints the same ones over and over.
AT_HAND = 100_000
_SUFFIXES = frozenset("jr sr jnr snr ii iii iv esq".split())
# The article that Arabic names carry, and its forms before sun letters: al-Abadi, el-Sisi, ar-Rahman.
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ad|ar|an|at|az|ash)-(?=\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?|[^\W\d_]")
_NICKNAME = re.compile(r"\s[\"“”'‘(][^\"“”'‘’()]+[\"“”'’)](?=\s)")


@lru_cache(maxsize=AT_HAND)
def plain_key(kind: str, name: str) -> str:
    """What variants of one name have in common, "" where they have nothing that tells enough.

    Of a person it is the family name's last word and the first given name, or its initial, without case and accents;
    of an organisation the name without article, punctuation and legal form; of a location that without accents.

    >>> plain_key("person", "José Luis de la Cruz Jr."), plain_key("person", "J. R. Ewing"), plain_key("person", "Cruz")
    ('cruz jose', 'ewing j', '')
    >>> plain_key("organisation", "The Acme & Sons Co., Ltd."), plain_key("location", "The Gambia")
    ('acme and sons', 'gambia')
    """
    if kind == "person":
        return _person(name)[:LONGEST]
    words = _words(name)
    if kind == "organisation":
        words = _without_legal_form(words)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)[:LONGEST]


def has_legal_form(name: str) -> bool:
    """Whether an organisation's name says in what form of law it exists: that it is a company.

    >>> has_legal_form("Nordhavn Marine Ltd"), has_legal_form("Cork Harbour Board")
    (True, False)
    """
    words = _words(name)
    return _without_legal_form(words) != words


@lru_cache(maxsize=AT_HAND)
def fold(name: str) -> str:
    """A name without case and accents, its apostrophes and hyphens straight."""
    marks = str.maketrans("’‘‐‑–", "''---")
    decomposed = unicodedata.normalize("NFKD", name.translate(marks))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _person(name: str) -> str:
    words = fold(_NICKNAME.sub("", name)).replace(",", " ").split()
    while len(words) > 1 and words[-1].rstrip(".") in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return ""
    first = words[0][0] if _INITIALS.fullmatch(words[0]) else words[0].rstrip(".")
    return f"{_ARTICLE.sub('', words[-1])} {first}"


def _words(name: str) -> list[str]:
    folded = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", fold(name).replace("&", " and "))
    return re.sub(r"[^\w]+", " ", folded.replace("'", "")).replace("_", " ").split()


def _without_legal_form(words: list[str]) -> list[str]:
    """The words of an organisation's name but for its legal form; a name that is nothing else keeps it."""
    forms = _legal_forms()
    kept = list(words)
    while True:
        ending = next((size for size in (4, 3, 2, 1) if " ".join(kept[-size:]) in forms and len(kept) > size), 0)
        if not ending:
            return kept
        kept = kept[:-ending]


@cache
def _legal_forms() -> frozenset[str]:
    lines = Path(__file__).with_name("legal_forms.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(_words(line.partition("\t")[0])) for line in lines if line and not line.startswith("#"))
