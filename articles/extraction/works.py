"""Words in marks that are no speech by what stands before them: titles, nicknames, names of things."""

from __future__ import annotations

import re

from articles.text.spans import Span

# An album titled “Tuesday”, a plan known as “the Bridge”, Maija, nicknamed “Mimi”.
_NAMING = re.compile(
    r"(?:\b(?:(?:en)?titled|headlined|named|renamed|nicknamed|dubbed|styled|billed as|known (?:\w+ ){0,4}?as|"
    r"so-called|nickname|under the (?:title|name|headline|hashtag))[,:]?\s)\Z"
)
# She sang “Blue Morning” and “Rain on Tin”; he wrote “The Tide” and starred in “Harbour Lights”.
_MAKING = re.compile(
    r"\b(?:sang|sings?|singing|sung|wrote|writes?|writing|recit(?:ed|es?|ing)|starr(?:ed|ing) in)\s"
    r"(?:[“‘\"'][^“”‘’\"']+[”’\"'],? (?:and )?)*\Z"
)
# Words as titles are printed: the first and all but the small ones begin with a capital, no comma or stop ends them.
_TITLE = re.compile(r"\W(?=[A-Z])(?:(?:[A-Z][^\W_]*|[a-z]{1,3})(?:[’'-]\w+)* )+[A-Z]\w*\W")
# The longest of the phrases above.
_BEFORE = 60


def is_name_of_thing(text: str, span: Span) -> bool:
    """Whether the words in marks at a span are introduced as a title or a name.

    >>> is_name_of_thing("a song titled “Rain”", Span(14, 20))
    True
    """
    before = max(0, span.start - _BEFORE)
    is_title = _TITLE.fullmatch(text, span.start, span.end) and _MAKING.search(text, before, span.start)
    return bool(is_title or _NAMING.search(text, before, span.start))
