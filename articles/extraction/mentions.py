"""Names in a text: what the tagger read, mended by what only the whole story and the archive know.

The tagger sees a name where it stands. Here the archive's kinds win; a name that the tagger doubts is what it is
elsewhere in the story; a surname belongs to the person whose full name is told; a name marked once is marked wherever
it is printed. Other names (events, laws, works) are no mentions, but keep their words from being taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.extraction.coreference import CLUBS
from articles.extraction.edges import find_edges
from articles.extraction.geonames import fold, lookup
from articles.extraction.headings import find_headings, is_made_of_common_words
from articles.extraction.lexicons import load
from articles.extraction.names import read_person
from articles.extraction.tagger.labels import PERSON
from articles.extraction.tagger.tags import Tag
from articles.extraction.types import Gazetteer, Kind, Mention
from articles.text.spans import Span

# A name turns into what it is elsewhere in the story where that is this much surer. Names in doubt are as often two
# things (a town and its club, a woman and the ship named after her) as one that was misread.
MUCH_SURER = 1.4
# What a list says of a name of its own counts as much as the tagger's word at this certainty; a region is a team, too.
SURE = 0.9
# A name less sure than this is marked where the tagger saw it and nowhere else.
WHOLE = 0.5  # how sure the tagger must be of a longer name
WORTH_REPEATING = 0.8

_ARCHIVE = "accepted in the archive"
_KINDS = {kind.value: kind for kind in Kind}
# After these a place is meant although somebody of the story is called like it: “Sudesh Amman lives in Amman”.
_PLACING = re.compile(r"\b(?:in|at|near|outside|across)[ \u00a0]\Z", re.IGNORECASE)
# After these only one of so many people: “flew to Amman”, but “he would mail songs to Garcia”.
_LEADING = re.compile(r"\b(?:from|to|of)[ \u00a0]\Z", re.IGNORECASE)
_GREAT = 500_000
_BASED = re.compile(r"[-‐](?:based|born|bound|area)\b")
_BEFORE_ACRONYM = frozenset({" (", " (the ", " (or "})
# Mr Justice Lang is called Lang, and Mr Speaker by no name.
_OFFICE = r"(?:Ambassador|Chair(?:man|woman)?|Justice|Mayor|Minister|President|Prime Minister|Secretary|Speaker)\b"
_TITLED = re.compile(
    rf"(?<!\w)([A-Z][a-zñ]+\.?)(?:[ \u00a0]{_OFFICE})*[ \u00a0](?!{_OFFICE})((?:[A-Z][^\W\d_]*[’'-])*[A-Z][^\W\d_]+)"
)
_ADDRESSED = re.compile(rf"\b(?:Mr|Mister|Madam|Madame)\.?[ \u00a0]{_OFFICE}\Z")
# Between given and family name: Leonard “Tubby” Marsh, Leonard (“Tubby”) Marsh.
_NICKNAME = re.compile(r"[ \u00a0]\(?[“‘\"'][A-Z][^“”‘’\"'\n]{1,30}[”’\"']\)?[ \u00a0](?=[A-Z])")
_FIRST_WORD = re.compile(r"(?<![\w@#&])(?<!\w[-‐–’'.])\w+")
_GOES_ON = re.compile(r"[\w@&]|[-‐–][A-Z]|[’'](?!s\b)\w")
_CAPITALISED_BEFORE = re.compile(r"\b([A-Z][\w’'-]*)[ \u00a0]\Z")
_CAPITAL_AFTER = re.compile(r"[ \u00a0][A-Z]")
# Honorifics that are words of another kind, too: Don Li, the M. 4, Master Builders, Lord’s.
_AMBIGUOUS = frozenset({"Don", "Doctor", "Hon", "Lady", "Lord", "M.", "Madam", "Master", "Mister"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A stretch that is some name; `kind` is None for names of other things."""

    span: Span
    kind: Kind | None
    rule: str
    score: float | None = None

    @property
    def weight(self) -> float:
        return self.score or 0.0


def find_mentions(text: str, gazetteer: Gazetteer, names: Sequence[Tag], *, context: str = "") -> tuple[Mention, ...]:
    """Find the names of people, organisations and locations.

    Args:
        text: where the names are; spans count in it.
        gazetteer: what the archive knows; its kinds win over the tagger's.
        names: what the tagger takes for names, in text order, not overlapping.
        context: headline and standfirst. A full name there explains a surname in the text.

    Returns:
        Mentions in text order, not overlapping. Possessive endings, titles and honorifics stand outside. `score` is
        the tagger's certainty, None where it passed the name over.

    >>> text = "Gov. Ann Li left Oslo. Li wept."
    >>> tags = [Tag(Span(0, 11), "person", 0.98), Tag(Span(17, 21), "location", 0.9)]
    >>> [(mention.span.of(text), mention.rule) for mention in find_mentions(text, Gazetteer(), tags)]
    [('Ann Li', 'the tagger, 0.98 sure'), ('Oslo', 'the tagger, 0.90 sure'), ('Li', 'surname of Ann Li')]
    """
    found = _without_headlines(text, _with_nicknames(text, _parted(text, _tagged(text, names))))
    found = _listed(text, found)
    found = _agreed(text, found, _surnames(text, found) | _surnames_of_context(context))
    found = _as_their_long_forms(text, found)
    found += _titled(text, found)
    found = _whole(text, found)
    found += _repeated(text, found)
    found = _archived(text, found, gazetteer)
    return tuple(
        Mention(name.span, name.kind, name.rule, name.score)
        for name in sorted(found, key=lambda name: name.span)
        if name.kind
    )


