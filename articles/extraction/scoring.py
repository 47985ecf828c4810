"""Figures against annotated stories.

Each figure is in 0..1; what is annotated outside the part of a story that its text covers (a headline kept apart,
say) is left out.

    names.*        precision, recall and F1 of name mentions, exact span and kind
    clusters       B-cubed over the name mentions found on both sides
    roles          a person's role: right person, spans that overlap by half or more
    quotes.KIND.*  KIND is quoted (direct and mixed), indirect or all
        exact       same content but for spaces and punctuation at the edges
        overlap     the tokens inside quotations
        loose       contents overlap by 30 % or more (Jaccard of tokens)
        strict      contents overlap by 80 % or more
        attributed  strict, and the right speaker
        speaker     share of the strict matches whose speaker is right
    cues, sources  exact spans but for spaces and punctuation at the edges
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.extraction.alignment import Alignment
from articles.extraction.annotations import Annotated
from articles.extraction.types import Entity, Extraction, Form, Kind
from articles.text.spans import Span

Figures = dict[str, dict[str, float]]

_KINDS = {"per": Kind.PERSON, "org": Kind.ORGANISATION, "loc": Kind.LOCATION}
_PLURALS = {Kind.PERSON: "people", Kind.ORGANISATION: "organisations", Kind.LOCATION: "locations"}
_FORMS = {
    "quoted": frozenset({Form.DIRECT, Form.MIXED}),
    "indirect": frozenset({Form.INDIRECT}),
    "all": frozenset(Form),
}
_LOOSE, _STRICT, _ANY = 0.3, 0.8, 0.01
_NOBODY = "none"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ScoredStory:
    """An annotated story beside what was extracted; `text` is the text that the extraction's offsets count in."""

    name: str
    annotated: Annotated
    text: str
    extraction: Extraction


@dataclass(slots=True)
class Score:
    """The figures by name, and in words what was missed or wrong, story by story."""

    stories: int = 0
    figures: Figures = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Speech:
    """A quotation of either side. `speaker` is an identity of the annotation, or an entity of the extraction."""

    spans: tuple[Span, ...]
    form: Form
    speaker: str | Entity | None


@dataclass(slots=True)
class _Side:
    """What one side says of a story, in offsets of the annotated text. Identities are annotated ids or (kind, name)."""

    names: dict[Span, tuple[Kind, object]] = field(default_factory=dict)
    roles: list[tuple[object, Span]] = field(default_factory=list)
    quotations: list[_Speech] = field(default_factory=list)
    cues: set[tuple[int, int]] = field(default_factory=set)
    sources: set[tuple[int, int]] = field(default_factory=set)

    def mentions(self) -> dict[object, set[Span]]:
        spans: defaultdict[object, set[Span]] = defaultdict(set)
        for span, (_, identity) in self.names.items():
            spans[identity].add(span)
        return spans


@dataclass(slots=True)
class _Tally:
    right: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    clusters: list[tuple[float, float]] = field(default_factory=list)
    speakers: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, right: int, printed: int, gold: int) -> None:
        self.right[name] += right
        self.printed[name] += printed
        self.gold[name] += gold

    def figures(self) -> Figures:
        figures = {name: self._f1(name) for name in sorted(self.gold)}
        precision, recall = (_mean([pair[side] for pair in self.clusters]) for side in (0, 1))
        figures["clusters"] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(_ratio(2 * precision * recall, precision + recall), 4),
            "gold": len(self.clusters),
        }
        for kind in _FORMS:
            accuracy = _ratio(self.speakers[kind], self.matched[kind])
            figures[f"quotes.{kind}.speaker"] = {"accuracy": round(accuracy, 4), "gold": self.matched[kind]}
        return figures

    def _f1(self, name: str) -> dict[str, float]:
        right, printed, gold = self.right[name], self.printed[name], self.gold[name]
        return {
            "precision": round(_ratio(right, printed), 4),
            "recall": round(_ratio(right, gold), 4),
            "f1": round(_ratio(2 * right, printed + gold), 4),
            "gold": gold,
        }


