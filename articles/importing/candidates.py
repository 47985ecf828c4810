"""What the archive knows of the names of one story: a few indexed queries, whatever the archive's size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from articles.extraction.genders import gender_of_name
from articles.extraction.types import Entity, Kind
from articles.importing.namesakes import initial_of, keys_to_ask
from articles.importing.nations import nation_in, place_meant
from articles.importing.signals import Facts, Office
from articles.models import (
    Alias,
    Appearance,
    Article,
    Identifier,
    Location,
    Merge,
    MovedRow,
    Person,
    Role,
    State,
    Tag,
    TaggedArticle,
)
from articles.models import Entity as Record
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key

# Of one name. Whoever is one of more cannot be told by what a story says in passing.
MOST_NAMESAKES = 50

Named = dict[tuple[str, str], list[Record]]


@dataclass(frozen=True, slots=True)
class Archive:
    """The records that the names of one story could mean: by kind and alias, by kind and plain form, by number.

    `by_print` has the rows that the story itself had before, by kind and printed name: the names too that an editor
    made one of.
    """

    by_alias: Named = field(default_factory=dict)
    by_plain: Named = field(default_factory=dict)
    by_geoname: dict[int, Record] = field(default_factory=dict)
    by_print: dict[tuple[str, str], list[Appearance]] = field(default_factory=dict)


def read_names(entities: Sequence[Entity], article: Article | None, *, decided_alone: bool = False) -> Archive:
    """The records with names of these entities; with `decided_alone` only what a person decided stands of the story."""
    archive = Archive()
    _add(archive, Alias.objects.filter(_asked(entities)))
    places = {place.geoname_id for place in map(place_meant, entities) if place}
    located = Location.objects.filter(geoname_id__in=places).select_related("merged_into__location")
    for location in cast("Iterable[Location]", located):
        archive.by_geoname[location.geoname_id or 0] = survivor_of(location)
    if article:
        every = Appearance.objects.filter(article=article).select_related(*_kinds("entity"))
        rows = [appearance for appearance in every if appearance.is_decided or not decided_alone]
        for appearance in rows:
            key = appearance.entity.kind, name_key(appearance.name or appearance.entity.name)
            archive.by_print.setdefault(key, []).append(appearance)
        _add_united(archive, article, rows)
    return archive


def _add_united(archive: Archive, article: Article, rows: Sequence[Appearance]) -> None:
    """Add the other names that rows of the story had before an editor made one record, and so one row, of two."""
    by_entity = {appearance.entity_id: appearance for appearance in rows}
    into = Q(merge__survivor__in=by_entity) | Q(merge__survivor__merged_into__in=by_entity)
    here = Q(row__in=[appearance.pk for appearance in by_entity.values()]) | Q(before__article_id=article.pk)
    united = MovedRow.objects.filter(into, here, model="appearance", merge__in=Merge.objects.standing().merges())
    for moved in united.select_related("merge__survivor"):
        said = moved.before or {}
        survivor = moved.merge.survivor
        appearance = by_entity.get(survivor.merged_into_id or survivor.pk)
        if appearance and said.get("name") and said.get("state") != State.REJECTED:
            known = archive.by_print.setdefault((appearance.entity.kind, name_key(said["name"])), [])
            if appearance not in known:
                known.append(appearance)


def read_former_names(records: Collection[int]) -> dict[int, dict[str, int]]:
    """By the key of its name, each record that was merged into one of these under another name than that one's."""
    former: dict[int, dict[str, int]] = defaultdict(dict)
    for loser in Record.objects.filter(merged_into__in=records).select_related("merged_into"):
        if loser.merged_into and name_key(loser.name) != name_key(loser.merged_into.name):
            former[loser.merged_into.pk][name_key(loser.name)] = loser.pk
    return former


def add_initials(
    archive: Archive, people: Iterable[Entity], *, organisations: Collection[int], locations: Collection[int]
) -> None:
    """Add those whom “J. Ruiz” could mean, as far as a role of theirs is at an organisation or place of the story."""
    prefixes = sorted({initial_of(person.name) for person in people} - {""})
    if not prefixes or not (organisations or locations):
        return
    # The range is what SQLite has an index for, the beginning what PostgreSQL has.
    begin = Q()
    for prefix in prefixes:
        begin |= Q(plain__gte=prefix, plain__lt=prefix[:-1] + chr(ord(prefix[-1]) + 1), plain__startswith=prefix)
    at = Q(organisation__in=organisations) | Q(location__in=locations)
    roles = Role.objects.filter(at, person=OuterRef("entity")).exclude(state=State.REJECTED)
    _add(archive, Alias.objects.filter(begin, Exists(roles))[: MOST_NAMESAKES + 1])


