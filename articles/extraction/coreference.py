"""Which names are one thing: full name and surname, long form and acronym, other spellings of one country.

Left apart: a surname alone where two people of the story bear it and nothing tells which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from articles.extraction.genders import agree, gender_before, gender_of_name
from articles.extraction.geonames import country_of, fold
from articles.extraction.lexicons import load, load_table
from articles.extraction.names import PersonName, read_person
from articles.extraction.types import Entity, Gender, Kind, Mention

LEGAL_FORMS = frozenset("inc inc. ltd ltd. limited llc llp plc corp corp. co co. gmbh ag sa nv se ab oy pty".split())


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
    plain = [form for form in forms if not (form.isupper() and " " in form)] or forms
    name = max(plain, key=lambda form: (len(form.split()), len(form)))
    rule = next(mention.rule for mention in mentions if mention.span.of(text) == name)
    gender = cluster.gender or (gender_of_name(name) if mentions[0].kind is Kind.PERSON else None)
    aliases = tuple(form for form in forms if form != name)
    return Entity(mentions[0].kind, name, tuple(m.span for m in mentions), rule, aliases=aliases, gender=gender)


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
    for cluster in full:
        cluster.gender = cluster.gender or gender_of_name(max((m.span.of(text) for m in cluster.mentions), key=len))
    return full + _short_names(text, short, full)


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

    “Ann Li … Omar Li … Mr Li” is Omar, “Li said” after both is a name of its own.
    """
    bearers: tuple[defaultdict[str, list[_Cluster]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    families, first_names, parts = bearers
    for cluster in full:
        for name in cluster.names:
            for family in {name.family, name.plain_family}:
                _note(families[family], cluster)
            _note(first_names[name.given[0]], cluster)
            for part in name.given[1:]:
                _note(parts[part], cluster)
    left: dict[tuple[str, Gender | None], _Cluster] = {}
    owners: dict[tuple[PersonName, Gender | None], _Cluster | None] = {}
    for mention in mentions:
        name, gender = read_person(mention.span.of(text)), gender_before(text, mention.span)
        if (name, gender) not in owners:
            owners[name, gender] = _owner(name, gender, bearers)
        owner = owners[name, gender]
        if owner:
            owner.add(mention)
            owner.gender = owner.gender or gender
        else:
            _leftover(left, (name.plain_family, gender)).add(mention)
    for (_, gender), cluster in left.items():
        cluster.gender = gender
    return list(left.values())


def _owner(
    name: PersonName, gender: Gender | None, bearers: tuple[defaultdict[str, list[_Cluster]], ...]
) -> _Cluster | None:
    """The one person a short name may mean: by family name, else by first name, else by a name between."""
    for index in bearers:
        candidates = {id(c): c for key in (name.family, name.plain_family) for c in index.get(key, ())}
        if candidates:
            fitting = [
                cluster
                for cluster in candidates.values()
                if agree(cluster.gender, gender)
                and (not name.suffix or any(known.suffix == name.suffix for known in cluster.names))
            ]
            return fitting[0] if len(fitting) == 1 else None
    return None


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
    """What forms of one name have in common: U.S. and United States, The Guardian and Guardian, Acme Ltd and Acme."""
    if kind is Kind.LOCATION:
        return country_of(form) or fold(form)
    words = fold(form).replace(".", "").split()
    if words[0] == "the":
        words = words[1:] or words
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
        if before.kind is after.kind and (_initials_of(short, long) or fold(short) in fold(long)):
            _merge(clusters, (before.kind, _key(before.kind, long)), (after.kind, _key(after.kind, short)))


def _initials_of(short: str, long: str) -> bool:
    """Whether an acronym could be made of a name's first letters, small words and places before it left out or not."""
    letters = fold(short).replace(".", "")
    return short.isupper() and any(letters == initials for initials in _initials(long))


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
    """Join an organisation's short form to the one longer name that begins or, after a place, ends with it.

    “Meridian Power … Meridian”, “Canadian Department of Health … Department of Health”.
    """
    names = [key[1] for key in clusters if key[0] is Kind.ORGANISATION]
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        words = name.split()
        for i in range(1, len(words)):
            if words[i] != "of":
                longer[" ".join(words[:i])].append(name)
            if _is_place(" ".join(words[:i])):
                longer[" ".join(words[i:])].append(name)
    for name in names:
        keys = [(Kind.ORGANISATION, long) for long in longer.get(name, ())]
        if len({id(clusters[key]) for key in keys}) == 1:
            _merge(clusters, keys[0], (Kind.ORGANISATION, name))


def _is_place(folded: str) -> bool:
    return bool(country_of(folded)) or folded.title() in load_table("demonyms") or folded.title() in load("regions")
