"""Phrases that say when something was said, to whom and on what occasion, and how far each reaches.

Decides where a date, a noun phrase or an occasion ends that begins at a token. Leaves undecided whether it belongs to a
quotation: see `occasions.py`. What is not plainly an occasion (in the north, on Brexit, in 2019) is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from articles.extraction.lexicons import load_table
from articles.extraction.sources import Range
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import BEFORE_NOUN_PHRASE, CONNECTIVES, DAYS, DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS

# From its preposition to its noun an occasion has no more words than this, and none is longer in all.
_LONGEST_HEAD = 9
_LONGEST = 30
_DATES = DAYS | frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec yesterday today tonight tomorrow earlier later now ago last next morning afternoon evening "
    "night midday noon midnight weekend week month year hours weeks months years spring summer autumn winter early "
    "late recently previously once again beforehand afterwards afterward meanwhile".split()
)
_BEFORE_DATE = frozenset("on in at by since during".split())
_WITHIN_DATE = frozenset("the a an this that of same first following previous past late early few two".split())
_BETWEEN_DATES = _WITHIN_DATE - {"the", "a"}
# In her first speech, but: said in a speech for the second time.
_ORDINALS = frozenset("first second third".split())
_ROUGHLY = frozenset("early late earlier later".split())
# A statement issued through her lawyer, an interview broadcast on Sunday.
_PARTICIPLES = frozenset(
    "sent seen given made read held shown broadcast written put taken led run aired streamed".split()
)
# A conference in Oslo, a report on poverty, a letter about staff: what may follow the noun within its phrase.
_MODIFIERS = frozenset(
    "of in at on to with for by from about into against between over outside near via through regarding concerning "
    "inside alongside entitled titled".split()
)
# Adjectives and nouns that only look like adverbs.
_NO_ADVERBS = frozenset(
    "assembly rally family reply daily weekly monthly early elderly ally supply only friendly".split()
)
# “to” is followed by a verb unless one of these, a name, an article or a plural follows: to parliament, to us.
_AUDIENCES = frozenset(
    "parliament congress court police staff press media management government council nato me us him her them you "
    "everyone everybody anyone people others voters senate cabinet journalists".split()
)
_APPLAUSE = frozenset("cheers boos jeers gasps laughs".split())
_OBJECTS = frozenset("me us him her them you it everyone everybody anyone someone somebody".split())
# “on” makes an occasion of a broadcaster's name by one of these words.
_BROADCASTING = frozenset("radio tv television channel news fm network".split())


@dataclass(frozen=True, slots=True)
class Occasion:
    """The tokens of an occasion from its preposition on, and of whom it says that they heard it there."""

    span: Range
    hearer: Range | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    prepositions: frozenset[str]
    before_hearer: frozenset[str]
    is_bare: bool


@cache
def _entries() -> dict[str, _Entry]:
    entries = {}
    for noun, columns in load_table("occasions").items():
        before, _, hearer = columns.partition("\t")
        words = frozenset(before.split())
        entries[noun] = _Entry(words - {"bare"}, frozenset(hearer.split()), "bare" in words)
    return entries


def date_end(tokens: Sequence[Token], at: int, highest: int) -> int:
    """Where a date ends that begins at a token; `at` where none does: on 3 May, last week, late on Monday night."""
    start = at
    while start < highest and tokens[start].word in _ROUGHLY:
        start += 1
    if start < highest and tokens[start].word in _BEFORE_DATE:
        start += 1
    while start < highest and tokens[start].word in _WITHIN_DATE:
        start += 1
    end = start
    while end < highest and (
        _is_date(tokens[end]) or (end > start and tokens[end].word in _WITHIN_DATE - {"the", "a"})
    ):
        end += 1
    if end == start and start > at and tokens[start - 1].word in _ROUGHLY:
        return start
    return end if end > start else at


def _is_date(token: Token) -> bool:
    if token.sort is Sort.POINT or token.is_quoted or (token.word in {"may", "march"} and not token.is_capitalised):
        return False
    return token.word in _DATES or (token.text[0].isdigit() and len(token.text) <= 5 and not token.is_name)


def noun_phrase_end(tokens: Sequence[Token], start: int, highest: int, *, joins: bool = False) -> int:
    """Where the noun phrase ends that begins at `start`, without what follows its noun; `start` where none begins.

    In “the BBC’s Newsnight on Monday” it ends before “on”. With `joins` it takes in “and journalists” and “, the
    mayor” is left out all the same.
    """
    if (
        start < highest
        and tokens[start].word in _OBJECTS
        and not (tokens[start].word == "her" and start + 1 < highest and _goes_on(tokens, start, start + 1, highest))
    ):
        return start + 1
    end = start
    while end < highest and _goes_on(tokens, start, end, highest):
        end += 1
    while end > start and tokens[end - 1].word in DETERMINERS | {"'s"}:
        end -= 1
    if joins and start < end < highest - 1 and tokens[end].word == "and" and _begins_phrase(tokens, end + 1, highest):
        return noun_phrase_end(tokens, end + 1, highest)
    return end


def _goes_on(tokens: Sequence[Token], start: int, at: int, highest: int) -> bool:
    """Whether a token is part of the noun phrase from `start` on."""
    token, word = tokens[at], tokens[at].word
    if token.is_name or (word == "'s" and at > start):
        return True
    if token.sort is not Sort.WORD or word in FINITE | BEFORE_NOUN_PHRASE | CONNECTIVES | PREPOSITIONS | {"of", "to"}:
        return False
    before = tokens[at - 1]
    if word in PRONOUNS:
        return False
    if word in DETERMINERS:
        return at == start or before.word in DETERMINERS
    if at > start and _is_date(token):
        # The BBC's Today programme, Canal 9: no dates.
        is_numbered = token.text.isdigit() and not (at + 1 < highest and _is_date(tokens[at + 1]))
        return is_numbered or (token.is_capitalised and before.word == "'s")
    if at > start and word.endswith("ly") and not token.is_capitalised and word not in _NO_ADVERBS:
        return before.word in DETERMINERS
    if at > start and word.endswith(("ed", "ing")) and not token.is_capitalised and word not in _entries():
        # Reporters waiting outside, but: the planning committee.
        return not (before.is_name or before.word.endswith("s") or before.word in _entries())
    return not (at > start and word in _PARTICIPLES)


def _begins_phrase(tokens: Sequence[Token], at: int, highest: int) -> bool:
    """Whether another hearer follows “and”: and the council, and diplomats; not: and left, and he."""
    token = tokens[at]
    return token.is_name or token.word in DETERMINERS - {"that"} or (token.word.endswith("s") and len(token.word) > 4)


def hearer_end(tokens: Sequence[Token], start: int, highest: int, *, after_to: bool = False) -> int:
    """Where the phrase ends that names who was told, from `start` on; `start` where it names nobody.

    A phrase may go on behind its noun: members of the council, a reporter for the Times, a news conference in Oslo;
    “reporters in Oslo” is cut before the place. Behind “to” a verb may follow, and is nobody: wrote to complain.
    """
    if start >= highest or tokens[start].sort is Sort.POINT or tokens[start].is_quoted:
        return start
    date = date_end(tokens, start, highest)
    # Told Monday, but: told morning passengers.
    is_date = date > start and not (date < highest and _goes_on(tokens, start, date, highest))
    if is_date or tokens[start].word in BEFORE_NOUN_PHRASE:
        return start
    if after_to and not _is_audience(tokens[start]):
        return start
    end = noun_phrase_end(tokens, start, highest, joins=True)
    is_cut = tokens[end - 1].word.endswith("'s") or (end < highest and tokens[end].word in FINITE)
    if end == start or is_cut:
        return start
    if entry_at(tokens, end - 1):
        return _modified(tokens, start, end, highest, frozenset())[0]
    while end < highest and (tokens[end].word == "of" or _ties_name(tokens, end, highest)):
        further = noun_phrase_end(tokens, end + 1, highest, joins=True)
        if further == end + 1:
            break
        end = further
    return end


def _is_audience(token: Token) -> bool:
    word = token.word
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 4
    is_someone = token.is_name or token.is_capitalised or word in DETERMINERS | _AUDIENCES
    return word not in _APPLAUSE and (is_someone or is_plural)


def _ties_name(tokens: Sequence[Token], at: int, highest: int) -> bool:
    """A reporter for the Times, a delegation from Leeds; not: for two hours, from his bed."""
    return tokens[at].word in {"for", "from"} and any(
        tokens[further].is_name for further in range(at + 1, min(at + 3, highest))
    )


def entry_at(tokens: Sequence[Token], at: int) -> _Entry | None:
    """What the lexicon says of the occasion whose last word is at a token; a name counts by its last word."""
    entries, token = _entries(), tokens[at]
    if token.sort is Sort.POINT or token.is_quoted:
        return None
    pair = f"{tokens[at - 1].word} {token.word}" if at else ""
    if pair in entries:
        return entries[pair]
    text = token.text.split()[-1]
    return entries.get(text) or (entries.get(text.lower()) if len(text) > 1 else None)


def occasion_at(tokens: Sequence[Token], at: int, highest: int) -> Occasion | None:
    """The occasion whose preposition is at a token, and which ends before `highest`; None where there is none.

    In “in an emailed statement on Friday” it ends before the date; in “in a statement on Friday to the BBC” the date is
    within it, and the BBC is the hearer.
    """
    if at >= highest or tokens[at].sort is not Sort.WORD:
        return None
    start = at + 1
    for head in range(start, min(start + _LONGEST_HEAD, highest)):
        if not _goes_on(tokens, start, head, highest):
            return None
        if _is_head(tokens, at, head) and not _has_noun_behind(tokens, start, head, highest):
            entry = entry_at(tokens, head)
            end, hearer = _modified(tokens, at, head + 1, highest, entry.before_hearer if entry else frozenset())
            return Occasion((at, end), hearer)
    return None


def _is_head(tokens: Sequence[Token], at: int, head: int) -> bool:
    preposition, entry, token = tokens[at].word, entry_at(tokens, head), tokens[head]
    if preposition == "on" and token.is_name and _BROADCASTING & set(token.word.split()):
        return True
    if entry is None or preposition not in entry.prepositions:
        return False
    return entry.is_bare or head > at + 1


def _has_noun_behind(tokens: Sequence[Token], start: int, head: int, highest: int) -> bool:
    """Whether the phrase goes on to another noun: in a statement hall, at the conference's hotel."""
    at = head + 1
    if at >= highest or tokens[at].is_name:
        return False
    token = tokens[at]
    if token.word in DETERMINERS | _PARTICIPLES or token.word.endswith(("ed", "ing")):
        return token.word in _entries()
    return _goes_on(tokens, start, at, highest)


