"""The source phrase: who or what is said to speak, as printed.

Decides how far the phrase beside a cue reaches. Leaves undecided who that is: see `speakers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.extraction.cues import CueFound
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import (
    BEFORE_NOUN_PHRASE,
    DAYS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
    is_adjunct_start,
    is_fronting,
    may_be_finite,
)

# Token ranges are half-open, like spans.
Range = tuple[int, int]

# A phrase of more tokens than this is no source.
_LONGEST = 45
_JOINTS = frozenset("and but so yet or".split())
_SUBJECT_STARTS = frozenset("the a an his her its their".split())
# The pier closed after Ana Lopez said: what stands before these is not of the source.
_LATER = frozenset("after before".split())
_CLOCK = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:[ap]m)?\Z")
_DASHES = "—–-"
# These may follow a noun inside its phrase: an analyst at a bank in Leeds, a man from the village.
_INSIDE_PHRASE = frozenset("of for from at in with on to and".split())
# Behind these a phrase goes on: the head of the board, half of all the members, the mayor and the council.
_NOT_BEFORE = frozenset("of to and or nor both all 's".split())
# “in a statement”, “during a visit”: what follows says how it was said.
_OCCASIONS = frozenset(
    "statement interview email e-mail tweet letter speech post message report video phone telephone call release "
    "briefing conference response reply remarks comment hearing court twitter facebook instagram x whatsapp".split()
)


def source_before(tokens: Sequence[Token], cue: CueFound, lowest: int) -> Range | None:
    """The phrase before a cue, down to token `lowest`; None where there is no subject.

    In “On Monday Ana Lopez, a lawyer, told reporters” it is “Ana Lopez, a lawyer”; in “and warned that” there is none.
    """
    end = _without_adverbs(tokens, lowest, cue.first)
    if end > lowest and tokens[end - 1].word in {"and", "but", "then", "or"}:
        return None
    if end > lowest and tokens[end - 1].word in {"who", "which"}:
        return _antecedent(tokens, end - 1)
    has_comma = end > lowest and tokens[end - 1].is_point(",")
    if end > lowest and tokens[end - 1].is_point(_DASHES):
        # Hoang — he prefers the American order — wrote: …
        opening = next((at for at in range(end - 2, lowest, -1) if tokens[at].is_point(_DASHES)), None)
        if opening is None:
            return None
        end = opening
    if has_comma:
        end -= 1
    last = end
    if end > lowest and tokens[end - 1].is_point(")"):
        # Ana Lopez (Labour, Leeds) asked
        end = next((at for at in range(end - 1, lowest, -1) if tokens[at].is_point("(")), end)
    segments = _segments(tokens, _clause_start(tokens, lowest, end), end)
    if not segments:
        return None
    if not has_comma:
        subject = _subject(tokens, *segments[-1])
        return (subject[0], last) if subject else None
    if tokens[segments[0][0]].word in _JOINTS and segments[0][1] - segments[0][0] > 1:
        # But Ana Lopez, a lawyer, said
        segments[0] = (segments[0][0] + 1, segments[0][1])
    while len(segments) > 1 and _is_fronted(tokens, segments[0]):
        segments.pop(0)
    head = segments[0]
    kept = head
    for segment in segments[1:]:
        if not _is_apposition(tokens, segment):
            break
        kept = (head[0], segment[1])
    subject = _subject(tokens, *head)
    return (subject[0], last if kept[1] == end else kept[1]) if subject else None


def _is_fronted(tokens: Sequence[Token], segment: Range) -> bool:
    """Whether a part before a comma only says when or where: In Leeds; not: In May Ana Lopez, a lawyer, said."""
    start, end = segment
    if not is_fronting(tokens[start]) or _is_title(tokens, segment):
        return False
    if tokens[start].word not in TIMES | {"in", "on", "at", "during"}:
        return True
    subject = _behind_fronting(tokens, start, end)
    return not (subject < end and (tokens[subject].is_name or tokens[subject].word in _SUBJECT_STARTS))


def _antecedent(tokens: Sequence[Token], relative: int) -> Range | None:
    """Whom “who said” is about: his daughter Maija, who said; So did his mother, Silva, who won and who said."""
    stop = relative - 1 if relative and tokens[relative - 1].is_point(",") else relative
    for at in range(stop - 1, -1, -1):
        if tokens[at].is_name and not _is_possessive(tokens, at):
            start = at
            while start and _may_name(tokens[start - 1]):
                start -= 1
            return _subject(tokens, start, at + 1)
        if tokens[at].is_point(".?!:;") or tokens[at].is_quoted:
            break
    segments = _segments(tokens, 0, stop)
    return _subject(tokens, *segments[-1]) if segments else None


def _may_name(token: Token) -> bool:
    """Whether a word before a name may be of its phrase: his daughter Maija; not: was drafted by Ana Lopez."""
    return token.sort in (Sort.WORD, Sort.NAME) and token.word not in PREPOSITIONS and not may_be_finite(token)


def source_after(tokens: Sequence[Token], start: int, highest: int, *, leaves_rest: bool = False) -> Range | None:
    """The phrase after an inverted cue or “according to”, up to token `highest`; None where there is none.

    In “said Ana Lopez, a lawyer for the family, on Monday” it is “Ana Lopez, a lawyer for the family”. `leaves_rest`
    says that what is reported follows, behind a comma: According to Ana Lopez, a lawyer, the road is shut.
    """
    if start >= highest or tokens[start].sort is Sort.POINT or tokens[start].is_quoted:
        return None
    stop = next(
        (at for at in range(start, highest) if tokens[at].is_quoted or tokens[at].is_point(".?!…:;—–")), highest
    )
    segments = _segments(tokens, start, stop)
    if leaves_rest and len(segments) > 1:
        segments = segments[:-1]
    end = _phrase_end(tokens, *segments[0])
    if leaves_rest and len(segments) == 1:
        end = _next_phrase(tokens, start, end)
    if end == segments[0][1]:
        for segment in segments[1:]:
            if not _is_apposition(tokens, segment) or (
                stop < len(tokens) and segment == segments[-1] and end - start > 12
            ):
                break
            if leaves_rest and any(may_be_finite(token) for token in tokens[slice(*segment)]):
                break
            end = _phrase_end(tokens, *segment)
            if end < segment[1]:
                break
    return (start, end) if end > start else None


def _next_phrase(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the subject of what is reported begins, if no comma shows it: According to the board | a third is lost."""
    for at in range(start + 1, end):
        before = tokens[at - 1]
        if tokens[at].word in DETERMINERS | PRONOUNS and before.word not in DETERMINERS | PREPOSITIONS | _NOT_BEFORE:
            return at
    return end


