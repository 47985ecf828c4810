"""What stories say around records: their roles, who appears beside them, and the stories that tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from articles.editing.likeness import Company
from articles.models import Appearance, Article, Entity, Role, State

# Of a record's stories, so many of the latest tell whom it is seen with.
MOST_STORIES = 30
# What an editor rejected, no story says.
PRINTED = [state for state in State if state != State.REJECTED]


def company_of(pairs: Iterable[tuple[int, int]]) -> dict[int, Company]:
    """The company of each record of these pairs; of its stories those alone where both records of a pair appear."""
    pairs = list(pairs)
    numbers = {number for pair in pairs for number in pair}
    company: defaultdict[int, Company] = defaultdict(Company)
    if not pairs:
        return company
    told: dict[int, dict[str, Any]] = {number: defaultdict(dict) for number in numbers}
    _add_stories(told, pairs)
    _add_roles(told)
    _add_others(told)
    _add_doubts(told)
    for number, known in told.items():
        countries = frozenset(known.pop("countries", {}))
        company[number] = Company(**known, countries=countries)
    return company


Told = dict[int, dict[str, Any]]


def _appearances() -> QuerySet[Appearance]:
    return Appearance.objects.filter(state__in=PRINTED)


def _add_stories(told: Told, pairs: list[tuple[int, int]]) -> None:
    """One story for each pair that appears in one, whatever the number of them."""
    wanted = set(pairs)
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    together = (
        _appearances()
        .filter(entity__in=firsts, article__appearances__entity__in=seconds, article__appearances__state__in=PRINTED)
        .order_by()
        .values_list("entity_id", "article__appearances__entity_id")
        .annotate(story=Min("article_id"))
    )
    shared = {(a, b): story for a, b, story in together if (a, b) in wanted}
    headlines = dict(Article.objects.filter(pk__in=set(shared.values())).values_list("pk", "headline"))
    for pair, story in shared.items():
        for number in pair:
            told[number]["stories"][story] = headlines[story]


def _add_roles(told: Told) -> None:
    roles = (
        Role.objects.filter(Q(person__in=told) | Q(organisation__in=told), state__in=PRINTED)
        .order_by()
        .values_list(
            "person_id",
            "person__name",
            "title",
            "organisation_id",
            "organisation__name",
            "location_id",
            "location__name",
            "location__country",
        )
        .distinct()
    )
    for person, name, title, organisation, employer, location, place, country in roles:
        if organisation in told:
            told[organisation]["staff"][person] = name
        if person not in told:
            continue
        told[person]["titles"][title.casefold()] = title
        if organisation:
            told[person]["employers"][organisation] = employer
        if location:
            told[person]["places"][location] = place
        if country:
            told[person]["countries"][country] = country


def _add_others(told: Told) -> None:
    """The people and organisations of a record's latest stories; the places of a story say little of who is in it."""
    latest = Window(RowNumber(), partition_by=F("entity_id"), order_by=F("article_id").desc())
    rows = _appearances().filter(entity__in=told).annotate(place=latest).filter(place__lte=MOST_STORIES)
    stories: defaultdict[int, set[int]] = defaultdict(set)
    for number, article in rows.values_list("entity_id", "article_id"):
        stories[article].add(number)
    beside = _appearances().filter(article__in=stories).exclude(entity__kind=Entity.Kind.LOCATION)
    for article, other, name in beside.values_list("article_id", "entity_id", "entity__name"):
        for number in stories[article] - {other}:
            told[number]["others"][other] = name


def _add_doubts(told: Told) -> None:
    asked = _appearances().filter(entity__in=told).exclude(candidates=[])
    for number, candidates, headline in asked.values_list("entity_id", "candidates", "article__headline"):
        for candidate in candidates:
            told[number]["doubts"][candidate] = headline
