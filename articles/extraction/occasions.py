"""Whom a quotation was told, and on what occasion: told Radio Kerala, in an emailed statement.

Decides which phrase beside a cue names the hearer, and which the occasion. Leaves both out where the sentence does not
plainly say them; a date or a place alone (on Monday, in Leeds) is no occasion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.extraction.cues import CueFound, Kinds, Tense
from articles.extraction.lexicons import load_table
from articles.extraction.phrases import Occasion, date_end, hearer_end, noun_phrase_end, occasion_at
from articles.extraction.sentences import split_sentences
from articles.extraction.sources import Range, source_before
from articles.extraction.tokens import NamedSpan, Piece, Sort, Token, named_spans, tokenise
from articles.extraction.types import Entity, Kind, Quotation
from articles.extraction.words import BEFORE_NOUN_PHRASE, CONNECTIVES, PREPOSITIONS, may_be_finite
from articles.text.spans import Span

# Past the source and dates an occasion is at most this many words away from its cue.
_REACH = 40
_SPEAKING = frozenset("speaking talking writing appearing testifying posting addressing responding replying".split())
_BE = frozenset("am is are was were be been being".split())
# “The men in the video said” speaks of men, “the ministry in a statement said” of an occasion.
_ONE = frozenset("a an his her its their".split())
# What they take with “to” is what they are about: replied to the claims, referred to reporters' notes.
_ABOUT = frozenset(("reply", "respond", "react", "object", "refer to", "agree", "relate", "according to"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence around one cue.

    `taken` are the tokens of cues, of the source and of what is said: no phrase holds one. `content` are those of what
    is said by this cue, `bodies` number the organisations among the entities.
    """

    tokens: Sequence[Token]
    cue: Range
    source: Range | None
    content: frozenset[int]
    taken: frozenset[int]
    verb: str
    bodies: frozenset[int]

    def limit(self, at: int) -> int:
        """Where a phrase that begins at a token must end at the latest."""
        return next((end for end in range(at, len(self.tokens)) if end in self.taken), len(self.tokens))


@dataclass(slots=True)
class _Told:
    hearer: Range | None = None
    occasion: Range | None = None

    @property
    def is_whole(self) -> bool:
        return self.hearer is not None and self.occasion is not None

    def take(self, occasion: Occasion | None) -> None:
        if occasion is not None and self.occasion is None:
            self.occasion = occasion.span
            self.hearer = self.hearer or occasion.hearer


def find_occasions(text: str, quotations: Sequence[Quotation], entities: Sequence[Entity]) -> tuple[Quotation, ...]:
    """Note of each quotation with a cue whom it was told and on what occasion.

    Args:
        text: the text that all offsets count in.
        quotations: what `attribute` yields for it.
        entities: who and what the story names.

    Returns:
        The quotations in the same order, with `addressee` and `occasion`. In “Hill told Radio Kerala in an interview
        on Monday” they are “Radio Kerala” and “in an interview”. The hearer may stand within the occasion: in an
        interview with Radio Kerala.
    """
    names = named_spans(entities)
    bodies = frozenset(number for number, entity in enumerate(entities) if entity.kind is Kind.ORGANISATION)
    found = list(quotations)
    for container, numbers in _by_container(quotations).items():
        for sentence, number in _sentences(text, quotations, names, bodies, container, numbers):
            told = _read(sentence)
            found[number] = replace(
                quotations[number],
                addressee=_span(sentence.tokens, told.hearer),
                occasion=_span(sentence.tokens, told.occasion),
            )
    return tuple(found)


def _by_container(quotations: Sequence[Quotation]) -> dict[Span | None, list[int]]:
    """The quotations with a cue by the stretch of speech that their cue is part of: “He told me, ‘Go,’” she said."""
    spans = sorted({span for quotation in quotations for span in quotation.spans})
    found: dict[Span | None, list[int]] = {}
    cued = sorted((q.cue.span, number) for number, q in enumerate(quotations) if q.cue)
    around: list[Span] = []
    at = 0
    for cue, number in cued:
        while at < len(spans) and spans[at].start <= cue.start:
            around.append(spans[at])
            at += 1
        around = [span for span in around if span.end > cue.start]
        own = set(quotations[number].spans)
        container = min((s for s in around if s.contains(cue) and s not in own), key=len, default=None)
        found.setdefault(container, []).append(number)
    return found


