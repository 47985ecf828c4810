"""Reported speech with its speakers: the ladder, sentence by sentence.

Decides which words in marks are speech, which pieces are one quotation, what a clause partly in marks takes in, and who
speaks. Leaves quotations whose speaker the story does not name without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.extraction.cast import Cast, cast_of
from articles.extraction.cues import Kinds, Tense
from articles.extraction.discourse import Discourse
from articles.extraction.genders import agree
from articles.extraction.indirect import is_plain_speech
from articles.extraction.loose import LABELLED, signature, signed, speaker_within, speaker_without_cue
from articles.extraction.marks import find_stretches
from articles.extraction.mending import mend
from articles.extraction.parts import with_parts
from articles.extraction.reports import find_reports
from articles.extraction.rivals import Report
from articles.extraction.sentences import split_sentences
from articles.extraction.sources import Range
from articles.extraction.speakers import SHARED, Speaker, speaker_of
from articles.extraction.tagger.tags import Tags
from articles.extraction.tokens import NamedSpan, Piece, Sort, Token, named_spans, tokenise
from articles.extraction.transcripts import Line, answerer, find_lines, interviewer
from articles.extraction.types import Cue, Entity, Form, Gender, Kind, Quotation, RoleHeld
from articles.extraction.voices import Voices
from articles.extraction.words import PRONOUNS
from articles.extraction.works import is_name_of_thing
from articles.text.spans import Span

REPEATED = "the same words are attributed elsewhere"
SELF = "speaks of words of their own"

NO_TAGS = Tags()

# A source phrase that begins so brings someone in whom the story does not name.
_STRANGERS = frozenset("a an one another someone somebody two three some several many".split())
# “I”, “we”, “I’ve”.
_SELF = re.compile(r"(?:i|we)(?:'\w+)?")
_GENDERED = {"he": Gender.MALE, "she": Gender.FEMALE}
_CONTRACTED = frozenset(f"{word}'{ending}" for word in PRONOUNS for ending in ("s", "d", "ve", "ll", "re", "m"))
# Closing marks that have an opening one of another form.
_OPENING = {"”": "“", "»": "«"}
# Quotations within quotations are read down to this depth: “Phil used to say, ‘Ana told me, “No.”’”
_DEPTH = 2


@dataclass(slots=True, eq=False)
class _Draft:
    """A quotation that later sentences may still add to."""

    form: Form
    spans: list[Span]
    speaker: Speaker
    cue: Cue | None = None
    source: Span | None = None
    may_continue: bool = True
    # How many sentences had been read before it.
    told: int = 0
    first: Span = field(init=False)
    last: Span = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.last = min(self.spans), max(self.spans)

    def add(self, span: Span) -> None:
        self.spans.append(span)
        self.first, self.last = min(self.first, span), max(self.last, span)


@dataclass(slots=True)
class _Reading:
    """What is known up to the sentence that is read."""

    text: str
    names: Sequence[NamedSpan]
    cast: Cast
    discourse: Discourse
    tags: Tags
    voices: Voices
    drafts: dict[_Draft, None] = field(default_factory=dict)
    of_quotation: dict[int, _Draft] = field(default_factory=dict)


def attribute(
    text: str,
    quotations: Sequence[Quotation],
    entities: Sequence[Entity],
    roles: Sequence[RoleHeld],
    tags: Tags = NO_TAGS,
) -> tuple[Quotation, ...]:
    """Join, widen and attribute what stands in quotation marks.

    Args:
        text: the text that all offsets count in.
        quotations: what `find_quotations` yields for it.
        entities: who and what the story names; `Quotation.speaker` is an index into it.
        roles: what they are called besides.
        tags: what the tagger read as speech; without any the rules find all of it themselves.

    Returns:
        Quotations in text order; one within another follows it. Words in marks that nobody says (titles, nicknames,
        so-called things) are left out; a clause partly in marks is one span of form mixed.
    """
    names = named_spans(entities)
    pieces = [
        Piece(span, number)
        for number, quotation in enumerate(quotations)
        for span in quotation.spans
        if not is_name_of_thing(text, span)
    ]
    reading = _Reading(text, names, cast_of(text, entities, roles), Discourse(entities), tags, Voices.of(tags, names))
    paragraphs = with_parts(tokenise(text, mend(text, pieces, names), names), tags)
    lines = find_lines(paragraphs)
    asks = interviewer(paragraphs) if lines else None
    people = {index for index in reading.cast.of_kind(Kind.PERSON) if index != asks}
    answers = answerer(paragraphs, lines, people) if lines else None
    previous: _Draft | None = None
    for number, tokens in enumerate(paragraphs):
        if line := lines.get(number):
            _read_line(reading, tokens, line, asks if line.is_question else answers if line.is_answer else None)
            continue
        if previous and _may_be_signed(reading, previous) and (source := signature(tokens)):
            _sign(reading, previous, tokens, source)
            previous = None
            continue
        previous = previous if previous and _runs_on(reading, previous, tokens) else None
        for sentence in split_sentences(tokens):
            previous = _read(reading, sentence, previous, begins=sentence[0] is tokens[0])
    drafts = list(reading.drafts)
    _repeat(text, drafts)
    drafts += [inner for draft in drafts if draft.form is Form.DIRECT for inner in _within(reading, draft, _DEPTH)]
    return tuple(_finished(text, draft) for draft in sorted(drafts, key=lambda draft: draft.first))


def _repeat(text: str, drafts: Sequence[_Draft]) -> None:
    """Give a quotation without a speaker the speaker of the same words elsewhere: a pull quotation above the story."""
    spoken: dict[str, int] = {}
    for draft in drafts:
        if draft.speaker.index is not None:
            spoken.setdefault(_words(text, draft), draft.speaker.index)
    for draft in drafts:
        if draft.speaker.index is None and draft.cue is None and (index := spoken.get(_words(text, draft))) is not None:
            draft.speaker = Speaker(index, REPEATED)


def _words(text: str, draft: _Draft) -> str:
    return " ".join(span.of(text).strip("“”„\"«»‘’' .,?!") for span in sorted(draft.spans)).casefold()


def _runs_on(reading: _Reading, previous: _Draft, tokens: Sequence[Token]) -> bool:
    """Whether a paragraph in marks goes on with the one before: “A,” said Ana Lopez.¶ “B.” Not after a question."""
    is_whole = bool(tokens) and tokens[0].is_quoted and all(t.is_quoted or t.sort is Sort.POINT for t in tokens)
    return is_whole and _opens_paragraph(reading, previous) and not _asks(reading, previous)


def _opens_paragraph(reading: _Reading, draft: _Draft) -> bool:
    return draft.first.start == 0 or reading.text[draft.first.start - 1] == "\n"


def _asks(reading: _Reading, draft: _Draft) -> bool:
    return draft.last.of(reading.text).rstrip("”\"’»'").endswith("?")


def _may_be_signed(reading: _Reading, draft: _Draft) -> bool:
    """Whether nothing but a quotation stands in the paragraph before, so that a name may sign it on the next line."""
    is_unnamed = draft.cue is None and draft.source is None
    return is_unnamed and _opens_paragraph(reading, draft) and reading.text[draft.last.end] == "\n"


def _sign(reading: _Reading, draft: _Draft, tokens: Sequence[Token], source: Range) -> None:
    """Give a quotation the speaker who is named on the next line: “We won.”¶ — Ana Lopez, baker."""
    draft.speaker = signed(tokens, source, reading.cast, reading.discourse).speaker
    draft.source = _span(tokens, source)
    reading.discourse.begins = True
    reading.discourse.tell(tokens, [draft.speaker.index] if draft.speaker.index is not None else [])


def _undoubled(text: str, span: Span) -> Span:
    """A span without a closing mark too many: “We are sorry,” | ”."""
    last = text[span.end - 1]
    is_doubled = last in _OPENING and text[span.end - 2] == last and len(span) > 2
    words = span.of(text)
    is_one_too_many = is_doubled and words.count(last) > words.count(_OPENING[last])
    return Span(span.start, span.end - 1) if is_one_too_many else span


def _finished(text: str, draft: _Draft) -> Quotation:
    spans = tuple(_undoubled(text, span) for span in sorted(draft.spans))
    return Quotation(spans, draft.form, draft.cue, draft.source, draft.speaker.index, draft.speaker.rule)


def _read_line(reading: _Reading, tokens: Sequence[Token], line: Line, known: int | None) -> None:
    """Take in a line of a transcript: all behind its label is speech, of the one who is known to ask or answer."""
    reading.discourse.begins = True
    speaker = speaker_of(tokens, line.label, reading.cast, reading.discourse)
    speaker = Speaker(known) if known is not None else speaker
    content = Span(tokens[line.start].span.start, tokens[-1].span.end)
    label = _span(tokens, line.label)
    reading.drafts[_Draft(Form.DIRECT, [content], Speaker(speaker.index, LABELLED), None, label)] = None
    reading.discourse.tell(tokens[: line.start], [speaker.index] if speaker.index is not None else [])


def _read(reading: _Reading, tokens: Sequence[Token], previous: _Draft | None, *, begins: bool) -> _Draft | None:
    """Take in a sentence; returns its last quotation that the next sentence may continue."""
    drafts: list[_Draft] = []
    reading.discourse.begins = begins
    reports = find_reports(tokens)
    for report in reports:
        drafts.append(_from_report(reading, tokens, report, drafts, reading.discourse))
    doubtful = {
        draft
        for draft, report in zip(drafts, reports, strict=True)
        if draft.form is Form.INDIRECT and not report.cue.is_tagged and not is_plain_speech(tokens, report)
    }
    used: set[int] = set()
    for draft, report in zip(drafts, reports, strict=True):
        for at in (at for start, end in report.content for at in range(start, end) if tokens[at].is_quoted):
            used.add(at)
            _settle(reading, tokens[at], draft)
    is_bare = all(token.is_quoted or token.sort is Sort.POINT for token in tokens)
    for at, token in enumerate(tokens):
        if token.is_quoted and at not in used:
            loose = _loose(reading, tokens, at, previous if is_bare else None, begins=begins and at == 0)
            drafts += [loose] if loose else []
    for draft in drafts:
        draft.told = draft.told or len(reading.discourse.told)
    reading.drafts.update(dict.fromkeys(draft for draft in drafts if draft not in doubtful))
    speakers = [draft.speaker.index for draft in drafts if draft.speaker.index is not None]
    is_stranger = any(
        draft.speaker.index is None and report.source and tokens[report.source[0]].word in _STRANGERS
        for draft, report in zip(drafts, reports, strict=False)
        if report.cue.tense is not Tense.PASSIVE
    )
    reading.discourse.tell(tokens, speakers, is_stranger=is_stranger)
    return next((draft for draft in reversed(drafts) if draft.form is Form.DIRECT and draft.may_continue), None)


def _from_report(
    reading: _Reading, tokens: Sequence[Token], report: Report, earlier: Sequence[_Draft], discourse: Discourse
) -> _Draft:
    if report.source is not None:
        speaker = speaker_of(tokens, report.source, reading.cast, discourse)
    elif report.shares_source and earlier:
        speaker = Speaker(earlier[-1].speaker.index, SHARED)
    else:
        speaker = Speaker()
    spans = [_span(tokens, content) for content in report.content]
    cue = _span(tokens, (report.cue.first, report.cue.last + 1))
    source = _span(tokens, report.source) if report.source else None
    barred = _barred(tokens, report, reading.cast)
    return _Draft(
        report.form,
        spans,
        reading.voices.weigh(speaker, (*spans, cue, source), barred),
        Cue(cue, report.cue.verb),
        source,
        may_continue=not report.cue.kinds & Kinds.LABEL or report.content[0][0] < report.cue.first,
    )


def _barred(tokens: Sequence[Token], report: Report, cast: Cast) -> frozenset[int]:
    """Whom the tagger may not hear: those whom “he” or “she” cannot mean, and people whom the words themselves name."""
    told = (tokens[at] for start, end in report.content for at in range(start, end))
    barred = {t.index for t in told if t.is_name and cast.entities[t.index].kind is Kind.PERSON}
    source = report.source
    word = tokens[source[0]].word.partition("'")[0] if source and source[1] - source[0] == 1 else ""
    if gender := _GENDERED.get(word):
        barred |= {
            index
            for index, entity in enumerate(cast.entities)
            if entity.kind is not Kind.PERSON or not agree(entity.gender, gender)
        }
    return frozenset(barred)


def _settle(reading: _Reading, token: Token, draft: _Draft) -> None:
    """Give a draft the other paragraphs of a quotation that it reports one of."""
    known = reading.of_quotation.get(token.index)
    if known is not None and known is not draft and known.cue is None and known in reading.drafts:
        held = set(draft.spans)
        for span in known.spans:
            if span not in held:
                draft.add(span)
        del reading.drafts[known]
    reading.of_quotation[token.index] = draft


def _loose(
    reading: _Reading, tokens: Sequence[Token], at: int, previous: _Draft | None, *, begins: bool
) -> _Draft | None:
    """A stretch in marks without a cue: a further paragraph or piece of a quotation, one of its own, or no speech."""
    token = tokens[at]
    known = reading.of_quotation.get(token.index)
    draft = known or previous
    if draft is not None:
        draft.add(token.span)
    elif token.part is not None and token.part.content < 0:
        # Neither a cue nor the tagger takes it for speech.
        return None
    elif loose := speaker_without_cue(
        tokens, at, reading.cast, reading.discourse, begins_paragraph=begins
    ) or speaker_within(tokens, at, reading.cast, reading.discourse):
        source = _span(tokens, loose.source) if loose.source else None
        speaker = reading.voices.weigh(loose.speaker, (token.span, source))
        draft = _Draft(Form.DIRECT, [token.span], speaker, None, source)
    if draft is not None:
        reading.of_quotation[token.index] = draft
    return draft


def _within(reading: _Reading, outer: _Draft, depth: int) -> list[_Draft]:
    """The quotations within a quotation that have a cue there: “He said, ‘Turn back,’ and I did.”"""
    found: list[_Draft] = []
    discourse = reading.discourse.until(outer.told, absent=outer.speaker.index)
    for span in outer.spans:
        inside = Span(span.start + 1, span.end - 1) if len(span) > 4 else span
        pieces = [
            Piece(Span(inside.start + stretch.span.start, inside.start + stretch.span.end), number)
            for number, stretch in enumerate(find_stretches(inside.of(reading.text)))
            if stretch.is_closed and stretch.is_opened
        ]
        for tokens in with_parts(tokenise(reading.text, pieces, reading.names, inside), reading.tags) if pieces else ():
            for sentence in split_sentences(tokens):
                found += _reported_within(reading, sentence, outer, discourse)
    inner = [draft for draft in found if draft.form is Form.DIRECT] if depth > 1 else []
    return found + [deeper for draft in inner for deeper in _within(reading, draft, depth - 1)]


def _reported_within(reading: _Reading, tokens: Sequence[Token], outer: _Draft, discourse: Discourse) -> list[_Draft]:
    drafts: list[_Draft] = []
    for report in find_reports(tokens):
        draft = _from_report(reading, tokens, report, drafts, discourse)
        if report.source and _SELF.fullmatch(" ".join(token.word for token in tokens[slice(*report.source)])):
            draft.speaker = Speaker(outer.speaker.index, SELF)
        draft.told = outer.told
        drafts.append(draft)
    speakers = [draft.speaker.index for draft in drafts if draft.speaker.index not in (None, outer.speaker.index)]
    discourse.tell(tokens, [index for index in speakers if index is not None])
    return [draft for draft in drafts if draft.form is not Form.INDIRECT]


def _span(tokens: Sequence[Token], content: Range) -> Span:
    """From the first to the last token of a range, points at its edges left out."""
    start, end = content
    while end - start > 1 and tokens[end - 1].is_point(",;:—–-."):
        end -= 1
    while end - start > 1 and tokens[start].is_point(",;:—–-"):
        start += 1
    first = tokens[start]
    if end - start == 1 and first.word in _CONTRACTED:
        # “She’d say no,” said Ana Lopez: the source is “She”.
        return Span(first.span.start, first.span.start + first.word.index("'"))
    return Span(first.span.start, tokens[end - 1].span.end)
