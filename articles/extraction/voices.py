"""Whose words the tagger takes them for, weighed against what the ladder of rules says.

The ladder is sure where a name stands in the source, and guesses where a pronoun or a description does; the tagger has
read the sentences around both. Who has the most for them speaks; nobody may have, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from articles.extraction.loose import LABELLED
from articles.extraction.speakers import DESCRIPTION, ISSUER, NAMED, SHARED, VOICE, Speaker
from articles.extraction.tagger.tags import Tags
from articles.extraction.tokens import NamedSpan
from articles.text.spans import Span

HEARD = "who speaks here, read from the sentences around"

# How much a rung of the ladder adds to the share of the one it names: a name in the source, and a role that one person
# has, are right whatever is heard. Figures hardly move within 0.2 of the others.
_WEIGHTS = {NAMED: 1.05, DESCRIPTION: 1.05, LABELLED: 0.9, SHARED: 0.9, ISSUER: 0.9, VOICE: 0.7}
_USUAL_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Voices:
    """The tagger's answers by where the words, cue or source begin: entity → share (0..1), None for nobody."""

    shares: Mapping[int, Mapping[int | None, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, tags: Tags, names: Sequence[NamedSpan]) -> Voices:
        """Add up the shares of each entity's names; a name that was not kept speaks for nobody."""
        starts = [span.start for span, _ in names]
        shares: dict[int, dict[int | None, float]] = {}
        for voice in tags.voices:
            of_entity: defaultdict[int | None, float] = defaultdict(float)
            of_entity[None] = 1.0 - sum(share for _, share in voice.names)
            for span, share in voice.names:
                of_entity[_entity(span, names, starts)] += share
            shares[voice.span.start] = of_entity
        return cls(shares)

    def weigh(
        self, speaker: Speaker, spans: Iterable[Span | None], barred: Container[int | None] = frozenset()
    ) -> Speaker:
        """The likeliest speaker, given the ladder's and where the words, their cue and their source stand.

        The ladder's stands unchanged where the tagger says nothing of these places. What it hears of those `barred`
        does not count.
        """
        heard = [self.shares[span.start] for span in spans if span is not None and span.start in self.shares]
        if not heard:
            return speaker
        total: defaultdict[int | None, float] = defaultdict(float)
        for shares in heard:
            for index, share in shares.items():
                if index not in barred:
                    total[index] += share / len(heard)
        total[speaker.index] += _WEIGHTS.get(speaker.rule, _USUAL_WEIGHT)
        best = max(total, key=lambda index: (total[index], index == speaker.index))
        return speaker if best == speaker.index else Speaker(best, HEARD if best is not None else "")


def _entity(span: Span, names: Sequence[NamedSpan], starts: Sequence[int]) -> int | None:
    at = bisect_left(starts, span.end) - 1
    return names[at][1] if at >= 0 and names[at][0].end > span.start else None
