"""Which names are one thing: full name and surname, long form and acronym, other spellings of one country.

Left apart: a surname alone where two people of the story bear it and nothing tells which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import fmean

from articles.extraction.genders import agree, gender_before, gender_of_name
from articles.extraction.geonames import country_of, fold, lookup
from articles.extraction.lexicons import load, load_table
from articles.extraction.names import PersonName, read_person
from articles.extraction.types import Entity, Gender, Kind, Mention
from articles.text.spans import Span

LEGAL_FORMS = frozenset(
    "inc limited ltd llc llp plc corp corporation company co gmbh ag sa nv bv se ab as asa aps oy oyj spa srl "
    "pty kk".split()
)
# What clubs, colleges and airlines add to the name of their town. Others are not called by their town alone: “Cork” is
# no short form of Cork Water Board.
CLUBS = frozenset(
    "fc afc rfc cc united city town rovers wanderers athletic albion county rangers thistle hotspur villa air airlines "
    "airways college university".split()
)
# “the Atlantic” is the Atlantic Ocean.
WATERS = re.compile(r"(?<=\w) (?:ocean|sea)$")


def resolve_names(text: str, mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    """Gather the mentions of each person, organisation and location.

    Args:
        text: what the spans of `mentions` count in.
        mentions: in text order; every one ends up in exactly one entity, its span unchanged.

    Returns:
        Entities in order of their first mention. `name` is the fullest form printed, `aliases` the others.

    >>> from articles.text.spans import Span
    >>> text = "Ann Li met Omar Haddad. Li said Haddad agreed."
    >>> spans = [(0, 6), (11, 22), (24, 26), (32, 38)]
    >>> people = tuple(Mention(Span(*span), Kind.PERSON, "") for span in spans)
    >>> [(entity.name, entity.aliases) for entity in resolve_names(text, people)]
    [('Ann Li', ('Li',)), ('Omar Haddad', ('Haddad',))]
    """
    people = [mention for mention in mentions if mention.kind is Kind.PERSON]
    others = [mention for mention in mentions if mention.kind is not Kind.PERSON]
    clusters = [*_people(text, people), *_others(text, others)]
    clusters.sort(key=lambda cluster: cluster.mentions[0].span)
    return tuple(_entity(text, cluster) for cluster in clusters)


@dataclass(slots=True, eq=False)
class _Cluster:
    mentions: list[Mention] = field(default_factory=list)
    names: set[PersonName] = field(default_factory=set)
    gender: Gender | None = None

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)


def _entity(text: str, cluster: _Cluster) -> Entity:
    mentions = sorted(cluster.mentions, key=lambda mention: mention.span)
    forms = list(dict.fromkeys(mention.span.of(text) for mention in mentions))
    # A headline's capitals are nobody's name where the name is printed otherwise, too.
    is_in_capitals = all(form.isupper() for form in forms)
    plain = [form for form in forms if is_in_capitals or not (form.isupper() and " " in form)]
    name = max(plain, key=lambda form: (len(form.split()), len(form)))
    rule = next(mention.rule for mention in mentions if mention.span.of(text) == name)
    gender = cluster.gender or (gender_of_name(name) if mentions[0].kind is Kind.PERSON else None)
    aliases = tuple(form for form in forms if form != name)
    scores = [mention.score for mention in mentions if mention.score is not None]
    return Entity(
        mentions[0].kind,
        name,
        tuple(mention.span for mention in mentions),
        rule,
        aliases=aliases,
        gender=gender,
        score=fmean(scores) if scores else None,
    )


# People


def _people(text: str, mentions: list[Mention]) -> list[_Cluster]:
    full: list[_Cluster] = []
    short: list[Mention] = []
    by_family: defaultdict[tuple[str, str], list[_Cluster]] = defaultdict(list)
    for mention in mentions:
        name = read_person(mention.span.of(text))
        if not name.is_full:
            short.append(mention)
            continue
        gender = gender_before(text, mention.span)
        namesakes = by_family[name.plain_family, name.given[0][0]]
        agreeing = [cluster for cluster in namesakes if agree(cluster.gender, gender)]
        exact = [cluster for cluster in agreeing if name in cluster.names]
        fitting = exact if len(exact) == 1 else [c for c in agreeing if _is_same_person(c, name)]
        cluster = fitting[0] if len(fitting) == 1 else _Cluster()
        if len(fitting) != 1:
            full.append(cluster)
            namesakes.append(cluster)
        cluster.add(mention)
        cluster.names.add(name)
        cluster.gender = cluster.gender or gender
    full = _join_family_names(text, full)
    for cluster in full:
        cluster.gender = cluster.gender or gender_of_name(max((m.span.of(text) for m in cluster.mentions), key=len))
    return full + _short_names(text, short, full)


def _join_family_names(text: str, full: list[_Cluster]) -> list[_Cluster]:
    """Join two surnames without a given name to the one person who bears both: “Ana Ruiz Soto … Ruiz Soto”."""
    longer: defaultdict[str, list[_Cluster]] = defaultdict(list)
    for cluster in full:
        for words in {name.words for name in cluster.names}:
            for i in range(1, len(words) - 1):
                _note(longer[" ".join(words[i:])], cluster)
    kept = []
    for cluster in full:
        first = cluster.mentions[0].span.of(text).partition(" ")[0]
        bearers = [] if first.title() in load("given_names") else _bearers(cluster, longer)
        if len(bearers) == 1 and agree(bearers[0].gender, cluster.gender):
            bearers[0].mentions = sorted(bearers[0].mentions + cluster.mentions, key=lambda mention: mention.span)
        else:
            kept.append(cluster)
    return kept


def _bearers(cluster: _Cluster, longer: Mapping[str, list[_Cluster]]) -> list[_Cluster]:
    return [one for name in cluster.names for one in longer.get(" ".join(name.words), ()) if one is not cluster]


def _is_same_person(cluster: _Cluster, name: PersonName) -> bool:
    """Whether a full name of the same family name fits all forms of a person: Ann B. Li, A. Li, Ann Li."""
    return all(
        _fits(known.given, name.given) and (known.suffix == name.suffix or not (known.suffix and name.suffix))
        for known in cluster.names
    )


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names may be one person's: the first ones agree, in full or as an initial, no other clashes."""
    if not _agree(one[0], other[0]):
        return False
    shorter, longer = sorted((one[1:], other[1:]), key=len)
    rest = iter(longer)
    return all(any(_agree(name, candidate) for candidate in rest) for name in shorter)


