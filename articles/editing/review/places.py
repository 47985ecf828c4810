"""Say where in the text a name or a quotation stands: move its span, take one place off, add what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from articles.editing.changes import Changes
from articles.editing.merge import Refused
from articles.editing.review.identity import make_record, named
from articles.editing.review.rows import Sheet, spans_of
from articles.models import Anchoring, Appearance, Article, Entity, Origin, Quote, State
from articles.text.spans import Span, cut, longest_first

LONGEST_NAME = 200  # characters: what a record's name may have
OPENING_MARKS = "“\"„«‘'‹「"
CLOSING_MARKS = "”\"“»’'›」"


def move_place(changes: Changes, row: Appearance | Quote, old: Span, new: Span, text: str) -> None:
    """Let a name, or a piece of a quotation, begin and end elsewhere.

    Raises:
        Refused: it does not stand at `old`, or would overlap another place of its own.
    """
    others = [span for span in spans_of(row) if span != old]
    if len(others) == len(row.spans) or any(new.overlaps(span) for span in others):
        raise Refused(_("“%(words)s” does not stand there, or overlaps another place of its own.") % {"words": row})
    spans = sorted([*others, new])
    if isinstance(row, Quote):
        said = cut(text, spans)
        changes.change(
            [row], "span", spans=_pairs(spans), start=spans[0].start, text=said, state=State.CHANGED.value, **IN_PLACE
        )
        return
    name = max((span.of(text) for span in spans), key=len) if not others else row.name
    changes.change(
        [row],
        "span",
        spans=_pairs(spans),
        start=spans[0].start,
        name=name[:LONGEST_NAME],
        excluded=_with(row.excluded, old),
        state=State.CHANGED.value,
        **IN_PLACE,
    )


def take_off(changes: Changes, appearance: Appearance, place: Span) -> None:
    """Say that one place of a name means something else; its other places, and what was decided, stay.

    Raises:
        Refused: the name does not stand there, or nowhere else.
    """
    left = [span for span in spans_of(appearance) if span != place]
    if len(left) == len(appearance.spans):
        raise Refused(_("“%(words)s” does not stand there.") % {"words": appearance.name})
    if not left:
        raise Refused(_("This is its only place: reject or link the whole name."))
    changes.change(
        [appearance],
        "place off",
        spans=_pairs(left),
        start=left[0].start,
        excluded=_with(appearance.excluded, place),
    )


def add_name(changes: Changes, sheet: Sheet, places: Sequence[Span], kind: str, record: Entity | None) -> Appearance:
    """Mark words as a name: of `record`, of the only record that goes by it, or of a new one.

    Raises:
        Refused: the name is too long, or several records go by it and none was chosen.
    """
    article = sheet.article
    name = max((place.of(article.text) for place in places), key=len)
    if len(name) > LONGEST_NAME or "\n" in name:
        raise Refused(_("A name has at most %d characters and stands in one paragraph.") % LONGEST_NAME)
    known = [record] if record else named(kind, name)
    if len(known) > 1:
        raise Refused(_("Several records are called “%(name)s”: choose one of them.") % {"name": name})
    meant = known[0] if known else make_record(kind, name)
    existing = sheet.appearance_of(meant.pk)
    if existing:
        spans = longest_first([*spans_of(existing), *places])
        left = [pair for pair in existing.excluded if Span(*pair) not in places]
        changes.change(
            [existing],
            "add",
            spans=_pairs(spans),
            start=spans[0].start,
            excluded=left,
            state=State.CHANGED.value if existing.state != State.ACCEPTED else State.ACCEPTED.value,
            **IN_PLACE,
        )
        return existing
    appearance = Appearance(
        article=article,
        entity=meant,
        name=name,
        spans=_pairs(longest_first(places)),
        start=min(place.start for place in places),
        state=State.ACCEPTED,
        origin=Origin.TYPED,
        evidence=_("marked by an editor"),
    )
    changes.add(appearance, "add", made=not known)
    return appearance


def add_quote(changes: Changes, article: Article, places: Iterable[Span], speaker: Entity | None) -> Quote:
    """Mark words as a quotation, said by `speaker` or by nobody who is named."""
    spans = longest_first(places)
    said = cut(article.text, spans)
    quote = Quote(
        article=article,
        speaker=speaker,
        text=said,
        spans=_pairs(spans),
        start=spans[0].start,
        form=_form(said),
        state=State.ACCEPTED,
        origin=Origin.TYPED,
        evidence=_("marked by an editor"),
    )
    changes.add(quote, "add")
    return quote


def places_of(words: str, sheet: Sheet) -> list[Span]:
    """Where words stand in the text as whole words, but for places inside what names mean already."""
    text, places, start = sheet.article.text, [], sheet.article.text.find(words)
    taken = [span for each in sheet.appearances if each.state != State.REJECTED for span in spans_of(each)]
    while words and start >= 0:
        span = Span(start, start + len(words))
        if _is_whole(text, span) and not any(span.overlaps(other) for other in taken):
            places.append(span)
        start = text.find(words, span.end)
    return places


IN_PLACE = {"anchoring": Anchoring.IN_PLACE.value}


def _is_whole(text: str, span: Span) -> bool:
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return not (before.isalnum() or behind.isalnum())


def _form(said: str) -> Quote.Form:
    if said[0] in OPENING_MARKS and said[-1] in CLOSING_MARKS:
        return Quote.Form.DIRECT
    has_marks = any(mark in said for mark in '“”"„«»')
    return Quote.Form.MIXED if has_marks else Quote.Form.INDIRECT


def _with(excluded: list[list[int]], span: Span) -> list[list[int]]:
    return sorted([*(pair for pair in excluded if pair != [span.start, span.end]), [span.start, span.end]])


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
