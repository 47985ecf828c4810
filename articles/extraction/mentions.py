"""Names in a text: people, organisations, locations, by rules, word lists and gazetteers.

First each chain of capitalised words is judged by itself (`kinds.py`), then what stayed open by what the whole story
knows: a surname by the full name, a short form by the long one. Other names (events, laws, works) are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.extraction.chains import find_chains
from articles.extraction.clues import LOCATIVE, MONTHS, PLACING
from articles.extraction.geonames import fold
from articles.extraction.kinds import Judge, Verdict
from articles.extraction.known import CLUBS
from articles.extraction.lexicons import load
from articles.extraction.names import PARTICLES, read_person, read_words
from articles.extraction.types import Gazetteer, Kind, Mention
from articles.text.spans import Span

# The first word of an organisation's name is no short form of it where the word has a meaning of its own.
ORDINARY = ("common_words", "demonyms", "given_names", "titles", "regions")

# Example.com, CalFire: addresses and capitals inside a word are how companies and websites print themselves.
DOMAIN = re.compile(r"\.[a-z]{2,}$")
CAMEL = re.compile(r"[A-Z]?[a-z]{2,}[A-Z]\w+")
# “the towns of Aberdare and Merthyr”, “in the province of Herat”.
PLACE_NOUNS = frozenset(
    "city cities town towns village villages port ports province provinces region regions district districts island "
    "islands state states county counties area areas suburb suburbs municipality settlement hamlet parish".split()
)
COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
# “the Rosta gorge”
LANDFORMS = frozenset(
    "gorge valley river peninsula estuary basin delta glen ravine canyon fjord glacier plateau mountains hills coast "
    "prefecture archipelago neighbourhood neighborhood quarter borough canton".split()
)
# “Thistle captain Ann Li”
PLAYERS = frozenset(
    "captain manager coach goalkeeper striker midfielder defender winger forward skipper fullback prop fly-half "
    "scrum-half".split()
)


def find_mentions(text: str, gazetteer: Gazetteer, *, context: str = "") -> tuple[Mention, ...]:
    """Find the names of people, organisations and locations.

    Args:
        text: where the names are; spans count in it.
        gazetteer: what the archive knows; its kinds win over every rule.
        context: headline and standfirst. A full name there explains a surname in the text.

    Returns:
        Mentions in text order, not overlapping. Possessive endings, titles and honorifics stand outside.

    >>> [mention.span.of("Gov. Ann Li left Oslo.") for mention in find_mentions("Gov. Ann Li left Oslo.", Gazetteer())]
    ['Ann Li', 'Oslo']
    """
    evidence = _Evidence()
    _judge(Judge(context, read_words(context), gazetteer), evidence)
    judge = Judge(text, read_words(text), gazetteer)
    verdicts, open_ = _judge(judge, evidence)
    verdicts = [verdict for verdict in verdicts if not _is_other(judge, verdict, evidence)]
    verdicts += _settle_all(judge, open_, evidence)
    return tuple(
        Mention(Span(judge.words[v.start].start, judge.words[v.end - 1].end), v.kind, v.rule)
        for v in sorted(verdicts, key=lambda verdict: verdict.start)
        if v.kind
    )


@dataclass(slots=True)
class _Evidence:
    """What the story's clear names explain: folded short form → the long form that it is part of.

    `others` are the names of storms, ships and works: after “Hurricane Ann”, “Ann” is nobody.
    """

    surnames: dict[str, str] = field(default_factory=dict)
    given_names: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def learn(self, judge: Judge, verdict: Verdict) -> None:
        form = judge.form(verdict.start, verdict.end)
        words = form.split()
        if verdict.kind is Kind.PERSON:
            self._learn_person(form, words)
        elif verdict.kind is Kind.ORGANISATION and len(words) > 1:
            known = judge.known(verdict.start, verdict.start + 1)
            ordinary = any(words[0].lower() in load(name) or words[0] in load(name) for name in ORDINARY)
            is_club = CLUBS.issuperset(word.lower() for word in words[1:])
            if not ordinary and not (known and (known.sure or (known.kind is Kind.LOCATION and not is_club))):
                self.organisations.setdefault(fold(words[0]), form)
            if is_club and len(words) == 2 and words[1].lower() not in load("common_words"):
                self.organisations.setdefault(fold(words[1]), form)  # Leith Albion, then “Albion”
        elif verdict.kind is None:
            self.others |= {fold(" ".join(words[i:])) for i in range(not verdict.rule.startswith("a ship"), len(words))}

    def _learn_person(self, form: str, words: list[str]) -> None:
        person = read_person(form)
        with_suffix = f"{person.family} {fold(words[-1])}"  # “Li Jr.”
        for surname in {person.family, person.plain_family, fold(words[-1]), with_suffix}:
            self.surnames.setdefault(surname, form)
        for middle in person.words[1:-1]:
            if middle.title() not in load("given_names") and len(middle) > 1 and middle not in PARTICLES:
                self.surnames.setdefault(middle, form)  # Ana Ruiz Soto, then “Ruiz”
        if person.is_full:
            self.given_names.setdefault(fold(words[0]), form)


def _judge(judge: Judge, evidence: _Evidence) -> tuple[list[Verdict], list[tuple[int, int]]]:
    """Judge every chain of a text; returns the verdicts and what stays open, as ranges of words."""
    verdicts: list[Verdict] = []
    open_: list[tuple[int, int]] = []
    for start, end in find_chains(judge.words, judge.is_known):
        found = list(judge.judge(start, end))
        for verdict in found:
            evidence.learn(judge, verdict)
        verdicts += found
        if not found:
            open_.append((start, end))
    sure = [verdict for verdict in verdicts if not _is_surname(judge, verdict, evidence)]
    open_ += [(verdict.start, verdict.end) for verdict in verdicts if _is_surname(judge, verdict, evidence)]
    return sure, open_


def _is_surname(judge: Judge, verdict: Verdict, evidence: _Evidence) -> bool:
    """Whether what is known as a place is the surname of somebody here and open: “Samar Israel … Israel said”."""
    is_place = verdict.end - verdict.start == 1 and verdict.kind is Kind.LOCATION
    return is_place and fold(judge.form(verdict.start, verdict.end)) in evidence.surnames


def _is_other(judge: Judge, verdict: Verdict, evidence: _Evidence) -> bool:
    """Whether what looks like a person is the ship or storm that the story tells of: “MV Ann Li … the Ann Li”."""
    return verdict.kind is Kind.PERSON and fold(judge.form(verdict.start, verdict.end)) in evidence.others


def _settle_all(judge: Judge, open_: list[tuple[int, int]], evidence: _Evidence) -> list[Verdict]:
    """Settle what stays open; what nothing explains where it stands is what it is elsewhere in the story."""
    settled = [
        _settle(judge, start, evidence) if end - start == 1 else _settle_chain(judge, start, end, evidence)
        for start, end in open_
    ]
    kinds = {judge.form(verdict.start, verdict.end): verdict for verdict in settled if verdict}
    for at, (start, end) in enumerate(open_):
        form = judge.form(start, end)
        if form in kinds and not settled[at] and form.lower() not in load("common_words"):
            settled[at] = Verdict(start, end, kinds[form].kind, kinds[form].rule)
    return [verdict for verdict in settled if verdict]


def _settle_chain(judge: Judge, start: int, end: int, evidence: _Evidence) -> Verdict | None:
    """Several words that are somebody's family name: “Bill de Witt … De Witt said”."""
    folded = fold(judge.form(start, end))
    if folded in evidence.surnames:
        return Verdict(start, end, Kind.PERSON, f"surname of {evidence.surnames[folded]}")
    return _settle(judge, end - 1, evidence) if judge.words[end - 1].form.isalpha() else None


