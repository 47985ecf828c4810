"""What kinds of mistake an extraction makes, told from the annotation alone.

Every mistake has one kind, the first that fits; a name read as one of another kind counts with the kind that it is.
Why it was made is left to whoever reads the examples.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from articles.extraction.cues import Kinds, find_cues
from articles.extraction.lexicons import load, load_table
from articles.extraction.sides import NOBODY, PLURALS, STRICT, Sides, Speech, half
from articles.extraction.tokens import tokenise
from articles.extraction.types import Entity, Form, Kind
from articles.extraction.words import PRONOUNS
from articles.text.spans import Span

FIGURES = (
    *(f"names.{plural}" for plural in PLURALS.values()),
    "clusters",
    "roles",
    "quotes.quoted",
    "quotes.indirect",
    "speakers",
    "cues",
    "sources",
)
_A_KIND = {Kind.PERSON: "a person", Kind.ORGANISATION: "an organisation", Kind.LOCATION: "a location"}
_SENTENCE_START = re.compile(r"(?:\A|\n|[.!?:][”’\"'»)]?\s|[“‘\"«])\Z")
_ACRONYM = re.compile(r"(?:[A-Z]\.?&?){2,}s?")
_KINSHIP = frozenset(
    "wife husband widow widower partner fiancé fiancée girlfriend boyfriend mother father parent parents son daughter "
    "child children brother brothers sister sisters twin cousin aunt uncle niece nephew grandmother grandfather "
    "grandson granddaughter stepfather stepmother stepson stepdaughter friend neighbour neighbor".split()
)
# In the order in which a verb of several classes is counted.
_CUE_CLASSES = {
    Kinds.ACCORDING: "“according to”",
    Kinds.CLAUSE: "a verb of saying, as “said”",
    Kinds.THAT: "a verb with “that”, as “complained”",
    Kinds.ORDER: "a verb of asking, as “urged”",
    Kinds.LABEL: "a verb of naming, as “called”",
    Kinds.ADDRESS: "a verb with its hearer, as “assured”",
    Kinds.BESIDE: "a verb beside marks only, as “sighed”",
}
# No more words make a phrase in quotation marks: described the plan as “a very bad joke”.
_PHRASE = 5
_LONGEST_EXAMPLE = 100


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the `figure` it counts in, its `kind`, and the words: as annotated → as extracted."""

    story: str
    figure: str
    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.story}: {self.figure}: {self.kind}: {self.words}"


@dataclass(frozen=True, slots=True)
class Frequent:
    """A kind of mistake: how often it was made, and the first time."""

    kind: str
    count: int
    example: Mistake


def find_mistakes(sides: Sides) -> list[Mistake]:
    """Every mistake of a story, figure by figure, in text order within most."""
    finders: tuple[Callable[[Sides], Iterator[Mistake]], ...] = (
        _names,
        _clusters,
        _roles,
        _quotations,
        _speakers,
        _cues,
        _sources,
    )
    return [mistake for finder in finders for mistake in finder(sides)]


def most_frequent(mistakes: Iterable[Mistake], *, number: int = 10) -> dict[str, list[Frequent]]:
    """The most frequent kinds of mistake of each figure, at most `number`; a figure without mistakes has none."""
    gathered: dict[str, dict[str, list[Mistake]]] = {figure: {} for figure in FIGURES}
    for mistake in mistakes:
        gathered[mistake.figure].setdefault(mistake.kind, []).append(mistake)
    return {
        figure: [
            Frequent(kind, len(made), made[0])
            for kind, made in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:number]
        ]
        for figure, kinds in gathered.items()
    }


def _names(sides: Sides) -> Iterator[Mistake]:
    gold, printed = sides.gold.names, sides.printed.names
    for name in sorted(gold.keys() & printed.keys()):
        kind, read = gold[name][0], printed[name][0]
        if kind is not read:
            yield _mistake(sides, f"names.{PLURALS[kind]}", f"{kind} read as {read}", name, [name])
    for difference, span, found in _differences(gold, printed):
        kind = gold[span][0] if span else printed[found[0]][0]
        if span is None:
            difference = f"invented: {_nature_of(sides, found[0])}"
        elif not found:
            difference = f"missed: {_place_of(sides, span)}"
        yield _mistake(sides, f"names.{PLURALS[kind]}", difference, span, found)


def _clusters(sides: Sides) -> Iterator[Mistake]:
    both = sides.gold.names.keys() & sides.printed.names.keys()
    for what, side, other in (("split", sides.gold, sides.printed), ("joined", sides.printed, sides.gold)):
        for spans in side.mentions().values():
            parts: defaultdict[object, list[Span]] = defaultdict(list)
            for span in sorted(spans & both):
                parts[other.names[span][1]].append(span)
            home, *strays = sorted(parts.values(), key=lambda part: (-len(part), part[0])) or [[]]
            for stray in strays:
                names = [max((span.of(sides.text) for span in part), key=len) for part in (home, stray)]
                kind = f"{side.names[home[0]][0]} {what}: {_relation(*names)}"
                yield Mistake(sides.name, "clusters", kind, f"{names[0]} | {names[1]}")


