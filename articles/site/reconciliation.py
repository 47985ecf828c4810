"""Which public records the names of other people's data could mean: the Reconciliation Service API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from articles.models import Alias, Entity, Identifier
from articles.models.name_keys import fold, plain_key
from articles.models.slugs import name_key

MOST_QUERIES = 50
LONGEST_QUERY = 200
MOST_RESULTS = 25
RESULTS = 5
SUGGESTED = 10
# Names that a batch is compared with: the commonest name of a large archive has thousands.
MOST_COMPARED = 1_000
EXACT = 100.0
# What a name that is only like the one asked for gets at most.
ALMOST = 99.0
# What is left of the score where the record has another identifier than the one asked for.
CONTRADICTED = 0.5


class BadQuery(ValueError):
    """A query that cannot be answered: what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Query:
    name: str
    kinds: tuple[str, ...] = ()
    limit: int = RESULTS
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A record that could be meant, and how like its nearest name is to the one asked for, 0 to 100."""

    entity: Entity
    score: float
    is_match: bool = False


def read_queries(batch: Any) -> dict[str, Query]:
    """The queries of a batch, by their keys.

    Raises:
        BadQuery: it is no batch, or one of its queries is none.
    """
    if not isinstance(batch, dict):
        raise BadQuery('expected an object of queries, as in {"q0": {"query": "Ana Ruiz"}}')
    if len(batch) > MOST_QUERIES:
        raise BadQuery(f"{len(batch)} queries; expected {MOST_QUERIES} at most")
    return {key: _read_query(key, query) for key, query in batch.items()}


def _read_query(key: str, query: Any) -> Query:
    name = query.get("query", "") if isinstance(query, dict) else None
    if not isinstance(name, str) or len(name) > LONGEST_QUERY:
        raise BadQuery(f"{key}: expected an object with “query”, a text of {LONGEST_QUERY} characters at most")
    types = query.get("type") or []
    kinds = [types] if isinstance(types, str) else types
    if not isinstance(kinds, list) or not set(map(str, kinds)) <= set(Entity.Kind.values):
        raise BadQuery(f"{key}: the type is {types!r:.60}; expected some of {', '.join(Entity.Kind.values)}")
    limit = query.get("limit", RESULTS)
    if not isinstance(limit, int) or limit < 1:
        raise BadQuery(f"{key}: the limit is {limit!r:.60}; expected a number from 1 to {MOST_RESULTS}")
    return Query(storable(name), tuple(kinds), min(limit, MOST_RESULTS), _identifiers(query.get("properties")))


def storable(text: str) -> str:
    """A text without what no database takes: NUL, and halves of characters that JSON can spell."""
    return text.encode(errors="ignore").decode().replace("\0", "")


def _identifiers(properties: Any) -> dict[str, str]:
    """The identifiers among the properties that a query brings; of others nothing is known here."""
    identifiers = {}
    for each in properties if isinstance(properties, list) else []:
        scheme, value = (each.get("pid"), each.get("v")) if isinstance(each, dict) else (None, None)
        value = value.get("id") if isinstance(value, dict) else value
        if scheme in Identifier.Scheme.values and isinstance(value, str | int):
            identifiers[str(scheme)] = str(value)
    return identifiers


def reconcile(queries: Mapping[str, Query]) -> dict[str, list[Found]]:
    """The records that each query could mean, the likeliest first; as many database queries for one as for a batch.

    One is a match where it alone goes by exactly the name asked for, case aside, and no identifier contradicts.
    """
    by_key, by_plain = _namesakes(queries.values())
    entities = {alias.entity_id for aliases in (*by_key.values(), *by_plain.values()) for alias in aliases}
    identifiers: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for known in Identifier.objects.filter(entity__in=entities):
        identifiers[known.entity_id][known.scheme].add(known.value)
    answers = {}
    for key, query in queries.items():
        aliases = [*by_key[name_key(query.name)]]
        for kind in query.kinds or Entity.Kind.values:
            aliases += by_plain[kind, plain_key(kind, query.name)]
        aliases = [alias for alias in aliases if not query.kinds or alias.entity.kind in query.kinds]
        answers[key] = _ranked(query, aliases, identifiers)
    return answers


def _namesakes(queries: Iterable[Query]) -> tuple[dict[str, list[Alias]], dict[tuple[str, str], list[Alias]]]:
    """Names of public records that are those asked for, by their keys, and variants of them, by kind and plain form."""
    keys = {name_key(query.name) for query in queries} - {""}
    plains = {plain_key(kind, query.name) for query in queries for kind in query.kinds or Entity.Kind.values} - {""}
    named = Alias.objects.filter(Q(key__in=keys) | Q(plain__in=plains), entity__in=Entity.objects.public())
    by_key: dict[str, list[Alias]] = defaultdict(list)
    by_plain: dict[tuple[str, str], list[Alias]] = defaultdict(list)
    for alias in named.select_related("entity").order_by("-entity__article_count", "pk")[:MOST_COMPARED]:
        by_key[alias.key].append(alias)
        if alias.plain:
            by_plain[alias.entity.kind, alias.plain].append(alias)
    return by_key, by_plain


def _ranked(query: Query, aliases: Iterable[Alias], identifiers: Mapping[int, Mapping[str, set[str]]]) -> list[Found]:
    found: dict[int, Found] = {}
    for alias in aliases:
        entity = alias.entity
        score = _likeness(query.name, alias)
        if _contradicts(query, identifiers.get(entity.pk, {})):
            score *= CONTRADICTED
        if entity.pk not in found or found[entity.pk].score < score:
            found[entity.pk] = Found(entity, score)
    ranked = sorted(found.values(), key=lambda each: (-each.score, -each.entity.article_count, each.entity.pk))
    if [each.score for each in ranked[:2]].count(EXACT) == 1:
        ranked[0] = replace(ranked[0], is_match=True)
    return ranked[: query.limit]


def _likeness(name: str, alias: Alias) -> float:
    if alias.key == name_key(name):
        return EXACT
    return round(ALMOST * SequenceMatcher(None, fold(name), fold(alias.name), autojunk=False).ratio(), 1)


def _contradicts(query: Query, identifiers: Mapping[str, set[str]]) -> bool:
    return any(
        scheme in identifiers and value not in identifiers[scheme] for scheme, value in query.identifiers.items()
    )


def suggest(prefix: str) -> list[Entity]:
    """Public records of which a name begins with `prefix`, the most covered first, to choose one from."""
    key = name_key(storable(prefix))
    named = Alias.objects.filter(key__startswith=key) if key else Alias.objects.none()
    return list(Entity.objects.public().filter(pk__in=named.values("entity")).most_covered()[:SUGGESTED])
