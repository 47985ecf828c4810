"""What the review screen shows: the text cut into its blocks, and one card for each name, quotation and tag."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.base import record_url
from articles.admin.rows import short_form
from articles.editing.review.rows import Sheet, name_of, revision_of, spans_of
from articles.models import Anchoring, Appearance, Article, Entity, Origin, ProposedTag, Quote, Role, State
from articles.text.body import Tag, read_body
from articles.text.spans import Span

# From here on the tagger is right about 19 times in 20 by the figures of docs/extraction.md.
SURE = 0.95
# Characters between a quotation and the nearest naming of its speaker that a reader would call far.
FAR = 400
# Characters of the paragraph shown on either side of a quotation.
AROUND = 140
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Block:
    """A paragraph of the text as it counts in offsets, which begins at `start`."""

    start: int
    words: str
    is_heading: bool = False
    is_quoted: bool = False


def blocks_of(article: Article) -> list[Block]:
    """The text, block by block: joined by newlines they are `article.text`."""
    blocks: list[Block] = []
    open_tags: set[str] = set()
    for token in read_body(article.body):
        if isinstance(token, Tag):
            (open_tags.discard if token.closing else open_tags.add)(token.name)
            continue
        # The newline between two blocks stands behind the tag that opens the second.
        for number, words in enumerate(token.text.split("\n")):
            if number or not blocks:
                start = blocks[-1].start + len(blocks[-1].words) + 1 if blocks else 0
                blocks.append(Block(start, "", bool(open_tags & HEADINGS), "blockquote" in open_tags))
            blocks[-1] = replace(blocks[-1], words=blocks[-1].words + words)
    return blocks


@dataclass(frozen=True)
class Candidate:
    """Another record that could be meant, with what tells it apart in one line."""

    key: int
    name: str
    url: str
    about: str


@dataclass(frozen=True)
class RoleLine:
    key: str
    title: str
    place: str
    state: str
    state_label: str
    revision: str


@dataclass(frozen=True)
class Card:
    """One thing to decide about: a name with all its places, a quotation, or a tag."""

    key: str
    kind: str
    kind_label: str
    title: str
    state: str
    state_label: str
    revision: str
    url: str
    start: int
    spans: str = "[]"
    is_sure: bool = False
    is_left: bool = False
    is_elsewhere: bool = False
    record: int | None = None
    record_name: str = ""
    facts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    sentence: tuple[tuple[str, bool], ...] = ()
    notice: str = field(default="", compare=False)

    @property
    def is_name(self) -> bool:
        return self.kind in Entity.Kind.values


def cards_of(sheet: Sheet, only: Container[str] | None = None) -> list[Card]:
    """The cards of an article, or of those rows alone; two queries more than the sheet's.

    They come by the first place in the text. What stands outside the text comes behind, and tags last.
    """
    names = [row for row in sheet.appearances if only is None or name_of(row) in only]
    quotes = [row for row in sheet.quotes if only is None or name_of(row) in only]
    tags = [row for row in sheet.tags if only is None or name_of(row) in only]
    elsewhere, candidates = _known_elsewhere(sheet.article, names), _candidates(names)
    cards = [_name_card(sheet, each, elsewhere.get(each.entity_id, 0), candidates) for each in names]
    cards += [_quote_card(sheet, each) for each in quotes]
    return [*sorted(cards, key=lambda card: (card.spans == "[]", card.start)), *map(_tag_card, tags)]


def order_of(sheet: Sheet) -> list[str]:
    """The names of all cards, in their order."""
    placed: list[Appearance | Quote] = [*sheet.appearances, *sheet.quotes]
    placed.sort(key=lambda row: (not row.spans, row.start))
    return [*map(name_of, placed), *map(name_of, sheet.tags)]


def shown_by(sheet: Sheet, touched: Collection[str]) -> set[str]:
    """The cards that say something else once these rows have changed: a role is part of its person's card, and what a
    quotation says of its speaker depends on the speaker's own."""
    people = {role.person_id for role in sheet.roles if name_of(role) in touched}
    names = [row for row in sheet.appearances if name_of(row) in touched or row.entity_id in people]
    speakers = {row.entity_id for row in names}
    quotes = [row for row in sheet.quotes if name_of(row) in touched or row.speaker_id in speakers]
    tags = [row for row in sheet.tags if name_of(row) in touched]
    return {*map(name_of, names), *map(name_of, quotes), *map(name_of, tags)}


