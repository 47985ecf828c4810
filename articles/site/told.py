"""Whom a quotation was told and on what occasion, as its page says it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from articles.models import Quote
from articles.site.reading import shown_names
from articles.text.spans import Span, longest_first


def told(quote: Quote) -> SafeString:
    """“told Kurdistan 24 in an emailed statement”, names with a page linked; empty where the article does not say.

    `quote` comes from `for_detail()`. A hearer named within the occasion is not said twice: “said in an interview with
    Radio Kerala”.
    """
    hearer = quote.addressee if quote.addressee not in quote.occasion else ""
    if not (hearer or quote.occasion):
        return SafeString("")
    if not hearer:
        verb = pgettext("before an occasion", "said")
    elif quote.cue.split()[-1:] == ["asked"]:
        verb = pgettext("before a hearer", "asked")
    else:
        verb = pgettext("before a hearer", "told")
    phrases = [
        _linked(quote, phrase, start)
        for phrase, start in ((hearer, quote.addressee_start), (quote.occasion, quote.occasion_start))
        if phrase
    ]
    return format_html_join(" ", "{}", ((each,) for each in (verb, *phrases)))


def _linked(quote: Quote, phrase: str, start: int | None) -> SafeString:
    """A phrase as it reads within a line, each name in it that has a page as a link."""
    if start is None:
        return format_html("{}", _lowered(phrase))
    whole = Span(start, start + len(phrase))
    shown = shown_names(quote.article)
    entities = {Span(*pair): appearance.entity for appearance in shown for pair in appearance.spans}
    names = longest_first(span for span in entities if whole.contains(span))
    parts: list[str] = []
    position = start
    for span in [*names, Span(whole.end, whole.end + 1)]:
        between = phrase[position - start : span.start - start]
        parts.append(format_html("{}", between if parts else _lowered(between)))
        if span in entities:
            entity, words = entities[span], phrase[span.start - start : span.end - start]
            parts.append(
                format_html('<a class="name {}" href="{}">{}</a>', entity.kind, entity.get_absolute_url(), words)
            )
        position = span.end
    return format_html_join("", "{}", ((part,) for part in parts))


def _lowered(phrase: str) -> str:
    """The phrase without the capital that the head of a sentence gave it: In a statement, The inquiry."""
    first, _, rest = phrase.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _OPENING else phrase


_OPENING = frozenset(
    "in on at by via through during over under from before the a an his her its their our my one some".split()
)
