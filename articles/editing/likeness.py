"""How likely two records are one, and why: what an editor would hold for it and against it, in words.

Names come first, since records that share no name are never compared; what else is known adds to that or takes away.
Nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz

from articles.editing.blocking import (
    SMALL_WORDS,
    initials_of,
    nickname_groups,
    person_words,
    plain_words,
    skeleton,
    split_words,
    suffix_of,
)

# From here on a pair is worth an editor's look; chosen on the pairs of tests/editing/test_likeness.py.
WORTH_A_LOOK = 0.5
# Of one record; with more, comparing each with each costs more than it finds.
MOST_NAMES = 12
# Of what two records have in common, for a sentence that is read at a glance.
MOST_NAMED = 3
# Names, and pairs of records, that are at hand: the records that stories name over and over are compared each time.
AT_HAND = 20_000


class Called(NamedTuple):
    """What a record is called, of which kind: of two records, all that tells whether their names are alike."""

    kind: str
    name: str
    names: tuple[str, ...]
    acronym: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a record by itself; `names` holds all its names, its own among them."""

    number: int
    kind: str
    name: str
    names: tuple[str, ...]
    acronym: str = ""
    gender: str = ""
    country: str = ""
    region: str = ""
    geoname_id: int | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> Called:
        return Called(self.kind, self.name, self.names, self.acronym)


@dataclass(frozen=True, slots=True)
class Company:
    """What stories say around a record: each thing by its number, or by its plain form, with the words for it.

    `places` are those of the roles, `staff` who holds one here, `others` who and what appears in the same stories,
    `doubts` the records that linking could not tell from this one, each with the story that asked.
    """

    stories: Mapping[int, str] = field(default_factory=dict)
    employers: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)
    doubts: Mapping[int, str] = field(default_factory=dict)


class Reason(NamedTuple):
    """What speaks for one record, or with a weight below nought against it."""

    weight: float
    words: str


class Likeness(NamedTuple):
    score: float
    reasons: list[Reason]

    @property
    def evidence(self) -> list[dict[str, bool | str]]:
        return [{"for": reason.weight > 0, "words": reason.words} for reason in self.reasons]


UNLIKE = Reason(0, "")


def compare(first: Profile, second: Profile, ours: Company, theirs: Company) -> Likeness:
    """The likeness of two records of one kind; 0 without a reason where their names have nothing in common."""
    names = alike_names(first, second)
    if not names.weight:
        return Likeness(0, [])
    reasons = [names, *_in_common(first, second, ours, theirs), *_at_odds(first, second, ours, theirs)]
    return Likeness(round(min(1, max(0, sum(reason.weight for reason in reasons))), 3), reasons)


# Names.


def alike_names(first: Profile, second: Profile) -> Reason:
    """What the two names that are most alike say for one record; `UNLIKE` if nothing."""
    return _alike(first.called, second.called)


@lru_cache(maxsize=AT_HAND)
def _alike(first: Called, second: Called) -> Reason:
    by_kind = {"person": _people, "organisation": _organisations, "location": _locations}[first.kind]
    named = [
        (one, other)
        for one, other in product(_names(first), _names(second))
        if not _say_nothing(first, second, one, other)
    ]
    reasons = [UNLIKE, *(by_kind(one, other) for one, other in named)]
    if first.kind == "organisation":
        reasons += [_shortened(first.name, second.name), *_initials(first, second), *_initials(second, first)]
    return max(reasons, key=lambda reason: reason.weight)


def _say_nothing(first: Called, second: Called, one: str, other: str) -> bool:
    """Whether two names are what many bodies are called for short: “the Navy” of two countries' navies."""
    is_short = first.kind == "organisation" and len(_words_of(one)) == 1 == len(_words_of(other))
    return is_short and one != first.name and other != second.name and not _is_acronym(one)


@lru_cache(maxsize=AT_HAND)
def _names(called: Called) -> Sequence[str]:
    """Its names to compare; “Finch” beside “Mara Finch” is what any Finch is called, and says nothing by itself."""
    names = [name for name in dict.fromkeys((called.name, *called.names, called.acronym)) if name]
    if called.kind == "person" and len(person_words(called.name)) > 1:
        names = [name for name in names if len(person_words(name)) > 1]
    if called.kind == "organisation":
        # “ESA” of the European Space Agency is no other school's.
        initials = {initials_of(plain_words(called.kind, name)) for name in names}
        names = [name for name in names if not (_is_acronym(name) and _letters(name) in initials)]
    return names[:MOST_NAMES]


