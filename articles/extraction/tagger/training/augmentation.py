"""Other stories out of one: changes that keep every label true.

Names change within their kind, headlines their case, quotation marks their style, "said" its verb. All choices come
from the generator that is passed in, so that a seed gives the same stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from articles.extraction.genders import gender_of_name
from articles.extraction.marks import Family, find_stretches
from articles.extraction.tagger.labels import CUES, LOCATION, NAMES, ORGANISATION, PERSON
from articles.extraction.tagger.training.data import Example, Label
from articles.extraction.types import Gender

# How often a story is changed in each way. Above a half for people, whom no list can hold; rarely where the change
# makes a text less like what newsrooms write.
_PEOPLE, _ORGANISATIONS, _LOCATIONS = 0.6, 0.25, 0.25
_NO_HEADLINE, _CAPITALS, _TITLE_CASE = 0.25, 0.1, 0.15
_STRAIGHT, _SINGLE, _GUILLEMETS = 0.3, 0.12, 0.03
_MARK_LOST, _MARK_DOUBLED = 0.06, 0.04
_OTHER_VERB = 0.12
_STYLES = {"curly": "“”", "straight": '""', "single": "‘’", "guillemets": "«»"}
# Verbs that report speech in print but hardly in the stories.
_VERBS = tuple(
    "accused admitted advised alleged argued boasted cautioned chuckled commented complained conceded concluded "
    "confided contended cried declared estimated exclaimed explained gushed insisted joked lamented laughed mused "
    "muttered noted objected observed pleaded predicted promised quipped recalled reckoned recounted remarked "
    "replied responded shrugged sighed smiled snapped speculated stressed suggested testified vowed wondered".split()
)


@dataclass(frozen=True, slots=True)
class Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names to swap in: people as given and family name, organisations and locations whole.

    Given names by the gender they tell (None for none), so that the pronouns of a story stay true.
    """

    given: Mapping[Gender | None, tuple[str, ...]]
    family: tuple[str, ...]
    organisations: tuple[str, ...]
    locations: tuple[str, ...]


def collect_names(examples: Iterable[Example]) -> Names:
    """Collect the names of examples, each as often as it is printed in a story of its own."""
    given: defaultdict[Gender | None, list[str]] = defaultdict(list)
    family, organisations, locations = [], [], []
    for example in examples:
        kinds: dict[str, set[str]] = defaultdict(set)
        for label in example.labels:
            if label.head is NAMES:
                kinds[label.label].add(example.text[label.start : label.end])
        for name in sorted(kinds[PERSON]):
            parts = name.split()
            if len(parts) == 2 and all(part[0].isupper() and not part.isupper() for part in parts):
                given[gender_of_name(name)].append(parts[0])
                family.append(parts[1])
        organisations += sorted(kinds[ORGANISATION])
        locations += sorted(kinds[LOCATION])
    given_names = {gender: tuple(found) for gender, found in given.items()}
    return Names(given_names, tuple(family), tuple(organisations), tuple(locations))


def augment(example: Example, names: Names, random: Random) -> Example:
    """Change a story in some of the ways above; most stories are changed in one way or another."""
    if len(example.heads) > 1:
        example = _without_headline(example, random)
    example = edit(example, _other_names(example, names, random))
    if len(example.heads) > 1:
        example = edit(example, _other_verbs(example, random))
        example = _other_marks(example, random)
        example = _other_case(example, random)
    return example


def edit(example: Example, edits: Sequence[Edit]) -> Example:
    """Replace stretches that do not overlap, and move the labels; a label that vanishes is dropped."""
    pieces: list[str] = []
    moves: list[tuple[int, int, int]] = []
    position = shift = 0
    for change in sorted(edits, key=lambda change: change.start):
        pieces += [example.text[position : change.start], change.text]
        position = change.end
        shift += len(change.text) - (change.end - change.start)
        moves.append((change.start, change.end, shift))
    pieces.append(example.text[position:])

    def moved(at: int, *, is_end: bool) -> int:
        before = 0
        for start, end, total in moves:
            if at >= end and (is_end or at > start or start == end):
                before = total
            elif at > start:
                # Within what was replaced: its edges.
                return end + total if is_end else start + before
            else:
                break
        return at + before

    def move(label: Label) -> Label:
        return replace(label, start=moved(label.start, is_end=False), end=moved(label.end, is_end=True))

    labels = tuple(label for label in map(move, example.labels) if label.start < label.end)
    spans = tuple((moved(s, is_end=False), moved(e, is_end=True)) for s, e in example.open_spans)
    return replace(example, text="".join(pieces), labels=labels, open_spans=spans)