def _tagged(text: str, tags: Iterable[Tag]) -> list[_Name]:
    found: list[_Name] = []
    for tag in tags:
        for span in find_edges(text, tag.span, is_person=tag.label == PERSON):
            if _ADDRESSED.search(text, max(0, span.start - 9), span.end):
                continue
            if not found or found[-1].span.end <= span.start:
                found.append(_Name(span, _KINDS.get(tag.label), f"the tagger, {tag.score:.2f} sure", tag.score))
    return found


def _parted(text: str, found: list[_Name]) -> list[_Name]:
    """Part two names that stand alone elsewhere in the story: “both Vellum and Tarrow Group”."""
    forms = {name.span.of(text): name for name in found}
    parted = []
    for name in found:
        one, joining, other = name.span.of(text).partition(" and ")
        if joining and one in forms and other in forms:
            first, second = (
                Span(name.span.start, name.span.start + len(one)),
                Span(name.span.end - len(other), name.span.end),
            )
            parted += [replace(forms[one], span=first), replace(forms[other], span=second)]
        else:
            parted.append(name)
    return parted


def _with_nicknames(text: str, found: list[_Name]) -> list[_Name]:
    """Join two parts of a name that a nickname stands between; what was taken for a name in it is none."""
    starts = {name.span.start: number for number, name in enumerate(found) if name.kind is Kind.PERSON}
    joined, skipped = [], 0
    for number, name in enumerate(found):
        if number < skipped:
            continue
        nickname = _NICKNAME.match(text, name.span.end) if name.kind is Kind.PERSON else None
        last = starts.get(nickname.end()) if nickname else None
        if last is not None:
            name, skipped = replace(name, span=Span(name.span.start, found[last].span.end)), last + 1
        joined.append(name)
    return joined


def _without_headlines(text: str, found: list[_Name]) -> list[_Name]:
    """Leave out what only a headline's capitals made look like a name: “New Pier Plan Splits Town”."""
    headings = list(find_headings(text))
    printed: set[Span] = set()
    for name in found:
        at = bisect_right(headings, name.span.start, key=lambda heading: heading.start)
        if at and headings[at - 1].contains(name.span):
            printed.add(name.span)
    elsewhere = {word for name in found if name.span not in printed for word in fold(name.span.of(text)).split()}
    return [
        name
        for name in found
        if name.span not in printed
        or name.weight >= WORTH_REPEATING
        or not is_made_of_common_words(form := name.span.of(text))
        or elsewhere.issuperset(fold(form).split())
    ]


def _listed(text: str, found: list[_Name]) -> list[_Name]:
    """Give names that a list or the words beside them know the kind that these say."""
    listed = []
    for name in found:
        form = name.span.of(text)
        if name.kind is not Kind.ORGANISATION and form in load("organisations") and not _is_plain(form):
            name = replace(name, kind=Kind.ORGANISATION, rule="in the list of organisations", score=SURE)
        elif name.kind is Kind.LOCATION and " & " in form:
            name = replace(name, kind=Kind.ORGANISATION, rule="joined by “&”, as firms are")
        elif name.kind is not Kind.LOCATION and name.weight < SURE and form in load("regions"):
            name = replace(name, kind=Kind.LOCATION, rule="in the list of regions", score=SURE)
        elif name.kind and name.weight < SURE and _BASED.match(text, name.span.end):
            name = replace(name, kind=Kind.LOCATION, rule="before “-based” or the like", score=SURE)
        elif name.weight < SURE and form in load("demonyms") and not lookup(form):
            name = replace(name, kind=None)  # “Omani law”: nationalities and languages are no names
        listed.append(name)
    return listed


def _surnames(text: str, found: Iterable[_Name]) -> dict[str, str]:
    """Folded surname → the first full name of a person who bears it."""
    surnames: dict[str, str] = {}
    for name in found:
        form = name.span.of(text)
        if name.kind is Kind.PERSON and " " in form:
            person = read_person(form)
            for surname in (person.family, person.plain_family) if person.is_full else ():
                surnames.setdefault(surname, form)
    return surnames