def totals(sheet: Sheet) -> dict[str, int]:
    """How many cards there are, how many wait, and how many are sure."""
    waiting = {role.person_id for role in sheet.roles if role.state == State.SUGGESTED}
    names = [row.state == State.SUGGESTED or row.entity_id in waiting for row in sheet.appearances]
    others = [row.state == State.SUGGESTED for row in [*sheet.quotes, *sheet.tags]]
    return {
        "total": len(names) + len(others),
        "left": sum(names) + sum(others),
        "sure": sum(map(is_sure, sheet.appearances)),
    }


def is_sure(appearance: Appearance) -> bool:
    """Whether a name may be accepted unseen: the tagger is sure of it, and no other record could be meant."""
    is_whole = appearance.anchoring == Anchoring.IN_PLACE and bool(appearance.spans) and not appearance.candidates
    return appearance.state == State.SUGGESTED and is_whole and (appearance.score or 0) >= SURE


# Names.


def _name_card(sheet: Sheet, appearance: Appearance, elsewhere: int, candidates: dict[int, Entity]) -> Card:
    entity, text = appearance.entity, sheet.article.text
    roles = tuple(_role_line(role, text) for role in sheet.roles_of(appearance))
    others = tuple(_candidate(appearance, candidates[key]) for key in appearance.candidates if key in candidates)
    return Card(
        key=name_of(appearance),
        kind=entity.kind,
        kind_label=str(Entity.Kind(entity.kind).label),
        title=entity.name,
        state=appearance.state,
        state_label=_state_label(appearance),
        revision=revision_of(appearance, text),
        url=record_url(entity.kind, entity.pk),
        start=appearance.start,
        spans=json.dumps(appearance.spans, separators=(",", ":")),
        is_sure=is_sure(appearance),
        is_left=appearance.state == State.SUGGESTED or any(role.state == State.SUGGESTED for role in roles),
        is_elsewhere=bool(elsewhere),
        record=entity.pk,
        record_name=entity.name,
        facts=tuple(_name_facts(appearance, elsewhere)),
        forms=_forms(appearance, text),
        evidence=tuple(part for part in appearance.evidence.split("; ") if part),
        warnings=tuple(_name_warnings(appearance, others)),
        candidates=others,
        roles=roles,
    )


def _name_facts(appearance: Appearance, elsewhere: int) -> Iterable[str]:
    entity, mentions = appearance.entity, len(appearance.spans)
    if elsewhere:
        yield ngettext("in %d other article", "in %d other articles", elsewhere) % elsewhere
    else:
        yield _("known record") if entity.is_verified or entity.origin == Origin.TYPED else _("new record")
    if mentions:
        yield ngettext("%d place", "%d places", mentions) % mentions
    else:
        yield _("named outside the text")


def _forms(appearance: Appearance, text: str) -> tuple[str, ...]:
    """How the article prints the name, each form once, the record's own name not."""
    forms = dict.fromkeys(SPACE.sub(" ", span.of(text)) for span in spans_of(appearance))
    return tuple(form for form in forms if form != appearance.entity.name)


def _name_warnings(appearance: Appearance, others: Sequence[Candidate]) -> Iterable[str]:
    if others and appearance.state == State.SUGGESTED:
        yield ngettext("%d other record could be meant", "%d other records could be meant", len(others)) % len(others)
    if appearance.state == State.SUGGESTED and appearance.score is not None and appearance.score < SURE:
        yield _("the tagger is %d %% sure") % round(100 * appearance.score)
    yield from _place_warnings(appearance)


def _place_warnings(row: Appearance | Quote | Role) -> Iterable[str]:
    if row.anchoring != Anchoring.IN_PLACE:
        yield row.get_anchoring_display()


def _candidate(appearance: Appearance, record: Entity) -> Candidate:
    note = appearance.candidate_notes.get(str(record.pk), "")
    number = record.article_count
    known = ngettext("%d article", "%d articles", number) % number if number else ""
    about = [part for part in (Truncator(record.description).chars(80), known, note) if part]
    return Candidate(record.pk, record.name, record_url(record.kind, record.pk), " · ".join(about))


def _role_line(role: Role, text: str) -> RoleLine:
    place = role.organisation or role.location
    return RoleLine(
        key=name_of(role),
        title=role.title,
        place=str(place) if place and place.name not in role.title else "",
        state=role.state,
        state_label=_state_label(role),
        revision=revision_of(role, text),
    )


def _known_elsewhere(article: Article, appearances: Iterable[Appearance]) -> dict[int, int]:
    """In how many other articles each of the records appears, rejected or not yet decided ones left out."""
    keys = [appearance.entity_id for appearance in appearances]
    others = Appearance.objects.filter(entity__in=keys).exclude(article=article).exclude(state=State.REJECTED)
    return dict(others.order_by().values_list("entity").annotate(number=Count("pk")))