def leading_subject(tokens: Sequence[Token]) -> Range | None:
    """What a sentence is about: its first name, with the words before it, or a pronoun that opens it."""
    for at, token in enumerate(tokens[:12]):
        if token.word in PRONOUNS:
            return at, at + 1
        if token.is_quoted or token.is_point(".?!:;"):
            return None
        if (
            token.is_name
            and not _is_possessive(tokens, at)
            and not (at and tokens[at - 1].word in PREPOSITIONS | {"of"})
        ):
            start = at
            while start and tokens[start - 1].sort in (Sort.WORD, Sort.NAME) and not is_fronting(tokens[start - 1]):
                start -= 1
            while (
                at + 1 < len(tokens) and tokens[at + 1].sort in (Sort.WORD, Sort.NAME) and tokens[at + 1].is_capitalised
            ):
                at += 1
            return start, at + 1
    return None


def _without_adverbs(tokens: Sequence[Token], lowest: int, end: int) -> int:
    """Leave out what stands between a subject and its verb: Hill on Tuesday also said."""
    while end - 1 > lowest:
        last = tokens[end - 1]
        if last.sort is not Sort.WORD:
            break
        if last.word in DAYS and tokens[end - 2].word == "on":
            end -= 2
        elif (
            last.word in TIMES - DAYS - {"this"}
            or last.word in _SAYING_ADVERBS
            or (last.word.endswith("ly") and not last.is_capitalised)
        ):
            end -= 1
        elif end - 2 > lowest and tokens[end - 2].word in {"last", "this"}:
            end -= 2
        else:
            break
    return end


_SAYING_ADVERBS = frozenset(
    "also always once twice often never ever still just only even first soon sometimes rather himself herself itself "
    "themselves has have had".split()
)


def _segments(tokens: Sequence[Token], start: int, end: int) -> list[Range]:
    """The parts between commas, empty ones left out."""
    found, begin = [], start
    for at in range(start, end + 1):
        if at == end or tokens[at].is_point(","):
            if begin < at:
                found.append((begin, at))
            begin = at + 1
    return found


def _clause_start(tokens: Sequence[Token], lowest: int, end: int) -> int:
    for at in range(end - 1, max(lowest, end - _LONGEST) - 1, -1):
        token = tokens[at]
        if token.is_quoted or token.is_point(":;.?!…|•") or (token.is_point(_DASHES) and len(token.text) < 4):
            return at + 1
        if (
            token.word in {"and", "but", "while", "though", "so", "then", "as"}
            and at > lowest
            and tokens[at - 1].is_point(",")
        ):
            return at + 1
    return lowest