def _roles(sides: Sides) -> Iterator[Mistake]:
    missed, unused = sides.unmatched_roles()
    gold, printed = sides.gold.mentions(), sides.printed.mentions()
    annotated = [span for _, span in sides.gold.roles]
    for person, span in missed:
        found = [role for _, role in unused if role.overlaps(span)]
        if any(half(span, role) for role in found):
            kind = "of another person"
        elif found:
            kind = _difference(span, found, annotated)
        elif not gold[person] & sides.printed.names.keys():
            kind = "missed: the person’s name was not found either"
        elif _KINSHIP & set(span.of(sides.text).lower().split()):
            kind = "missed: kinship"
        else:
            kind = f"missed: {_side_of_name(span, gold[person])}"
        yield _mistake(sides, "roles", kind, span, found)
    for person, span in unused:
        if not any(span.overlaps(role) for role in annotated):
            yield _mistake(sides, "roles", f"invented: {_side_of_name(span, printed[person])}", None, [span])


def _quotations(sides: Sides) -> Iterator[Mistake]:
    gold, printed = sides.gold.quotations, sides.printed.quotations
    strict = sides.pairs(gold, printed, STRICT)
    matched = {left for left, _ in strict}
    wholes = [quotation.whole for quotation in gold]
    for number, quotation in enumerate(gold):
        if number in matched:
            continue
        words = sides.tokens(quotation)
        found = [other.whole for other in printed if sides.tokens(other) & words]
        kind = _difference(quotation.whole, found, wholes) if found else f"missed: {_manner_of(sides, quotation)}"
        yield _mistake(sides, _figure(quotation), kind, quotation.whole, found)
    spoken = frozenset().union(*map(sides.tokens, gold))
    for quotation in printed:
        if not sides.tokens(quotation) & spoken:
            kind = f"invented: {_manner_of(sides, quotation)}"
            yield _mistake(sides, _figure(quotation), kind, None, [quotation.whole])


def _speakers(sides: Sides) -> Iterator[Mistake]:
    gold, printed = sides.gold.quotations, sides.printed.quotations
    kinds = {identity: kind for kind, identity in sides.gold.names.values()}
    mentions = sides.gold.mentions()
    for left, right in sorted(sides.pairs(gold, printed, STRICT)):
        said, speaker, read = gold[left], gold[left].speaker, printed[right].speaker
        if sides.is_speaker(speaker, read):
            continue
        source = _sort_of_source(sides, said.source)
        kind = kinds.get(speaker)
        if speaker == NOBODY:
            mistake = f"someone instead of nobody: {source}"
        elif not mentions.get(speaker, set()) & sides.printed.names.keys():
            mistake = f"{'another' if read else 'nobody'} instead of someone: the name was not found"
        elif not isinstance(read, Entity):
            mistake = f"nobody instead of someone: {source}"
        elif kind and kind is not read.kind:
            mistake = f"{_A_KIND[read.kind]} instead of {_A_KIND[kind]}: {source}"
        else:
            mistake = f"another {read.kind}: {source}"
        who = min(mentions.get(speaker, ()), default=None)
        names = who.of(sides.text) if who else str(speaker), read.name if isinstance(read, Entity) else "nobody"
        words = f"{_clip(said.whole.of(sides.text), _LONGEST_EXAMPLE // 2)}: {names[0]} → {names[1]}"
        yield Mistake(sides.name, "speakers", mistake, words)


def _cues(sides: Sides) -> Iterator[Mistake]:
    gold, printed = _spans(sides.gold.cues), _spans(sides.printed.cues)
    for difference, span, found in _differences(gold, printed):
        kind = difference if span and found else f"{difference}: {_class_of_cue(sides, span or found[0])}"
        yield _mistake(sides, "cues", kind, span, found)


def _sources(sides: Sides) -> Iterator[Mistake]:
    gold, printed = _spans(sides.gold.sources), _spans(sides.printed.sources)
    for difference, span, found in _differences(gold, printed):
        kind = difference if span and found else f"{difference}: {_sort_of_source(sides, span or found[0])}"
        yield _mistake(sides, "sources", kind, span, found)


# How two spans differ


def _differences(gold: Collection[Span], printed: Collection[Span]) -> Iterator[tuple[str, Span | None, list[Span]]]:
    """How the spans differ: what it is, the annotated span (None: invented), those extracted there (none: missed)."""
    for span in sorted(span for span in gold if span not in printed):
        found = sorted(other for other in printed if other.overlaps(span))
        yield _difference(span, found, gold), span, found
    for span in sorted(span for span in printed if span not in gold):
        if not any(span.overlaps(other) for other in gold):
            yield "invented", None, [span]


