"""Speech without marks behind the name of who speaks: interviews, hearings, question and answer.

Decides only where several paragraphs of a story begin so; a single “Note: …” is no speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from articles.extraction.tokens import Token

# A label has no more words than this: KOSONEN (Länsirannikko): …
_LONGEST_LABEL = 6
_LEAST_LINES = 3
_QUESTION_AND_ANSWER = frozenset({"q", "a"})
_SHAPE = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a transcript: tokens before the colon, and where the words behind it begin."""

    label: tuple[int, int]
    start: int
    key: str

    @property
    def is_question(self) -> bool:
        return self.key == "q"

    @property
    def is_answer(self) -> bool:
        return self.key == "a"


def find_lines(paragraphs: Sequence[Sequence[Token]]) -> Mapping[int, Line]:
    """Find the paragraphs that are lines of a transcript, by their number; empty where the story has none.

    In “Q: Who paid?” the label is “Q”. Two labels must take turns, over three lines at least.
    """
    lines = {number: line for number, tokens in enumerate(paragraphs) if (line := _line(tokens))}
    keys = [line.key for line in lines.values()]
    repeated = {key for key in keys if keys.count(key) > 1} if len(keys) < _MANY else set(keys)
    if len(lines) < _LEAST_LINES or len(set(keys)) < 2 or not repeated:
        return {}
    return lines


def interviewer(paragraphs: Sequence[Sequence[Token]]) -> int | None:
    """The person whom a credit names as who asks, as an index: Interview: Ana Lopez; None where no credit does."""
    for tokens in paragraphs:
        for at, token in enumerate(tokens[:-2]):
            if token.word in {"interview", "interviewed"} and (
                tokens[at + 1].is_point(":") or tokens[at + 1].word == "by"
            ):
                return tokens[at + 2].index if tokens[at + 2].is_name else None
    return None


def answerer(paragraphs: Sequence[Sequence[Token]], lines: Mapping[int, Line], people: Collection[int]) -> int | None:
    """Whose answers an interview prints, as an index: of `people` the one named most above its first line.

    Ana Lopez builds piers.¶ Q: Why?¶ A: Because. None where nobody is named there, or two as often.
    """
    named = Counter(
        token.index
        for tokens in paragraphs[: min(lines)]
        for token in tokens
        if token.is_name and token.index in people
    )
    (first, times), (_, further) = [*named.most_common(2), (None, 0), (None, 0)][:2]
    return first if times > further else None


# More lines than this are counted as a transcript without looking for labels that come again.
_MANY = 500


def _line(tokens: Sequence[Token]) -> Line | None:
    colon = next((at for at, token in enumerate(tokens[: _LONGEST_LABEL + 1]) if token.is_point(":")), None)
    if not colon or colon + 1 >= len(tokens) or tokens[colon + 1].is_quoted:
        return None
    label = tokens[:colon]
    if not (label[0].is_name or label[0].is_capitalised):
        return None
    is_name = any(token.is_name for token in label)
    is_capitals = all(token.text.isupper() for token in label if _SHAPE.match(token.text))
    if not is_name and not is_capitals and label[0].word not in _QUESTION_AND_ANSWER:
        return None
    name = next((token for token in label if token.is_name), None)
    return Line((0, colon), colon + 1, str(name.index) if name else label[0].word)
