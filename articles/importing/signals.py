"""What speaks for and against a record being whom a story names: pure functions over what each of the two tells.

A name alone leaves two people of one name. What the story says of the person (office, employer, country, pronoun) and
who else it names is held against what the archive has said of each candidate so far.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache

from articles.extraction.lexicons import load, load_table
from articles.models.name_keys import fold

# What a signal weighs. One that could be chance (a field of work, one person met twice) is half of one that is not.
STRONG = 2
WEAK = 1
# “She” and “he” are no one person; only the same office outweighs it, since stories slip in a pronoun.
OTHER_GENDER = 3
# Not even a country: only the very same role outweighs it. That both are bakers does not.
NOTHING_ELSE = 3
# Two such offices held in one year at two places are two people's.
TERM = 1
# Who was senator is later minister, lobbyist, soldier or author: fields that one life often has.
_ONE_LIFE = frozenset(
    map(
        frozenset,
        (
            ("politics", "law"),
            ("politics", "business"),
            ("politics", "military"),
            ("politics", "media"),
            ("politics", "education"),
            ("politics", "royalty"),
            ("politics", "science"),
            ("politics", "medicine"),
            ("politics", "police"),
            ("business", "media"),
            ("business", "arts"),
            ("business", "science"),
            ("business", "law"),
            ("media", "arts"),
            ("media", "science"),
            ("media", "sport"),
            ("science", "medicine"),
            ("science", "education"),
            ("medicine", "education"),
            ("law", "education"),
            ("arts", "education"),
            ("military", "royalty"),
            ("military", "police"),
            ("religion", "education"),
            ("royalty", "business"),
        ),
    )
)
# Offices that one person alone holds at a time in one place or body.
_SOLE = frozenset(
    {
        *"mayor governor president premier king queen chancellor bishop archbishop sheriff captain principal".split(),
        *("prime minister", "first minister", "foreign minister", "head coach", "chief executive", "chief constable"),
        *("police chief", "chief justice", "lord mayor", "ceo", "headteacher", "attorney general"),
    }
)
# What a title goes on with behind the job itself, and what it says beside it.
_BEHIND = frozenset("of at for in with from to on".split())
_SMALL = frozenset("the a an of for former then ex current".split())


@dataclass(frozen=True, slots=True)
class Office:
    """A role as printed, with the records it is at and the years in which stories printed it (0 where undated)."""

    title: str
    organisation: int | None = None
    location: int | None = None
    country: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a story, or the archive so far, tells of one person.

    `company` are the records that the same stories name, with the number of these stories, `people` and `lands` those
    of them that are people and countries; `tags` are tags by their number. `is_accompanied`: a story names others,
    known or not. `is_refused`: an editor said of this name in another story that it is not this record.
    """

    gender: str = ""
    offices: tuple[Office, ...] = ()
    company: Mapping[int, int] = field(default_factory=dict)
    people: frozenset[int] = frozenset()
    lands: frozenset[int] = frozenset()
    is_accompanied: bool = False
    tags: Mapping[int, str] = field(default_factory=dict)
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that speaks for a candidate, or with a weight below nought against it."""

    weight: int
    words: str


class Verdict(Enum):
    """What the signals say of one candidate, taken together."""

    FOR = "for"
    NOTHING = "nothing"
    AGAINST = "against"


def weigh(told: Facts, known: Facts) -> tuple[Signal, ...]:
    """The signals for and against a person of the archive (`known`) being whom a story tells of."""
    return (
        *_gender(told, known),
        *_offices(told.offices, known.offices),
        *_company(told, known),
        *_countries(told, known),
        *_refused(known),
    )


def verdict(signals: Iterable[Signal]) -> Verdict:
    """Strong evidence on balance, or none."""
    total = sum(signal.weight for signal in signals)
    if total >= STRONG:
        return Verdict.FOR
    return Verdict.AGAINST if total <= -STRONG else Verdict.NOTHING


def only_one(weighed: Mapping[int, Sequence[Signal]], settled: frozenset[int] = frozenset()) -> int | None:
    """The one candidate that the signals leave, None where they leave several or none.

    There is clear evidence for it, and for the others less by far; or there is something against all others. Where
    nothing speaks for any of them, the one that an editor or a catalogue vouches for (`settled`) is meant.
    """
    verdicts = {key: verdict(signals) for key, signals in weighed.items()}
    clear = [key for key, found in verdicts.items() if found is Verdict.FOR]
    if clear:
        others = [sum(signal.weight for signal in weighed[key]) for key in weighed if key != clear[0]]
        best = sum(signal.weight for signal in weighed[clear[0]])
        return clear[0] if len(clear) == 1 and best - max(others, default=0) >= STRONG else None
    left = [key for key, found in verdicts.items() if found is Verdict.NOTHING]
    if len(left) == 1:
        return left[0]
    vouched = [key for key in left if key in settled]
    unclear = any(signal.weight > 0 for key in left if key not in vouched for signal in weighed[key])
    return vouched[0] if len(vouched) == 1 and not unclear else None


def in_words(signals: Iterable[Signal]) -> str:
    """What an editor reads: “for: the same employer; against: “he” here, “she” there”."""
    ordered = list(signals)
    sides = (
        ("for", [signal.words for signal in ordered if signal.weight > 0]),
        ("against", [signal.words for signal in ordered if signal.weight < 0]),
    )
    return "; ".join(f"{side}: {', '.join(words)}" for side, words in sides if words)


def _gender(told: Facts, known: Facts) -> Iterator[Signal]:
    if told.gender and known.gender and told.gender != known.gender:
        said = {"female": "she", "male": "he"}
        yield Signal(-OTHER_GENDER, f"“{said[told.gender]}” here, “{said[known.gender]}” there")


def _refused(known: Facts) -> Iterator[Signal]:
    if known.is_refused:
        yield Signal(-STRONG, "an editor said of this name in another story that it is not this record")


def _company(told: Facts, known: Facts) -> Iterator[Signal]:
    """What stories of both name. One could be chance; two people, or one twice, are no chance, and three things.

    Nothing at all where both name much is what two lives look like: a magistrate in Cork with the Harbour Board, and a
    name in a story of Bergen.
    """
    if not told.is_accompanied or not known.is_accompanied:
        return
    met = [key for key in known.company if key in told.people]
    seen = [key for key in known.company if key in told.company and key not in told.people | told.lands]
    if len(met) > 1 or any(known.company[key] > 1 for key in met):
        yield Signal(STRONG, "the same people are named with both")
    elif met:
        yield Signal(WEAK, "the same person is named with both")
    if seen:
        yield Signal(STRONG if len(seen) > 2 else WEAK, "the same organisations and places are named with both")
    if not met and not seen:
        yield _nothing_in_common(told, known)
    if shared := [name for tag, name in known.tags.items() if tag in told.tags]:
        yield Signal(WEAK, f"stories of both are about {shared[0]}")


def _nothing_in_common(told: Facts, known: Facts) -> Signal:
    """Any two stories may be of one country: that makes it but less telling that nothing else is the same."""
    if told.lands & known.company.keys() or _nations(told) & _nations(known):
        return Signal(-WEAK, "nothing but a country is named with both")
    return Signal(-NOTHING_ELSE, "nobody and nothing else is named with both")


def _countries(told: Facts, known: Facts) -> Iterator[Signal]:
    ours, theirs = _nations(told), _nations(known)
    if ours and theirs and not ours & theirs:
        yield Signal(-WEAK, f"of {_listed(ours)} here, of {_listed(theirs)} there")


def _nations(facts: Facts) -> set[str]:
    return {office.country for office in facts.offices} - {""}


def _offices(ours: Sequence[Office], theirs: Sequence[Office]) -> Iterator[Signal]:
    """What two people's offices have in common; where they have nothing, what one life excludes."""
    bodies = _shared(ours, theirs, lambda office: office.organisation)
    places = _shared(ours, theirs, lambda office: office.location)
    same, rival = _same_office(ours, theirs), _rival_office(ours, theirs)
    if same:
        yield Signal(STRONG, f"the same role, “{same}”")
    if bodies:
        yield Signal(STRONG, "a role at the same organisation")
    elif places and not same:
        yield Signal(WEAK, "a role at the same place")
    if rival and not same and not bodies:
        yield Signal(-STRONG, f"“{rival[0]}” here and “{rival[1]}” there, at one time")
    if same or rival:
        return
    fields, their_fields = _fields_of(ours), _fields_of(theirs)
    mine, other = _jobs_of(ours), _jobs_of(theirs)
    if mine & other and (bodies or not _at_two_bodies(ours, theirs)):
        yield Signal(WEAK, f"both are called {_listed(mine & other)}")
    elif bodies or mine & other:
        return
    elif fields and their_fields and not fields & their_fields and not _are_of_one_life(fields, their_fields):
        yield Signal(-STRONG, f"{_listed(fields)} here, {_listed(their_fields)} there")
    elif mine and other:
        yield Signal(-WEAK, f"{_listed(mine)} here, {_listed(other)} there")