def _people(one: str, other: str) -> Reason:
    ours, theirs = person_words(one), person_words(other)
    if not ours or not theirs:
        return UNLIKE
    suffixes = {suffix_of(one), suffix_of(other)}
    if len(suffixes - {""}) > 1:
        return UNLIKE
    if len(ours) == 1 or len(theirs) == 1:
        return _surname_alone(one, ours, other, theirs)
    if ours == theirs:
        return Reason(0.75, _both_called(one, other))
    if sorted(ours) == sorted(theirs):
        return Reason(0.65, f"“{one}” and “{other}” are the same words in another order")
    (given, family), (their_given, their_family) = split_words(ours), split_words(theirs)
    if family == their_family:
        share = 1.0
    elif _are_spelt_alike("".join(family), "".join(their_family)):
        share = 0.8
    elif family[-1] in theirs[1:] or their_family[-1] in ours[1:]:
        # Ana López García, Ana López.
        share = 0.8
    else:
        return UNLIKE
    weight, words = _given_names(given, their_given)
    if not weight:
        return UNLIKE
    if share < 1 and words:
        weight -= 0.1
    return Reason(round(weight * share, 3), words or f"“{one}” and “{other}” differ in a word or a letter")


def _surname_alone(one: str, ours: list[str], other: str, theirs: list[str]) -> Reason:
    if ours == theirs:
        return Reason(0.35, f"{_both_called(one, other)}, without another name")
    if ours[-1] == theirs[-1]:
        short, full = (one, other) if len(ours) == 1 else (other, one)
        return Reason(0.3, f"“{short}” alone can stand for “{full}”")
    return UNLIKE


def _given_names(ours: list[str], theirs: list[str]) -> Reason:
    """How far two people of one family name may have one given name; no words where they differ in nothing here."""
    one, other, middle, their_middle = ours[0], theirs[0], ours[1:], theirs[1:]
    if one == other:
        # John Paul Jones and John Peter Jones are two; John P. Jones and John Jones may be one.
        told = [(a, b) for a, b in zip(middle, their_middle, strict=False) if a[0] != b[0] or len(a) > 1 < len(b)]
        return UNLIKE if any(not _are_spelt_alike(a, b) for a, b in told if a != b) else Reason(0.7, "")
    if len(one) == 1 or len(other) == 1:
        if one[0] != other[0]:
            return UNLIKE
        short, full = (one, other) if len(one) == 1 else (other, one)
        return Reason(0.45, f"same family name, and “{short.upper()}.” may stand for “{full.title()}”")
    if nickname_groups().get(one, frozenset()) & nickname_groups().get(other, frozenset()):
        return Reason(0.6, f"same family name, and “{one.title()}” and “{other.title()}” can be one given name")
    if _are_spelt_alike(one, other) and not _differ_in_gender(one, other):
        return Reason(0.6, f"same family name, and “{one.title()}” and “{other.title()}” are spelt alike")
    if one in their_middle or other in middle:
        return Reason(0.5, "same family name, and one goes by the other’s second given name")
    return UNLIKE


def _are_spelt_alike(one: str, other: str) -> bool:
    """Whether two words may be one misspelt or transcribed: Zelensky and Zelenskyy, not Martin and Martinez."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2:
        return False
    ratio = fuzz.ratio(one, other)
    if skeleton(one) == skeleton(other):
        return ratio >= 70
    return ratio >= 88 and abs(len(one) - len(other)) <= 1 and one[0] == other[0]


def _are_misspelt(ours: list[str], theirs: list[str]) -> bool:
    """Kharkiv and Kharkov, Centre and Center; not Oran and Oron or Rhodes and Rhodesia, which are two."""
    return len(ours) == len(theirs) and all(
        one == other
        or (min(len(one), len(other)) > 4 and abs(len(one) - len(other)) < 2 and fuzz.ratio(one, other) > 80)
        for one, other in zip(ours, theirs, strict=True)
    )


def _differ_in_gender(one: str, other: str) -> bool:
    """Mario and Maria, Paul and Paula: given names that only their last vowel tells apart."""
    return one.rstrip("aeiou") == other.rstrip("aeiou")


def _organisations(one: str, other: str) -> Reason:
    ours, theirs = plain_words("organisation", one), plain_words("organisation", other)
    telling, theirs_telling = _telling(ours), _telling(theirs)
    if not telling or not theirs_telling:
        return UNLIKE
    # Local 12 and Local 21 of a union, 3rd and 4th Division.
    if _numbers(ours) != _numbers(theirs):
        return UNLIKE
    if telling == theirs_telling:
        return Reason(0.7, _both_called(one, other))
    if sorted(telling) == sorted(theirs_telling):
        return Reason(0.6, f"“{one}” and “{other}” are the same words in another order")
    if not _is_acronym(one) and not _is_acronym(other) and _are_misspelt(telling, theirs_telling):
        return Reason(0.6, f"“{one}” and “{other}” are spelt alike")
    return UNLIKE


def _shortened(one: str, other: str) -> Reason:
    """Toyota, Toyota Motor: said of two records' own names, as many a body is called “the House” for short."""
    short, full = sorted((one, other), key=len)
    words, all_words = _telling(plain_words("organisation", short)), _telling(plain_words("organisation", full))
    if not words or all_words[: len(words)] != words or _is_acronym(short):
        return UNLIKE
    return Reason(0.3, f"“{short}” can be short for “{full}”")