def _agree(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _short_names(text: str, mentions: list[Mention], full: list[_Cluster]) -> list[_Cluster]:
    """Give each surname or given name alone to the one person of the story who bears it; returns those left over.

    “Ann Li … Li said … her brother, Omar Li … Mr Li … Li”: who was called Li before there was another stays Li, so
    that the last is Ann. “Ann Li and Omar Li … Li said” is a name of its own.
    """
    bearers: tuple[defaultdict[str, list[_Cluster]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    families, first_names, parts = bearers
    introduced = {id(cluster): cluster.mentions[0].span for cluster in full}
    for cluster in full:
        for name in cluster.names:
            for family in {name.family, name.plain_family}:
                _note(families[family], cluster)
            _note(first_names[name.given[0]], cluster)
            for part in name.words[1:-1]:
                _note(parts[part], cluster)
    left: dict[tuple[str, Gender | None], _Cluster] = {}
    called: dict[PersonName, _Cluster] = {}
    known: dict[tuple[PersonName, Gender | None], list[tuple[Span, _Cluster]]] = {}
    for mention in mentions:
        name, gender = read_person(mention.span.of(text)), gender_before(text, mention.span)
        if (name, gender) not in known:
            known[name, gender] = [(introduced[id(one)], one) for one in _fitting(name, gender, bearers)]
            known[name, gender].sort(key=lambda pair: pair[0])
        fitting = known[name, gender]
        second = fitting[1][0] if len(fitting) > 1 else None
        owner = fitting[0][1] if fitting and (second is None or fitting[0][0] < mention.span < second) else None
        if gender is None:
            owner = called.setdefault(name, owner) if owner else called.get(name)
        if owner:
            owner.add(mention)
            owner.gender = owner.gender or gender
        else:
            _leftover(left, (name.plain_family, gender)).add(mention)
    for (_, gender), cluster in left.items():
        cluster.gender = gender
    return list(left.values())


def _fitting(
    name: PersonName, gender: Gender | None, bearers: tuple[defaultdict[str, list[_Cluster]], ...]
) -> list[_Cluster]:
    """The people a short name may mean: by family name, else by first name, else by a name between."""
    for index in bearers:
        candidates = {id(c): c for key in (name.family, name.plain_family) for c in index.get(key, ())}
        if candidates:
            return [
                cluster
                for cluster in candidates.values()
                if agree(cluster.gender, gender)
                and (not name.suffix or any(known.suffix == name.suffix for known in cluster.names))
            ]
    return []


def _leftover(left: dict[tuple[str, Gender | None], _Cluster], key: tuple[str, Gender | None]) -> _Cluster:
    """The person of a name alone: “Mrs Li … Li” is one, “Mrs Li … Mr Li” are two."""
    family, gender = key
    same = [known for known in left if known[0] == family and agree(known[1], gender)]
    if len(same) != 1:
        return left.setdefault(key, _Cluster())
    cluster = left.pop(same[0])
    left[family, gender or same[0][1]] = cluster
    return cluster


def _note(clusters: list[_Cluster], cluster: _Cluster) -> None:
    if not clusters or clusters[-1] is not cluster:
        clusters.append(cluster)


# Organisations and locations


def _others(text: str, mentions: list[Mention]) -> Iterable[_Cluster]:
    clusters: dict[tuple[Kind, str], _Cluster] = {}
    for mention in mentions:
        clusters.setdefault((mention.kind, _key(mention.kind, mention.span.of(text))), _Cluster()).add(mention)
    _join_bracketed(text, mentions, clusters)
    for kind in (Kind.ORGANISATION, Kind.LOCATION):
        _join_acronyms(clusters, kind)
    _join_short_forms(clusters)
    return {id(cluster): cluster for cluster in clusters.values()}.values()


def _key(kind: Kind, form: str) -> str:
    """What forms of one name have in common: U.S. and United States, The Times and Times, Acme Ltd and Acme."""
    if kind is Kind.LOCATION:
        return country_of(form) or WATERS.sub("", fold(form))
    words = fold(form).replace(".", "").split()
    if words[0] == "the":
        words = words[1:] or words
    if words[:2] == ["united", "states"] and len(words) > 2:
        words = ["us", *words[2:]]
    if len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return " ".join(words)


def _merge(clusters: dict[tuple[Kind, str], _Cluster], into: tuple[Kind, str], other: tuple[Kind, str]) -> None:
    one, two = clusters[into], clusters[other]
    if one is two:
        return
    one.mentions = sorted(one.mentions + two.mentions, key=lambda mention: mention.span)
    for key, cluster in clusters.items():
        if cluster is two:
            clusters[key] = one


def _join_bracketed(text: str, mentions: list[Mention], clusters: dict[tuple[Kind, str], _Cluster]) -> None:
    """Join what stands in brackets after a name: “Islamic State (IS)”, “the UN refugee agency (UNHCR)” not."""
    for before, after in pairwise(mentions):
        between = text[before.span.end : after.span.start]
        if between not in {" (", " (the ", " (or "} or text[after.span.end : after.span.end + 1] != ")":
            continue
        long, short = before.span.of(text), after.span.of(text)
        if before.kind is after.kind and _is_short_for(short, long):
            _merge(clusters, (before.kind, _key(before.kind, long)), (after.kind, _key(after.kind, short)))


def _is_short_for(short: str, long: str) -> bool:
    """Whether what stands in brackets after a name is made of it: “the Rivers Authority of Oslo (Riverao)”, “(RAO)”.

    Capitals alone are enough after several words: “the Kurdistan Workers' Party (PKK)” has its letters from Kurdish.
    """
    letters, name = fold(short).replace(".", ""), fold(long)
    if letters in name or (short.isupper() and " " in long and " " not in short):
        return True
    rest = iter(name)
    return " " not in short and letters[0] == name[0] and all(letter in rest for letter in letters)


def _initials(name: str) -> set[str]:
    words = [word for part in fold(name).split() for word in part.split("-") if word[:1].isalnum()]
    big = [word for word in words if word not in load("function_words") and word not in {"de", "du", "la", "des"}]
    every = {"".join(word[0] for word in words), "".join(word[0] for word in big)}
    if len(big) > 2:
        every.add("".join(word[0] for word in big[1:]))
    return {initials for initials in every if len(initials) > 1}


def _join_acronyms(clusters: dict[tuple[Kind, str], _Cluster], kind: Kind) -> None:
    """Join an acronym to the one long name of its first letters: “National Health Service … NHS”."""
    by_initials: defaultdict[str, list[tuple[Kind, str]]] = defaultdict(list)
    for key in clusters:
        if key[0] is kind and " " in key[1]:
            for initials in _initials(key[1]):
                by_initials[initials].append(key)
    for key in list(clusters):
        long_forms = by_initials.get(key[1], []) if key[0] is kind else []
        if len({id(clusters[long]) for long in long_forms}) == 1:
            _merge(clusters, long_forms[0], key)


def _join_short_forms(clusters: dict[tuple[Kind, str], _Cluster]) -> None:
    """Join an organisation's short form to the one longer name that begins or ends with it.

    “Meridian Power … Meridian”, “Ministry of Water of Peru … Ministry of Water”, “Oslo Harbour Council … Harbour
    Council”. A place begins many names and is a short form of clubs only.
    """
    names = [key[1] for key in clusters if key[0] is Kind.ORGANISATION]
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for short in _short_forms(name):
            longer[short].append(name)
    for name in sorted(names, key=lambda name: -len(name.split())):
        keys = [(Kind.ORGANISATION, long) for long in longer.get(name, ())]
        if len({id(clusters[key]) for key in keys}) == 1:
            _merge(clusters, keys[0], (Kind.ORGANISATION, name))


def _short_forms(name: str) -> set[str]:
    words = name.split()
    forms = set()
    for i in range(1, len(words)):
        head, tail = " ".join(words[:i]), " ".join(words[i:])
        if words[i] == "of":
            forms |= {head} if i > 1 or head == "house" else set()
        elif CLUBS.issuperset(words[i:]) or not (lookup(head) or head in _known_organisations()):
            forms.add(head)
        if _is_place(head):
            forms |= {tail} | ({"house"} if tail.startswith("house of ") else set())
        elif i < len(words) - 1 and words[i] not in load("function_words") and words[i - 1] not in {"of", "for", "and"}:
            forms.add(tail)
    return forms


@cache
def _known_organisations() -> frozenset[str]:
    """Names that need nothing after them: “the UN” is no short form of the UN Security Council."""
    return frozenset(_key(Kind.ORGANISATION, name) for name in load("organisations"))


def _is_place(folded: str) -> bool:
    return bool(country_of(folded)) or folded.title() in load_table("demonyms") or folded.title() in load("regions")
