"""The words that report speech: said, had told, according to.

Decides which verbs of a sentence are cues and how far each reaches, with its auxiliaries and particle. Leaves undecided
what is reported and who reports it: see `reports.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Flag, StrEnum, auto
from functools import cache

from articles.extraction.lexicons import load_table
from articles.extraction.tokens import Sort, Token
from articles.extraction.words import QUESTION_WORDS


class Kinds(Flag):
    """What may follow a verb when it reports: see the header of `cue_verbs.txt`."""

    CLAUSE = auto()
    THAT = auto()
    ADDRESS = auto()
    ORDER = auto()
    LABEL = auto()
    BESIDE = auto()
    ACCORDING = auto()


class Tense(StrEnum):
    FINITE = "finite"
    PLAIN = "plain"
    PARTICIPLE = "-ing"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class CueFound:
    """A cue among the tokens of a sentence: tokens `first` to `last`, both included.

    `verb` is its dictionary form, for “had once told” it is “tell”. `is_tagged` says that the tagger found it.
    """

    first: int
    last: int
    verb: str
    kinds: Kinds
    tense: Tense
    is_tagged: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    verb: str
    particle: tuple[str, ...]
    kinds: Kinds
    tense: Tense


_BE = frozenset("am is are was were be been being 's 're".split())
_HAVE = frozenset("has have had having 've 'd".split())
_MODAL = frozenset("will would could can may might must shall should do does did 'll".split())
_ADVERBS = frozenset(
    "also always once twice often then later still now just never even only again first last already ever long soon "
    "sometimes rather instead since too yesterday today".split()
)
# went on to say, used to say, declined to say: the verb before “to” is part of the cue.
_CATENATIVE = frozenset(
    "went go goes used liked likes declined declines refused refuses continued continues began begins loved "
    "hastened heard".split()
)
_ACCORDING = ("according to", "in the words of")
_KEEPING = frozenset("kept keeps keep".split())
# “the report”, “of claims”, “in reply”: the same letters, but a noun.
_BEFORE_NOUN = frozenset(
    "the a an this that these those its his her their our my your no any some every each such of in on by for "
    "with from at to into about 's".split()
)
# “new claims”, “official notes”: these stand before a noun too, but “the official said” is no noun.
_ADJECTIVES = frozenset("latest new first last official own recent earlier such more many".split())
# Before these a plain form can be a verb of the present: they say, police say, residents report.
_PLURAL_SUBJECTS = frozenset("i we you they who police people officials experts critics some many others both".split())


def _spellings(verb: str, irregular: str) -> list[tuple[str, Tense]]:
    """The forms of a verb, regular ones by rule: deny, denies, denied, denying; quip, quipped; announce, announced.

    A final consonant is given both single and double, so that no table of stress is needed; the wrong one is no word.
    """
    stems = [verb]
    if len(verb) > 2 and verb[-1] in "bdgklmnprt" and verb[-2] in "aeiou":
        stems.append(verb + verb[-1])
    forms = [(verb, Tense.PLAIN)]
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        forms += [
            (verb[:-1] + "ies", Tense.FINITE),
            (verb[:-1] + "ied", Tense.FINITE),
            (verb + "ing", Tense.PARTICIPLE),
        ]
    elif verb[-1] == "e":
        forms += [(verb + "s", Tense.FINITE), (verb + "d", Tense.FINITE), (verb[:-1] + "ing", Tense.PARTICIPLE)]
    else:
        plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")
        forms.append((plural, Tense.FINITE))
        forms += [(stem + ending, tense) for stem in stems for ending, tense in _ENDINGS]
    if irregular:
        forms = [(form, tense) for form, tense in forms if not form.endswith("ed") or form in irregular.split()]
        forms += [(form, Tense.FINITE) for form in irregular.split()]
    return forms


_ENDINGS = (("ed", Tense.FINITE), ("ing", Tense.PARTICIPLE))


@cache
def _forms() -> Mapping[str, tuple[_Form, ...]]:
    """Every spelling of every verb of the lexicon; of two readings the one with the longer particle first."""
    found: dict[str, list[_Form]] = {}
    for entry, columns in load_table("cue_verbs").items():
        verb, *particle = entry.split()
        kinds, _, irregular = columns.partition("\t")
        flags = Kinds(0)
        for kind in kinds.split():
            flags |= Kinds[kind.upper()]
        for spelling, tense in _spellings(verb, irregular):
            found.setdefault(spelling, []).append(_Form(entry, tuple(particle), flags, tense))
    order = {tense: number for number, tense in enumerate((Tense.FINITE, Tense.PARTICIPLE, Tense.PLAIN))}
    return {
        spelling: tuple(sorted(forms, key=lambda form: (-len(form.particle), order[form.tense])))
        for spelling, forms in found.items()
    }


def find_cues(tokens: Sequence[Token]) -> list[CueFound]:
    """Find the cues of a sentence, in order, none overlapping another.

    In “Hill has repeatedly said the road was shut” the cue is “has repeatedly said”; in “the report said” it is “said”,
    for “report” is a noun there. A verb that may or may not report (“he called a plumber”) is found all the same.
    """
    cues: list[CueFound] = []
    at = 0
    while at < len(tokens):
        lowest = cues[-1].last + 1 if cues else 0
        cue = _tagged(tokens, at, lowest) or _according_to(tokens, at) or _verb(tokens, at, lowest)
        if cue:
            cues.append(cue)
        at = cue.last + 1 if cue else at + 1
    return cues


def _tagged(tokens: Sequence[Token], at: int, lowest: int) -> CueFound | None:
    """The cue that the tagger found at a token: what the lexicon knows of its verb, or else that a clause follows."""
    part = tokens[at].part
    if part is None or part.cue < 0:
        return None
    last = at
    while last + 1 < len(tokens) and (further := tokens[last + 1].part) and further.cue == part.cue:
        last += 1
    known = (_according_to(tokens, head) or _verb(tokens, head, lowest) for head in range(last, at - 1, -1))
    cue = next(filter(None, known), None)
    if cue is not None:
        # The lexicon knows the auxiliaries better: has been saying.
        return replace(cue, last=last, is_tagged=True)
    word = tokens[last].word
    is_participle = word.endswith("ing") and last == at
    tense = Tense.PARTICIPLE if is_participle else Tense.FINITE
    forms = [form for head in range(last, at - 1, -1) for form in _forms().get(tokens[head].word, ())]
    verb, kinds = (forms[0].verb, forms[0].kinds) if forms else (word, Kinds.CLAUSE)
    return CueFound(at, last, verb, kinds, tense, is_tagged=True)


def _according_to(tokens: Sequence[Token], at: int) -> CueFound | None:
    """According to Hill, …; in the words of Hill, …"""
    for phrase in _ACCORDING:
        words = phrase.split()
        if tokens[at].word == words[0] and [token.word for token in tokens[at : at + len(words)]] == words:
            return CueFound(at, at + len(words) - 1, phrase, Kinds.ACCORDING, Tense.FINITE)
    return None


def _verb(tokens: Sequence[Token], at: int, lowest: int) -> CueFound | None:
    token = tokens[at]
    if token.sort is not Sort.WORD or (token.is_capitalised and at > 0 and not token.text.isupper()):
        return None
    form = next((form for form in _forms().get(token.word, ()) if _has_particle(tokens, at, form)), None)
    if form is None or (form.verb == "go on" and at + 2 < len(tokens) and tokens[at + 2].word == "to"):
        return None
    first = _first_of_chain(tokens, at, lowest)
    chain = [t.word for t in tokens[first:at]]
    if at == 0 and (form.tense is Tense.PARTICIPLE or token.word.endswith("s")) and token.word != "says":
        # Speaking in Leeds, … Reports say … Says Hill: “…”
        return None
    before = tokens[first - 1] if first else None
    if (
        chain == []
        and before is not None
        and (
            before.word in _BEFORE_NOUN
            or before.word.endswith("'s")
            or (before.word in _ADJECTIVES and (form.tense is Tense.PLAIN or token.word.endswith("s")))
        )
        and not before.is_name
    ):
        return None
    if before is not None and before.word == "to" and chain == []:
        return None
    if form.tense is Tense.PLAIN and not chain and not _takes_plain_form(tokens, first):
        return None
    if form.verb == "say" and at + 2 < len(tokens) and tokens[at + 1].word == "to" and tokens[first - 1].word in _BE:
        return None
    if not chain and _is_reduced(tokens, at):
        return CueFound(at, at, form.verb, form.kinds, Tense.PASSIVE)
    verbal = [word for word in chain if word in _BE]
    is_passive = bool(verbal) and form.tense is Tense.FINITE
    tense = (
        Tense.PASSIVE if is_passive else Tense.FINITE if chain and form.tense is not Tense.PARTICIPLE else form.tense
    )
    if verbal and form.tense is Tense.PARTICIPLE:
        tense = Tense.FINITE
    last = at + len(form.particle)
    if is_passive and form.verb == "quote" and last + 2 < len(tokens) and tokens[last + 1].word == "as":
        # was quoted as saying
        return CueFound(first, last + 2, form.verb, Kinds.CLAUSE, Tense.FINITE)
    return CueFound(first, last, form.verb, form.kinds, tense)


def _is_reduced(tokens: Sequence[Token], at: int) -> bool:
    """Whether “asked” means “when asked”: Asked if it was safe, Ana Lopez said; Ana Lopez, asked about it, said."""
    if tokens[at].word not in {"asked", "told", "pressed", "questioned"} or at + 1 >= len(tokens):
        return False
    opens = at == 0 or tokens[at - 1].is_point(",") or tokens[at - 1].word == "when"
    return opens and tokens[at + 1].word in {"by", "about", "that", "for", *QUESTION_WORDS}


def _has_particle(tokens: Sequence[Token], at: int, form: _Form) -> bool:
    following = tuple(t.word for t in tokens[at + 1 : at + 1 + len(form.particle)])
    return following == form.particle


def _first_of_chain(tokens: Sequence[Token], at: int, lowest: int) -> int:
    """The first auxiliary of a verb: “had once told”, “went on to say”, “would not say”, “kept saying”."""
    first = at
    if at - 2 >= lowest and tokens[at - 1].word == "to":
        verb = at - 2
        if tokens[verb].word == "on" and verb - 1 >= lowest:
            verb -= 1
        if tokens[verb].word in _CATENATIVE:
            first = verb
    elif at - 1 >= lowest and tokens[at - 1].word in _KEEPING:
        first = at - 1
    position = first
    while position - 1 >= lowest:
        word = tokens[position - 1].word
        if word in _BE | _HAVE | _MODAL and not (word == "'s" and tokens[position - 2].is_name):
            first = position = position - 1
        elif word in _ADVERBS or word.endswith("ly") or word in {"not", "n't"}:
            position -= 1
        else:
            break
    return first


def _takes_plain_form(tokens: Sequence[Token], first: int) -> bool:
    """Whether what stands before is plural, so that “say” and “report” are verbs there."""
    position = first - 1
    while position >= 0 and (tokens[position].word in _ADVERBS or tokens[position].word.endswith("ly")):
        position -= 1
    if position < 0:
        return False
    before = tokens[position]
    if before.is_quoted or before.is_point(",—–"):
        # “…,” say neighbours
        return True
    return before.word in _PLURAL_SUBJECTS or (
        before.word.endswith("s") and not before.word.endswith(("ss", "us", "'s"))
    )