def _difference(span: Span, found: Collection[Span], gold: Iterable[Span]) -> str:
    if not found:
        return "missed"
    if len(found) > 1:
        return "split"
    (one,) = found
    if sum(one.overlaps(other) for other in gold) > 1:
        return "joined with its neighbour"
    if one == span:
        return "a piece in the middle left out or too many"
    if span.contains(one):
        return f"cut short {_ends(one.start > span.start, one.end < span.end)}"
    if one.contains(span):
        return f"too long {_ends(one.start < span.start, one.end > span.end)}"
    return "moved to the left" if one.start < span.start else "moved to the right"


def _ends(left: bool, right: bool) -> str:
    return "on both sides" if left and right else f"at the {'left' if left else 'right'}"


# What there is to say of one span


def _place_of(sides: Sides, span: Span) -> str:
    """Where and what a name is, so far as it makes it hard."""
    form, text = span.of(sides.text), sides.text
    if span.end <= _end_of_headline(text):
        return "in the headline"
    if _ACRONYM.fullmatch(form):
        return "an acronym"
    if any(q.form is not Form.INDIRECT and any(p.contains(span) for p in q.spans) for q in sides.gold.quotations):
        return "inside a quotation"
    if _SENTENCE_START.search(text, max(0, span.start - 3), span.start):
        return "at the start of a sentence"
    return "of several words" if " " in form else "of one word"


def _nature_of(sides: Sides, span: Span) -> str:
    """What words that are no name are."""
    form = span.of(sides.text)
    if any(span.overlaps(other) for other in sides.others):
        return "the name of something else (a work, a ship, an event)"
    if any(word in load_table("demonyms") for word in form.split()):
        return "a nationality"
    if span.end <= _end_of_headline(sides.text):
        return "other words of the headline"
    if all(word.islower() or word.lower() in load("common_words") for word in form.split()):
        return "common nouns"
    return "other words"


def _relation(name: str, other: str) -> str:
    """How two forms of a name resemble each other."""
    words, others = name.casefold().split(), other.casefold().split()
    if words == others:
        return "the same name"
    if _ACRONYM.fullmatch(name) or _ACRONYM.fullmatch(other):
        return "an acronym and another name"
    if set(words) <= set(others) or set(others) <= set(words):
        return "a short name and a full one"
    if words[-1] == others[-1]:
        return "the same last word"
    return "some words in common" if set(words) & set(others) else "no word in common"


def _side_of_name(span: Span, names: Collection[Span]) -> str:
    """Whether a role stands before a person's name or behind it: the nearest one counts."""
    nearest = min(names, key=lambda name: max(name.start - span.end, span.start - name.end), default=span)
    return "before the name" if nearest.start >= span.end else "in apposition behind the name"


def _manner_of(sides: Sides, quotation: Speech) -> str:
    """How words are reported: which cue, if any, or what shape they have."""
    words = quotation.whole.of(sides.text)
    if quotation.form is Form.INDIRECT and words.startswith("to "):
        return "an infinitive, as “to leave”"
    if quotation.form is not Form.INDIRECT and len(words.split()) <= _PHRASE:
        return "a phrase in quotation marks"
    return f"with {_class_of_cue(sides, quotation.cue)}" if quotation.cue else "no cue"


def _class_of_cue(sides: Sides, span: Span) -> str:
    tokens = [token for paragraph in tokenise(sides.text, (), (), within=span) for token in paragraph]
    cues = find_cues(tokens)
    if not cues:
        return "words that the lexicon does not have"
    return next(name for kinds, name in _CUE_CLASSES.items() if cues[-1].kinds & kinds)


def _sort_of_source(sides: Sides, source: Span | None) -> str:
    if source is None:
        return "no source phrase"
    if source.of(sides.text).lower() in PRONOUNS:
        return "a pronoun"
    return "a name" if any(source.contains(name) for name in sides.gold.names) else "a description"


def _figure(quotation: Speech) -> str:
    return "quotes.indirect" if quotation.form is Form.INDIRECT else "quotes.quoted"


def _end_of_headline(text: str) -> int:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _spans(pairs: Iterable[tuple[int, int]]) -> frozenset[Span]:
    return frozenset(Span(start, end) for start, end in pairs if start < end)


def _mistake(sides: Sides, figure: str, kind: str, span: Span | None, found: Collection[Span]) -> Mistake:
    annotated = span.of(sides.text) if span else "nothing"
    extracted = " | ".join(other.of(sides.text) for other in found) or "nothing"
    width = _LONGEST_EXAMPLE // 2
    return Mistake(sides.name, figure, kind, f"{_clip(annotated, width)} → {_clip(extracted, width)}")


def _clip(words: str, width: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= width else f"{words[: width // 2].rstrip()} … {words[-width // 2 :].lstrip()}"
