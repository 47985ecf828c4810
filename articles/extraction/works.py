"""Words in marks that are no speech by what stands before them: titles, nicknames, names of things."""

from __future__ import annotations

import re

from articles.text.spans import Span

# An album titled “Tuesday”, a plan known as “the Bridge”, Maija, nicknamed “Mimi”.
_NAMING = re.compile(
    r"(?:\b(?:(?:en)?titled|headlined|named|renamed|nicknamed|dubbed|styled|billed as|known (?:\w+ ){0,4}?as|"
    r"so-called|nickname|under the (?:title|name|headline|hashtag))[,:]?\s)\Z"
)
# The longest of the phrases above.
_BEFORE = 60


def is_name_of_thing(text: str, span: Span) -> bool:
    """Whether the words in marks at a span are introduced as a title or a name.

    >>> is_name_of_thing("a song titled “Rain”", Span(14, 20))
    True
    """
    return bool(_NAMING.search(text, max(0, span.start - _BEFORE), span.start))
