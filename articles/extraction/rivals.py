"""Which report keeps words that several cues of a sentence claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.extraction.cues import CueFound, Kinds
from articles.extraction.sources import Range
from articles.extraction.tokens import Token
from articles.extraction.types import Form


@dataclass(frozen=True, slots=True)
class Report:
    """A cue of a sentence with what it reports, as half-open ranges of the sentence's tokens.

    `content` is in text order. `source` is None where the cue has no subject of its own; `shares_source` says that
    the subject of the cue before is meant (“…, adding that”). `is_marked` says that marks, a colon or “that” show where
    the content begins.
    """

    cue: CueFound
    source: Range | None
    content: tuple[Range, ...]
    form: Form
    shares_source: bool = False
    is_marked: bool = False


_LONGEST_NICKNAME = 4
# Speech reported within reported speech is a quotation of its own only by these: the notes say she called him “a fool”.
_PLAIN_SPEECH = frozenset("say tell ask call describe write claim warn promise assure accuse reply shout".split())


def without_rivals(tokens: Sequence[Token], reports: Sequence[Report]) -> list[Report]:
    """Give each stretch in marks to one report, and leave out doubtful reports within another.

    In “who had asked for its removal, called the book “sad”” it goes to “called”, the nearest cue; a cue just behind
    the stretch, with its source, has it before any other.
    """
    owners: dict[int, Report] = {}
    for report in reports:
        for at in _alone(tokens, report):
            owner = owners.get(at)
            if owner is None or _is_nearer(at, report, owner):
                owners[at] = report
    kept: list[Report] = []
    for report in reports:
        content = tuple(
            (start, end)
            for start, end in report.content
            if not (end - start == 1 and tokens[start].is_quoted and owners[start] is not report)
        )
        if (
            not content
            or _is_nickname(tokens, report)
            or any(_is_doubtful(tokens, report, other) for other in reports if other is not report)
        ):
            continue
        kept.append(report if content == report.content else replace(report, content=content))
    return kept


def _alone(tokens: Sequence[Token], report: Report) -> list[int]:
    return [start for start, end in report.content if end - start == 1 and tokens[start].is_quoted]


def _is_nearer(at: int, report: Report, owner: Report) -> bool:
    """Whether a report is nearer to a stretch than its owner: just behind it, else the last cue before it."""
    is_behind, owner_is_behind = report.cue.first > at, owner.cue.first > at
    if is_behind != owner_is_behind:
        return is_behind
    return report.cue.first < owner.cue.first if is_behind else report.cue.first > owner.cue.first


def _is_nickname(tokens: Sequence[Token], report: Report) -> bool:
    """Whether words in marks are what a thing is called, not said of it: which experts call “the Kessler syndrome”."""
    if report.cue.verb != "call" or len(report.content) != 1 or report.cue.first > report.content[0][0]:
        return False
    words = tokens[report.content[0][0]].text.strip("“”\"‘’'«».,").split()
    return len(words) <= _LONGEST_NICKNAME and (words[0] == "the" or all(word[:1].isupper() for word in words))


def _is_doubtful(tokens: Sequence[Token], report: Report, other: Report) -> bool:
    """Whether a report lies within another one and may be no speech at all: said the sum promised was “too small”."""
    inside = any(start <= report.cue.first and report.cue.last < end for start, end in other.content)
    has_marks = report.form is not Form.INDIRECT
    if inside:
        return has_marks and not (report.source is not None and report.cue.verb in _PLAIN_SPEECH)
    if other.cue.kinds & Kinds.ACCORDING and not report.is_marked and _begins_in_source(report, other):
        return True
    shares = {at for start, end in report.content for at in range(start, end) if tokens[at].is_quoted} & {
        at for start, end in other.content for at in range(start, end)
    }
    # Reaches over the other's cue into what that one reports.
    return (
        bool(shares)
        and report.cue.last < other.cue.first
        and not any(start <= other.cue.first < end for start, end in report.content)
    )


def _begins_in_source(report: Report, other: Report) -> bool:
    """According to the report, the firm claimed victory: “the report” is no clause that the firm claimed."""
    source = other.source
    return source is not None and any(source[0] <= start < source[1] for start, _ in report.content)