def _asked(entities: Sequence[Entity]) -> Q:
    """The rows of aliases that the names of a story could lead to.

    A person's name of one word leads to verified records alone: any number of people is called Finch.
    """
    names = {name_key(name) for entity in entities for name in names_of(entity) if len(name.split()) > 1}
    others = {name_key(name) for entity in entities if entity.kind != Kind.PERSON for name in names_of(entity)}
    mononyms = {name_key(entity.name) for entity in entities if entity.kind == Kind.PERSON} - names
    plain = {key for entity in entities for key in _plain_keys(entity)} - {""}
    asked = Q(key__in=names | others) | Q(plain__in=plain)
    return asked | Q(key__in=mononyms, entity__kind=Kind.PERSON, entity__is_verified=True) if mononyms else asked


def names_of(entity: Entity) -> list[str]:
    return list(dict.fromkeys((entity.name, *entity.aliases)))


def _plain_keys(entity: Entity) -> list[str]:
    if entity.kind == Kind.PERSON:
        return keys_to_ask(entity.name)
    return [plain_key(entity.kind, name) for name in names_of(entity)]


def _add(archive: Archive, aliases: Any) -> None:
    for alias in aliases.select_related(*_kinds("entity"), *_kinds("entity__merged_into")):
        record = survivor_of(alias.entity)
        for named, key in ((archive.by_alias, alias.key), (archive.by_plain, alias.plain)):
            records = named.setdefault((record.kind, key), [])
            if record not in records:
                records.append(record)


def _kinds(path: str) -> Iterator[str]:
    return (f"{path}__{kind}" for kind in Kind)


def survivor_of(record: Record) -> Record:
    """What a record was merged into, as its kind has it; chains are kept flat by the merge itself."""
    survivor = record.merged_into or record
    found: Record = getattr(survivor, survivor.kind, survivor)
    return found


# What is known of people.


def read_facts(people: Collection[Person], article: Article | None) -> dict[int, Facts]:
    """What stories have printed of each of these people, but for the story that asks: pronoun and offices."""
    offices: dict[int, list[Office]] = defaultdict(list)
    roles = _elsewhere(Role.objects.filter(person__in=[person.pk for person in people]), article)
    printed = roles.order_by().values("person", "title", "organisation", "location", "location__country")
    for row in printed.annotate(first=Min("date"), last=Max("date")):
        offices[row["person"]].append(
            Office(
                title=row["title"],
                organisation=row["organisation"],
                location=row["location"],
                country=nation_in(row["title"]) or row["location__country"] or "",
                first=row["first"].year if row["first"] else 0,
                last=row["last"].year if row["last"] else 0,
            )
        )
    return {
        person.pk: Facts(gender=person.gender or (gender_of_name(person.name) or ""), offices=tuple(offices[person.pk]))
        for person in people
    }


def read_company(people: Collection[int], named: Collection[int], article: Article | None) -> dict[int, dict[int, int]]:
    """With which of the records `named` stories have printed each of these people, and how many stories did."""
    together: dict[int, dict[int, int]] = defaultdict(dict)
    beside = _beside(people, article).filter(other__in=named)
    for row in beside.values("entity", "other").annotate(number=Count("article", distinct=True)):
        together[row["entity"]][row["other"]] = row["number"]
    return together


def read_accompanied(people: Collection[int], article: Article | None) -> set[int]:
    """Those of these people beside whom some story names another record."""
    others = Appearance.objects.filter(article=OuterRef("article")).exclude(entity=OuterRef("entity"))
    rows = _elsewhere(Appearance.objects.filter(Exists(others), entity=OuterRef("pk")), article)
    return set(Record.objects.filter(Exists(rows), pk__in=people).values_list("pk", flat=True))


def _beside(people: Collection[int], article: Article | None) -> Any:
    """Appearances of these people, each with every `other` record that the same story names."""
    rows = _elsewhere(Appearance.objects.filter(entity__in=people), article).order_by()
    return rows.annotate(other=F("article__appearances__entity")).exclude(other=F("entity"))


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


def read_refusals(people: Collection[int], article: Article | None) -> dict[int, set[str]]:
    """The names of which an editor said that they are not the record: of each record, as keys."""
    refused: dict[int, set[str]] = defaultdict(set)
    rows = Appearance.objects.filter(entity__in=people, state=State.REJECTED)
    for person, name in (rows.exclude(article=article) if article else rows).values_list("entity", "name"):
        refused[person].add(name_key(name))
    return refused


def read_settled(records: Iterable[Record]) -> frozenset[int]:
    """Those that an editor verified or that a catalogue elsewhere has."""
    known = list(records)
    catalogued = Identifier.objects.filter(entity__in=[record.pk for record in known])
    verified = {record.pk for record in known if record.is_verified}
    return frozenset(verified | set(catalogued.values_list("entity", flat=True)))


def tags_named(names: Sequence[str]) -> dict[int, str]:
    return {tag.pk: tag.name for tag in Tag.objects.named(list(names)).values()} if names else {}


def _elsewhere(rows: Any, article: Article | None) -> Any:
    """Rows that nobody rejected, of other stories than the one that asks."""
    rows = rows.exclude(state=State.REJECTED)
    return rows.exclude(article=article) if article else rows