def _subject(tokens: Sequence[Token], start: int, end: int) -> Range | None:
    """The subject at the end of a stretch: what follows the last word that opens a clause, and any fronted time."""
    for at in range(end - 1, start - 1, -1):
        token = tokens[at]
        if token.sort is Sort.WORD and token.word in BEFORE_NOUN_PHRASE and not token.is_name:
            if token.word in {"who", "whose", "whom", "which", "that"} and at > start and not _opens_clause(tokens, at):
                # The man who found the boat said: the clause is part of the source.
                continue
            if token.word == "than" and at > start and tokens[at - 1].word in {"more", "less", "fewer"}:
                continue
            start = at + 1
            break
    if start < end and tokens[start].word in {"and", "but", "then", "so", "or"}:
        start += 1
    for at in range(end - 1, start, -1):
        if tokens[at].word in PRONOUNS and at == end - 1:
            return at, end
        is_joint = tokens[at].word == "and" and (tokens[at + 1].word in PRONOUNS or _has_clause(tokens, start, at))
        if at + 1 < end and (is_joint or (tokens[at].word in _LATER and not is_fronting(tokens[start]))):
            start = at + 1
            break
    if start + 1 < end and _CLOCK.match(tokens[start].text) and tokens[start + 1].is_capitalised:
        # 11:37 The coastguard says
        start += 1
    if start < end and is_fronting(tokens[start]) and not _is_title(tokens, (start, end)):
        start = _behind_fronting(tokens, start, end)
    return (start, end) if start < end and end - start <= _LONGEST else None


def _has_clause(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether what stands before “and” has a verb of its own: The road was shut; not: the man who was hurt."""
    words = tokens[start:end]
    return any(may_be_finite(token) for token in words) and not any(token.word in RELATIVES for token in words)


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a subject follows “which” or “that”: a rumour that the board denies; not: the man that won."""
    following = tokens[at + 1 : at + 2]
    is_subject = bool(following) and (following[0].is_name or following[0].word in _SUBJECT_STARTS)
    return is_subject and tokens[at].word in {"which", "that"}


def _behind_fronting(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the subject begins behind a fronted phrase without a comma: On Tuesday the mayor, Last week Hill."""
    at = start
    if tokens[at].word in PREPOSITIONS:
        at += 1
        if at < end and (tokens[at].word in TIMES or tokens[at].text[:1].isdigit()):
            at += 1
            return at if at < end else end
        for position in range(end - 1, at, -1):
            begins = (
                tokens[position].word in DETERMINERS or tokens[position].word in PRONOUNS or tokens[position].is_name
            )
            if begins and tokens[position - 1].word not in PREPOSITIONS | {"of", "and"} | DETERMINERS:
                while position - 1 > at + 1 and tokens[position - 1].is_capitalised and tokens[position].is_name:
                    position -= 1
                return position
        return end
    if tokens[at].word in {"last", "this", "next", "early", "late"} and at + 1 < end:
        return at + 2
    return at + 1


def _is_title(tokens: Sequence[Token], segment: Range) -> bool:
    """Acting President Ana Lopez, Retired teacher Tom Hill: no fronting, though the first word looks like it."""
    start, end = segment
    word = tokens[start].word
    return (
        word.endswith(("ing", "ed", "ly"))
        and any(tokens[at].is_name for at in range(start + 1, min(end, start + 5)))
        and not any(tokens[at].word in PREPOSITIONS | DETERMINERS for at in range(start + 1, min(end, start + 4)))
    )


def _is_apposition(tokens: Sequence[Token], segment: Range) -> bool:
    """Whether a part between commas belongs to the source: a doctor; 34; of Leeds; not who lives there, in a tweet."""
    first = tokens[segment[0]]
    if first.sort is Sort.POINT or first.is_quoted:
        return False
    if first.word in {"of", "from", "for", "now", "then", "formerly", "and", "or", "himself", "herself"}:
        return first.word not in {"and", "or"} or not any(
            t.word in PRONOUNS for t in tokens[segment[0] + 1 : segment[0] + 2]
        )
    if first.word in BEFORE_NOUN_PHRASE | PRONOUNS | FINITE:
        return False
    return not is_fronting(first) or _is_title(tokens, segment)


def _phrase_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a noun phrase ends: before “in a statement”, “on Tuesday”, “as he left”, not before “for the family”."""
    for at in range(start + 1, end):
        token = tokens[at]
        if token.sort is not Sort.WORD:
            continue
        if token.word in {"as", "when", "while", "after", "before", "during", "if", "because", "since", "adding"}:
            return at
        if token.word in TIMES - {"late", "early", "last", "this", "next"} or (
            token.word in {"last", "this"} and at > start + 1
        ):
            return at
        if token.word.endswith("ly") and tokens[at - 1].is_name:
            return at
        if token.word in PREPOSITIONS or token.word == "of":
            if token.word not in _INSIDE_PHRASE:
                if is_adjunct_start(token):
                    return at
                continue
            following = [t.word for t in tokens[at + 1 : min(end, at + 6)]]
            if following and (following[0] in DAYS or _OCCASIONS & set(following)) and token.word != "of":
                return at
            if token.word in {"in", "on", "at", "to", "with"} and (
                tokens[at - 1].is_name or tokens[at - 1].word in PRONOUNS
            ):
                return at
    return end


def _is_possessive(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].word == "'s"