def _candidates(appearances: Iterable[Appearance]) -> dict[int, Entity]:
    keys = {key for appearance in appearances for key in appearance.candidates}
    return Entity.objects.in_bulk(keys) if keys else {}


# Quotations.


def _quote_card(sheet: Sheet, quote: Quote) -> Card:
    speaker, text = quote.speaker, sheet.article.text
    return Card(
        key=name_of(quote),
        kind="quotation",
        kind_label=_("quotation"),
        title=quote.text,
        state=quote.state,
        state_label=_state_label(quote),
        revision=revision_of(quote, text),
        url=record_url("quote", quote.pk),
        start=quote.start,
        spans=json.dumps(quote.spans, separators=(",", ":")),
        is_left=quote.state == State.SUGGESTED,
        record=quote.speaker_id,
        record_name=speaker.name if speaker else "",
        facts=tuple(fact for fact in (short_form(quote), _reported(quote), quote.addressee, quote.occasion) if fact),
        evidence=(quote.evidence,) if quote.evidence else (),
        warnings=tuple(_quote_warnings(sheet, quote)),
        sentence=tuple(_sentence(quote, text)),
    )


def _reported(quote: Quote) -> str:
    """The words that report, as printed: “she said”."""
    return " … ".join(part for part in (Truncator(quote.source).chars(60), quote.cue) if part)


def _quote_warnings(sheet: Sheet, quote: Quote) -> Iterable[str]:
    speaker = sheet.appearance_of(quote.speaker_id) if quote.speaker_id else None
    if not quote.speaker_id:
        yield _("no speaker")
    elif quote.source.casefold() in PRONOUNS:
        yield _("the speaker is told by “%(pronoun)s” alone") % {"pronoun": quote.source}
    elif speaker and quote.spans and _distance(quote, speaker) > FAR:
        yield _("the speaker is named far away")
    if speaker and speaker.state == State.REJECTED:
        yield _("its speaker was rejected")
    if _is_nested(sheet, quote):
        yield _("inside another quotation")
    if any("\n" in span.of(sheet.article.text) for span in spans_of(quote)):
        yield _("crosses paragraphs")
    yield from _place_warnings(quote)


def _distance(quote: Quote, speaker: Appearance) -> int:
    """Characters between a quotation, or what tells its source, and the nearest naming of its speaker."""
    said = spans_of(quote)
    near = [*said, Span(quote.source_start, quote.source_end)] if quote.source_start is not None else said  # type: ignore[arg-type]
    gaps = [max(name.start - span.end, span.start - name.end, 0) for name in spans_of(speaker) for span in near]
    return min(gaps, default=0)


def _is_nested(sheet: Sheet, quote: Quote) -> bool:
    own = spans_of(quote)
    return any(
        other.pk != quote.pk
        and other.state != State.REJECTED
        and any(a.contains(b) for a in spans_of(other) for b in own)
        for other in sheet.quotes
    )


def _sentence(quote: Quote, text: str) -> Iterable[tuple[str, bool]]:
    """The quotation among the words around it in its paragraph, as runs with whether they are quoted."""
    if not quote.spans:
        return
    spans = spans_of(quote)
    first, last = spans[0].start, spans[-1].end
    begin = max(text.rfind("\n", 0, first) + 1, first - AROUND)
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, last + AROUND)
    at = begin
    if begin and text[begin - 1] != "\n":
        yield "… ", False
    for span in spans:
        yield text[at : span.start], False
        yield span.of(text), True
        at = span.end
    yield text[at:end] + (" …" if end < len(text) and text[end] != "\n" else ""), False


# Tags.


def _tag_card(tag: ProposedTag) -> Card:
    return Card(
        key=name_of(tag),
        kind="tag",
        kind_label=_("tag"),
        title=str(tag),
        state=tag.state,
        state_label=_state_label(tag),
        revision=revision_of(tag, ""),
        url=record_url("proposedtag", tag.pk),
        start=0,
        is_left=tag.state == State.SUGGESTED,
        facts=() if tag.tag else (_("new tag"),),
        evidence=(tag.evidence,) if tag.evidence else (),
    )


def _state_label(row: Any) -> str:
    return str(State(row.state).label)


# Above the cards.


def heading_of(article: Article) -> list[str]:
    """What tells an editor at a glance which story this is."""
    when = article.published or article.released
    names = ", ".join(byline.name for byline in article.bylines.in_order())
    parts = [names, article.publisher, date_format(when) if when else ""]
    return [part for part in parts if part]
