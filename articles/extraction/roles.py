"""Offices, titles and descriptions printed beside a person's name.

Three places only: before the name (“Canadian Prime Minister Ann Li”), after it between commas (“Ann Li, a lawyer for
the family,”), before it with a comma (“The town's manager, Ann Li,”). What a sentence says of a person (“Li is a
lawyer”) is left alone, and so are ages and honorifics.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from articles.extraction.geonames import fold
from articles.extraction.lexicons import load
from articles.extraction.names import Word, read_words
from articles.extraction.types import Entity, Kind, RoleHeld
from articles.text.spans import Span

ARTICLES = frozenset({"the", "a", "an"})
OWNING = frozenset({"his", "her", "its", "their", "my", "our", "your"})
# Words that no description before a name reaches across: “… told the lawyer Ann Li”, “… of former mayor Ann Li”.
STOPS = frozenset(
    "and or but of for in on at by with from to as that who which when while after before against about into over "
    "under between than since is are was were be been has had have will would could should may said says told "
    "asked met named called including like via per not also".split()
)
# The words that a description goes on with after its first noun: “head of”, “a lawyer for”, “a professor at”.
ONWARD = frozenset({"of", "for", "at", "in", "to", "on", "with", "from"})
# A description is a phrase, not a clause.
LONGEST = 16
# “he became the butcher's apprentice”, “the daughter of a butcher, Ann Li left”: what “of a …” describes is not Ann.
OWNERS = frozenset({"of", "by", "to", "with", "for", "from", "as", "like"})
# What the last word of an occupation looks like. English makes them as it needs them (shipowner, fishmonger,
# glaciologist), so that a list is never complete; words that the corpora print in small letters for other things
# (number, later, exist) are told apart by the list of common words.
OCCUPATION = re.compile(
    r"(?:[^\W\d_]+-)?[a-z]{2,}(?:[b-df-hj-np-tv-zu]er|[aeiou]tor|ssor|eer|ist|man|woman|person|master|mistress|monger|"
    r"wright|smith|ician|mate|owner|herder|keeper)"
)


def find_roles(text: str, entities: tuple[Entity, ...]) -> tuple[RoleHeld, ...]:
    """Find the roles of the people of a story.

    Args:
        text: what the spans of `entities` count in.
        entities: all of the story, so that a role can name its organisation or place.

    Returns:
        Roles in text order. Spans leave out a leading “the” or “a”, never overlap the name of the person and may hold
        other names; no two overlap for one person. `title` is the text of the span.

    >>> text = "Ann Li, a lawyer for the family, spoke."
    >>> ann = Entity(Kind.PERSON, "Ann Li", (Span(0, 6),), "")
    >>> [role.title for role in find_roles(text, (ann,))]
    ['lawyer for the family']
    """
    page = _Page.of(text, entities)
    roles = []
    for index, entity in enumerate(entities):
        if entity.kind is Kind.PERSON:
            for name in entity.mentions:
                found = [page.before(name), page.after(name)]
                roles += [page.role(index, span) for span in found if span]
    return tuple(sorted(roles, key=lambda role: (role.span, role.person)))


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    entities: tuple[Entity, ...]
    words: tuple[Word, ...]
    starts: list[int]
    named: list[tuple[Span, int]]

    @classmethod
    def of(cls, text: str, entities: tuple[Entity, ...]) -> _Page:
        words = read_words(text)
        named = sorted((span, index) for index, entity in enumerate(entities) for span in entity.mentions)
        return cls(text, entities, words, [word.start for word in words], named)

    def role(self, person: int, span: Span) -> RoleHeld:
        found: dict[Kind, int] = {}
        first = bisect.bisect_left(self.named, (Span(span.start, span.start + 1), -1))
        for name, index in self.named[first:]:
            if name.start >= span.end:
                break
            if index != person and span.contains(name):
                found.setdefault(self.entities[index].kind, index)
        organisation, location = found.get(Kind.ORGANISATION), found.get(Kind.LOCATION)
        return RoleHeld(person, span.of(self.text), span, organisation=organisation, location=location)

    # Before the name

    def before(self, name: Span) -> Span | None:
        """The title that a name follows, with or without a comma."""
        first = bisect.bisect_left(self.starts, name.start)
        last = first - 1
        while last > 0 and self.words[last].form in load("honorifics") and self._touches(last, name):
            last -= 1  # the judge, Sir John Smith
        if last < 0:
            return None
        end = self.words[last + 1].start if last < first - 1 else name.start
        gap = self.text[self.words[last].end : end]
        if gap.strip() == "" and "\n" not in gap:
            start = self._phrase_before(last)
        elif gap == ", " and (last < first - 1 or self._stands_apart(name)):
            start = self._set_apart(last, name)
        else:
            return None
        return Span(self.words[start].start, self.words[last].end) if start is not None else None

    def _stands_apart(self, name: Span) -> bool:
        """Whether a name can explain the phrase before it: “his wife, Ann, left”, not “unlike his wife, Li left”."""
        return " " in name.of(self.text) or self.text[name.end : name.end + 1] in {",", ".", ")", ""}

    def _touches(self, i: int, name: Span) -> bool:
        """Whether only a space stands between words[i] and the name or the word after."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        if after is None or after.start >= name.start:
            return self.text[self.words[i].end : name.start].strip() == ""
        return after.follows

    def _head_length(self, last: int) -> int:
        """How many words the title has that ends with word `last`; 0 where none does."""
        for length in range(min(3, last + 1), 0, -1):
            i = last - length + 1
            if all(word.follows for word in self.words[i + 1 : last + 1]):
                form = self.text[self.words[i].start : self.words[last].end]
                if (
                    form in load("titles")
                    or form.lower() in load("titles")
                    or _singular(form.lower()) in load("titles")
                ):
                    return length
        word = self.words[last]
        return int((word.opens or not word.is_capitalised) and _is_occupation(word.form.lower()))

    def _phrase_before(self, last: int) -> int | None:
        """Where the phrase begins whose last word, a title, stands before a name."""
        length = self._head_length(last)
        if not length or not self._is_joined(last):
            return None
        start = certain = last - length + 1
        is_plain = True
        while start > 0 and last - start < LONGEST:
            if certain == start and self._is_coordinated(start):
                start = certain = start - 2  # founder and chairwoman
                continue
            if not self._reaches(start):
                break
            word = self.words[start - 1]
            if word.form.lower() in ARTICLES:
                return start
            if word.form.lower() in OWNING or self._is_possessive(start):
                return self._owner(start)
            start -= 1
            if self._modifies(start):
                certain = start
            elif word.is_capitalised or word.form.lower() in load("common_words"):
                is_plain = False
        # “On the floor, menswear manager Ann Li”: what stands between a comma and the title belongs to it.
        begins = start > 0 and self.words[start].gap in {", ", "; ", " – ", " — "}
        return start if begins and is_plain and certain - start < 3 else certain

    def _is_coordinated(self, start: int) -> bool:
        """Whether another office stands before words[start], joined by “and”."""
        if start < 2 or self.words[start - 1].form != "and":
            return False
        one = not self.words[start - 2].form.endswith("s")  # “the parents and librarian Ann Li”
        return one and self.words[start].follows and self.words[start - 1].follows and self._head_length(start - 2) > 0

    def _is_joined(self, last: int) -> bool:
        return self.words[last].form.lower() not in STOPS

    def _reaches(self, start: int) -> bool:
        """Whether the word before words[start] may belong to the same phrase."""
        word, before = self.words[start], self.words[start - 1]
        joined = word.follows or self._is_possessive(start)
        return joined and before.form.lower() not in STOPS and not before.form.lower().endswith("ly")

    def _is_possessive(self, start: int) -> bool:
        return self.words[start].gap.strip().lower() in {"'s", "’s", "'", "’"}

    def _owner(self, start: int) -> int:
        """The first word of what a possessive before words[start] belongs to: “Iran’s”, “his”, “Ann Li’s”."""
        first = start - 1
        if self._is_possessive(start):
            for span, _ in self._names_at(first):
                first = bisect.bisect_left(self.starts, span.start)
        return first

    def _names_at(self, i: int) -> Iterator[tuple[Span, int]]:
        at = bisect.bisect_right(self.named, (Span(self.words[i].start, len(self.text) + 1), 0)) - 1
        if at >= 0 and self.named[at][0].start <= self.words[i].start < self.named[at][0].end:
            yield self.named[at]

    def _modifies(self, i: int) -> bool:
        """Whether a word is sure to belong to the title after it: “former”, “Canadian”, “NATO”, “Deputy”."""
        form = self.words[i].form
        if form.lower() in load("title_modifiers") or form.lower() in load("titles") or form in load("demonyms"):
            return not (self.words[i].opens and form.lower() in load("function_words"))
        named = next(self._names_at(i), None)
        if named:
            return self.entities[named[1]].kind is not Kind.PERSON
        return self.words[i].is_capitalised and not self.words[i].is_function_word

    def _set_apart(self, last: int, name: Span) -> int | None:
        """Where the phrase begins that stands before a comma and a name: “The town's manager, Ann Li, said”."""
        end = self.text[name.end : name.end + 1]
        i = last
        while i > 0 and last - i < LONGEST:
            word = self.words[i]
            lower = word.form.lower()
            if lower in ARTICLES and i < last:
                owned = lower != "the" and i > 0 and word.follows and self.words[i - 1].form.lower() in OWNERS
                if owned and end == " ":
                    return None
                if self._describes(i + 1, last):
                    return i + 1
                if i == 0 or self.words[i - 1].form.lower() not in ONWARD:
                    return None  # “a historian at the Archive” goes on
            if lower in OWNING and i < last:
                return i if self._describes(i + 1, last) else None
            if word.opens:
                break
            if not word.follows and not self._is_possessive(i):
                return None
            i -= 1
        if i >= 0 and self.words[i].opens and (end in {",", "."} or self._describes(i, last)):
            start = i + (self.words[i].form.lower() in ARTICLES)
            return start if start <= last and self._describes(start, last) else None
        return None

    def _describes(self, start: int, last: int) -> bool:
        """Whether words[start:last + 1] are a description: a title with what goes before it and “of …” after it."""
        for i in range(start, last + 1):
            lower = self.words[i].form.lower()
            if i > start and self._head_length(i):
                following = self.words[i + 1].form.lower() if i < last else ""
                if i == last or following in ONWARD:
                    return True
            elif i == start and self._head_length(i) and (i == last or self.words[i + 1].form.lower() in ONWARD):
                return True
            if lower in STOPS and lower not in ONWARD | {"and"}:
                return False
        return False

    # After the name

    def after(self, name: Span) -> Span | None:
        """The description between commas, dashes or brackets after a name, without a leading article and an age."""
        i = bisect.bisect_left(self.starts, name.end)
        if i >= len(self.words) or self.text[name.end : self.words[i].start] not in {", ", " (", " – ", " — "}:
            return None
        if self.words[i].form.isdigit() and self.text[self.words[i].end : self.words[i].end + 2] == ", ":
            i += 1  # Ann Li, 34, a lawyer
        start = i
        if i < len(self.words) and self.words[i].form.lower() in ARTICLES:
            start = i + 1
        end = self._phrase_end(start)
        if end <= start or not self._is_description(start, end):
            return None
        span = Span(self.words[start].start, self.words[end - 1].end)
        bracket = self.text[span.end : span.end + 1] == ")" and "(" in span.of(self.text).rpartition(")")[2]
        return Span(span.start, span.end + bracket)

    def _phrase_end(self, start: int) -> int:
        """The word after a description that begins with word `start`: the next comma, full stop or relative clause."""
        end = start
        while end < len(self.words) and end - start <= LONGEST:
            word = self.words[end]
            joined = word.follows or self._is_possessive(end) or word.gap == " & " or self._is_acronym(end)
            if end > start and not joined:
                break
            if word.form.lower() in {
                "who",
                "which",
                "whose",
                "whom",
                "that",
                "said",
                "says",
                "was",
                "were",
                "is",
                "are",
                "has",
                "had",
            }:
                break
            end += 1
        return end

    def _is_acronym(self, i: int) -> bool:
        """Whether words[i] is in brackets, or goes on after them: “secretary of the River Trust (RT) in Oslo”."""
        word = self.words[i]
        if word.gap == ") ":
            return self._is_acronym(i - 1) and word.form in ONWARD
        return word.gap == " (" and word.is_capitalised and self.text[word.end : word.end + 1] == ")"

    def _is_description(self, start: int, end: int) -> bool:
        """Whether a phrase names a job, an office or a tie before anything else is said."""
        for i in range(start, end):
            lower = self.words[i].form.lower()
            if self._head_length(i):
                after = self.words[i + 1].form.lower() if i + 1 < end else ""
                if i + 1 == end or after in ONWARD | {"and", "or"} or self.words[i + 1].form[0].islower():
                    return True
            if lower in _plain() or (i == start and lower in ONWARD | {"and"}):
                return False
            if i > start and lower in OWNING | ARTICLES:
                return False  # Ann Li, put her bag down
            if i == start and lower.endswith("ed") and lower not in load("title_modifiers"):
                return False  # Ann Li, praised by critics
        return False


@cache
def _is_occupation(form: str) -> bool:
    """Whether a word looks like somebody's work: shipowner, signalman, biochemist; not number or later."""
    return OCCUPATION.fullmatch(form) is not None and form not in load("common_words")


def _singular(form: str) -> str:
    return form.removesuffix("s") if fold(form).endswith("s") else form


@cache
def _plain() -> frozenset[str]:
    """Words that no description begins with: “Ann Li, then in Oslo,”, “Ann Li, not a lawyer,”."""
    return load("function_words") - OWNING - ARTICLES - {"first", "former", "one"}
