"""What the tagger says of a text's words as parts of reported speech: cues, sources, contents.

Decides which cue of a sentence a tagged source or content belongs to. Leaves to `reports.py` what holds where the
tagger and the rules differ.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.extraction.cues import CueFound, Tense
from articles.extraction.sources import Range
from articles.extraction.tagger.tags import Tag, Tags
from articles.extraction.tokens import Part, Sort, Token

# How sure the tagger must be to know better than marks and rules which words in marks are said. Around this value the
# figures hardly move; much lower or higher they fall.
SURE_OF_MARKS = 0.95
# A cue further from what it reports than this many words reports something else.
_REACH = 30
# Between a source and its cue stand adverbs and appositions at most.
_SOURCE_REACH = 12


@dataclass(slots=True)
class Link:
    """What the tagger's spans give a cue: its source, and the contents nearest to it, in text order.

    `score` is how sure the tagger is of the contents, 0..1.
    """

    source: Range | None = None
    content: tuple[Range, ...] = ()
    score: float = 1.0


def with_parts(paragraphs: Sequence[Sequence[Token]], tags: Tags) -> list[list[Token]]:
    """Note on each token which tagged cue, source and content it is in; unchanged where no speech was tagged.

    A stretch in marks is one token: it is in a content that covers any word of it, and never in a cue or a source.
    """
    if not (tags.cues or tags.contents):
        return [list(tokens) for tokens in paragraphs]
    tokens = [token for paragraph in paragraphs for token in paragraph]
    cues, sources, contents = (
        _numbers(tokens, spans, in_marks=spans is tags.contents) for spans in (tags.cues, tags.sources, tags.contents)
    )
    numbered = iter(
        replace(token, part=Part(cue, source, content, tags.contents[content].score if content >= 0 else 0.0))
        for token, cue, source, content in zip(tokens, cues, sources, contents, strict=True)
    )
    return [[next(numbered) for _ in paragraph] for paragraph in paragraphs]


def _numbers(tokens: Sequence[Token], tags: Sequence[Tag], *, in_marks: bool) -> list[int]:
    """For each token the number of the tag it is in, -1 for none; tags that meet in one token are one."""
    numbers: list[int] = []
    at = bisect_right(tags, tokens[0].span.start, key=lambda tag: tag.span.end) if tokens else 0
    of_tag: dict[int, int] = {}
    for token in tokens:
        while at < len(tags) and tags[at].span.end <= token.span.start:
            at += 1
        is_in = at < len(tags) and tags[at].span.start < token.span.end and (in_marks or not token.is_quoted)
        # The newly-announced plan: half a word is no cue.
        is_in = is_in and (in_marks or tags[at].span.start <= token.span.start)
        if not is_in:
            numbers.append(-1)
            continue
        numbers.append(of_tag.setdefault(at, at))
        further = at + 1
        while further < len(tags) and tags[further].span.start < token.span.end:
            of_tag[further] = of_tag[at]
            further += 1
    return numbers


def link(tokens: Sequence[Token], cues: Sequence[CueFound]) -> list[Link]:
    """Give each tagged cue of a sentence the tagged source beside it and the contents nearest to it.

    Behind “…,” she said, adding … the first words are what she said: a participle reports what follows it, and so does
    a verb after “and” where another cue stands before the words: she called it “sad” and said “No.”
    """
    links = [Link() for _ in cues]
    parts = [token.part or Part() for token in tokens]
    tagged = [(number, (cue.first, cue.last + 1)) for number, cue in enumerate(cues) if cue.is_tagged]
    near = sorted(
        (distance, number, source)
        for source in _runs(part.source for part in parts)
        for number, cue in tagged
        if (distance := _distance(tokens, cue, source)) <= _SOURCE_REACH
    )
    taken: set[Range] = set()
    for _, number, source in near:
        if links[number].source is None and source not in taken:
            links[number].source = source
            taken.add(source)
    for content in _runs(part.content for part in parts):
        distances = [
            (_distance(tokens, cue, content, links[number].source), number)
            for number, cue in tagged
            if not content[0] <= cue[0] < content[1]
            and not (number and cues[number].tense is Tense.PARTICIPLE and content[0] < cue[0])
            and not (content[0] < cue[0] and _is_joined(tokens, cue, links[number].source) and tagged[0][1] < content)
        ]
        distance, number = min(distances, default=(_REACH + 1, 0))
        if distance <= _REACH:
            links[number].content += (content,)
            links[number].score = min(links[number].score, parts[content[0]].score)
    return links


def _is_joined(tokens: Sequence[Token], cue: Range, source: Range | None) -> bool:
    """Whether “and” or “but” joins a cue, with a source before it, to what stands before."""
    first = source[0] if source and source[0] < cue[0] else cue[0]
    return first > 0 and tokens[first - 1].word in {"and", "but"}


def _runs(numbers: Iterable[int]) -> list[Range]:
    """The stretches of tokens with one number."""
    found: list[Range] = []
    last = -1
    for at, number in enumerate(numbers):
        if number >= 0 and number == last:
            found[-1] = (found[-1][0], at + 1)
        elif number >= 0:
            found.append((at, at + 1))
        last = number
    return found


def _distance(tokens: Sequence[Token], one: Range, other: Range, skipped: Range | None = None) -> int:
    """How many words stand between two ranges, those of a range that is skipped left out."""
    start, end = (one[1], other[0]) if one[0] < other[0] else (other[1], one[0])
    skip = range(*skipped) if skipped else range(0)
    return sum(tokens[at].sort is not Sort.POINT and at not in skip for at in range(start, end))