def _jobs_of(offices: Iterable[Office]) -> set[str]:
    return {_last_words(office) for office in offices} - {""}


def _shared(ours: Sequence[Office], theirs: Sequence[Office], what: Callable[[Office], int | None]) -> set[int | None]:
    return ({what(office) for office in ours} & {what(office) for office in theirs}) - {None}


def _at_two_bodies(ours: Sequence[Office], theirs: Sequence[Office]) -> bool:
    """Magistrate at the court of Cork, magistrate at the court of Bergen."""
    return any(office.organisation for office in ours) and any(office.organisation for office in theirs)


def _are_of_one_life(fields: frozenset[str], others: frozenset[str]) -> bool:
    return any(frozenset((one, other)) in _ONE_LIFE for one in fields for other in others)


def _same_office(ours: Sequence[Office], theirs: Sequence[Office]) -> str:
    """The title that both hold, unless it says too little (“spokesman”) or is told of two places."""
    for one in ours:
        for other in theirs:
            words, others = _title_words(one.title), _title_words(other.title)
            if not words or not others or _are_apart(one, other):
                continue
            is_whole = words == others and len(words) > 1
            is_at_one = bool(one.country) and one.country == other.country and _last_words(one) == _last_words(other)
            if is_whole or (is_at_one and _last_words(one)):
                return one.title
    return ""


