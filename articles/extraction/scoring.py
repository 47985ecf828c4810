"""Figures against annotated stories, each in 0..1.

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

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.extraction.mistakes import Mistake, find_mistakes
from articles.extraction.sides import ANY, LOOSE, PLURALS, STRICT, ScoredStory, Sides, Speech, trimmed
from articles.extraction.types import Form

Figures = dict[str, dict[str, float]]

_FORMS = {
    "quoted": frozenset({Form.DIRECT, Form.MIXED}),
    "indirect": frozenset({Form.INDIRECT}),
    "all": frozenset(Form),
}


@dataclass(slots=True)
class Score:
    """The figures by name, and every mistake, story by story."""

    stories: int = 0
    figures: Figures = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


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
        sides = Sides.of(story)
        _Comparison(sides, tally).run()
        result.mistakes += find_mistakes(sides)
    for part in (tally.right, tally.printed, tally.gold):
        part["names.all"] = sum(part[f"names.{plural}"] for plural in PLURALS.values())
    result.figures = tally.figures()
    return result


class _Comparison:
    """One story, each figure a step."""

    def __init__(self, sides: Sides, tally: _Tally) -> None:
        self.sides, self.tally = sides, tally
        self.text, self.gold, self.printed = sides.text, sides.gold, sides.printed

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
        for kind, plural in PLURALS.items():
            gold, printed = (
                {span for span, (of, _) in side.names.items() if of is kind} for side in (self.gold, self.printed)
            )
            self.tally.add(f"names.{plural}", len(gold & printed), len(printed), len(gold))

    def compare_clusters(self) -> None:
        both = self.gold.names.keys() & self.printed.names.keys()
        gold, printed = self.gold.mentions(), self.printed.mentions()
        for span in both:
            annotated = gold[self.gold.names[span][1]] & both
            extracted = printed[self.printed.names[span][1]] & both
            shared = len(annotated & extracted)
            self.tally.clusters.append((shared / len(extracted), shared / len(annotated)))

    def compare_roles(self) -> None:
        missed, _ = self.sides.unmatched_roles()
        right = len(self.gold.roles) - len(missed)
        self.tally.add("roles", right, len(self.printed.roles), len(self.gold.roles))

    def compare_quotations(self, kind: str, forms: frozenset[Form]) -> None:
        # A wrong form is no wrong quotation: what was printed is judged in the kind of its partner.
        pairs = self.sides.pairs(self.gold.quotations, self.printed.quotations, ANY)
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
            [frozenset().union(*(self.sides.tokens(quotation) for quotation in side)) for side in (gold, printed)],
        )
        self.tally.add(f"{name}.exact", len(contents[0] & contents[1]), len(printed), len(gold))
        self.tally.add(f"{name}.overlap", len(tokens[0] & tokens[1]), len(tokens[1]), len(tokens[0]))
        self.tally.add(f"{name}.loose", len(self.sides.pairs(gold, printed, LOOSE)), len(printed), len(gold))
        strict = self.sides.pairs(gold, printed, STRICT)
        self.tally.add(f"{name}.strict", len(strict), len(printed), len(gold))
        right = sum(self.sides.is_speaker(gold[left].speaker, printed[right].speaker) for left, right in strict)
        self.tally.add(f"{name}.attributed", right, len(printed), len(gold))
        self.tally.speakers[kind] += right
        self.tally.matched[kind] += len(strict)

    def content(self, quotation: Speech) -> frozenset[tuple[int, int]]:
        return frozenset(trimmed(self.text, span.start, span.end) for span in quotation.spans)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return _ratio(sum(values), len(values))