def _surnames_of_context(context: str) -> dict[str, str]:
    """The same of a headline, where a given name tells a person: “Ingrid Berg wins”, then “Berg wept”."""
    words = context.split()
    pairs = [(one, other.strip(",.:;’'”“\"")) for one, other in pairwise(words) if one.title() in load("given_names")]
    return {fold(other): f"{one} {other}" for one, other in pairs if other[:1].isupper() and not _is_plain(other)}


def _short_forms(text: str, found: Iterable[_Name]) -> dict[str, str]:
    """Folded short form → the organisation it stands for: “Vellum” of Vellum Holdings, “Albion” of Leith Albion.

    “Cork” is no short form of Cork Water Board, “National” none of the National Bank.
    """
    short_forms: dict[str, str] = {}
    for name in found:
        form = name.span.of(text)
        first, _, last = form.partition(" ")
        if name.kind is not Kind.ORGANISATION or not last:
            continue
        if not (_is_plain(first) or first in load("given_names") or lookup(first)):
            short_forms.setdefault(fold(first), form)
        if last.lower() in CLUBS and not _is_plain(last):
            short_forms.setdefault(fold(last), form)
    return short_forms


def _agreed(text: str, found: list[_Name], surnames: dict[str, str]) -> list[_Name]:
    """Settle the kinds of names in doubt by the full names and by the other mentions of the story."""
    short_forms = _short_forms(text, found)
    people = {fold(name.span.of(text)) for name in found if name.kind is Kind.PERSON and name.weight >= SURE}
    votes: defaultdict[str, defaultdict[Kind | None, float]] = defaultdict(lambda: defaultdict(float))
    for name in found:
        votes[fold(name.span.of(text))][name.kind] += name.weight
    agreed = []
    for name in found:
        form = name.span.of(text)
        key = fold(form)
        winner, weight = max(votes[key].items(), key=lambda vote: vote[1])
        if key in surnames:
            if name.kind is not Kind.PERSON and not _is_placed(text, name):
                name = replace(name, kind=Kind.PERSON, rule=f"surname of {surnames[key]}")
        elif name.kind and name.weight < SURE and _is_full_name(form) and key.rpartition(" ")[2] in people:
            name = replace(name, kind=Kind.PERSON, rule=f"{form.rpartition(' ')[2]} is a person elsewhere in the story")
        elif name.kind in {Kind.PERSON, None} and name.weight < SURE and key in short_forms:
            name = replace(name, kind=Kind.ORGANISATION, rule=f"short for {short_forms[key]}")
        elif name.kind is Kind.PERSON and name.weight < SURE and form.lower() in load("titles"):
            name = replace(name, kind=None)  # “became Sultan”: nobody of the story is called so
        elif winner is not name.kind and weight > MUCH_SURER * votes[key][name.kind]:
            name = replace(name, kind=winner, rule="what it is elsewhere in the story")
        agreed.append(name)
    return agreed


def _is_full_name(form: str) -> bool:
    """Whether a name is printed like a person's and begins with a given name: not “Hallam & Quay”, “Day after Day”."""
    first, *others = form.split()
    return (
        bool(others) and first in load("given_names") and all(word.isalpha() and word[0].isupper() for word in others)
    )


def _is_placed(text: str, name: _Name) -> bool:
    """Whether a place that is also a surname of the story stands where places do."""
    if name.kind is not Kind.LOCATION or not (places := lookup(name.span.of(text))):
        return False
    is_great = any(known.place.population >= _GREAT for known in places)
    before = text[max(0, name.span.start - 9) : name.span.start]
    return bool(_PLACING.search(before) or (is_great and _LEADING.search(before)))


def _as_their_long_forms(text: str, found: list[_Name]) -> list[_Name]:
    """Give an acronym the kind of the name that it stands after in brackets: “Act on Fair Elections (AFE)”."""
    long_forms: dict[str, _Name] = {}
    for before, after in pairwise(found):
        is_in_brackets = text[before.span.end : after.span.start] in _BEFORE_ACRONYM
        short = after.span.of(text)
        if is_in_brackets and text.startswith(")", after.span.end) and _is_acronym(short, before.span.of(text)):
            long_forms.setdefault(short, before)
    return [
        replace(name, kind=long.kind, rule=f"short for {long.span.of(text)}")
        if (long := long_forms.get(name.span.of(text))) and long.kind is not name.kind
        else name
        for name in found
    ]


def _is_acronym(short: str, long: str) -> bool:
    """Whether capitals are, in order, first letters of the words of a name, beginning with its first: NSW, BIPA.

    >>> _is_acronym("AFE", "2018 Act on Fair Elections"), _is_acronym("OFP", "Notes from Poland")
    (True, False)
    """
    initials = [word[0] for word in long.split() if word[0].isupper()]
    letters = short.replace(".", "")
    rest = iter(initials)
    return letters.isupper() and letters[:1] == "".join(initials[:1]) and all(letter in rest for letter in letters)