def _settle(judge: Judge, i: int, evidence: _Evidence) -> Verdict | None:
    """Say what a single word is by what the story knows; None where nothing tells."""
    word = judge.words[i]
    folded = fold(word.form)
    before = judge.words[i - 1].form.lower() if i and word.follows else ""
    known = judge.known(i, i + 1)
    is_place = known is not None and known.kind is Kind.LOCATION
    if word.form in MONTHS and (before in load("function_words") or judge.is_dated(i)):
        return None
    if folded in evidence.surnames and not (before in LOCATIVE and is_place):
        start = _with_particles(judge, i, evidence)
        return Verdict(start, i + 1, Kind.PERSON, f"surname of {evidence.surnames[folded]}")
    if word.form in load("not_names") or word.form in load("demonyms") or folded in evidence.others:
        return None
    if known and (known.sure or before in LOCATIVE or known.well_known or word.is_acronym):
        return Verdict(i, i + 1, known.kind, known.rule)
    if folded in evidence.organisations and before not in PLACING - {"at"}:
        return Verdict(i, i + 1, Kind.ORGANISATION, f"short for {evidence.organisations[folded]}")
    if folded in evidence.given_names:
        return Verdict(i, i + 1, Kind.PERSON, f"given name of {evidence.given_names[folded]}")
    plain = word.form.lower() in load("common_words")
    if known and not word.opens and not (is_place and (plain or word.form in load("given_names"))):
        return Verdict(i, i + 1, known.kind, known.rule)
    if word.is_acronym and not plain and before != "called":  # an amino acid called DOPA
        return Verdict(i, i + 1, Kind.ORGANISATION, "printed as an acronym")
    return None if plain else _by_print(judge, i, before)


