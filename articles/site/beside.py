"""Who and what stands beside a record or a topic, and in how many of the same articles.

Counted are its latest articles, so that what a hundred thousand stories tell costs no more than what five hundred do,
and so that the list says with whom somebody is seen now. Counting every pair of an archive would take several rows for
each article and pair; a window takes none.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from articles.models import Coverage, Entity, Saying, Tag, TagCoverage, TaggedEntity

WINDOW = 500  # articles
BESIDE = 8  # names of a kind
# So many more are looked at: not all of them have a page. Of those that share as many, the older record is named: what
# stories elsewhere say of either changes no page that they do not concern.
RIVALS = 40
TOPIC, SPEAKER = "tag", "speaker"
KINDS = (*Entity.Kind.values, TOPIC)

Shared = dict[int, int]


@dataclass(slots=True)
class Beside:
    """By kind, the numbers of the records and tags, each with the number of articles or quotations that it shares."""

    shared: dict[str, Shared]
    is_window: bool
    own: set[tuple[str, int]] = field(default_factory=set)
    found: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def people(self) -> list[Entity]:
        return self.found[Entity.Kind.PERSON]

    @property
    def organisations(self) -> list[Entity]:
        return self.found[Entity.Kind.ORGANISATION]

    @property
    def locations(self) -> list[Entity]:
        return self.found[Entity.Kind.LOCATION]

    @property
    def tags(self) -> list[Tag]:
        return self.found[TOPIC]

    @property
    def speakers(self) -> list[Entity]:
        return self.found[SPEAKER]

    @property
    def window(self) -> int:
        return WINDOW if self.is_window else 0


def beside_entity(entity: Entity) -> Beside:
    """What the articles of a record show beside it; the tags that it bears itself come first."""
    own = TaggedEntity.objects.filter(content_object=entity.pk).values_list(_as(TOPIC), "tag", Value(0))
    beside = _beside(Coverage.objects.filter(entity=entity.pk), own, entity.article_count)
    beside.shared[entity.kind].pop(entity.pk, None)
    _name(beside)
    return beside


def beside_tag(tag: Tag) -> Beside:
    """What articles under a tag show, what bears it without one, and whom they quote most."""
    covered = TagCoverage.objects.filter(tag=tag, is_borne=True)
    own = TaggedEntity.objects.filter(tag=tag).values_list("content_object__kind", "content_object", Value(0))
    beside = _beside(covered, own, tag.article_count)
    beside.shared[TOPIC].pop(tag.pk, None)
    beside.shared[SPEAKER] = dict(speakers_in(Saying.objects.filter(article__in=_latest(covered))))
    _name(beside)
    return beside


def beside_both(one: Entity, other: Entity, covered: QuerySet[Any]) -> Beside:
    """What stands beside two records in the articles that show both."""
    beside = _beside(covered, TaggedEntity.objects.none().values_list(_as(TOPIC), "tag", Value(0)), 0)
    for entity in (one, other):
        beside.shared[entity.kind].pop(entity.pk, None)
    _name(beside)
    return beside


def speakers_in(sayings: QuerySet[Any]) -> Iterable[tuple[int, int]]:
    """The speakers of some quotations, with the number of these, the most quoted first."""
    rows = sayings.exclude(speaker=None).order_by().values_list("speaker").annotate(number=Count("*"))
    foremost: Iterable[tuple[int, int]] = rows.order_by("-number", "speaker")[:RIVALS]
    return foremost


def _latest(covered: QuerySet[Any]) -> QuerySet[Any]:
    return covered.order_by("-moment", "-article_id").values("article")[:WINDOW]


def _as(kind: str) -> Value:
    return Value(kind, CharField(max_length=12))


def _beside(covered: QuerySet[Any], own: QuerySet[Any], articles: int) -> Beside:
    """The numbers of all; `own` are rows of the same shape for what belongs to it whatever articles show."""
    shown = Coverage.objects.filter(article__in=_latest(covered)).order_by()
    under = TagCoverage.objects.filter(article__in=_latest(covered), is_borne=True).order_by()
    groups = shown.values_list("kind", "entity").annotate(number=Count("*"))
    topics = under.annotate(topic=_as(TOPIC)).values_list("topic", "tag").annotate(number=Count("*"))
    beside = Beside({kind: {} for kind in (*KINDS, SPEAKER)}, articles > WINDOW)
    for kind, number, count in groups.union(topics, own.order_by(), all=True):
        shared = beside.shared[kind]
        shared[number] = shared.get(number, 0) + count
        if not count:
            beside.own.add((kind, number))
    return beside


def _name(beside: Beside) -> None:
    """Bring the records and tags that are shown, in their order; one query for all."""
    wanted = {kind: _foremost(beside, kind) for kind in beside.shared}
    numbers = set().union(*(keys for kind, keys in wanted.items() if kind != TOPIC))
    names = ("pk", "name", "slug", "article_count")
    records = Entity.objects.public().filter(pk__in=numbers).order_by().values_list("kind", *names)
    tags = Tag.objects.public().filter(pk__in=wanted[TOPIC]).order_by()
    known: dict[tuple[bool, int], Any] = {}
    for kind, *values in records.union(tags.annotate(topic=_as(TOPIC)).values_list("topic", *names), all=True):
        fields = dict(zip(names, values, strict=True))
        known[kind == TOPIC, fields["pk"]] = Tag(**fields) if kind == TOPIC else Entity(kind=kind, **fields)
    for kind, shared in beside.shared.items():
        found = [copy(known[kind == TOPIC, number]) for number in wanted[kind] if (kind == TOPIC, number) in known]
        for each in found:
            each.shared = shared[each.pk]
        found.sort(key=lambda each: (_rank(beside, each), each.pk))
        beside.found[kind] = sorted(found[:BESIDE], key=lambda each: (_rank(beside, each), each.name))


def _rank(beside: Beside, each: Any) -> tuple[bool, int]:
    """The tags that a record bears itself come first, then what shares most with it."""
    return isinstance(each, Tag) and (TOPIC, each.pk) not in beside.own, -each.shared


def _foremost(beside: Beside, kind: str) -> set[int]:
    """The numbers with the highest counts, and some of their rivals."""
    shared = beside.shared[kind]
    first = sorted(shared, key=lambda number: (-shared[number], number))[: BESIDE + RIVALS]
    return {*first, *(number for of, number in beside.own if of == kind == TOPIC)}
