"""The part of a text that answers a search, with the words that were looked for marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from articles.text.words import WORD, folded_word

WIDTH = 260
BEFORE = 70
# Of a longer text only the beginning is read: what a snippet shows should be found at once.
LONGEST = 60_000


def highlighted(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with each of the words in `<mark>`; case and accents do not count.

    A word that ends in “*” is the beginning of those that are marked.
    """
    is_wanted = wanted(words)
    parts: list[str] = []
    position = 0
    for match in WORD.finditer(text):
        if is_wanted(folded_word(match.group())):
            parts += [conditional_escape(text[position : match.start()]), format_html("<mark>{}</mark>", match.group())]
            position = match.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, conditional_escape(text[position:])]))


def snippet(text: str, words: Iterable[str]) -> SafeString:
    """Some 260 characters of the text, where most of the words stand close together; its beginning, where none does."""
    words = list(words)
    start = max(0, best_place(text[:LONGEST], words) - BEFORE)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = start + max(text[start:end].rfind(" "), 1)
    shown = highlighted(" ".join(text[start:end].split()), words)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def wanted(words: Iterable[str]) -> Callable[[str], bool]:
    """Whether a folded word is one of those, or begins with one that is cut short."""
    some = [folded_word(word) for word in words]
    whole = frozenset(word for word in some if not word.endswith("*"))
    beginnings = tuple(word[:-1] for word in some if word.endswith("*"))
    if not beginnings:
        return whole.__contains__
    return lambda word: word in whole or word.startswith(beginnings)


def best_place(text: str, words: Iterable[str]) -> int:
    """Where the most different words that are wanted follow within one snippet; 0 where there is none."""
    words = tuple(words)
    hits = hits_to_the_letter(text, words) or hits_folded(text, wanted(words))
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last][0] < start + WIDTH - BEFORE:
            last += 1
        number = len({word for _, word in hits[first:last]})
        if number > most:
            best, most = start, number
    return best


Hits = list[tuple[int, str]]


def hits_to_the_letter(text: str, words: tuple[str, ...]) -> Hits:
    """The words as they were typed, but for their case; none unless each of them is there, which is found at once."""
    hits = [(match.start(), match.group().lower()) for match in _typed(words).finditer(text)] if words else []
    beginnings = [word.removesuffix("*") for word in words]
    return hits if all(any(word.startswith(each) for _, word in hits) for each in beginnings) else []


@lru_cache(maxsize=200)
def _typed(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (re.escape(word.removesuffix("*")) + ("" if word.endswith("*") else r"(?!\w)") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})", re.IGNORECASE)


def hits_folded(text: str, is_wanted: Callable[[str], bool]) -> Hits:
    """The words with whatever accents the text has."""
    found = ((match.start(), folded_word(match.group())) for match in WORD.finditer(text))
    return [(start, word) for start, word in found if is_wanted(word)]