def _rival_office(ours: Sequence[Office], theirs: Sequence[Office]) -> tuple[str, str] | None:
    for one in ours:
        for other in theirs:
            is_same = bool(_last_words(one)) and _last_words(one) == _last_words(other) and _is_sole(one.title)
            if is_same and _are_apart(one, other) and _overlap(one, other):
                return one.title, other.title
    return None


def _are_apart(one: Office, other: Office) -> bool:
    """Whether two offices are at two organisations or places: mayor of Cork, mayor of Derry."""
    if one.organisation and other.organisation:
        return one.organisation != other.organisation
    if one.location and other.location and one.location != other.location:
        return one.country != other.country or not one.country or _last_words(one) in {"mayor", "governor", "sheriff"}
    return bool(one.country and other.country) and one.country != other.country


def _overlap(one: Office, other: Office) -> bool:
    if not (one.first and other.first):
        return True
    return one.first - TERM <= other.last and other.first - TERM <= one.last


def _is_sole(title: str) -> bool:
    return _known_ending(title, _SOLE) != "" and not fold(title).startswith(("former ", "ex-"))


def _last_words(office: Office) -> str:
    return _known_ending(office.title, _titles())


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(title).rstrip(".") for title in load("titles"))


def _fields_of(offices: Iterable[Office]) -> frozenset[str]:
    table = load_table("fields")
    found = (_known_ending(office.title, table) for office in offices)
    return frozenset(each for ending in found if ending for each in table[ending].split())


@lru_cache(maxsize=100_000)
def _title_words(title: str) -> tuple[str, ...]:
    words = fold(title).replace(",", " ").replace("'s", "").split()
    return tuple(word for word in words if word not in _SMALL)


def _known_ending(title: str, known: Container[str]) -> str:
    """The longest run of last words, before any “of”, “at”, “for” or “in”, that a list has: the job of a title.

    “Kenyan marathon runner for Team Nike” → “runner”, “Prime Minister of Iraq” → “prime minister”.
    """
    words = [word.rstrip(".") for word in fold(title).replace(",", " ").replace("'s", "").split()]
    stop = next((i for i, word in enumerate(words) if word in _BEHIND), len(words))
    endings = (" ".join(words[max(0, stop - size) : stop]) for size in (3, 2, 1))
    return next((ending for ending in endings if ending in known), "")


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))
