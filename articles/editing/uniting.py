"""Two appearances in one article become one: of one record, after all, there is one an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.models import Anchoring, Appearance, Origin, State
from articles.models.review import SHOWN
from articles.text.anchors import reanchor
from articles.text.spans import Span, longest_first

# What a person said outweighs what nobody looked at; a no said of one name does not take away what is yes for another.
RANKS = {State.REJECTED: 0, State.SUGGESTED: 1, State.UNSURE: 2, **dict.fromkeys(SHOWN, 3)}

Spans = list[list[int]]


def united(kept: Appearance, other: Appearance) -> dict[str, Any]:
    """The fields of an appearance that takes in another one of the same article.

    Its spans are those of both, a longer one before one that lies in it; those of a rejected one do not count.
    """
    strong = max(kept, other, key=lambda each: RANKS[State(each.state)])
    counted = [each for each in (kept, other) if each.state != State.REJECTED] or [kept, other]
    spans = longest_first({Span(*pair) for each in counted for pair in each.spans})
    meant = dict.fromkeys([*kept.candidates, *other.candidates])
    candidates = [key for key in meant if key not in (kept.entity_id, other.entity_id)]
    notes = {**other.candidate_notes, **kept.candidate_notes}
    return {
        "spans": [[span.start, span.end] for span in spans],
        "start": min((span.start for span in spans), default=0),
        "state": strong.state,
        "origin": Origin.TYPED if Origin.TYPED in (kept.origin, other.origin) else kept.origin,
        "name": max((each.name for each in counted), key=len),
        "role": next((each.role for each in counted if each.role), ""),
        "candidates": candidates,
        "candidate_notes": {key: words for key, words in notes.items() if int(key) in candidates},
        "anchoring": min((each.anchoring for each in counted), key=_lostness),
    }


def part(appearance: Appearance, own: Spans, both: Spans, *, old_text: str, text: str) -> None:
    """Take from a united appearance the spans that the other one brought to it.

    `own` and `both` are its spans before and after the two became one. They count in `old_text`, those that it has now
    in `text`, which may be a later version.
    """
    kept, brought = moved(own, old_text, text), moved(both, old_text, text)
    staying = [span for span in appearance.spans if span in kept or span not in brought]
    place(appearance, longest_first(Span(*pair) for pair in [*staying, *kept]), had_spans=bool(own))


def moved(spans: Spans, old_text: str, text: str) -> Spans:
    """Spans of one version of a text in another; those whose words are gone are left out."""
    if old_text == text:
        return spans
    found = reanchor(old_text, text, [Span(*pair) for pair in spans])
    kept = longest_first({each.span for each in found if each})
    return [[span.start, span.end] for span in kept]


def place(appearance: Appearance, spans: Sequence[Span], *, had_spans: bool) -> None:
    """Give an appearance its spans in the text as it is; one that had some and has none left is lost."""
    appearance.spans = [[span.start, span.end] for span in spans]
    appearance.start = min((span.start for span in spans), default=0)
    appearance.anchoring = Anchoring.LOST if had_spans and not spans else Anchoring.IN_PLACE


def _lostness(anchoring: str) -> int:
    return [Anchoring.IN_PLACE, Anchoring.STALE, Anchoring.LOST].index(Anchoring(anchoring))
