"""What stories have printed of people: their offices, whom they are named with, and what editors refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef

from articles.importing.nations import nation_in
from articles.models import Appearance, Article, Role, State, TaggedArticle
from articles.models import Entity as Record
from articles.models.slugs import name_key

# An office as printed: its title, the records that it is at, and the country that these or its words say.
Held = tuple[str, "int | None", "int | None", str]
# The first and the last year in which stories printed it, 0 where they bear no date.
Years = tuple[int, int]


def read_offices(people: Collection[int], article: Article | None) -> dict[int, dict[Held, Years]]:
    """The offices of each of these people; `article` is one that does not count, here and below."""
    offices: dict[int, dict[Held, Years]] = {person: {} for person in people}
    roles = _elsewhere(Role.objects.filter(person__in=people), article)
    printed = roles.order_by().values("person", "title", "organisation", "location", "location__country")
    for row in printed.annotate(first=Min("date"), last=Max("date")):
        country = nation_in(row["title"]) or row["location__country"] or ""
        held = row["title"], row["organisation"], row["location"], country
        years = row["first"].year if row["first"] else 0, row["last"].year if row["last"] else 0
        offices[row["person"]][held] = years
    return offices


def both(years: Years | None, others: Years) -> Years:
    """The first and the last of years; 0 is none."""
    known = [year for year in (*(years or ()), *others) if year]
    return (min(known), max(known)) if known else (0, 0)


def read_company(people: Collection[int], named: Collection[int], article: Article | None) -> dict[int, dict[int, int]]:
    """With which of the records `named` stories have printed each of these people, and how many stories did."""
    together: dict[int, dict[int, int]] = {person: {} for person in people}
    if not people or not named:
        return together
    # From appearance to appearance by the index of both: the rows of articles, whole texts, stay where they are.
    table = connection.ops.quote_name(Appearance._meta.db_table)
    theirs, others = (", ".join(["%s"] * len(numbers)) for numbers in (people, named))
    with connection.cursor() as cursor:
        cursor.execute(
            # SQLite keeps this order of tables; PostgreSQL chooses for itself.
            f"SELECT a.entity_id, b.entity_id, count(*) FROM {table} a CROSS JOIN {table} b"  # nosec B608
            f" WHERE b.article_id = a.article_id AND b.entity_id <> a.entity_id"
            f" AND a.entity_id IN ({theirs}) AND b.entity_id IN ({others})"
            " AND a.state <> %s AND a.article_id <> %s GROUP BY a.entity_id, b.entity_id",
            [*people, *named, State.REJECTED.value, article.pk if article and article.pk else 0],
        )
        for person, other, number in cursor.fetchall():
            together[person][other] = number
    return together


def read_accompanied(people: Collection[int], article: Article | None) -> set[int]:
    """Those of these people beside whom some story names another record."""
    others = Appearance.objects.filter(article=OuterRef("article")).exclude(entity=OuterRef("entity"))
    rows = _elsewhere(Appearance.objects.filter(Exists(others), entity=OuterRef("pk")), article)
    return set(Record.objects.filter(Exists(rows), pk__in=people).values_list("pk", flat=True))


def read_refusals(people: Collection[int], article: Article | None) -> dict[int, set[str]]:
    """The names of which an editor said that they are not the record: of each record, as keys."""
    refused: dict[int, set[str]] = {person: set() for person in people}
    rows = Appearance.objects.filter(entity__in=people, state=State.REJECTED).order_by()
    for person, name in (rows.exclude(article=article) if article else rows).values_list("entity", "name"):
        refused[person].add(name_key(name))
    return refused


def read_tags(people: Collection[int], tags: Collection[int], article: Article | None) -> dict[int, dict[int, str]]:
    """Which of these tags stories about each of these people bear."""
    rows = _elsewhere(Appearance.objects.filter(entity__in=people), article).order_by()
    bearing = TaggedArticle.objects.filter(tag__in=tags).values("content_object")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    shared = rows.filter(article__in=bearing, article__tagged_items__tag__in=tags)
    for person, tag, name in shared.values_list(
        "entity", "article__tagged_items__tag", "article__tagged_items__tag__name"
    ).distinct():
        found[person][tag] = name
    return found


def _elsewhere(rows: Any, article: Article | None) -> Any:
    """Rows that nobody rejected, of other stories than the one that asks."""
    rows = rows.exclude(state=State.REJECTED)
    return rows.exclude(article=article) if article else rows