def _sentences(
    text: str,
    quotations: Sequence[Quotation],
    names: Sequence[NamedSpan],
    bodies: frozenset[int],
    container: Span | None,
    numbers: Sequence[int],
) -> Iterator[tuple[_Sentence, int]]:
    """The sentence of each cue within one stretch of speech, or within none."""
    pieces = list(_outermost(quotations, container))
    numbers = sorted(numbers, key=lambda number: _cue_span(quotations[number]))
    starts = [_cue_span(quotations[number]).start for number in numbers]
    for paragraph in tokenise(text, pieces, names, container):
        for tokens in split_sentences(paragraph):
            first = bisect_left(starts, tokens[0].span.start)
            last = bisect_left(starts, tokens[-1].span.end)
            cues = {n: _range(tokens, _cue_span(quotations[n])) for n in numbers[first:last]}
            of_cues = {at for cue in cues.values() if cue for at in range(*cue)}
            for number, cue in cues.items():
                quotation = quotations[number]
                if cue is None or quotation.cue is None:
                    continue
                source = _range(tokens, quotation.source) if quotation.source else None
                quoted = frozenset(at for at, token in enumerate(tokens) if token.is_quoted)
                content = frozenset(at for at in quoted if tokens[at].index == number)
                taken = quoted | of_cues | (frozenset(range(*source)) if source else frozenset())
                yield _Sentence(tokens, cue, source, content, taken, quotation.cue.verb, bodies), number


def _outermost(quotations: Sequence[Quotation], container: Span | None) -> Iterator[Piece]:
    spans = sorted(
        (
            (span, number)
            for number, quotation in enumerate(quotations)
            for span in quotation.spans
            if container is None or (container.contains(span) and span != container)
        ),
        key=lambda piece: (piece[0].start, -piece[0].end),
    )
    reached = 0
    for span, number in spans:
        if span.start >= reached:
            reached = span.end
            yield Piece(span, number)


def _cue_span(quotation: Quotation) -> Span:
    if quotation.cue is None:
        raise ValueError("a quotation without a cue has no place for one")
    return quotation.cue.span


def _range(tokens: Sequence[Token], span: Span) -> Range | None:
    """The tokens of a span; None where it is not in this sentence, or within a name or a stretch in marks."""
    inside = [at for at, token in enumerate(tokens) if span.contains(token.span) and not token.is_quoted]
    return (inside[0], inside[-1] + 1) if inside else None


def _span(tokens: Sequence[Token], phrase: Range | None) -> Span | None:
    return Span(tokens[phrase[0]].span.start, tokens[phrase[1] - 1].span.end) if phrase else None


def _read(sentence: _Sentence) -> _Told:
    told = _Told(_passive_hearer(sentence))
    _behind_cue(sentence, told)
    if sentence.source and sentence.source[1] <= sentence.cue[0]:
        told.take(_within_source(sentence, *sentence.source))
        _scan(sentence, sentence.source[1], sentence.cue[0], told)
    if not told.is_whole:
        _fronted(sentence, told)
    return told


def _passive_hearer(sentence: _Sentence) -> Range | None:
    """Who is the subject of “was told”: The inquiry was told by Ana Lopez that the road was shut."""
    tokens, (first, last) = sentence.tokens, sentence.cue
    words = [tokens[at].word for at in range(first, last)]
    if not _takes_hearer(sentence.verb) or not _BE & set(words) or words[-1].endswith("ing"):
        return None
    subject = source_before(tokens, CueFound(first, last - 1, sentence.verb, Kinds.ADDRESS, Tense.PASSIVE), 0)
    if subject is None or any(at in sentence.taken for at in range(*subject)):
        return None
    return subject


def _takes_hearer(verb: str) -> bool:
    """Whether whoever is told follows the verb without “to”: told reporters, urged drivers."""
    return "address" in load_table("cue_verbs").get(verb, "").partition("\t")[0].split()


def _behind_cue(sentence: _Sentence, told: _Told) -> None:
    tokens, at = sentence.tokens, sentence.cue[1]
    if told.hearer is None and _takes_hearer(sentence.verb):
        end = hearer_end(tokens, at, sentence.limit(at))
        if end > at and not _BE & {tokens[each].word for each in range(*sentence.cue)}:
            told.hearer = (at, end)
            at = end
    source = sentence.source
    at = _past_hearer(sentence, at, told)
    if source and source[0] >= at and _is_beside(tokens, at, source[0]):
        at = _past_hearer(sentence, source[1], told)
    _scan(sentence, at, len(tokens), told)


def _past_hearer(sentence: _Sentence, at: int, told: _Told) -> int:
    """Where a hearer with “to” ends that begins at a token: said to us, wrote to the council."""
    tokens = sentence.tokens
    limit = sentence.limit(at)
    if at + 1 < limit and tokens[at].word == "to" and told.hearer is None and sentence.verb not in _ABOUT:
        end = hearer_end(tokens, at + 1, limit, after_to=True)
        if end > at + 1:
            told.hearer = (at + 1, end)
            return end
    return at


def _is_beside(tokens: Sequence[Token], start: int, end: int) -> bool:
    return all(tokens[at].word == "by" or tokens[at].is_point(",") for at in range(start, end))