def _with_particles(judge: Judge, i: int, evidence: _Evidence) -> int:
    """The first word of the surname that ends with word `i`: “van” of van Dijk where the story has a Jan van Dijk."""
    start = i
    for first in range(i - 1, max(i - 4, -1), -1):
        if not judge.words[first + 1].follows or judge.words[first].form not in PARTICLES:
            break
        if fold(judge.form(first, i + 1)) in evidence.surnames:
            start = first
    return start


def _by_print(judge: Judge, i: int, before: str) -> Verdict | None:
    """What an unknown word is by how it is printed and by the words beside it."""
    word = judge.words[i]
    if DOMAIN.search(word.form) or (CAMEL.fullmatch(word.form) and not word.form.startswith(("Mac", "De", "Di"))):
        return Verdict(i, i + 1, Kind.ORGANISATION, "printed like a company or website")
    if before in load("titles"):
        return Verdict(i, i + 1, Kind.PERSON, f"after “{before}”")
    if word.opens:
        return None
    if before in LOCATIVE and _is_printed_like_a_place(word.form):
        return Verdict(i, i + 1, Kind.LOCATION, f"after “{before}”")
    if _is_in_list_of_places(judge, i):
        return Verdict(i, i + 1, Kind.LOCATION, "“city of”, “towns of”, “in … and” or the like before it")
    if _is_beside_place_noun(judge, i):
        return Verdict(i, i + 1, Kind.LOCATION, "a word for a place beside it")
    after = judge.words[i + 1] if i + 1 < len(judge.words) else None
    if after and after.follows and after.form in PLAYERS:
        return Verdict(i, i + 1, Kind.ORGANISATION, f"before “{after.form}”")
    if word.gap == " (" and judge.text[word.end : word.end + 1] == ")" and judge.words[i - 1].is_capitalised:
        return Verdict(i, i + 1, Kind.ORGANISATION, "short form in brackets")
    if word.form in load("given_names"):
        return Verdict(i, i + 1, Kind.PERSON, "a known given name")
    return None


def _is_in_list_of_places(judge: Judge, i: int) -> bool:
    """Whether a word stands, first or in a list, after “cities of”, “in” or an age.

    “the cities of Taji and Samarra”, “in Taji and Samarra”, “Ann Li, 58, of Taji”, “north of Taji”.
    """
    words = judge.words
    while i > 2 and (words[i].follows or words[i].gap == ", ") and words[i - 1].form in {"and", "or"}:
        i -= 2
    if i < 1 or not words[i].follows:
        return False
    before, second = words[i - 1], words[i - 2].form if i > 1 else ""
    if before.form == "of":
        return second.lower() in PLACE_NOUNS or (before.gap == ", " and second.isdigit()) or second in COMPASS
    return before.form in PLACING and _is_printed_like_a_place(words[i].form)


def _is_beside_place_noun(judge: Judge, i: int) -> bool:
    """Whether an article and a word for a place tell one: “the Rosta gorge”, “beside the Rosta”."""
    words = judge.words
    if i < 2 or not words[i].follows or words[i - 1].form.lower() != "the":
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    noun = after is not None and after.follows and after.form in PLACE_NOUNS | LANDFORMS
    return noun or (words[i - 1].follows and words[i - 2].form in {"beside", "along"})


def _is_printed_like_a_place(form: str) -> bool:
    """Whether every part of a word begins with a capital: Rosta, Baie-Sainte-Anne, Stoke-on-Trent; not anti-Brexit."""
    parts = form.split("-")
    return form[0].isupper() and all(part.isalpha() and (len(part) < 4 or part[0].isupper()) for part in parts)
