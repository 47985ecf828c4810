"""What a story tells of a person's gender: honorifics, gendered words before the name, else the given name.

Feeds pronouns and honorifics only. A given name that is known of both tells nothing.
"""

from __future__ import annotations

import re

from articles.extraction.lexicons import load_table
from articles.extraction.names import read_words
from articles.extraction.types import Gender
from articles.text.spans import Span

# The words directly before a name: “his wife, Ann Li”, “the actress Ann Li”, “Mrs Li”.
BEFORE = re.compile(r"([^\W\d_][\w.'’-]*(?:[ \u00a0][^\W\d_][\w.'’-]*)?),?[ \u00a0]$")
GENDERS = {"f": Gender.FEMALE, "m": Gender.MALE}


def gender_before(text: str, span: Span) -> Gender | None:
    """The gender that an honorific or a gendered word before a name tells, None where none does.

    >>> gender_before("She met Mrs Li.", Span(12, 14))
    <Gender.FEMALE: 'female'>
    """
    match = BEFORE.search(text, max(0, span.start - 40), span.start)
    if not match:
        return None
    last = match[1].split()[-1]
    for form in (match[1], last):
        for words in ("honorifics", "titles"):
            table = load_table(words)
            mark = table.get(form) or table.get(form.lower())
            if mark in GENDERS:
                return GENDERS[mark]
    return None


def gender_of_name(name: str) -> Gender | None:
    """The gender of a full name's first given name, None where it is unknown or known of both.

    >>> gender_of_name("Ingrid Berg"), gender_of_name("Robin Berg-Li"), gender_of_name("Berg")
    (<Gender.FEMALE: 'female'>, <Gender.MALE: 'male'>, None)
    """
    words = read_words(name)
    if len(words) < 2:
        return None
    for form in (words[0].form, words[0].form.title(), words[0].form.partition("-")[0]):
        mark = load_table("given_names").get(form) or load_table("given_names_more").get(form)
        if mark:
            return GENDERS.get(mark)
    return None


def agree(one: Gender | None, other: Gender | None) -> bool:
    """Whether two genders may be one person's."""
    return one is None or other is None or one is other
