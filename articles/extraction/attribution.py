"""Reported speech with its speakers: the ladder, sentence by sentence.

Decides which words in marks are speech, which pieces are one quotation, what a clause partly in marks takes in, and who
speaks. Leaves quotations whose speaker the story does not name without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.extraction.cast import Cast, cast_of
from articles.extraction.cues import Kinds
from articles.extraction.discourse import Discourse
from articles.extraction.reports import Report, find_reports
from articles.extraction.sentences import split_sentences
from articles.extraction.sources import Range, leading_subject
from articles.extraction.speakers import Speaker, speaker_of
from articles.extraction.tokens import Piece, Token, tokenise
from articles.extraction.types import Cue, Entity, Form, Kind, Quotation, RoleHeld
from articles.text.spans import Span

CONTINUED = "continues the speaker before"
SHARED = "the subject of the cue before"
SUBJECT = "the one told of just before"


@dataclass(slots=True)
class _Draft:
    form: Form
    spans: list[Span]
    speaker: Speaker
    cue: Cue | None = None
    source: Span | None = None
    is_marked: bool = False
    is_label: bool = False


@dataclass(slots=True)
class _Reading:
    """What is known up to the sentence that is read."""

    cast: Cast
    discourse: Discourse
    drafts: list[_Draft] = field(default_factory=list)
    of_quotation: dict[int, _Draft] = field(default_factory=dict)
    waiting: dict[int, list[Span]] = field(default_factory=dict)


def attribute(
    text: str, quotations: Sequence[Quotation], entities: Sequence[Entity], roles: Sequence[RoleHeld]
) -> tuple[Quotation, ...]:
    """Join, widen and attribute what stands in quotation marks.

    Args:
        text: the text that all offsets count in.
        quotations: what `find_quotations` yields for it.
        entities: who and what the story names; `Quotation.speaker` is an index into it.
        roles: what they are called besides.

    Returns:
        Quotations in text order. Words in marks that nobody says (titles, nicknames, so-called things) are left out; a
        clause partly in marks is one span of form mixed.
    """
    pieces = [Piece(span, number) for number, quotation in enumerate(quotations) for span in quotation.spans]
    reading = _Reading(cast_of(text, entities, roles), Discourse(entities))
    for number, tokens in enumerate(tokenise(text, pieces, entities)):
        previous: _Draft | None = None
        for sentence in split_sentences(tokens):
            previous = _read(reading, sentence, number, previous)
    drafts = sorted((draft for draft in reading.drafts if draft.form is not Form.INDIRECT), key=lambda d: min(d.spans))
    return tuple(
        Quotation(tuple(sorted(d.spans)), d.form, d.cue, d.source, d.speaker.index, d.speaker.rule) for d in drafts
    )


def _read(reading: _Reading, tokens: Sequence[Token], paragraph: int, previous: _Draft | None) -> _Draft | None:
    """Take in a sentence; returns its last quotation, which the next sentence may continue."""
    drafts: list[_Draft] = []
    reports = find_reports(tokens)
    for report in reports:
        drafts.append(_from_report(reading, tokens, report, drafts))
    used = {at for report in reports for start, end in report.content for at in range(start, end)}
    for draft, report in zip(drafts, reports, strict=True):
        for start, end in report.content:
            for token in tokens[start:end]:
                if token.is_quoted:
                    _settle(reading, token, draft)
    loose = [token for at, token in enumerate(tokens) if token.is_quoted and at not in used]
    is_bare = all(token.is_quoted or token.sort.value == "point" for token in tokens)
    for token in loose:
        known = reading.of_quotation.get(token.index)
        if known:
            known.spans.append(token.span)
            drafts.append(known)
        elif is_bare and previous is not None and previous.form is Form.DIRECT and previous.speaker is not None:
            previous.spans.append(token.span)
            reading.of_quotation[token.index] = previous
            drafts.append(previous)
        else:
            draft_or_none = _floating(reading, tokens, token, paragraph, is_bare)
            if draft_or_none:
                drafts.append(draft_or_none)
                reading.of_quotation[token.index] = draft_or_none
    reading.drafts += [draft for draft in drafts if all(draft is not other for other in reading.drafts)]
    speakers = [d.speaker.index for d in drafts if d.speaker.index is not None]
    reading.discourse.tell(tokens, paragraph, speakers)
    return next((draft for draft in reversed(drafts) if draft.form is Form.DIRECT and not draft.is_label), None)


def _settle(reading: _Reading, token: Token, draft: _Draft) -> None:
    """Give a draft the other paragraphs of a quotation that it reports one of."""
    known = reading.of_quotation.get(token.index)
    if known is not None and known is not draft and known in reading.drafts and known.cue is None:
        draft.spans += [span for span in known.spans if span not in draft.spans]
        reading.drafts.remove(known)
    reading.of_quotation[token.index] = draft


def _from_report(reading: _Reading, tokens: Sequence[Token], report: Report, earlier: Sequence[_Draft]) -> _Draft:
    if report.source is not None:
        speaker = speaker_of(tokens, report.source, reading.cast, reading.discourse)
    elif report.shares_source and earlier:
        speaker = Speaker(earlier[-1].speaker.index, SHARED)
    else:
        speaker = Speaker()
    return _Draft(
        report.form,
        [_span(tokens, content) for content in report.content],
        speaker,
        Cue(_span(tokens, (report.cue.first, report.cue.last + 1)), report.cue.verb),
        _span(tokens, report.source) if report.source else None,
        report.is_marked,
        bool(report.cue.kinds & Kinds.LABEL),
    )


def _floating(reading: _Reading, tokens: Sequence[Token], token: Token, paragraph: int, is_bare: bool) -> _Draft | None:
    """A quotation without a cue of its own: the one told of just before speaks, or the one who spoke."""
    at = tokens.index(token)
    is_led = at > 0 and tokens[at - 1].is_point(":—–-") and not is_bare
    if not is_bare and not is_led:
        return None
    if is_led:
        subject = leading_subject(tokens[:at])
        if subject:
            speaker = speaker_of(tokens, subject, reading.cast, reading.discourse)
            source = _span(tokens, subject) if subject[1] == at - 1 else None
            return _Draft(Form.DIRECT, [token.span], Speaker(speaker.index, SUBJECT), None, source)
    before = reading.discourse.last({Kind.PERSON}, memory=4)
    return _Draft(Form.DIRECT, [token.span], Speaker(before, CONTINUED if is_bare else SUBJECT))


def _span(tokens: Sequence[Token], content: Range) -> Span:
    """From the first to the last token of a range, points at its edges left out."""
    start, end = content
    while end - start > 1 and tokens[end - 1].is_point(",;:—–-."):
        end -= 1
    while end - start > 1 and tokens[start].is_point(",;:—–-"):
        start += 1
    return Span(tokens[start].span.start, tokens[end - 1].span.end)
