"""In which language the words of a record are, and which way they are written, as a page's markup says it."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from articles.models import Article, Quote

# Languages written from right to left, and the scripts that decide where a code names one: “az-arab”, “ur-latn”.
RIGHT_TO_LEFT = frozenset("ar arc arz ckb dv fa he ks nqo pnb prs ps sd syr ug ur yi".split())
SCRIPTS_RIGHT_TO_LEFT = frozenset("adlm arab hebr nkoo syrc thaa".split())
SCRIPT = 4  # letters; no other part of a code after the first has as many


def direction(language: str) -> str:
    """“rtl” or “ltr”; “auto”, by their first letter, of words in nobody knows which language.

    >>> direction("ar-eg"), direction("pt-br"), direction("")
    ('rtl', 'ltr', 'auto')
    """
    first, *others = language.casefold().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == SCRIPT and part.isalpha()), "")
    if script:
        return "rtl" if script in SCRIPTS_RIGHT_TO_LEFT else "ltr"
    if not first:
        return "auto"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def language_of(record: Article | Quote) -> str:
    return record.spoken_language if isinstance(record, Quote) else record.language


def attributes(record: Article | Quote) -> SafeString:
    """What an element with words of an article or a quotation bears."""
    language = language_of(record)
    if not language:
        return SafeString(' dir="auto"')
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def mirrored(record: Article | Quote) -> SafeString:
    """What an element bears that is laid out for such words, where the page itself is laid out the other way."""
    way = direction(language_of(record))
    ours = "rtl" if get_language_bidi() else "ltr"
    return SafeString("" if way in (ours, "auto") else f' dir="{way}"')  # nosec B703