def _initials(short: Called, full: Called) -> Iterator[Reason]:
    """WHO, World Health Organization. Among a record's other names they are too often another's: “NBC” of NBC News."""
    for name in _names(short):
        spelt = next((each for each in _names(full) if initials_of(_words_of(each)) == _letters(name)), "")
        if spelt and _is_acronym(name) and len(_words_of(spelt)) > 1:
            is_own = name == short.name and len(_letters(name)) > 2
            yield Reason(0.55 if is_own else 0.4, f"“{name}” are the initials of “{spelt}”")


def _words_of(name: str) -> list[str]:
    return plain_words("organisation", name)


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in SMALL_WORDS]


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if any(letter.isdigit() for letter in word)}


def _letters(name: str) -> str:
    return name.replace(".", "").casefold()


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and " " not in letters and 2 <= len(letters) <= 10


def _locations(one: str, other: str) -> Reason:
    ours, theirs = plain_words("location", one), plain_words("location", other)
    if not ours or not theirs:
        return UNLIKE
    if ours == theirs:
        return Reason(0.6, _both_called(one, other))
    if _are_misspelt(ours, theirs):
        return Reason(0.5, f"“{one}” and “{other}” are spelt alike")
    return UNLIKE


def _both_called(one: str, other: str) -> str:
    return f"both are called “{one}”" if one == other else f"“{one}” and “{other}” are one name"


# What else is known.


def _in_common(first: Profile, second: Profile, ours: Company, theirs: Company) -> Iterator[Reason]:
    doubt = ours.doubts.get(second.number) or theirs.doubts.get(first.number)
    if doubt and not _shared(ours.stories, theirs.stories):
        yield Reason(0.05, f"“{doubt}” may mean either: an import left that to an editor")
    if employers := _shared(ours.employers, theirs.employers):
        yield Reason(0.2, f"both hold a role at {_listed(employers)}")
    if places := _shared(ours.places, theirs.places):
        yield Reason(0.1, f"both hold a role in {_listed(places)}")
    if titles := _shared(ours.titles, theirs.titles):
        yield Reason(0.1, f"both are called {_listed([f'“{title}”' for title in titles])}")
    if staff := _shared(ours.staff, theirs.staff):
        yield Reason(0.2, f"{_listed(staff)} held a role at both")
    if others := _shared(ours.others, theirs.others):
        yield Reason(min(len(others), 3) * 0.05, f"stories name both beside {_listed(others)}")


def _at_odds(first: Profile, second: Profile, ours: Company, theirs: Company) -> Iterator[Reason]:
    if stories := _shared(ours.stories, theirs.stories):
        things = {"person": "people", "organisation": "organisations", "location": "places"}[first.kind]
        yield Reason(-0.5, f"both appear in “{stories[0]}”: two {things} there")
    if first.gender and second.gender and first.gender != second.gender:
        yield Reason(-0.5, "stories say “he” of one and “she” of the other")
    if first.country and second.country and first.country != second.country:
        yield Reason(-0.6, f"one is in {first.country}, the other in {second.country}")
    elif first.region and second.region and first.region != second.region:
        yield Reason(-0.4, f"one is in {first.region}, the other in {second.region}")
    elif first.geoname_id and second.geoname_id and first.geoname_id != second.geoname_id:
        yield Reason(-0.4, "they are two places in the GeoNames gazetteer")
    if ours.countries and theirs.countries and not ours.countries & theirs.countries:
        one, other = ", ".join(sorted(ours.countries)), ", ".join(sorted(theirs.countries))
        yield Reason(-0.2, f"one holds a role in {one}, the other in {other}")
    for scheme in sorted(first.identifiers.keys() & second.identifiers.keys()):
        if first.identifiers[scheme] != second.identifiers[scheme]:
            yield Reason(-0.7, f"they have two numbers in the catalogue {scheme}")


def _shared(ours: Mapping[int, str] | Mapping[str, str], theirs: Mapping[int, str] | Mapping[str, str]) -> list[str]:
    return [words for key, words in ours.items() if key in theirs]


def _listed(names: Sequence[str]) -> str:
    named = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        return f"{', '.join(named)} and {len(names) - MOST_NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
