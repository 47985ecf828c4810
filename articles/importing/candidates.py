"""What the archive knows of the names of some stories: a few indexed queries for all of them, whatever its size.

Stories that are imported together are linked one after the other, and their rows are written at the end. What each adds
to the archive is noted here, so that the next is linked as if it were there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from django.db.models import Exists, OuterRef, Q

from articles.extraction.genders import gender_of_name
from articles.extraction.types import Entity, Kind
from articles.importing.asking import asked_of, initials_of, leading, portions, together
from articles.importing.nations import nation_in, place_meant
from articles.importing.printed import (
    Held,
    Years,
    both,
    read_accompanied,
    read_company,
    read_offices,
    read_refusals,
    read_tags,
)
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
)
from articles.models import Entity as Record
from articles.models.slugs import name_key

# Of one name. Whoever is one of more cannot be told by what a story says in passing.
MOST_NAMESAKES = 50
# By kind and key, each record by its number.
Named = dict[tuple[str, str], dict[int, Record]]


@dataclass(frozen=True, slots=True)
class Names:
    """The records that the names of one story could mean: by kind and alias, by kind and plain form.

    `by_print` has the rows that the story itself had before, by kind and printed name: the names too that an editor
    made one of.
    """

    by_alias: Named = field(default_factory=dict)
    by_plain: Named = field(default_factory=dict)
    by_print: dict[tuple[str, str], list[Appearance]] = field(default_factory=dict)

    def add(self, other: OtherName, record: Record) -> None:
        for named, key in ((self.by_alias, other.key), (self.by_plain, other.plain)):
            named.setdefault((record.kind, key), {}).setdefault(record.pk, record)


class OtherName(NamedTuple):
    """A row of the names of records; `order` is that in which they were given."""

    order: int
    entity: int
    key: str
    plain: str


class Archive:
    """What the archive knows of some stories' names, and what these stories add to it.

    What it knows of people is read when it is first asked for, of all people that the names could mean at once.
    """

    def __init__(self, stories: Iterable[Sequence[Entity]], article: Article | None = None) -> None:
        """Read the names; `article` is one of which the archive is to know nothing, since it is imported again."""
        self.article = article
        self.by_geoname: dict[int, Record] = {}
        self._records: dict[int, Record] = {}
        self._verified: set[int] = set()
        self._by_key: dict[str, list[OtherName]] = defaultdict(list)
        self._by_plain: dict[str, list[OtherName]] = defaultdict(list)
        self._keys: dict[int, set[str]] = {}
        self._names = 0
        self._offices: dict[int, dict[Held, Years]] = {}
        self._refusals: dict[int, set[str]] = {}
        self._accompanied: dict[int, bool] = {}
        self._company: dict[int, dict[int, int]] = {}
        self._settled: dict[int, bool] = {}
        self._tags: dict[str, Tag | None] = {}
        # What the stories add.
        self._new_offices: dict[int, dict[Held, Years]] = defaultdict(dict)
        self._new_company: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self.read(list(stories))

    def read(self, stories: Sequence[Sequence[Entity]]) -> None:
        """Read the records that names of these stories lead to."""
        asked = [asked_of(entities) for entities in stories]
        found: set[int] = set()
        for each in together(asked):
            found.update(Alias.objects.filter(leading(each)).order_by().values_list("entity_id", flat=True))
        places = {place.geoname_id for entities in stories for place in map(place_meant, entities) if place}
        located: dict[int, int] = {}
        for some in portions(places):
            rows = cast("Any", Location.objects).filter(geoname_id__in=some)
            located |= dict(rows.values_list("geoname_id", "pk"))
        self._add(found | set(located.values()))
        self.by_geoname |= {geoname: self._records[number] for geoname, number in located.items()}

    def _add(self, numbers: Iterable[int]) -> None:
        """Add records and all their names."""
        new = set(numbers) - self._records.keys()
        for some in portions(new):
            kinds = (f"{path}{kind}" for kind in Kind for path in ("", "merged_into__"))
            for record in Record.objects.filter(pk__in=some).order_by().select_related(*kinds):
                self._records[record.pk] = survivor_of(record)
                self._verified |= {record.pk} if record.is_verified else set()
            rows = Alias.objects.filter(entity__in=some).order_by("pk").values_list("pk", "entity_id", "key", "plain")
            self._keys |= {number: set() for number in some}
            for row in rows:
                self._note(OtherName(*row))

    def _note(self, name: OtherName) -> None:
        self._names = max(self._names, name.order)
        self._keys[name.entity].add(name.key)
        self._by_key[name.key].append(name)
        self._by_plain[name.plain].append(name)

    # Names.

    def names(self, entities: Sequence[Entity], *, decided_alone: bool = False) -> Names:
        """Who the names of a story could mean; with `decided_alone`, of the article what a person decided."""
        asked = asked_of(entities)
        found = {name for key in asked.keys for name in self._by_key.get(key, ())}
        found |= {name for key in asked.plain for name in self._by_plain.get(key, ())}
        found |= {
            name
            for key in asked.mononyms
            for name in self._by_key.get(key, ())
            if name.entity in self._verified and self._records[name.entity].kind == Kind.PERSON
        }
        names = Names()
        for name in sorted(found):
            names.add(name, self._records[name.entity])
        if self.article:
            _add_own(names, self.article, decided_alone=decided_alone)
        return names

    def add_initials(
        self,
        names: Names,
        people: Iterable[Entity],
        *,
        organisations: Collection[int],
        locations: Collection[int],
    ) -> None:
        """Add those whom “J. Ruiz” could mean, as far as a role of theirs is at an organisation or place of the story.

        They are looked for among rows that are written.
        """
        prefixes = initials_of(people)
        if not prefixes or not (organisations or locations):
            return
        # The range is what SQLite has an index for, the beginning what PostgreSQL has.
        begin = Q()
        for prefix in prefixes:
            begin |= Q(plain__gte=prefix, plain__lt=prefix[:-1] + chr(ord(prefix[-1]) + 1), plain__startswith=prefix)
        at = Q(organisation__in=organisations) | Q(location__in=locations)
        roles = Role.objects.filter(at, person=OuterRef("entity")).exclude(state=State.REJECTED)
        rows = Alias.objects.filter(begin, Exists(roles)).values_list("pk", "entity_id", "key", "plain")
        found = [OtherName(*row) for row in rows.order_by("pk")[: MOST_NAMESAKES + 1]]
        self._add(name.entity for name in found)
        for name in found:
            names.add(name, self._records[name.entity])

    def keys_of(self, records: Iterable[Record]) -> dict[int, set[str]]:
        """The keys of the names that records have."""
        numbers = {record.pk: record for record in records}
        missing = numbers.keys() - self._keys.keys()
        self._records = numbers | self._records
        for some in portions(missing):
            self._keys |= {number: set() for number in some}
            for number, key in Alias.objects.filter(entity__in=some).order_by().values_list("entity_id", "key"):
                self._keys[number].add(key)
        return {number: self._keys[number] for number in numbers}

    def tags_named(self, names: Iterable[str]) -> dict[str, Tag]:
        """The tags that these names lead to, by the key of the name."""
        keys = {name_key(name) for name in names}
        if missing := keys - self._tags.keys():
            led = Tag.objects.led_to(missing)
            self._tags |= {key: led[key][1] if key in led else None for key in missing}
        return {key: tag for key in keys if (tag := self._tags[key])}

    # What stories add.

    def note_records(self, records: Iterable[Record]) -> None:
        """Records are new, and have numbers; nothing is written of them yet."""
        for record in records:
            self._records[record.pk], self._keys[record.pk] = record, set()
            self._settled[record.pk] = False
            if record.kind == Kind.PERSON:
                self._offices[record.pk], self._refusals[record.pk] = {}, set()
                self._accompanied[record.pk], self._company[record.pk] = False, {}
            if isinstance(record, Location) and record.geoname_id:
                self.by_geoname[record.geoname_id] = record

    def note_names(self, aliases: Iterable[Alias]) -> None:
        for alias in aliases:
            self._note(OtherName(self._names + 1, alias.entity_id, alias.key, alias.plain))

    def note_story(self, records: Sequence[Record], roles: Iterable[Role]) -> None:
        """A story names these records, and gives people these roles."""
        numbers = {record.pk for record in records}
        for person in {record.pk for record in records if record.kind == Kind.PERSON}:
            beside = self._new_company[person]
            for other in numbers - {person}:
                beside[other] += 1
        countries = {record.pk: record.country for record in records if isinstance(record, Location)}
        for role in roles:
            country = countries.get(role.location_id or 0, "")
            held = role.title, role.organisation_id, role.location_id, nation_in(role.title) or country
            year = role.date.year if role.date else 0
            offices = self._new_offices[role.person_id]
            offices[held] = both(offices.get(held), (year, year))

    # What is known of people.

    def facts(self, people: Collection[Person]) -> dict[int, Facts]:
        """What stories have printed of each of these people: pronoun and offices."""
        self._read_people(person.pk for person in people)
        return {
            person.pk: Facts(
                gender=person.gender or (gender_of_name(person.name) or ""), offices=tuple(self._offices_of(person.pk))
            )
            for person in people
        }

    def _offices_of(self, person: int) -> Iterator[Office]:
        held = dict(self._offices[person])
        for each, years in self._new_offices.get(person, {}).items():
            held[each] = both(held.get(each), years)
        for (title, organisation, location, country), (first, last) in held.items():
            yield Office(title, organisation, location, country, first, last)

    def refusals(self, people: Collection[int]) -> dict[int, set[str]]:
        """The names of which an editor said that they are not the record: of each record, as keys."""
        self._read_people(people)
        return {person: self._refusals[person] for person in people}

    def _read_people(self, people: Iterable[int]) -> None:
        missing = set(people) - self._offices.keys()
        if missing:
            missing |= self._people() - self._offices.keys()
        for some in portions(missing):
            self._offices |= read_offices(some, self.article)
            self._refusals |= read_refusals(some, self.article)

    def _people(self) -> set[int]:
        return {record.pk for record in self._records.values() if record.kind == Kind.PERSON}

    def accompanied(self, people: Collection[int]) -> set[int]:
        """Those of these people beside whom some story names another record."""
        if missing := set(people) - self._accompanied.keys():
            missing |= self._people() - self._accompanied.keys()
            for some in portions(missing):
                found = read_accompanied(some, self.article)
                self._accompanied |= {person: person in found for person in some}
        return {person for person in people if self._accompanied[person] or self._new_company.get(person)}

    def company(self, people: Collection[int], named: Collection[int]) -> dict[int, dict[int, int]]:
        """With which records stories have printed each of these people, at least of those `named`; how many did."""
        if missing := set(people) - self._company.keys():
            missing |= self._people() - self._company.keys()
            known = {record.pk for record in self._records.values()} | set(named)
            for some in portions(missing):
                self._company |= read_company(some, known, self.article)
        together: dict[int, dict[int, int]] = {}
        for person in people:
            together[person] = dict(self._company[person])
            for other, number in self._new_company.get(person, {}).items():
                together[person][other] = together[person].get(other, 0) + number
        return together

    def settled(self, records: Iterable[Record]) -> frozenset[int]:
        """Those that an editor verified or that a catalogue elsewhere has."""
        asked = {record.pk: record for record in records}
        if asked.keys() - self._settled.keys():
            known = {record.pk: record for record in self._records.values()} | asked
            missing = known.keys() - self._settled.keys()
            self._settled |= {number: known[number].is_verified for number in missing}
            for some in portions(missing):
                catalogued = Identifier.objects.filter(entity__in=some).order_by()
                self._settled |= dict.fromkeys(catalogued.values_list("entity_id", flat=True), True)
        return frozenset(number for number in asked if self._settled[number])

    def tags(self, people: Collection[int], tags: Collection[int]) -> dict[int, dict[int, str]]:
        """Which of these tags stories about each of these people bear, as far as it is written."""
        return read_tags(people, tags, self.article)


# Reading.


def survivor_of(record: Record) -> Record:
    """What a record was merged into, as its kind has it; chains are kept flat by the merge itself."""
    survivor = record.merged_into or record
    found: Record = getattr(survivor, survivor.kind, survivor)
    return found


def _add_own(names: Names, article: Article, *, decided_alone: bool) -> None:
    """Add the rows that the article has."""
    every = Appearance.objects.filter(article=article).select_related(*(f"entity__{kind}" for kind in Kind))
    rows = [appearance for appearance in every if appearance.is_decided or not decided_alone]
    for appearance in rows:
        key = appearance.entity.kind, name_key(appearance.name or appearance.entity.name)
        names.by_print.setdefault(key, []).append(appearance)
    _add_united(names, article, rows)


def _add_united(names: Names, article: Article, rows: Sequence[Appearance]) -> None:
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
            known = names.by_print.setdefault((appearance.entity.kind, name_key(said["name"])), [])
            if appearance not in known:
                known.append(appearance)


def read_former_names(records: Collection[int]) -> dict[int, dict[str, int]]:
    """By the key of its name, each record that was merged into one of these under another name than that one's."""
    former: dict[int, dict[str, int]] = defaultdict(dict)
    for loser in Record.objects.filter(merged_into__in=records).select_related("merged_into"):
        if loser.merged_into and name_key(loser.name) != name_key(loser.merged_into.name):
            former[loser.merged_into.pk][name_key(loser.name)] = loser.pk
    return former
