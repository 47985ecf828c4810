"""Who said what within one sentence: cue, source phrase and reported words together.

Decides which words in marks, and which clauses, belong to which cue. Leaves undecided who the source is (`speakers.py`)
and how sentences go on from one another (`attribution.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.contents import Right, further_piece, right_content
from articles.extraction.cues import CueFound, Kinds, Tense, find_cues
from articles.extraction.indirect import is_no_speech, is_plain_speech
from articles.extraction.parts import SURE_OF_MARKS, Link, link
from articles.extraction.rivals import Report, without_rivals
from articles.extraction.sources import Range, leading_subject, source_after, source_before
from articles.extraction.tokens import Sort, Token
from articles.extraction.types import Form
from articles.extraction.words import DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS, RELATIVES, is_fronting

_DASHES = ",—–-"
_JOINTS = frozenset("and but while".split())
_QUOTING = frozenset("quoted quotes quoting".split())
# A clause that ends so, with a comma behind it, goes on behind the cue.
_OPEN_ENDS = RELATIVES | frozenset({"and", "but", "or"})
# How sure the tagger must be to know better than the rules where a clause without marks begins and ends. Around this
# value the figures hardly move; much lower or higher they fall.
_SURE = 0.8
# No sentence that editors write has more; what has is no prose, and would take long.
_MOST_CUES = 20


def find_reports(tokens: Sequence[Token]) -> list[Report]:
    """Find the reports of a sentence, in the order of their cues; a report without content is left out.

    In “Ana Lopez said the road was “a disgrace”, adding: “Shut it.”” there are two: a mixed one from “the road” on,
    and a direct one that shares its source.
    """
    cues = find_cues(tokens)[:_MOST_CUES]
    links = link(tokens, cues)
    reports: list[Report] = []
    for number, cue in enumerate(cues):
        lowest = max((_behind(report) for report in reports if report.cue.tense is not Tense.PASSIVE), default=0)
        report = _report(tokens, cue, lowest, cues[number + 1 :], reports)
        report = _as_tagged(tokens, cue, report, links[number], reports)
        content = tuple(r for r in report.content if _has_words(tokens, r)) if report else ()
        if report and content:
            reports.append(replace(report, content=content))
    return without_rivals(tokens, reports)


def _behind(report: Report) -> int:
    """Where a cue and its source end: “A,” said Ana Lopez, | and “B,” said Tom Hill."""
    is_inverted = report.source is not None and report.source[0] == report.cue.last + 1
    return report.source[1] if report.source and is_inverted else report.cue.last + 1


def _as_tagged(
    tokens: Sequence[Token], cue: CueFound, report: Report | None, linked: Link, earlier: Sequence[Report]
) -> Report | None:
    """A report with the source and the contents that the tagger found, those of the rules where it found none.

    Where both know some, the tagger must be sure to overrule what the marks and the sentence say. A verb that the
    tagger does not take for a cue is one only beside marks.
    """
    is_marked = report is not None and report.form is not Form.INDIRECT
    if tokens[0].part is None:
        return report
    if not cue.is_tagged:
        return report if is_marked else None
    content = linked.content
    if report and (is_marked or is_plain_speech(tokens, report)):
        least = SURE_OF_MARKS if is_marked else _SURE
        content = content if content and linked.score >= least else report.content
    if _form(tokens, content) is Form.INDIRECT and is_no_speech(tokens, cue, content, is_sure=linked.score >= _SURE):
        return None
    source = _source(tokens, cue, report.source if report else None, linked.source)
    shares_source = source is None and (report.shares_source if report else bool(earlier))
    return Report(cue, source, content, _form(tokens, content), shares_source, is_marked=True)


def _source(tokens: Sequence[Token], cue: CueFound, ruled: Range | None, tagged: Range | None) -> Range | None:
    """The source that the tagger found, with what the rules know better of it; theirs where it found none.

    They know where a phrase begins that both end with the same word, and hold it together where the tagger has two
    pieces: [Officials] who ordered [the change].
    """
    if tagged is None:
        return ruled
    pieces = {token.part.source for token in tokens[slice(*ruled)] if token.part} - {-1} if ruled else set()
    if ruled and (ruled[1] == tagged[1] or (len(pieces) > 1 and ruled[0] <= tagged[0] and tagged[1] <= ruled[1])):
        tagged = ruled
    start, end = tagged
    if start < cue.first < end:
        end = cue.first
    for at in range(start, end - 1):
        if tokens[at].word in _QUOTING:
            # The Herald quoted Ana Lopez as saying
            return at + 1, end
    return start, end


def _has_words(tokens: Sequence[Token], content: Range) -> bool:
    return any(token.sort is not Sort.POINT for token in tokens[slice(*content)])


def _report(
    tokens: Sequence[Token], cue: CueFound, lowest: int, later: Sequence[CueFound], earlier: Sequence[Report]
) -> Report | None:
    if cue.kinds & Kinds.ACCORDING:
        return _according(tokens, cue, lowest, later)
    if cue.tense is Tense.PASSIVE:
        return _passive(tokens, cue, lowest, later)
    inverted = _inverted_source(tokens, cue)
    shares_source = False
    if inverted:
        source: Range | None = inverted
        tag_start, behind = cue.first, inverted[1]
    else:
        source = None if cue.tense is Tense.PARTICIPLE else source_before(tokens, cue, lowest)
        if source is None:
            shares_source = any(report.cue.tense is not Tense.PASSIVE for report in earlier)
            if not shares_source and (subject := leading_subject(tokens)) and subject[1] <= cue.first:
                source = subject
        tag_start, behind = (source[0] if source else cue.first), cue.last + 1
        if source is not None and source[1] < lowest:
            tag_start = cue.first
    if source is not None and tokens[source[0]].word in FINITE:
        # “Rain” is a song sung slowly: no source begins with a verb.
        return None
    has_own_subject = source is not None and (inverted is not None or tag_start < cue.first)
    left = _left_quoted(tokens, tag_start) if has_own_subject else None
    limit = _limit(tokens, cue, behind, later)
    reach = next((other.first for other in later), len(tokens))
    if left is not None:
        right = further_piece(tokens, behind, limit, reach)
        bound = lowest if earlier and earlier[-1].is_marked else 0
        ranges = [_left_clause(tokens, left, bound), *right.ranges]
        return Report(cue, source, tuple(ranges), _form(tokens, ranges), shares_source, is_marked=True)
    right = right_content(tokens, cue, behind, limit, reach)
    ranges = list(right.ranges)
    clause = None
    if has_own_subject and not cue.kinds & (Kinds.LABEL | Kinds.BESIDE):
        clause = _clause_before(tokens, tag_start, lowest)
    if clause and right.is_parenthesis and _goes_on(tokens, right):
        # Herring which, he said, came “by sea”: the clause before is told, not said.
        ranges = ranges if tokens[clause[1] - 1].word in _OPEN_ENDS else [clause, *ranges]
    elif clause and not ranges:
        ranges = [clause]
    elif right.is_parenthesis and not right.is_marked:
        ranges = []
    return Report(cue, source, tuple(ranges), _form(tokens, ranges), shares_source, right.is_marked)


def _goes_on(tokens: Sequence[Token], right: Right) -> bool:
    """Whether what follows a cue between commas goes on with the clause before it: That, she said, is “a gap”."""
    if not right.ranges:
        return False
    first = tokens[right.ranges[0][0]]
    return (
        not (first.is_quoted and first.text.lstrip("“\"‘'«„»[( …")[:1].isupper())
        and (not right.is_marked or len(right.ranges) == 1)
        and any(token.is_quoted for start, end in right.ranges for token in tokens[start:end])
    )


def _according(tokens: Sequence[Token], cue: CueFound, lowest: int, later: Sequence[CueFound]) -> Report | None:
    opens = cue.first == lowest or is_fronting(tokens[cue.first - 1]) or tokens[cue.first - 1].is_point(";:—–")
    source = source_after(tokens, cue.last + 1, len(tokens), leaves_rest=opens)
    if source is None:
        return None
    end = _limit(tokens, cue, source[1], later)
    while end > source[1] and tokens[end - 1].is_point(".?!…"):
        end -= 1
    ranges: list[Range] = []
    before = _boundary(tokens, cue.first, lowest)
    if cue.first > before and not (cue.first - before <= 2 and is_fronting(tokens[before])):
        stop = cue.first - (tokens[cue.first - 1].is_point(_DASHES))
        if stop > before and not (tokens[stop - 1].word in _OPEN_ENDS and stop < cue.first):
            ranges.append((before, stop))
    behind = source[1] + (source[1] < end and tokens[source[1]].is_point(","))
    if behind < end and (not ranges or (tokens[cue.first - 1].is_point(",") and behind > source[1])):
        ranges.append((behind, end))
    return Report(cue, source, tuple(ranges), _form(tokens, ranges), is_marked=True)


def _passive(tokens: Sequence[Token], cue: CueFound, lowest: int, later: Sequence[CueFound]) -> Report | None:
    """“was described by Hill as “tired””: the subject hears or is spoken of; the source stands behind “by”."""
    limit = _limit(tokens, cue, cue.last + 1, later)
    if cue.first == cue.last:
        # Asked whether it was safe, she said: the clause ends with the comma.
        limit = next((at for at in range(cue.last, limit) if tokens[at].is_point(",")), limit)
    by = next((at for at in range(cue.last + 1, min(limit, cue.last + 12)) if tokens[at].word == "by"), None)
    source = source_after(tokens, by + 1, limit) if by is not None else None
    if source and (stop := next((at for at in range(*source) if tokens[at].word in {"as", "that"}), None)):
        source = (source[0], stop) if stop > source[0] else None
    behind = (
        source[1] if source and not any(tokens[at].is_quoted for at in range(cue.last + 1, source[0])) else cue.last + 1
    )
    if source is None and not cue.kinds & Kinds.ADDRESS:
        # The policy was noted and shared: nobody speaks.
        return None
    right = right_content(tokens, cue, behind, limit, next((other.first for other in later), len(tokens)))
    return Report(cue, source, right.ranges, _form(tokens, right.ranges), is_marked=right.is_marked)


def _inverted_source(tokens: Sequence[Token], cue: CueFound) -> Range | None:
    """The source behind its cue: “…,” said Ana Lopez; Says Ana Lopez: “…”; The road is shut, said Ana Lopez."""
    if cue.tense is Tense.PARTICIPLE or cue.last + 1 >= len(tokens) or tokens[cue.first].word in FINITE:
        return None
    following = tokens[cue.last + 1]
    if following.sort in (Sort.POINT, Sort.QUOTED) or following.word in {"that", "him", "them", "me", "us"}:
        return None
    starts_phrase = following.is_name or following.is_capitalised or following.word in DETERMINERS | PRONOUNS
    at = cue.first
    while at and tokens[at - 1].sort is Sort.WORD and tokens[at - 1].word.endswith("ly"):
        at -= 1
    if at == 0:
        return source_after(tokens, cue.last + 1, len(tokens)) if starts_phrase and _colon_behind(tokens, cue) else None
    before = tokens[at - 1]
    is_beside_marks = before.is_quoted or (before.is_point(_DASHES) and at > 1 and tokens[at - 2].is_quoted)
    if is_beside_marks and (starts_phrase or following.sort is Sort.WORD):
        if following.word in PREPOSITIONS | {"to", "and", "or", "but"}:
            return None
        return source_after(tokens, cue.last + 1, len(tokens))
    if before.is_point(",") and starts_phrase and not any(t.is_point(",") for t in tokens[: at - 1]):
        source = source_after(tokens, cue.last + 1, len(tokens))
        if source and all(t.is_point(".") for t in tokens[source[1] :]) and tokens[at - 2].sort is not Sort.NAME:
            return source
    return None


def _colon_behind(tokens: Sequence[Token], cue: CueFound) -> bool:
    return any(
        token.is_point(":,") and at + 1 < len(tokens) and tokens[at + 1].is_quoted
        for at, token in enumerate(tokens)
        if at > cue.last
    )


def _left_quoted(tokens: Sequence[Token], tag_start: int) -> int | None:
    """The stretch in marks just before a source and its cue."""
    at = tag_start - 1
    if at > 0 and tokens[at].is_point(_DASHES):
        at -= 1
    return at if at >= 0 and tokens[at].is_quoted else None


def _left_clause(tokens: Sequence[Token], quoted: int, lowest: int) -> Range:
    """Words in marks with the clause they end: Troops will be trained in “clearing mines,” the ministry said."""
    start = _boundary(tokens, quoted, lowest)
    if start == quoted or lowest > start:
        return quoted, quoted + 1
    before = tokens[quoted - 1]
    begins_sentence = tokens[quoted].text.lstrip("“\"‘'«„»[(…. ")[:1].isupper()
    words = [token for token in tokens[start:quoted] if token.sort is not Sort.POINT]
    has_words = any(not token.text[0].isdigit() and token.word not in _JOINTS for token in words)
    if not has_words or before.is_point(":—–-") or (before.sort is Sort.POINT and begins_sentence):
        return quoted, quoted + 1
    return start, quoted + 1


def _clause_before(tokens: Sequence[Token], tag_start: int, lowest: int) -> Range | None:
    """The clause that a source and its cue follow: The road is shut, the ministry said."""
    if tag_start < 2 or not tokens[tag_start - 1].is_point(","):
        return None
    start = _boundary(tokens, tag_start - 1, lowest)
    if start >= tag_start - 1 or (is_fronting(tokens[start]) and tokens[start].word not in {"once", "if", "when"}):
        return None
    return start, tag_start - 1


def _boundary(tokens: Sequence[Token], at: int, lowest: int) -> int:
    """Where the clause that ends before `at` begins."""
    for position in range(at - 1, lowest - 1, -1):
        if tokens[position].is_point(";:.?!"):
            return position + 1
    return lowest


def _limit(tokens: Sequence[Token], cue: CueFound, behind: int, later: Sequence[CueFound]) -> int:
    """Where the words that a cue reports must end: before the next report that is not part of them."""
    has_relative = bool(cue.first) and tokens[cue.first - 1].word in {"who", "which"}
    by_position = {other.first: other for other in later}
    for at in range(behind, len(tokens)):
        if tokens[at].is_point(";") or (tokens[at].is_point(".?!") and at + 1 < len(tokens)):
            return at
        following = by_position.get(at)
        if following is None:
            continue
        before = at - 1
        while (
            before > behind
            and tokens[before].sort is Sort.WORD
            and (tokens[before].word.endswith("ly") or tokens[before].word == "also")
        ):
            before -= 1
        if tokens[before].word in {"who", "which"}:
            return before - tokens[before - 1].is_point(",")
        if following.kinds & Kinds.ACCORDING and tokens[before].is_point(","):
            return before
        if following.tense is Tense.PARTICIPLE and (tokens[before].is_point(",—–") or tokens[before].is_quoted):
            return before if tokens[before].sort is Sort.POINT else before + 1
        if has_relative and any(token.is_point(",") for token in tokens[behind:at]):
            return next(position for position in range(behind, at) if tokens[position].is_point(","))
        if tokens[before].word in {"and", "but", "then"} and before > behind and _introduces(tokens, following):
            return before - (tokens[before - 1].is_point(","))
        if following.tense is Tense.PASSIVE and not following.kinds & Kinds.ADDRESS:
            continue
        source = source_before(tokens, following, behind)
        if not source or source[0] - 2 < behind:
            continue
        joint, previous = tokens[source[0] - 1], tokens[source[0] - 2]
        if joint.word in {"and", "but", "while", "though", "as"} and (previous.is_point(",") or previous.is_quoted):
            return source[0] - 1 - previous.is_point(",")
        if joint.is_point(",") and _introduces(tokens, following):
            return source[0] - 1
    return len(tokens)


def _introduces(tokens: Sequence[Token], cue: CueFound) -> bool:
    following = tokens[cue.last + 1 : cue.last + 12]
    if cue.kinds & Kinds.ORDER and any(token.word == "to" for token in following[:6]):
        return True
    is_plain = bool(cue.kinds & (Kinds.CLAUSE | Kinds.LABEL | Kinds.ADDRESS))
    return any(
        (token.is_quoted and is_plain) or token.is_point(":") or token.word in {"that", "whether"}
        for token in following
    )


def _form(tokens: Sequence[Token], ranges: Sequence[Range]) -> Form:
    words = [token for start, end in ranges for token in tokens[start:end] if token.sort is not Sort.POINT]
    if words and all(token.is_quoted for token in words):
        return Form.DIRECT
    return Form.MIXED if any(token.is_quoted for token in words) else Form.INDIRECT