def _titled(text: str, found: list[_Name]) -> list[_Name]:
    """Names that the tagger passed over after an honorific: “Mr Ombati”."""
    named = (
        _Name(Span(*match.span(2)), Kind.PERSON, f"after “{match[1]}”")
        for match in _TITLED.finditer(text)
        if match[1] in load("honorifics") - _AMBIGUOUS
    )
    return list(_apart(named, found))


def _whole(text: str, found: list[_Name]) -> list[_Name]:
    """Names whole where the tagger saw a part: “Sago 9” is the channel elsewhere, so no “Sago” here."""
    known = {name.span.of(text): name for name in found if name.weight > WHOLE and " " in name.span.of(text)}
    ordered = sorted(found, key=lambda name: name.span)
    starts = [name.span.start for name in ordered]
    lost: set[Span] = set()
    whole: list[_Name] = []
    for span in _printed(text, known):
        name = known[span.of(text)]
        parts = ordered[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if parts and all(span.contains(part.span) and part.span != span for part in parts):
            lost |= {part.span for part in parts}
            whole.append(replace(name, span=span, rule="printed as elsewhere in the story", score=None))
    return [name for name in found if name.span not in lost] + whole


def _repeated(text: str, found: list[_Name]) -> list[_Name]:
    """Names that the tagger passed over, printed as they are where it saw them; surnames of its people, too."""
    known: dict[str, _Name] = {}
    for name in found:
        form = name.span.of(text)
        if name.weight < WORTH_REPEATING:
            continue
        known.setdefault(form, replace(name, rule="printed as elsewhere in the story", score=None))
        if name.kind is Kind.PERSON and " " in form and read_person(form).is_full:
            surname = form.rpartition(" ")[2]
            known.setdefault(surname, replace(name, rule=f"surname of {form}", score=None))
    forms = [form for form in known if len(form) > 1 and not _is_plain(form)]
    named = (replace(known[span.of(text)], span=span) for span in _printed(text, forms))
    return [name for name in _apart(named, found) if name.kind]


def _archived(text: str, found: list[_Name], gazetteer: Gazetteer) -> list[_Name]:
    """Give names the kinds that the archive knows, and add its names that nothing else saw."""
    known = []
    for name in found:
        kind = gazetteer.names.get(name.span.of(text).casefold())
        known.append(replace(name, kind=kind, rule=_ARCHIVE) if kind else name)
    forms = [form for form in gazetteer.names if form not in load("common_words")]
    spans = [span for span in _printed(text, forms, str.casefold) if not _is_plain(span.of(text))]
    named = (_Name(span, gazetteer.names[span.of(text).casefold()], _ARCHIVE) for span in spans)
    return known + list(_apart(named, found))


def _printed(text: str, forms: Iterable[str], fold_case: Callable[[str], str] = str) -> Iterator[Span]:
    """Where forms are printed as names of their own, in text order, the longest that fits.

    “Oslo” is not in “Osloites”, “Li” not in “Li-Berg” and “L’Oréal” has no “Oréal”.
    """
    by_first_word: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        if first := _FIRST_WORD.match(form):
            by_first_word[first.group()].append(form)
    end = 0
    for match in _FIRST_WORD.finditer(text) if by_first_word else ():
        start = match.start()
        for form in by_first_word.get(fold_case(match.group()), ()):
            stop = start + len(form)
            if start >= end and fold_case(text[start:stop]) == form and not _GOES_ON.match(text, stop):
                end = stop
                if not _is_part(text, start, end):
                    yield Span(start, end)


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a name may be a part of a longer one: “Sago Palms”, “Mount Sago”; not “Later Sago”."""
    before = _CAPITALISED_BEFORE.search(text, max(0, start - 30), start)
    is_plain = before is None or any(before[1].lower() in load(words) for words in ("function_words", "common_words"))
    return not is_plain or _CAPITAL_AFTER.match(text, end) is not None


def _is_plain(form: str) -> bool:
    """Whether a word is also none: “Will”, “May”, “Thai”, and what is not printed as a name is."""
    is_common = form.lower() in load("common_words") and not (form.isupper() and len(form) > 1)  # IS, IT, WHO
    return form == form.lower() or is_common or form in load("demonyms")


def _apart(names: Iterable[_Name], found: Sequence[_Name]) -> Iterator[_Name]:
    """The names, in text order, that overlap none of those found."""
    spans = sorted(name.span for name in found)
    at = 0
    for name in names:
        while at < len(spans) and spans[at].end <= name.span.start:
            at += 1
        if at == len(spans) or not spans[at].overlaps(name.span):
            yield name