def _modified(
    tokens: Sequence[Token], start: int, end: int, highest: int, before_hearer: frozenset[str]
) -> tuple[int, Range | None]:
    """Where a phrase ends with what follows its noun: with the BBC, in Oslo, issued by her lawyer; and its hearer."""
    highest = min(highest, start + _LONGEST)
    hearer: Range | None = None
    at = end
    while at < highest:
        past = date_end(tokens, at, highest)
        if past > at:
            at = past
            continue
        word = tokens[at].word
        if tokens[at].sort is Sort.WORD and (word in _PARTICIPLES or word.endswith("ed")) and at == end:
            at += 1
            if at < highest and tokens[at].word in {"online", "live"}:
                at = end = at + 1
            continue
        if word not in _MODIFIERS:
            break
        further = (
            hearer_end(tokens, at + 1, highest, after_to=True)
            if word == "to" or word in before_hearer
            else noun_phrase_end(tokens, at + 1, highest, joins=True)
        )
        if further == at + 1 or (
            word == "for" and tokens[at + 2 : at + 3] and tokens[at + 2].word in {"first", "second"}
        ):
            break
        # Posted to her Twitter account: nobody who hears.
        entry = entry_at(tokens, further - 1)
        if word in before_hearer and hearer is None and not (entry and "via" in entry.prepositions):
            hearer = (at + 1, further)
        at = end = further
    return end, hearer
