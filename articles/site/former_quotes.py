"""Quotations that readers saw and see no longer: what became of them."""

from __future__ import annotations

from django.db.models import Q

from articles.models import Decision, Quote
from articles.models.review import SHOWN
from articles.text.spans import Span


def was_seen(quote: Quote) -> bool:
    """Whether readers ever saw it; of what nobody accepted no page says a word."""
    if quote.state in SHOWN:
        return True  # its words are gone from the article
    accepted = Q(before__state__in=SHOWN) | Q(after__state__in=SHOWN)
    return Decision.objects.filter(accepted, subject=Decision.Subject.QUOTE, subject_id=quote.pk).exists()


def what_became_of(quote: Quote) -> Quote | None:
    """The quotation of the same article that has at least half of its words now; None where there is none."""
    spans = [Span(*pair) for pair in quote.spans]
    others = Quote.objects.public().filter(article=quote.article_id).exclude(pk=quote.pk)
    shared = {other: _shared(other, spans) for other in others}
    best = max(shared, key=lambda other: (shared[other], -other.pk), default=None)
    return best if best and 0 < sum(span.end - span.start for span in spans) <= 2 * shared[best] else None


def _shared(quote: Quote, spans: list[Span]) -> int:
    """How many characters of `spans` stand in the quotation."""
    return sum(max(min(span.end, end) - max(span.start, start), 0) for span in spans for start, end in quote.spans)
