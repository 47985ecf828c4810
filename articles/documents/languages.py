"""The language of a text, from its function words, and only where they leave no doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from articles.documents.words import lines

# Twenty words hold some eight function words: enough to decide. A brief of fewer has to be plainer; a caption is too
# little.
ENOUGH_WORDS = 20
FEWEST_WORDS = 6
# In running text a third of the words are on the list of its own language; with names and figures around, a sixth.
LEAST_SHARE = 0.15
# Kin share half of their lists (Danish and Norwegian, Spanish and Portuguese): the best one must lead clearly.
LEAD = 1.15
PLAIN_SHARE = 0.3
PLAIN_LEAD = 1.4
SAMPLE = 20_000


def find_language(text: str, *, declared: str = "") -> str:
    """The language code of a text; empty where it is not clear.

    Args:
        text: plain text.
        declared: what the document says of itself ("en-GB"); believed whatever the words say.

    >>> find_language("", declared="en-GB")
    'en-gb'
    """
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", declared.strip()):
        return declared.strip().lower().replace("_", "-")
    words = re.findall(r"[^\W\d_]+", text[:SAMPLE].casefold())
    if len(words) < FEWEST_WORDS:
        return ""
    counted = Counter(words)
    shares = sorted(
        ((sum(counted[word] for word in known) / len(words), code) for code, known in _function_words().items()),
        reverse=True,
    )
    (best, code), (second, _) = shares[0], shares[1]
    share, lead = (LEAST_SHARE, LEAD) if len(words) >= ENOUGH_WORDS else (PLAIN_SHARE, PLAIN_LEAD)
    return code if best >= share and best >= second * lead else ""


def is_too_short_to_tell(text: str) -> bool:
    """Whether a text without a clear language is merely short, and not in a language of no list."""
    return len(text.split(maxsplit=2 * ENOUGH_WORDS)) < 2 * ENOUGH_WORDS


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lists = (line.partition(":") for line in lines("languages"))
    return {code.strip(): frozenset(words.split()) for code, _, words in lists}
