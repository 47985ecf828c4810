"""Lines in capitals or in title case: a headline within the text, a crosshead.

There every word begins like a name. Decides which lines are such, and which names in them are words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction.lexicons import load
from articles.text.spans import Span

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# What ends so is a sentence.
_STOPS = '.,:;!?…”"’)'
_FEWEST = 3


def find_headings(text: str) -> Iterator[Span]:
    """Yield the lines that are printed like headlines, in text order.

    >>> text = "New Pier Plan Splits the Town\\nThe harbour master spoke on Monday."
    >>> [heading.of(text) for heading in find_headings(text)]
    ['New Pier Plan Splits the Town']
    """
    for line in _LINE.finditer(text):
        if line[0].rstrip()[-1:] in _STOPS:
            continue
        words = _WORD.findall(line[0])
        if len(words) >= _FEWEST and all(word[0].isupper() or word in load("function_words") for word in words):
            yield Span(*line.span())


def is_made_of_common_words(form: str) -> bool:
    """Whether every word of a name is a word of the language, and no given name begins it.

    >>> is_made_of_common_words("New Pier Plan"), is_made_of_common_words("Will Marsh")
    (True, False)
    """
    words = _WORD.findall(form)
    if len(words) > 1 and words[0].title() in load("given_names"):
        return False
    return all(word.lower() in load("common_words") or word.lower() in load("function_words") for word in words)