def _scan(sentence: _Sentence, start: int, end: int, told: _Told) -> None:
    """Look for the occasion from one token on: past dates, places and manner, and up to another clause."""
    tokens = sentence.tokens
    end = min(end, start + _REACH)
    at = start
    behind_comma = False
    while at < end and not told.is_whole:
        token, limit = tokens[at], min(sentence.limit(at), end)
        if at in sentence.content:
            _behind_content(sentence, at + 1, end, told)
            return
        if token.word in {"while", "when"} and at + 1 < limit and tokens[at + 1].word in _SPEAKING:
            at += 1
            continue
        if at in sentence.taken or token.word in BEFORE_NOUN_PHRASE | {"and"}:
            return
        if token.sort is Sort.POINT:
            if not (token.is_point(",") or at + 1 in sentence.content):
                return
            behind_comma = True
            at += 1
            continue
        if token.word in _SPEAKING:
            _speaking(sentence, at, limit, told)
            return
        if occasion := _occasion(sentence, at, limit):
            told.take(occasion)
            at = occasion.span[1]
            continue
        past = _past_adjunct(tokens, at, limit)
        if past == at and (behind_comma or may_be_finite(token)):
            return
        at = max(past, at + 1)
        behind_comma = False


def _behind_content(sentence: _Sentence, at: int, end: int, told: _Told) -> None:
    """Look at what follows the words: “a mess” in a post on X; “Stand by us”, while addressing the press."""
    tokens = sentence.tokens
    if at < end and tokens[at].is_point(","):
        at += 1
    if at < end and tokens[at].word in {"while", "when"}:
        at += 1
    if at >= end or at in sentence.taken:
        return
    if tokens[at].word in _SPEAKING:
        _speaking(sentence, at, min(sentence.limit(at), end), told)
    elif tokens[at].word in PREPOSITIONS:
        told.take(_occasion(sentence, at, min(sentence.limit(at), end)))


def _within_source(sentence: _Sentence, start: int, end: int) -> Occasion | None:
    """The occasion that a source phrase ends with: The ministry in a statement on Friday said."""
    tokens = sentence.tokens
    for at in range(start + 1, end - 1):
        if tokens[at].word == "in" and tokens[at + 1].word in _ONE:
            return occasion_at(tokens, at, end)
    return None


def _past_adjunct(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Where a date, a place or a word of manner ends; `at` where none begins."""
    past = date_end(tokens, at, limit)
    if past > at:
        return past
    if tokens[at].word in PREPOSITIONS:
        return noun_phrase_end(tokens, at + 1, limit)
    return at + 1 if tokens[at].word.endswith("ly") else at


def _occasion(sentence: _Sentence, at: int, limit: int) -> Occasion | None:
    return occasion_at(sentence.tokens, at, limit) or _in_medium(sentence, at, limit)


def _in_medium(sentence: _Sentence, at: int, limit: int) -> Occasion | None:
    """A paper or channel that the story names: wrote in the Skerry Times, writing for The Lancet, said on Kanal 2."""
    tokens, word = sentence.tokens, sentence.tokens[at].word
    is_written = word in {"in", "for"} and ((at and tokens[at - 1].word == "writing") or sentence.verb == "write")
    is_on_air = word == "on" and sentence.verb == "say"
    if not (is_written or is_on_air):
        return None
    end = noun_phrase_end(tokens, at + 1, limit)
    names = [tokens[each] for each in range(at + 1, end) if tokens[each].is_name]
    if len(names) != 1 or names[0] is not tokens[end - 1] or names[0].index not in sentence.bodies:
        return None
    return Occasion((at, end))


def _speaking(sentence: _Sentence, at: int, limit: int, told: _Told) -> None:
    """What “speaking” brings with it: Speaking to the BBC at a rally in Leeds, Hill said."""
    tokens = sentence.tokens
    start = at + 1
    if tokens[at].word == "addressing" or (start < limit and tokens[start].word in {"to", "with"}):
        start += tokens[at].word != "addressing"
        end = hearer_end(tokens, start, limit, after_to=True)
        if end > start and told.hearer is None and tokens[at].word not in {"responding", "replying"}:
            told.hearer = (start, end)
        start = max(end, start)
    while start < limit and not tokens[start].is_point(","):
        if occasion := _occasion(sentence, start, limit):
            told.take(occasion)
            return
        past = _past_adjunct(tokens, start, limit)
        if past == start:
            return
        start = past


def _fronted(sentence: _Sentence, told: _Told) -> None:
    """Look at the head of the clause: In a statement on Friday, the ministry said; Speaking to reporters, Hill said."""
    tokens = sentence.tokens
    subject = sentence.source if sentence.source and sentence.source[0] < sentence.cue[0] else sentence.cue
    at = max((each + 1 for each in range(subject[0]) if _opens_clause(sentence, each)), default=0)
    while at < subject[0] and not told.is_whole:
        limit = min(sentence.limit(at), subject[0])
        token = tokens[at]
        if token.word in _SPEAKING:
            _speaking(sentence, at, limit, told)
            return
        if occasion := _occasion(sentence, at, limit):
            told.take(occasion)
            return
        past = _past_adjunct(tokens, at, limit)
        if past == at and not (token.is_point(",") or token.word in CONNECTIVES):
            return
        at = max(past, at + 1)


def _opens_clause(sentence: _Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return at in sentence.taken or token.is_point('.?!;:—–“”"')
