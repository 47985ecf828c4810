"""Who is connected with which organisation: people on the left, organisations on the right, a line for each tie.

The names are text beside the drawing, so that they wrap as the page does and are links like any other; drawn are the
lines between them, stretched to where the names stand. Each row is as high as the others of its column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from articles.drawing.markup import Markup, element, joined

MOST = 12  # of each column
SWEEPS = 6
HEIGHT = 1000


class Kind(StrEnum):
    """What ties somebody to an organisation, the closest first."""

    SPEAKS_FOR = "speaks-for"
    ROLE = "role"
    SPEAKS_OF = "speaks-of"
    TOLD = "told"


CLOSENESS = {Kind.SPEAKS_FOR: 4, Kind.ROLE: 3, Kind.SPEAKS_OF: 2, Kind.TOLD: 1}


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation; `address` is empty where readers have no page of it."""

    key: int
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """`words` say how the two are connected: “director, quoted twice”."""

    person: Party
    organisation: Party
    kind: Kind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the names: the label of the drawing, the headings of the table, the meaning of each line."""

    label: str
    table: str
    person: str
    organisation: str
    how: str
    kinds: Mapping[Kind, str]


def connections(ties: Sequence[Tie], words: Words) -> Markup:
    """The drawing, and all ties as a table below it; empty where there is none."""
    if not ties:
        return Markup("")
    people, organisations = columns(ties)
    drawn = [tie for tie in ties if tie.person in people and tie.organisation in organisations]
    is_whole = len(drawn) == len(ties)
    return element(
        "div",
        {"class": "connections"},
        element(
            "div",
            {"class": "two-columns", "role": "group", "aria-label": words.label},
            _names(people, "person"),
            _lines(drawn, people, organisations),
            _names(organisations, "organisation"),
        ),
        _key(drawn, words),
        element(
            "details",
            None if is_whole else {"open": ""},
            element("summary", None, words.table),
            _table(ties, words),
        ),
    )


def columns(ties: Sequence[Tie]) -> tuple[list[Party], list[Party]]:
    """The parties with most ties, in the order in which their lines cross least often."""
    people = _weightiest(ties, lambda tie: tie.person)
    kept = [tie for tie in ties if tie.person in people]
    organisations = _weightiest(kept, lambda tie: tie.organisation)
    kept = [tie for tie in kept if tie.organisation in organisations]
    people = [party for party in people if any(tie.person == party for tie in kept)]
    best = people, organisations
    for _ in range(SWEEPS):
        organisations = _by_neighbours(organisations, people, [(tie.organisation, tie.person) for tie in kept])
        people = _by_neighbours(people, organisations, [(tie.person, tie.organisation) for tie in kept])
        if crossings(kept, people, organisations) < crossings(kept, *best):
            best = people, organisations
    return best


def crossings(ties: Sequence[Tie], people: Sequence[Party], organisations: Sequence[Party]) -> int:
    """How many pairs of lines cross."""
    ends = [(people.index(tie.person), organisations.index(tie.organisation)) for tie in ties]
    return sum(a < c and b > d for a, b in ends for c, d in ends)


def _weightiest(ties: Iterable[Tie], party_of: Callable[[Tie], Party]) -> list[Party]:
    weights: defaultdict[Party, int] = defaultdict(int)
    for tie in ties:
        weights[party_of(tie)] += CLOSENESS[tie.kind]
    chosen = sorted(weights, key=lambda party: -weights[party])[:MOST]
    return [party for party in weights if party in chosen]


def _by_neighbours(
    column: Sequence[Party], other: Sequence[Party], pairs: Iterable[tuple[Party, Party]]
) -> list[Party]:
    """The column sorted by where, on the average, the other ends of each party's lines stand."""
    places: defaultdict[Party, list[float]] = defaultdict(list)
    for party, neighbour in pairs:
        places[party].append((other.index(neighbour) + 0.5) / len(other))
    return sorted(column, key=lambda party: fmean(places[party]))


def _names(column: Sequence[Party], kind: str) -> Markup:
    return element("ul", None, *(element("li", None, name(party, kind)) for party in column))


def name(party: Party, kind: str) -> Markup:
    if not party.address:
        return element("span", {"class": "name", "dir": "auto"}, party.name)
    return element("a", {"class": f"name {kind}", "href": party.address, "dir": "auto"}, party.name)


def _lines(ties: Sequence[Tie], people: Sequence[Party], organisations: Sequence[Party]) -> Markup:
    """The closest ties are drawn last, upon the others."""
    lines = []
    for tie in sorted(ties, key=lambda tie: CLOSENESS[tie.kind]):
        start, end = _height(people, tie.person), _height(organisations, tie.organisation)
        title = element("title", None, f"{tie.person.name} – {tie.organisation.name}: {tie.words}")
        lines.append(element("path", {"class": tie.kind, "d": f"M0 {start}C50 {start} 50 {end} 100 {end}"}, title))
    given = {"class": "ties", "viewBox": f"0 0 100 {HEIGHT}", "preserveAspectRatio": "none", "aria-hidden": "true"}
    return element("svg", given, *lines)


def _height(column: Sequence[Party], party: Party) -> int:
    return round((column.index(party) + 0.5) / len(column) * HEIGHT)


def _key(ties: Sequence[Tie], words: Words) -> Markup:
    """What each kind of line means."""
    kinds = [kind for kind in Kind if any(tie.kind == kind for tie in ties)]
    return element("ul", {"class": "key"}, *(element("li", {"class": kind}, words.kinds[kind]) for kind in kinds))


def _table(ties: Sequence[Tie], words: Words) -> Markup:
    headings = (element("th", {"scope": "col"}, each) for each in (words.person, words.organisation, words.how))
    rows = (
        element(
            "tr",
            None,
            element("td", None, name(tie.person, "person")),
            element("td", None, name(tie.organisation, "organisation")),
            element("td", None, tie.words),
        )
        for tie in ties
    )
    head, body = element("thead", None, element("tr", None, *headings)), element("tbody", None, joined(rows))
    return element("table", None, head, body)
