"""Offices, titles and descriptions printed beside a person's name.

Three places only: before the name (“Canadian Prime Minister Ann Li”), after it between commas (“Ann Li, a lawyer for
the family,”), before it with a comma (“The town's manager, Ann Li,”). The tagger says which words are a role; whose it
is, and which organisation or place it names, is decided here. What stands beside no person is no role of anybody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.lexicons import load
from articles.extraction.tagger.tags import Tag
from articles.extraction.types import Entity, Kind, RoleHeld
from articles.text.spans import Span

_ARTICLE = re.compile(r"(?:the|an?)(?:\s+|\Z)", re.IGNORECASE)
# “Ann Li, formerly the head of the board,” and “his mother’s friend” begin with these words.
_BELONGS = re.compile(
    r"\b(?:(?:formerly|previously|then|once|now)(?: the| an?)?|(?i:his|her|its|their|my|our|your))[ \u00a0]\Z"
)
# Between a name and what is said of it: “Ann Li, a”, “Ann Li (the”, “Ann Li, 34, a”, “Ann Li — formerly”, “Ann Li KC,”.
_AFTER_NAME = re.compile(
    r"(?:[ \u00a0](?:[A-Z]{2,3}|Jr\.?|Sr\.?))?"
    r"(?:,|[ \u00a0]?\(|[ \u00a0]?[–—]|[ \u00a0]--?)[ \u00a0]?"
    r"(?:(?:aged |age )?\d{1,3}(?:,[ \u00a0]|[ \u00a0]and[ \u00a0]))?(?:the[ \u00a0]|an?[ \u00a0])?\Z"
)
_COMMA = re.compile(r",?[ \u00a0](?P<honorifics>(?:[^\W\d_]+\.?[ \u00a0])*)[“\"‘']?\Z")
# “founder and chairwoman Ann Li”, “singer, actor, and painter Ann Li”.
_JOINING = re.compile(r"(?:,|,?[ \u00a0]and|[ \u00a0]&)[ \u00a0](?:the[ \u00a0]|an?[ \u00a0])?\Z")
# Three words before a name, two, one.
_WORDS_BEFORE = [
    re.compile(rf"(?<![\w’'-])([^\W\d_][\w’'-]*\.?(?: [^\W\d_][\w’'-]*\.?){{{more}}})[ \u00a0]\Z") for more in (2, 1, 0)
]
# Further from a name than this stands nothing that is said of it.
_FAR = 40


def find_roles(text: str, entities: tuple[Entity, ...], roles: Sequence[Tag]) -> tuple[RoleHeld, ...]:
    """Find the roles of the people of a story.

    Args:
        text: what the spans of `entities` count in.
        entities: all of the story, so that a role can name its organisation or place.
        roles: what the tagger takes for roles, in text order, not overlapping.

    Returns:
        Roles in text order. Spans leave out a leading “the” or “a”, never overlap the name of the person and may hold
        other names; no two overlap. `title` is the text of the span, `rule` says where beside the name it stands.

    >>> text = "Ann Li, a lawyer for the family, spoke."
    >>> ann = Entity(Kind.PERSON, "Ann Li", (Span(0, 6),), "")
    >>> [role.title for role in find_roles(text, (ann,), [Tag(Span(8, 31), "role", 0.9)])]
    ['lawyer for the family']
    """
    page = _Page.of(text, entities)
    found: list[RoleHeld] = []
    pending: Span | None = None  # a role that nobody bears yet, and may be the first of several
    for tag in roles:
        span = page.fit(tag.span)
        if span is None or (found and span.start < found[-1].span.end):
            continue
        if pending and _JOINING.fullmatch(text, pending.end, span.start):
            span = Span(pending.start, span.end)
        pending = None
        person, rule = page.bearer(span)
        if person is None:
            pending = span
        else:
            found.append(page.role(person, span, rule))
    found += page.titles([role.span for role in found])
    return tuple(sorted(found, key=lambda role: role.span))


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    entities: tuple[Entity, ...]
    named: list[tuple[Span, int]]

    @classmethod
    def of(cls, text: str, entities: tuple[Entity, ...]) -> _Page:
        named = sorted((span, index) for index, entity in enumerate(entities) for span in entity.mentions)
        return cls(text, entities, named)

    def names_in(self, span: Span) -> list[tuple[Span, int]]:
        """The names that overlap a span."""
        first = max(bisect_left(self.named, (span, -1)) - 1, 0)
        names = []
        for name, index in self.named[first:]:
            if name.start >= span.end:
                break
            if name.end > span.start:
                names.append((name, index))
        return names

    def fit(self, span: Span) -> Span | None:
        """A role with whole names in it and none at its end that bears it; None where nothing is left."""
        start, end = span.start, span.end
        for name, index in self.names_in(span):
            is_person = self.entities[index].kind is Kind.PERSON
            if name.start <= start:
                start = min(start, name.start) if not is_person or self._owns(name) else name.end
            elif is_person and name.end >= end:
                end = name.start
            else:
                end = max(end, name.end)
        start, end = self._with_first_words(start), self._with_state(end)
        form = self.text[start:end]
        if article := _ARTICLE.match(form):
            start += article.end()
        end -= len(form) - len(form.rstrip(" \u00a0,;:“‘(-–—"))
        return Span(start, end) if start < end else None

    def _owns(self, name: Span) -> bool:
        return self.text.startswith(("’s ", "'s ", "’ ", "' "), name.end)

    def _with_first_words(self, start: int) -> int:
        match = _BELONGS.search(self.text, max(0, start - _FAR), start)
        return match.start() if match else start

    def _with_state(self, end: int) -> int:
        """The end of “mayor of Antioch, Illinois” where the tagger stopped at the town."""
        at = (
            bisect_left(self.named, (Span(end + 2, end + 3), -1))
            if self.text.startswith(", ", end)
            else len(self.named)
        )
        if at == 0 or at == len(self.named):
            return end
        (town, _), (state, index) = self.named[at - 1], self.named[at]
        is_state = state.start == end + 2 and town.end == end and self.entities[index].kind is Kind.LOCATION
        return state.end if is_state and self.text[state.end : state.end + 1] in {",", ".", ")", ";"} else end

    def bearer(self, span: Span) -> tuple[int | None, str]:
        """The person whose role it is, and why: named right after it, else standing before it and a comma."""
        at = bisect_left(self.named, (Span(span.end, span.end + 1), -1))
        after = self._person(at, span.end)
        if after and "," not in self.text[span.end : after[0].start]:
            return after[1], "stands before the name"
        before = bisect_left(self.named, (Span(span.start, span.start + 1), -1)) - 1
        if before >= 0:
            name, index = self.named[before]
            is_person = self.entities[index].kind is Kind.PERSON
            if is_person and _AFTER_NAME.fullmatch(self.text, name.end, span.start):
                return index, "stands in apposition behind the name"
        return (after[1], "stands before the name and a comma") if after else (None, "")

    def _person(self, at: int, end: int) -> tuple[Span, int] | None:
        if at == len(self.named) or self.entities[self.named[at][1]].kind is not Kind.PERSON:
            return None
        name, index = self.named[at]
        match = _COMMA.fullmatch(self.text, end, name.start) if name.start - end < _FAR else None
        if self.text.startswith(",", end) and not self._stands_apart(name):
            return None
        return (name, index) if match and all(map(_is_honorific, match["honorifics"].split())) else None

    def _stands_apart(self, name: Span) -> bool:
        """Whether a name can explain the phrase before it: “his wife, Ann, left”, not “child of a baker, Li left”."""
        return " " in name.of(self.text) or self.text[name.end : name.end + 1] in {",", ".", ")", ""}

    def titles(self, taken: Sequence[Span]) -> list[RoleHeld]:
        """Plain titles before a name that the tagger passed over: “Cllr Li”, “Sultan Omar Haddad”; not “Aunt Li”."""
        ends = {span.end for span in taken}
        found = []
        for name, index in self.named:
            if self.entities[index].kind is Kind.PERSON and name.start - 1 not in ends:
                span = _title_before(self.text, name)
                if span and not any(span.overlaps(other) for other in taken):
                    found.append(self.role(index, span, "a title, right before the name"))
        return found

    def role(self, person: int, span: Span, rule: str) -> RoleHeld:
        found: dict[Kind, int] = {}
        for name, index in self.names_in(span):
            if index != person and span.contains(name):
                found.setdefault(self.entities[index].kind, index)
        organisation, location = found.get(Kind.ORGANISATION), found.get(Kind.LOCATION)
        return RoleHeld(person, span.of(self.text), span, organisation=organisation, location=location, rule=rule)


def _title_before(text: str, name: Span) -> Span | None:
    is_full_name = " " in name.of(text)
    for words in _WORDS_BEFORE:
        match = words.search(text, max(0, name.start - _FAR), name.start)
        if match is None or match[1] in load("honorifics"):
            continue
        form, titles = match[1], load("titles")
        if (form in titles and not form.islower()) or (is_full_name and form.lower() in titles):
            return Span(*match.span(1))
    return None


def _is_honorific(word: str) -> bool:
    return word in load("honorifics")
