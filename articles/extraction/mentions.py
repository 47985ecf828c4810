"""Names in a text: people, organisations, locations, by rules, word lists and gazetteers.

First each chain of capitalised words is judged by itself (`kinds.py`), then what stayed open by what the whole story
knows: a surname by the full name, a short form by the long one. Other names (events, laws, works) are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.extraction.chains import find_chains
from articles.extraction.geonames import fold
from articles.extraction.kinds import LOCATIVE, Judge, Verdict
from articles.extraction.lexicons import load
from articles.extraction.names import Word, read_person, read_words
from articles.extraction.types import Gazetteer, Kind, Mention
from articles.text.spans import Span


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
    _judge(context, gazetteer, evidence)
    judge, verdicts, open_ = _judge(text, gazetteer, evidence)
    for i in open_:
        verdict = _settle(judge, i, evidence)
        if verdict:
            verdicts.append(verdict)
    return tuple(
        Mention(Span(judge.words[v.start].start, judge.words[v.end - 1].end), v.kind, v.rule)
        for v in sorted(verdicts, key=lambda verdict: verdict.start)
        if v.kind
    )


@dataclass(slots=True)
class _Evidence:
    """What the story's clear names explain: folded short form → the long form that it is part of."""

    surnames: dict[str, str] = field(default_factory=dict)
    given_names: dict[str, str] = field(default_factory=dict)
    short_forms: dict[str, tuple[Kind, str]] = field(default_factory=dict)

    def learn(self, form: str, verdict: Verdict) -> None:
        words = form.split()
        if verdict.kind is Kind.PERSON:
            person = read_person(form)
            for surname in {person.family, person.plain_family, fold(words[-1])}:
                self.surnames.setdefault(surname, form)
            if person.is_full:
                self.given_names.setdefault(fold(words[0]), form)
        elif verdict.kind is Kind.ORGANISATION and len(words) > 1:
            first = words[0]
            if first.lower() not in load("common_words") and first not in load("demonyms"):
                self.short_forms.setdefault(fold(first), (Kind.ORGANISATION, form))


def _judge(text: str, gazetteer: Gazetteer, evidence: _Evidence) -> tuple[Judge, list[Verdict], list[int]]:
    """Judge every chain of a text; returns the verdicts and the single words that stay open."""
    judge = Judge(text, read_words(text), gazetteer)
    verdicts: list[Verdict] = []
    open_: list[int] = []
    for start, end in find_chains(judge.words, judge.is_known):
        reached = start
        for verdict in judge.judge(start, end):
            open_ += _singles(judge, reached, verdict.start)
            reached = verdict.end
            verdicts.append(verdict)
            if verdict.kind:
                evidence.learn(judge.form(verdict.start, verdict.end), verdict)
        open_ += _singles(judge, reached, end)
    return judge, [v for v in verdicts if not _is_surname(judge, v, evidence, open_)], open_


def _singles(judge: Judge, start: int, end: int) -> list[int]:
    return [start] if end - start == 1 else []


def _is_surname(judge: Judge, verdict: Verdict, evidence: _Evidence, open_: list[int]) -> bool:
    """Whether a single word that is known as a place is a person here: “Samar Israel … Israel said”. It stays open."""
    if verdict.end - verdict.start > 1 or verdict.kind is not Kind.LOCATION:
        return False
    if fold(judge.form(verdict.start, verdict.end)) not in evidence.surnames:
        return False
    open_.append(verdict.start)
    return True


def _settle(judge: Judge, i: int, evidence: _Evidence) -> Verdict | None:
    """Say what a single word is by what the story knows; None where nothing tells."""
    word = judge.words[i]
    folded = fold(word.form)
    before = judge.words[i - 1] if i and word.follows else None
    locative = before is not None and before.form.lower() in LOCATIVE
    known = judge.known(i, i + 1)
    if folded in evidence.surnames and not (locative and known and known.kind is Kind.LOCATION):
        return Verdict(i, i + 1, Kind.PERSON, f"surname of {evidence.surnames[folded]}")
    if known and (known.sure or locative or (known.kind is Kind.ORGANISATION and not word.opens)):
        return Verdict(i, i + 1, known.kind, known.rule)
    if folded in evidence.short_forms and not word.opens:
        kind, long_form = evidence.short_forms[folded]
        return Verdict(i, i + 1, kind, f"short for {long_form}")
    if folded in evidence.given_names and not known:
        return Verdict(i, i + 1, Kind.PERSON, f"given name of {evidence.given_names[folded]}")
    return None if known else _by_place(judge, word, i, locative=locative)


def _by_place(judge: Judge, word: Word, i: int, *, locative: bool) -> Verdict | None:
    if word.form.lower() in load("common_words") or word.opens:
        return None
    if word.form in load("given_names") and not locative:
        return Verdict(i, i + 1, Kind.PERSON, "a known given name")
    if locative and word.form.isalpha():
        return Verdict(i, i + 1, Kind.LOCATION, f"after “{judge.words[i - 1].form}”")
    return None