def score(stories: Iterable[ScoredStory]) -> Score:
    """Compare extractions with annotations; the figures are over all stories together.

    Returns:
        A score whose `figures` map a name (“quotes.quoted.strict”) to its parts (“precision”, “recall”, “f1”, or
        “accuracy”, and how many were annotated as “gold”), each rounded to four digits.
    """
    result, tally = Score(), _Tally()
    for story in stories:
        result.stories += 1
        _Comparison(story, tally, result.misses).run()
    for part in (tally.right, tally.printed, tally.gold):
        part["names.all"] = sum(part[f"names.{plural}"] for plural in _PLURALS.values())
    result.figures = tally.figures()
    return result


class _Comparison:
    """One story: both sides in offsets of the annotated text, each figure a step."""

    def __init__(self, story: ScoredStory, tally: _Tally, misses: list[str]) -> None:
        self.name, self.text = story.name, story.annotated.text
        self.tally, self.misses = tally, misses
        alignment = Alignment(self.text, story.text)
        self.gold = _annotated_side(story.annotated, alignment)
        self.printed = _extracted_side(story.extraction, self.text, alignment)
        self.identities = {
            Span(mark.start, mark.end): mark.attributes["i"] for mark in story.annotated.marks if mark.name in _KINDS
        }

    def run(self) -> None:
        self.compare_names()
        self.compare_clusters()
        self.compare_roles()
        for kind, forms in _FORMS.items():
            self.compare_quotations(kind, forms)
        for figure, gold, printed in (
            ("cues", self.gold.cues, self.printed.cues),
            ("sources", self.gold.sources, self.printed.sources),
        ):
            self.tally.add(figure, len(gold & printed), len(printed), len(gold))

    def compare_names(self) -> None:
        for kind, plural in _PLURALS.items():
            gold, printed = (
                {span for span, (of, _) in side.names.items() if of is kind} for side in (self.gold, self.printed)
            )
            self.tally.add(f"names.{plural}", len(gold & printed), len(printed), len(gold))
            self.misses += [
                f"{self.name}: missed {kind} {span.of(self.text)!r} at {span.start}" for span in sorted(gold - printed)
            ]
            self.misses += [
                f"{self.name}: wrong {kind} {span.of(self.text)!r} at {span.start}" for span in sorted(printed - gold)
            ]

    def compare_clusters(self) -> None:
        both = self.gold.names.keys() & self.printed.names.keys()
        gold, printed = self.gold.mentions(), self.printed.mentions()
        for span in both:
            annotated = gold[self.gold.names[span][1]] & both
            extracted = printed[self.printed.names[span][1]] & both
            shared = len(annotated & extracted)
            self.tally.clusters.append((shared / len(extracted), shared / len(annotated)))

    def compare_roles(self) -> None:
        gold, printed = self.gold.mentions(), self.printed.mentions()
        unused, right = list(self.printed.roles), 0
        for person, span in self.gold.roles:
            found = next(
                (role for role in unused if _half(span, role[1]) and printed[role[0]] & gold[person]),
                None,
            )
            if found:
                right += 1
                unused.remove(found)
            else:
                self.misses.append(f"{self.name}: missed role {span.of(self.text)!r}")
        self.tally.add("roles", right, len(self.printed.roles), len(self.gold.roles))

    def compare_quotations(self, kind: str, forms: frozenset[Form]) -> None:
        # A wrong form is no wrong quotation: what was printed is judged in the kind of its partner.
        pairs = self.pairs(self.gold.quotations, self.printed.quotations, _ANY)
        partner = {right: self.gold.quotations[left].form for left, right in pairs}
        gold = [quotation for quotation in self.gold.quotations if quotation.form in forms]
        printed = [
            quotation
            for number, quotation in enumerate(self.printed.quotations)
            if partner.get(number, quotation.form) in forms
        ]
        name = f"quotes.{kind}"
        contents, tokens = (
            [{self.content(quotation) for quotation in side} for side in (gold, printed)],
            [frozenset().union(*(self.tokens(quotation) for quotation in side)) for side in (gold, printed)],
        )
        self.tally.add(f"{name}.exact", len(contents[0] & contents[1]), len(printed), len(gold))
        self.tally.add(f"{name}.overlap", len(tokens[0] & tokens[1]), len(tokens[1]), len(tokens[0]))
        self.tally.add(f"{name}.loose", len(self.pairs(gold, printed, _LOOSE)), len(printed), len(gold))
        strict = self.pairs(gold, printed, _STRICT)
        self.tally.add(f"{name}.strict", len(strict), len(printed), len(gold))
        wrong = [pair for pair in strict if not self.is_speaker(gold[pair[0]].speaker, printed[pair[1]].speaker)]
        right = len(strict) - len(wrong)
        self.tally.add(f"{name}.attributed", right, len(printed), len(gold))
        self.tally.speakers[kind] += right
        self.tally.matched[kind] += len(strict)
        if kind == "all":
            self.note_quotations(gold, printed, strict, wrong)

    def note_quotations(
        self,
        gold: Sequence[_Speech],
        printed: Sequence[_Speech],
        strict: Sequence[tuple[int, int]],
        wrong: Sequence[tuple[int, int]],
    ) -> None:
        matched = {left for left, _ in strict}
        for number, quotation in enumerate(gold):
            if number not in matched:
                words = quotation.spans[0].of(self.text)[:80]
                self.misses.append(f"{self.name}: missed {quotation.form} quotation {words!r}")
        for left, right in wrong:
            words = gold[left].spans[0].of(self.text)[:60]
            speaker = printed[right].speaker
            found = speaker.name if isinstance(speaker, Entity) else "nobody"
            self.misses.append(f"{self.name}: speaker of {words!r} should be {gold[left].speaker}, is {found}")

    def is_speaker(self, gold: str | Entity | None, printed: str | Entity | None) -> bool:
        if gold == _NOBODY or not isinstance(printed, Entity):
            return gold == _NOBODY and printed is None
        spans = self.printed.mentions().get((printed.kind, printed.name))
        if spans:
            votes = Counter(self.identities[span] for span in spans if span in self.identities)
            return bool(votes) and votes.most_common(1)[0][0] == gold
        forms = {span.of(self.text).casefold() for span, identity in self.identities.items() if identity == gold}
        return printed.name.casefold() in forms

    def pairs(self, gold: Sequence[_Speech], printed: Sequence[_Speech], least: float) -> list[tuple[int, int]]:
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

    def tokens(self, quotation: _Speech) -> frozenset[int]:
        return frozenset(
            span.start + word.start() for span in quotation.spans for word in _WORD.finditer(span.of(self.text))
        )

    def content(self, quotation: _Speech) -> frozenset[tuple[int, int]]:
        return frozenset(_trimmed(self.text, span.start, span.end) for span in quotation.spans)


def _annotated_side(annotated: Annotated, alignment: Alignment) -> _Side:
    side = _Side()
    spans_of: defaultdict[str, list[Span]] = defaultdict(list)
    of_number: dict[str, Mapping[str, str]] = {}
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
            chosen.add(_trimmed(annotated.text, mark.start, mark.end))
    for number, attributes in of_number.items():
        side.quotations.append(_Speech(tuple(spans_of[number]), Form(attributes["f"]), attributes["s"]))
    return side


def _extracted_side(extraction: Extraction, text: str, alignment: Alignment) -> _Side:
    side = _Side()
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
        if spans:
            side.quotations.append(_Speech(spans, quotation.form, speaker))
        cue = alignment.to_original(quotation.cue.span) if quotation.cue else None
        source = alignment.to_original(quotation.source) if quotation.source else None
        for found, chosen in ((cue, side.cues), (source, side.sources)):
            if found:
                chosen.add(_trimmed(text, found.start, found.end))
    return side


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _half(gold: Span, printed: Span) -> bool:
    overlap = max(0, min(gold.end, printed.end) - max(gold.start, printed.start))
    return overlap * 2 >= max(len(gold), len(printed))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return _ratio(sum(values), len(values))
