"""What a chain of capitalised words is, as far as its own words and the words beside it tell.

Left undecided: single words that nothing explains; `mentions.py` settles them by the rest of the story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.extraction.clues import (
    BUSINESSES,
    COMPOUND,
    DAYS,
    GIVEN_TOO,
    KOREAN,
    LONGEST_PERSON,
    MANNED,
    MODALS,
    MONTHS,
    NAME,
    NAMES_TOO,
    PLACING,
    POSTNOMINALS,
    ROMANCE,
    SURNAMES_TOO,
    VESSELS,
)
from articles.extraction.known import KnownName, known_name
from articles.extraction.lexicons import load, load_table
from articles.extraction.names import PARTICLES, SUFFIXES, Word
from articles.extraction.types import Gazetteer, Kind


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words[start:end] are. `kind` is None where they are known to be no name or one of another kind."""

    start: int
    end: int
    kind: Kind | None
    rule: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the chains of one text."""

    text: str
    words: tuple[Word, ...]
    gazetteer: Gazetteer
    looked_up: dict[str, KnownName | None] = field(default_factory=dict)

    def form(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[end - 1].end]

    def known(self, start: int, end: int) -> KnownName | None:
        form = self.form(start, end)
        if form not in self.looked_up:
            self.looked_up[form] = known_name(form, self.gazetteer)
        return self.looked_up[form]

    def is_known(self, start: int, end: int) -> bool:
        return self.known(start, end) is not None

    def judge(self, start: int, end: int) -> Iterator[Verdict]:
        """Say what a chain is, in one verdict or several, in order; nothing for single words that stay open."""
        start, end = self._trimmed(start, end)
        if start >= end:
            return
        known = self.known(start, end)
        if known and (known.sure or end - start > 1):
            yield Verdict(start, end, known.kind, known.rule)
            return
        verdict = self._by_apposition(start, end)
        if verdict:
            yield verdict
            return
        office = self._office(start, end)
        if office is not None:
            yield from self._before_title(start, office)
            return
        title = self._title(start, end)
        if title:
            yield from self._before_title(start, title[0])
            yield from self._after_title(*title, end)
            return
        if (
            end - start > 2
            and self._is_given(start + 1)
            and self._is_well_known_place(start)
            and not self._is_clue(end)
        ):
            yield Verdict(start, start + 1, Kind.LOCATION, "in the gazetteer of places")
            yield from self.judge(start + 1, end)  # the mayor of London Ann Li
            return
        verdict = self._by_clue(start, end) or self._by_parts(start, end)
        if verdict:
            yield verdict
        elif end - start > 1:
            yield from self._split(start, end)
        else:
            yield from self._single(start)

    def _by_apposition(self, start: int, end: int) -> Verdict | None:
        """What the word before tells of any name: “the trawler Silver Dawn”, “the journal Fresh Air”."""
        word = self.words[start]
        if not start or word.shouted or self._title(start, end):
            return None
        before = self.words[start - 1].form
        if before in VESSELS and (word.follows or word.gap in {" ‘", " “", ' "', " '"}):
            return Verdict(start, end, None, f"a ship, after “{before}”")
        if before not in BUSINESSES or not (word.follows or word.gap == ", ") or self._is_given(start):
            return None
        if word.gap == ", " and self.text[self.words[end - 1].end : self.words[end - 1].end + 1] != ",":
            return None  # at the company, Ann Li said
        alone = end - start == 1 and (word.form in load("demonyms") or word.form in load("not_names"))
        return None if alone else Verdict(start, end, Kind.ORGANISATION, f"after “{before}”")

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Leave out what a sentence's beginning or a date adds: “Former Governor Li”, “Li Tuesday”."""
        while start < end and self._is_no_name(start, end):
            start += 1
        while end > start and (self._is_date(start, end - 1) or self._is_trailing(start, end - 1)):
            end -= 1
        return start, end

    def _is_date(self, start: int, i: int) -> bool:
        """Whether words[i] is a day or month after a name: “Li Tuesday”, “Iran June 3”; not May in “Jo May”."""
        form = self.words[i].form.rstrip(".")
        if form in DAYS:
            return True
        return form in MONTHS and (i == start or self.is_dated(i) or form.lower() not in load("common_words"))

    def is_dated(self, i: int) -> bool:
        """Whether a number follows words[i], as it follows a month: “May 5”."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        return after is not None and after.follows and after.form[0].isdigit()

    def _is_trailing(self, start: int, i: int) -> bool:
        """Whether words[i] only trails a name: Ann Li QC, Department of (Tuesday)."""
        form = self.words[i].form
        return (form in POSTNOMINALS and i > start + 1) or form in {"of", "for", "on", "to", "and", "the", "in", "at"}

    def _is_no_name(self, start: int, end: int) -> bool:
        word = self.words[start]
        if not word.opens or self.known(start, end):
            return False
        form = word.form
        if form in MODALS or word.is_function_word:
            return True
        if form.lower() in PARTICLES and end - start > 1:
            return False  # “De Sá Leite said”
        if form.lower() not in load("common_words") or form.lower() in load("titles"):
            return False
        alone = end - start == 1
        return alone or not self._belongs(start, end)

    def _belongs(self, start: int, end: int) -> bool:
        """Whether the first word of a sentence is part of the name after it: “Grant Shapps”, “Global Bank of Peru”."""
        form, last = self.words[start].form, self.words[end - 1].form
        if form in load("given_names") or KOREAN.fullmatch(self.words[start + 1].form):
            return True
        clues = load_table("organisation_clues"), load_table("place_clues"), load_table("other_clues")
        return (
            any(last in clue for clue in clues)
            or form in load_table("place_clues")
            or any("of" in clues[0].get(self.words[i].form, "") for i in range(start, end))
        )

    def _office(self, start: int, end: int) -> int | None:
        """Where the title begins that a chain ends with and that is nobody's name: “Deputy Prime Minister”."""
        for i in range(max(start, end - 3), end):
            if self._is_title(i, end) and (i == start or not self._is_given(start) or end - i > 1):
                return i if self.form(i, end).lower() not in SURNAMES_TOO or i == start else None
        return None

    def _before_title(self, start: int, end: int) -> Iterator[Verdict]:
        """What stands before a title is whose office it is, never a person: “Oslo Transport Committee Chair Ann Li”."""
        for verdict in self.judge(start, end):
            forms = {word.form.lower() for word in self.words[verdict.start : verdict.end]}
            if verdict.kind is not Kind.PERSON and forms - load("title_modifiers") - load("titles"):
                yield verdict

    def _title(self, start: int, end: int) -> tuple[int, int] | None:
        """The last title or honorific of a chain with a name after it, as a range of words."""
        if self._is_clue(end) and not self._is_person_like(end - 1):
            return None
        for i in range(end - 2, start - 1, -1):
            if i > start and self.words[i - 1].form == "of":
                continue  # Institute of Marine Biology
            for j in range(min(i + 4, end - 1), i, -1):
                if (self._is_title(i, j) or self._is_plural_title(i, j)) and self._may_hold(start, i, j, end):
                    while i > start and self._is_title(i - 1, j):
                        i -= 1
                    return i, j
        return None

    def _is_title(self, i: int, j: int) -> bool:
        form = self.form(i, j)
        return form in load("honorifics") or form in load("titles") or form.lower() in load("titles")

    def _is_plural_title(self, i: int, j: int) -> bool:
        """Whether words[i:j] are an office of several: “Senators Ann Li and Omar Haddad”."""
        form = self.form(i, j).lower()
        return form.endswith("s") and form.removesuffix("s") in load("titles")

    def _may_hold(self, start: int, i: int, j: int, end: int) -> bool:
        """Whether words[i:j] is an office before a name here, not part of it: “King Harald”, not “Stephen King Jr.”."""
        after, before = self.words[j].form, self.words[i - 1].form
        if after.lower() in SUFFIXES or not (self.words[j].is_capitalised or after in PARTICLES):
            return False
        if self.form(i, j) in GIVEN_TOO and f" {self.form(i, j).lower()}" not in self.text:
            return False
        if self.form(i, j).lower() not in SURNAMES_TOO or i == start:
            return True
        return self.known(start, i) is not None or before in load("demonyms") or before in load("not_names")

    def _after_title(self, i: int, j: int, end: int) -> Iterator[Verdict]:
        known = self.known(j, end)
        if known and known.sure and known.kind is Kind.ORGANISATION:
            yield Verdict(j, end, known.kind, known.rule)
            return
        while j < end and self.words[j].form in load("demonyms"):
            j += 1
        alone = end - j == 1 and self.words[j].form.lower() in load("common_words")
        if alone and self.form(i, j).lower() in SURNAMES_TOO:
            return  # General Synod, Chief Executive
        stop = next((k for k in range(j, end) if self.words[k].form in {"of", "for", "and"}), end)
        if j < stop:
            yield Verdict(j, stop, Kind.PERSON, f"after “{self.form(i, j) if j - i < 4 else self.form(j - 1, j)}”")

    def _is_clue(self, end: int) -> bool:
        form = self.words[end - 1].form
        return any(form in load(name) for name in ("organisation_clues", "place_clues", "other_clues"))

    def _is_person_like(self, i: int) -> bool:
        return self.words[i].form in NAMES_TOO

    def _by_clue(self, start: int, end: int) -> Verdict | None:
        words = self.words
        first, last = words[start].form, words[end - 1].form
        if end - start == 1:
            return None
        if end - start in {2, 3} and last in NAMES_TOO and self._is_given(start) and not words[start].shouted:
            return Verdict(start, end, Kind.PERSON, "a known given name before it")
        others = load("other_clues")
        if last in others or (first in others and first not in load("given_names")):
            return Verdict(start, end, None, "an event, law or work")
        organisations, places = load_table("organisation_clues"), load_table("place_clues")
        for i in range(start, end - 1):
            if words[i + 1].form in {"of", "for", "on", "to", "against"}:
                if "of" in organisations.get(words[i].form, "").split():
                    return Verdict(start, end, Kind.ORGANISATION, f"“{words[i].form} {words[i + 1].form}”")
                if "of" in places.get(words[i].form, "").split():
                    return Verdict(start, end, Kind.LOCATION, f"“{words[i].form} {words[i + 1].form}”")
        if any(words[i].form in organisations for i in range(start, end - 1)) and self._is_sure_place(end - 1):
            return Verdict(start, end, Kind.ORGANISATION, "an organisation's word and its country")  # Forum Kenya
        if {"of", "end"} & set(organisations.get(last, "").split()):
            return Verdict(start, end, Kind.ORGANISATION, f"“{last}” in the name")
        if last in MANNED and self._has_acronym(end):
            return Verdict(start, end, Kind.ORGANISATION, f"“{last}” in the name, with an acronym")
        if "end" in places.get(last, "").split():
            return Verdict(start, end, Kind.LOCATION, f"“{last}” in the name")
        if "start" in organisations.get(first, "").split():
            return Verdict(start, end, Kind.ORGANISATION, f"“{first}” in the name")
        second = words[start + 1].form
        if "start" in places.get(first, "").split() and (second in load("demonyms") or second in load("not_names")):
            return Verdict(start, end, None, "no name")  # South Koreans, Eastern European
        if "start" in places.get(first, "").split() and words[start + 1].form.lower() not in load("common_words"):
            return Verdict(start, end, Kind.LOCATION, f"“{first}” in the name")
        return None

    def _is_well_known_place(self, i: int) -> bool:
        known = self.known(i, i + 1)
        return known is not None and known.well_known and known.kind is Kind.LOCATION

    def _has_acronym(self, end: int) -> bool:
        """Whether an acronym in brackets follows, as it does where people work: “the Osten Research Station (ORS)”."""
        after = self.words[end] if end < len(self.words) else None
        return after is not None and after.gap == " (" and after.is_acronym

    def _is_place(self, start: int, end: int) -> bool:
        known = self.known(start, end)
        return known is not None and known.kind is Kind.LOCATION

    def _is_sure_place(self, i: int) -> bool:
        known = self.known(i, i + 1)
        return known is not None and known.sure and known.kind is Kind.LOCATION

    def _is_given(self, i: int) -> bool:
        form = self.words[i].form
        if self.words[i].shouted or (form.isupper() and len(form) > 2):
            form = form.title()
        first = form.partition("-")[0]
        return any(name in load("given_names") or name in load("given_names_more") for name in (form, first))

    def _by_parts(self, start: int, end: int) -> Verdict | None:
        """Two words and more without a clue: a given name, initials, a known organisation at the end."""
        words = self.words
        if end - start == 1:
            return None
        forms = [word.form for word in words[start:end]]
        if "&" in self.form(start, end):
            return Verdict(start, end, Kind.ORGANISATION, "“&” in the name")
        joined = any(form in {"of", "for", "and", "to"} for form in forms)
        last = self.known(end - 1, end)
        if last and last.kind is Kind.ORGANISATION and not self._is_given(start) and not joined:
            return Verdict(start, end, Kind.ORGANISATION, f"“{forms[-1]}” in the name")
        if joined or any(form in load("demonyms") or form in DAYS for form in forms):
            return None
        if end - start > LONGEST_PERSON:
            return None
        capitals = all(form.isupper() for form in forms)
        if self._is_given(start) and (capitals or not any(word.is_acronym for word in words[start:end])):
            return Verdict(start, end, Kind.PERSON, "a known given name")
        if len(forms) == 2 and KOREAN.fullmatch(forms[1]):
            return Verdict(start, end, Kind.PERSON, "printed like a Korean name")
        initials = [form for form in forms if len(form.rstrip(".")) == 1]
        if initials and words[end - 1].form not in initials:
            return Verdict(start, end, Kind.PERSON, "initials before a name")
        return None

    def _split(self, start: int, end: int) -> Iterator[Verdict]:
        """Several words that are no one name: “American Ann Li”, “Facebook Lite”, “Iran Thursday”."""
        words = self.words
        compound = COMPOUND.fullmatch(words[start].form)
        if words[start].form in load("demonyms") or words[start].form in load("not_names") or compound:
            yield from self.judge(start + 1, end)
            return
        for i in range(end - 1, start, -1):
            known = self.known(start, i)
            if known and known.sure:
                yield Verdict(start, i, known.kind, known.rule)
                yield from self.judge(i, end)
                return
        first = words[start].form.lower()
        if first in load("common_words") - PARTICLES and not self._is_given(start) and end - start > 2:
            yield from self.judge(start + 1, end)  # Minister of Information Ann Li
        elif self._is_printed_like_a_person(start, end):
            yield self._unknown(start, end)

    def _unknown(self, start: int, end: int) -> Verdict:
        """What two unknown words are by the word before them: “in Ain Zara”, “the firm Obex Lumo”, “the Obex Lumo”."""
        before = self.words[start - 1].form if start and self.words[start].follows else ""
        if before in PLACING:
            return Verdict(start, end, Kind.LOCATION, f"after “{before}”")
        last = self.words[end - 1].form
        people = last.removesuffix("men").lower()
        if (last.endswith("s") and self._is_place(start, end - 1)) or (
            last.endswith("men") and people in load("common_words")
        ):
            return Verdict(start, end, Kind.ORGANISATION, "a plural after a town: a team")
        if start + 1 < end and self.words[start + 1].form in ROMANCE and not self._is_given(start):
            return Verdict(start, end, Kind.ORGANISATION, f"“{self.words[start + 1].form}” after no given name")
        if before in {"the", "a", "an"}:
            return Verdict(start, end, None, "no person after an article")
        return Verdict(start, end, Kind.PERSON, "printed like a given name and a surname")

    def _is_printed_like_a_person(self, start: int, end: int) -> bool:
        words = self.words[start:end]
        last = self.known(end - 1, end)
        if last and last.sure:
            return False
        return len(words) <= 4 and all(
            word.form in PARTICLES
            or (
                NAME.fullmatch(word.form)
                and word.form.lower() not in load("common_words")
                and word.form not in {"of", "for", "and", "to"}
                and not word.is_acronym
            )
            for word in words
        )

    def _single(self, i: int) -> Iterator[Verdict]:
        word = self.words[i]
        if word.form in load("demonyms"):
            yield Verdict(i, i + 1, None, "no name")
