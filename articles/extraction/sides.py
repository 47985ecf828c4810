"""An annotated story beside what was extracted from it, both in offsets of the annotated text.

What is annotated outside the part of a story that its text covers (a headline kept apart, say) is left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articles.extraction.alignment import Alignment
from articles.extraction.annotations import Annotated
from articles.extraction.types import Entity, Extraction, Form, Kind
from articles.text.spans import Span

# Of a quotation's words and its partner's, the share that both have (Jaccard of tokens).
ANY, LOOSE, STRICT = 0.01, 0.3, 0.8
NOBODY = "none"
PLURALS = {Kind.PERSON: "people", Kind.ORGANISATION: "organisations", Kind.LOCATION: "locations"}
_KINDS = {"per": Kind.PERSON, "org": Kind.ORGANISATION, "loc": Kind.LOCATION}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ScoredStory:
    """An annotated story beside what was extracted; `text` is the text that the extraction's offsets count in."""

    name: str
    annotated: Annotated
    text: str
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation of either side. `speaker` is an identity of the annotation, or an entity of the extraction."""

    spans: tuple[Span, ...]
    form: Form
    speaker: str | Entity | None
    cue: Span | None = None
    source: Span | None = None

    @property
    def whole(self) -> Span:
        """From its first word to its last, with what stands between its pieces."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(slots=True)
class Side:
    """What one side says of a story. Identities are annotated ids or (kind, name)."""

    names: dict[Span, tuple[Kind, object]] = field(default_factory=dict)
    roles: list[tuple[object, Span]] = field(default_factory=list)
    quotations: list[Speech] = field(default_factory=list)
    cues: set[tuple[int, int]] = field(default_factory=set)
    sources: set[tuple[int, int]] = field(default_factory=set)

    def mentions(self) -> dict[object, set[Span]]:
        spans: defaultdict[object, set[Span]] = defaultdict(set)
        for span, (_, identity) in self.names.items():
            spans[identity].add(span)
        return spans


@dataclass(frozen=True, slots=True)
class Sides:
    """One story: `gold` as annotated, `printed` as extracted.

    `identities` are those of all names, annotated outside the text too; `others` are annotated names of other things:
    a ship, a work, an event.
    """

    name: str
    text: str
    gold: Side
    printed: Side
    identities: Mapping[Span, str]
    others: frozenset[Span]

    @classmethod
    def of(cls, story: ScoredStory) -> Sides:
        alignment = Alignment(story.annotated.text, story.text)
        marks = [(mark, Span(mark.start, mark.end)) for mark in story.annotated.marks]
        return cls(
            story.name,
            story.annotated.text,
            _annotated_side(story.annotated, alignment),
            _extracted_side(story.extraction, story.annotated.text, alignment),
            {span: mark.attributes["i"] for mark, span in marks if mark.name in _KINDS},
            frozenset(span for mark, span in marks if mark.name == "misc"),
        )

    def unmatched_roles(self) -> tuple[list[tuple[object, Span]], list[tuple[object, Span]]]:
        """Annotated roles that were not found, and what was extracted instead or besides, each (person, span)."""
        gold, printed = self.gold.mentions(), self.printed.mentions()
        missed, unused = [], list(self.printed.roles)
        for person, span in self.gold.roles:
            found = next((role for role in unused if half(span, role[1]) and printed[role[0]] & gold[person]), None)
            if found:
                unused.remove(found)
            else:
                missed.append((person, span))
        return missed, unused

    def is_speaker(self, gold: str | Entity | None, printed: str | Entity | None) -> bool:
        if gold == NOBODY or not isinstance(printed, Entity):
            return gold == NOBODY and printed is None
        spans = self.printed.mentions().get((printed.kind, printed.name))
        if spans:
            votes = Counter(self.identities[span] for span in spans if span in self.identities)
            return bool(votes) and votes.most_common(1)[0][0] == gold
        forms = {span.of(self.text).casefold() for span, identity in self.identities.items() if identity == gold}
        return printed.name.casefold() in forms

    def pairs(self, gold: Sequence[Speech], printed: Sequence[Speech], least: float) -> list[tuple[int, int]]:
        """One-to-one pairs of quotations, those with the greatest overlap first; numbers into `gold` and `printed`."""
        left, right = ([self.tokens(quotation) for quotation in side] for side in (gold, printed))
        scored = sorted(
            ((len(a & b) / len(a | b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a & b),
            reverse=True,
        )
        pairs: list[tuple[int, int]] = []
        used: tuple[set[int], set[int]] = set(), set()
        for value, i, j in scored:
            if value >= least and i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                pairs.append((i, j))
        return pairs

    def tokens(self, quotation: Speech) -> frozenset[int]:
        return frozenset(
            span.start + word.start() for span in quotation.spans for word in _WORD.finditer(span.of(self.text))
        )


def _annotated_side(annotated: Annotated, alignment: Alignment) -> Side:
    side = Side()
    spans_of: defaultdict[str, list[Span]] = defaultdict(list)
    of_number: dict[str, Mapping[str, str]] = {}
    beside: dict[tuple[str, str], Span] = {}
    for mark in annotated.marks:
        if not alignment.covers(mark.start, mark.end):
            continue
        span = Span(mark.start, mark.end)
        if mark.name in _KINDS:
            side.names[span] = (_KINDS[mark.name], mark.attributes["i"])
        elif mark.name == "role":
            side.roles.append((mark.attributes["of"], span))
        elif mark.name == "q":
            spans_of[mark.attributes["n"]].append(span)
            of_number.setdefault(mark.attributes["n"], mark.attributes)
        elif mark.name in {"cue", "src"}:
            chosen = side.cues if mark.name == "cue" else side.sources
            chosen.add(trimmed(annotated.text, mark.start, mark.end))
            beside.setdefault((mark.name, mark.attributes["n"]), span)
    for number, attributes in of_number.items():
        cue, source = beside.get(("cue", number)), beside.get(("src", number))
        side.quotations.append(
            Speech(tuple(spans_of[number]), Form(attributes["f"]), attributes["s"], cue=cue, source=source)
        )
    return side


def _extracted_side(extraction: Extraction, text: str, alignment: Alignment) -> Side:
    side = Side()
    for entity in extraction.entities:
        for mention in entity.mentions:
            if span := alignment.to_original(mention):
                side.names[span] = (entity.kind, (entity.kind, entity.name))
    for role in extraction.roles:
        person = extraction.entities[role.person]
        if span := alignment.to_original(role.span):
            side.roles.append(((person.kind, person.name), span))
    for quotation in extraction.quotations:
        spans = tuple(filter(None, map(alignment.to_original, quotation.spans)))
        speaker = extraction.entities[quotation.speaker] if quotation.speaker is not None else None
        cue = alignment.to_original(quotation.cue.span) if quotation.cue else None
        source = alignment.to_original(quotation.source) if quotation.source else None
        if spans:
            side.quotations.append(Speech(spans, quotation.form, speaker, cue=cue, source=source))
        for found, chosen in ((cue, side.cues), (source, side.sources)):
            if found:
                chosen.add(trimmed(text, found.start, found.end))
    return side


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the spaces and punctuation at its edges, on which two careful readers may differ."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def half(gold: Span, printed: Span) -> bool:
    """Whether two spans share half of the longer one or more."""
    overlap = max(0, min(gold.end, printed.end) - max(gold.start, printed.start))
    return overlap * 2 >= max(len(gold), len(printed))
