"""The part of a text that answers a search, with the words that were looked for marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 260
BEFORE = 70
WORD = re.compile(r"[^\W_]+")


def highlighted(text: str, words: Iterable[str]) -> SafeString:
    """The text, escaped, with each of the words in `<mark>`; case and accents do not count."""
    wanted = {folded(word) for word in words}
    parts: list[str] = []
    position = 0
    for match in WORD.finditer(text):
        if folded(match.group()) in wanted:
            parts += [conditional_escape(text[position : match.start()]), format_html("<mark>{}</mark>", match.group())]
            position = match.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, conditional_escape(text[position:])]))


def snippet(text: str, words: Iterable[str]) -> SafeString:
    """Some 260 characters of the text, where most of the words stand close together; its beginning, where none does."""
    words = list(words)
    start = max(0, best_place(text, {folded(word) for word in words}) - BEFORE)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = start + max(text[start:end].rfind(" "), 1)
    shown = highlighted(" ".join(text[start:end].split()), words)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def best_place(text: str, wanted: set[str]) -> int:
    """Where the most different words of `wanted` follow within one snippet; 0 where there is none."""
    hits = [(match.start(), folded(match.group())) for match in WORD.finditer(text)]
    hits = [hit for hit in hits if hit[1] in wanted]
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last][0] < start + WIDTH - BEFORE:
            last += 1
        number = len({word for _, word in hits[first:last]})
        if number > most:
            best, most = start, number
    return best


def folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