def _other_names(example: Example, names: Names, random: Random) -> list[Edit]:
    groups: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in example.labels:
        if label.head is NAMES:
            groups[label.label, label.identity or example.text[label.start : label.end]].append(label)
    chosen = {
        PERSON: random.random() < _PEOPLE,
        ORGANISATION: random.random() < _ORGANISATIONS,
        LOCATION: random.random() < _LOCATIONS,
    }
    edits: list[Edit] = []
    for (kind, _), labels in groups.items():
        if not chosen.get(kind) or random.random() < 0.3:
            continue
        forms = {example.text[label.start : label.end] for label in labels}
        if kind == PERSON:
            new = _other_person(forms, names, random)
        elif len(forms) == 1:
            new = {next(iter(forms)): random.choice(names.organisations if kind == ORGANISATION else names.locations)}
        else:
            new = {}
        edits += [
            Edit(label.start, label.end, new[form])
            for label in labels
            if (form := example.text[label.start : label.end]) in new
        ]
    return edits


def _other_person(forms: set[str], names: Names, random: Random) -> dict[str, str]:
    """New forms for the forms of one person, where these are a given and a family name and parts of them."""
    full = max(sorted(forms), key=len)
    parts = full.split()
    gender = gender_of_name(full)
    given, family = random.choice(names.given.get(gender) or parts[:1]), random.choice(names.family)
    if random.random() < 0.1:
        family = (
            f"{family}-{random.choice(names.family)}"
            if random.random() < 0.5
            else f"{random.choice('ABCDEFGHJKLMNPRSTW')}. {family}"
        )
    known = {full: f"{given} {family}", parts[0]: given, parts[-1]: family.split()[-1]}
    if len(parts) == 1:
        known = {full: family.split()[-1]}
    return known if forms <= known.keys() and len(parts) <= 2 else {}


def _other_verbs(example: Example, random: Random) -> list[Edit]:
    return [
        Edit(label.start, label.end, random.choice(_VERBS))
        for label in example.labels
        if label.head is CUES and example.text[label.start : label.end] == "said" and random.random() < _OTHER_VERB
    ]


def _other_marks(example: Example, random: Random) -> Example:
    stretches = [
        s for s in find_stretches(example.text) if s.is_opened and s.is_closed and s.family is not Family.GUILLEMETS
    ]
    if not stretches:
        return example
    edits: dict[int, str] = {}
    draw = random.random()
    if draw < _STRAIGHT:
        doubles = {example.text[s.span.start] for s in stretches if s.family is Family.DOUBLE}
        style = _STYLES["straight" if "“" in doubles else "curly"]
    elif draw < _STRAIGHT + _SINGLE:
        style = _STYLES["single"]
    else:
        style = _STYLES["guillemets"] if draw < _STRAIGHT + _SINGLE + _GUILLEMETS else ""
    if style:
        for stretch in stretches:
            if stretch.family is Family.DOUBLE:
                edits[stretch.span.start], edits[stretch.span.end - 1] = style[0], style[1]
    edges = [at for stretch in stretches for at in (stretch.span.start, stretch.span.end - 1)]
    draw = random.random()
    if draw < _MARK_LOST + _MARK_DOUBLED:
        at = random.choice(edges)
        mark = edits.get(at, example.text[at])
        edits[at] = "" if draw < _MARK_LOST else 2 * mark
    return edit(example, [Edit(at, at + 1, mark) for at, mark in edits.items()])


def _headline_end(example: Example) -> int:
    end = example.text.find("\n")
    return end if 0 < end < 200 else 0


def _without_headline(example: Example, random: Random) -> Example:
    end = _headline_end(example)
    if not end or random.random() >= _NO_HEADLINE:
        return example
    shift = len(example.text) - len(example.text[end:].lstrip("\n"))
    labels = tuple(
        replace(label, start=label.start - shift, end=label.end - shift)
        for label in example.labels
        if label.start >= shift
    )
    return replace(example, text=example.text[shift:], labels=labels)


def _other_case(example: Example, random: Random) -> Example:
    end = _headline_end(example)
    draw = random.random()
    if not end or draw >= _CAPITALS + _TITLE_CASE:
        return example
    headline = example.text[:end]
    # Only characters whose other case is one character, so that labels stay where they are.
    if draw < _CAPITALS:
        changed = "".join(c.upper() if len(c.upper()) == 1 else c for c in headline)
    else:
        changed = "".join(
            c.upper() if len(c.upper()) == 1 and (at == 0 or headline[at - 1].isspace()) else c
            for at, c in enumerate(headline)
        )
    return replace(example, text=changed + example.text[end:])
