"""The words of a story as a page shows them: names linked, quotations marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models import Appearance, Article, Quote
from articles.site.languages import attributes
from articles.text.marking import Mark, lead_in, linked_spans, mark
from articles.text.spans import Span


def marked_body(article: Article) -> SafeString:
    """The body with the first mention of each entity as a link, and each quotation with an id and a permalink.

    `article` comes from `for_detail()`. The body was sanitised when it was saved, so it is written as it is.
    """
    marks = [*quote_marks(article.shown_quotes), *name_marks(article)]
    body = mark(article.body, marks)
    if article.dateline_place:
        body = lead_in(body, dateline(article))
    return mark_safe(body)  # nosec B308 B703


def quote_marks(quotes: Iterable[Quote]) -> Iterator[Mark]:
    for quote in quotes:
        lang = attributes(quote) if quote.language else SafeString("")
        again = format_html('<span class="quote"{}>', lang)
        if quote.speaker:
            label = gettext("Quotation by {speaker}").format(speaker=quote.speaker)
        else:
            label = gettext("Quotation without a named speaker")
        permalink = format_html('<a class="permalink" href="{}" aria-label="{}"></a>', quote.get_absolute_url(), label)
        for number, (start, end) in enumerate(quote.spans, start=1):
            yield Mark(
                Span(start, end),
                format_html('<span class="quote" id="quote-{}"{}>', quote.pk, lang) if number == 1 else again,
                "</span>",
                again=again,
                after=permalink if number == len(quote.spans) else "",
            )


def name_marks(article: Article) -> Iterator[Mark]:
    """A link at the first mention of each entity; inside a longer name, the longer one is the link."""
    mentions = sorted(
        ((Span(start, end), appearance) for appearance in shown_names(article) for start, end in appearance.spans),
        key=lambda mention: (mention[0].start, -mention[0].end),
    )
    links = linked_spans(article.body)
    linked: set[int] = set()
    reached = 0
    for span, appearance in mentions:
        while links and links[0].end <= span.start:
            links.pop(0)
        if span.start < reached or (links and links[0].overlaps(span)):
            continue
        reached = span.end
        entity = appearance.entity
        if entity.pk not in linked:
            linked.add(entity.pk)
            opening = format_html('<a class="name {}" href="{}">', entity.kind, entity.get_absolute_url())
            yield Mark(span, opening, "</a>", level=1, is_link=True)


def shown_names(article: Article) -> list[Appearance]:
    """Appearances of entities that have a page: in a preview, some may not have one yet."""
    return [each for each in article.shown_appearances if each.entity.is_public]


def dateline(article: Article) -> SafeString:
    agency = format_html(" ({})", article.dateline_agency) if article.dateline_agency else ""
    return format_html(
        '<span class="dateline"><span class="place">{}</span>{} – </span>', article.dateline_place, agency
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph that belong to the quotation, or stand around it."""

    text: str
    is_quoted: bool


def surroundings(quote: Quote) -> list[list[Stretch]]:
    """The paragraphs of the article that the quotation stands in, cut where it begins and ends."""
    spans = [Span(start, end) for start, end in quote.spans]
    paragraphs = []
    start = 0
    for line in quote.article.text.split("\n"):
        end = start + len(line)
        inside = [span for span in spans if span.start < end and start < span.end]
        if inside:
            paragraphs.append(list(cut_at(line, start, inside)))
        start = end + 1
    return paragraphs


def cut_at(line: str, offset: int, spans: Iterable[Span]) -> Iterator[Stretch]:
    position = 0
    for span in spans:
        start, end = max(span.start - offset, position), min(span.end - offset, len(line))
        if position < start:
            yield Stretch(line[position:start], is_quoted=False)
        yield Stretch(line[start:end], is_quoted=True)
        position = end
    if position < len(line):
        yield Stretch(line[position:], is_quoted=False)
