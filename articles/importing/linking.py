"""Which record of the archive an entity of a story is.

A ladder without guesses: the exact name, then given and family name, then an initial or a nickname with something in
common. On each rung exactly one candidate links, none goes on to the next rung. Of several, the signals may leave one
(`signals.py`); else the question is an editor's: a record of its own is made, with the candidates and their evidence.
So it is where much speaks against the only candidate. Nobody is linked by a surname alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from nameparser import HumanName
from nameparser.config.particles import NON_GIVEN_NAME_PARTICLES

from articles.extraction.types import Entity, Extraction, Kind
from articles.importing import candidates, nations
from articles.importing.asking import names_of
from articles.importing.candidates import Archive
from articles.importing.namesakes import Likeness, initial_of, keys_to_ask, likeness
from articles.importing.rungs import NOBODY, SAID, SAID_OF_PEOPLE, Found, Rung
from articles.importing.signals import Facts, Signal, Verdict, in_words, verdict, weigh
from articles.importing.telling import facts_told, gender_told
from articles.models import Article, Location, Organisation, Person
from articles.models import Entity as Record
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key

NOTHING = "nothing speaks for or against it"


@dataclass(frozen=True, slots=True)
class Link:
    """The record an entity is (None: a new one is needed), why, and who else it could be.

    `notes` holds what speaks for and against each candidate, by its number. `gender` and `country` are what the story
    tells of a new record.
    """

    record: Record | None
    evidence: str
    candidates: tuple[int, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    gender: str = ""
    country: str = ""


def link(
    extraction: Extraction,
    article: Article | None,
    *,
    archive: Archive | None = None,
    without: Mapping[int, frozenset[int]] | None = None,
) -> list[Link]:
    """Find the record of each entity of a story; `article` is the story's own record where it was imported before.

    Two entities of one story link to one record only where an editor merged the records of the two names: otherwise the
    story itself tells them apart. With `without`, entities are linked again: what the story had before counts no longer
    but where a person decided, and each entity (by its index) may not become some records (by their numbers). Where
    stories are linked together, `archive` is what is known of the names of all of them.
    """
    if archive is None:
        archive = Archive([extraction.entities], article)
    return _Linking(extraction, article, archive, without).links()


def linking_names(entity: Entity) -> list[str]:
    """The printed forms that tell who or what is meant: never a person's surname alone, with particles or without.

    >>> linking_names(Entity(Kind.PERSON, "Ana van den Berg", (), "", aliases=("Berg", "van den Berg")))
    ['Ana van den Berg']
    """
    return [name for name in names_of(entity) if entity.kind != Kind.PERSON or _is_full(name)]


def _is_full(name: str) -> bool:
    """Whether a person's name has more than a surname; its particles ("Mac", "van den") are part of the surname."""
    given, family = split_name(name)
    return bool(given and family) and sum(not _is_particle(word) for word in name.split()) > 1


def _is_particle(word: str) -> bool:
    # "Al" and "Van" with a capital are given names as well ("Al Ruiz", "Van Hughes"); these are not.
    return word.islower() or word.casefold() in NON_GIVEN_NAME_PARTICLES | {"mac", "da", "di", "del", "du", "von"}


@lru_cache(maxsize=10_000)
def split_name(name: str) -> tuple[str, str]:
    """Given name and family name of a person: "Ana María van den Berg" → ("Ana", "van den Berg")."""
    parsed = HumanName(name)
    return parsed.first, parsed.last


class _Linking:
    """One story on its way up the ladder."""

    def __init__(
        self,
        extraction: Extraction,
        article: Article | None,
        archive: Archive,
        without: Mapping[int, frozenset[int]] | None,
    ) -> None:
        self.extraction = extraction
        self.entities = extraction.entities
        self.text = article.text if article else ""
        self.without = without or {}
        self.archive = archive
        self.names = archive.names(self.entities, decided_alone=without is not None)
        self.country = nations.nation_of_story(self.entities)
        self.year = article.published.year if article and article.published else 0
        self.found: dict[int, Found] = {}

    def links(self) -> list[Link]:
        people = {number: each for number, each in enumerate(self.entities) if each.kind == Kind.PERSON}
        self.found = {number: self.climb(number) for number in range(len(self.entities)) if number not in people}
        self.archive.add_initials(
            self.names,
            people.values(),
            organisations=self.clear(Kind.ORGANISATION),
            locations=self.places(),
        )
        self.found |= {number: self.climb(number) for number in people}
        self.weigh_people(people)
        return self.settle()

    # The rungs.

    def climb(self, number: int) -> Found:
        entity = self.entities[number]
        for rung, records in (
            (Rung.STORY, self._same_story(entity)),
            (Rung.PLACE, self._same_place(entity)),
            (Rung.NAME, self._same_name(entity)),
            (Rung.PLAIN, self._same_plain(entity, Likeness.FULL)),
            (Rung.SHORT, self._same_plain(entity, Likeness.SHORT)),
        ):
            barred = self.without.get(number, frozenset())
            left = tuple({record.pk: record for record in records if record.pk not in barred}.values())
            if left and entity.kind == Kind.ORGANISATION and rung > Rung.PLACE:
                return self._of_one_country(entity, Found(rung, left))
            if left:
                return Found(rung, left)
        return NOBODY

    def _same_story(self, entity: Entity) -> list[Record]:
        rows = self.names.by_print.get((entity.kind, name_key(entity.name)), [])
        return [candidates.survivor_of(row.entity) for row in rows]

    def _same_place(self, entity: Entity) -> list[Record]:
        place = nations.place_meant(entity)
        record = self.archive.by_geoname.get(place.geoname_id) if place else None
        return [record] if record else []

    def _same_name(self, entity: Entity) -> list[Record]:
        """Records of which the story prints the name, or that have its name for another of theirs.

        A name that is but another name on both sides is none: Irish Seafarers Union and Indiana State University are
        both ISU.
        """
        found = []
        for name in linking_names(entity):
            for record in self.names.by_alias.get((entity.kind, name_key(name)), {}).values():
                if name == entity.name or name_key(record.name) == name_key(name):
                    found.append(record)
        if entity.kind == Kind.PERSON:
            found = [record for record in found if self._may_be(entity, record)] or self._mononym(entity)
        return [record for record in found if _could_be(record, entity)]

    def _may_be(self, entity: Entity, record: Record) -> bool:
        """Whether two full names of a person and a record go together: John A. Smith is not John B. Smith."""
        names = plain_key(Kind.PERSON, entity.name), plain_key(Kind.PERSON, record.name)
        return names[0] != names[1] or likeness(entity.name, record.name) is not Likeness.NONE

    def _mononym(self, entity: Entity) -> list[Record]:
        """Verified people of whom one word is a name, as Pelé: a family name is none."""
        if linking_names(entity):
            return []
        records = self.names.by_alias.get((Kind.PERSON, name_key(entity.name)), {}).values()
        return [
            record
            for record in records
            if record.is_verified and plain_key(Kind.PERSON, record.name).partition(" ")[0] != name_key(entity.name)
        ]

    def _same_plain(self, entity: Entity, like: Likeness) -> list[Record]:
        if entity.kind != Kind.PERSON:
            keys = [plain_key(entity.kind, entity.name)] if like is Likeness.FULL else []
            records = [record for key in keys for record in self.names.by_plain.get((entity.kind, key), {}).values()]
            return [record for record in records if _could_be(record, entity)]
        if not linking_names(entity):
            return []
        keys = [key for (kind, key) in self.names.by_plain if kind == Kind.PERSON]
        asked = set(keys_to_ask(entity.name)) | {
            key for key in keys if (initial := initial_of(entity.name)) and key.startswith(initial)
        }
        found = [record for key in sorted(asked) for record in self.names.by_plain.get((Kind.PERSON, key), {}).values()]
        return [record for record in found if likeness(entity.name, record.name) is like]

    def _of_one_country(self, entity: Entity, found: Found) -> Found:
        """Of bodies that every country has, the one whose country the story tells; none that is another country's."""
        if not nations.is_of_every_country(entity.name):
            return found
        told = nations.nation_of(entity, self.text, self.country)
        signals: dict[int, tuple[Signal, ...]] = {}
        for record in found.records:
            known = record.country if isinstance(record, Organisation) else ""
            if told and known:
                weight = 2 if told == known else -2
                signals[record.pk] = (Signal(weight, f"of {known} there, of {told} here"),)
        of_it = [record for record in found.records if verdict(signals.get(record.pk, ())) is Verdict.FOR]
        if len(of_it) == 1:
            return Found(found.rung, tuple(of_it), signals)
        others = tuple(record for record in found.records if record.pk not in signals)
        if not others:
            return Found(
                found.rung, (), evidence=f"a new record: the archive has but those of other countries than {told}"
            )
        return Found(Rung.SHORT, others, signals)

    # What speaks for and against people.

    def weigh_people(self, people: Mapping[int, Entity]) -> None:
        asked = [
            number for number in people if self.found[number].rung > Rung.PLACE and not self.found[number].is_crowd
        ]
        records = {record.pk: record for number in asked for record in self.found[number].records}
        if not records:
            return
        known = self.archive.facts([each for each in records.values() if isinstance(each, Person)])
        refused = self.archive.refusals(records)
        numbers = {number: found.records[0].pk for number, found in self.found.items() if found.is_clear}
        questions: dict[int, tuple[Facts, dict[int, Facts]]] = {}
        for number in asked:
            told = facts_told(self.extraction, number, self.text, year=self.year, records=numbers)
            keys = {name_key(name) for name in names_of(self.entities[number])}
            facts = {
                record.pk: replace(known[record.pk], is_refused=bool(refused.get(record.pk, set()) & keys))
                for record in self.found[number].records
            }
            self._weigh(number, told, facts)
            if self.found[number].records and not self._is_settled(number):
                questions[number] = told, facts
        if questions:
            self._weigh_company(questions)

    def _weigh(self, number: int, told: Facts, facts: Mapping[int, Facts]) -> None:
        signals = {key: weigh(told, known) for key, known in facts.items()}
        self.found[number] = replace(self.found[number], signals=signals)

    def _is_settled(self, number: int) -> bool:
        """Whether name and offices leave no question: one record, and much speaks for it."""
        found = self.found[number]
        return found.is_clear and verdict(found.signals[found.records[0].pk]) is Verdict.FOR

    def _weigh_company(self, questions: Mapping[int, tuple[Facts, Mapping[int, Facts]]]) -> None:
        """Where names and roles leave a question, ask whom and what else the stories of both name."""
        asked = {key for _, facts in questions.values() for key in facts}
        people = frozenset(self.clear(Kind.PERSON))
        others = [*self.clear(Kind.ORGANISATION), *self.clear(Kind.LOCATION)]
        lands = frozenset(self.clear(Kind.LOCATION)) - frozenset(self.places())
        accompanied = self.archive.accompanied(asked)
        company = self.archive.company(asked, {*people, *others})
        named = self.archive.tags_named(topic.name for topic in self.extraction.topics)
        tags = {tag.pk: tag.name for tag in named.values()}
        shared = self.archive.tags(asked, tags) if tags else {}
        for number, (told, facts) in questions.items():
            own = {record.pk for record in self.found[number].records}
            ours = replace(
                told, company=dict.fromkeys([*people - own, *others], 1), people=people - own, lands=lands, tags=tags
            )
            ours = replace(ours, is_accompanied=len(self.entities) > 1)
            theirs = {
                key: replace(
                    known, company=company.get(key, {}), is_accompanied=key in accompanied, tags=shared.get(key, {})
                )
                for key, known in facts.items()
            }
            self._weigh(number, ours, theirs)

    def clear(self, kind: Kind) -> list[int]:
        """The numbers of the records of a kind that the story names beyond doubt."""
        found = [found for number, found in self.found.items() if self.entities[number].kind == kind]
        return [each.records[0].pk for each in found if each.is_clear]

    def places(self) -> list[int]:
        """The same of places, but for countries: any two stories may name France."""
        return [
            found.records[0].pk
            for number, found in self.found.items()
            if found.is_clear and (place := self.entities[number].place) and place.part_of
        ]

    # The answers.

    def settle(self) -> list[Link]:
        """What becomes of each entity; where two found one record, the one on the surer rung has it."""
        asked = [record for found in self.found.values() if not found.is_clear for record in found.records]
        settled = self.archive.settled(asked) if asked else frozenset()
        answers = {number: self._answer(number, settled) for number in self.found}
        named = Counter(answer.record.pk for answer in answers.values() if answer.record)
        shared = [key for key, times in named.items() if times > 1]
        former = candidates.read_former_names(shared) if shared else {}
        taken: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self.found, key=lambda number: (self.found[number].rung, number)):
            record = answers[number].record
            if record and not self._may_share(number, taken[record.pk], former.get(record.pk, {})):
                other = f"a new record: another name of this story is “{record.name}” already"
                answers[number] = Link(None, other, (record.pk,))
            elif record:
                taken[record.pk].append(number)
        return [self._with_what_is_told(number, answers[number]) for number in range(len(self.entities))]

    def _may_share(self, number: int, others: Sequence[int], former: Mapping[str, int]) -> bool:
        """Whether an editor made one record of those that this name and the others that have it led to."""
        key = name_key(self.entities[number].name)
        keys = [name_key(self.entities[other].name) for other in others]
        if self.found[number].rung is Rung.STORY:
            return key not in keys
        return all(former.get(key) != former.get(other) for other in keys)

    def _answer(self, number: int, settled: frozenset[int]) -> Link:
        found, kind = self.found[number], self.entities[number].kind
        said = (SAID_OF_PEOPLE if kind == Kind.PERSON else SAID)[found.rung]
        if not found.records:
            return Link(None, found.evidence or "a new record: the archive has none of this name")
        chosen = found.records[0].pk if found.is_clear else found.choose(kind, settled)
        if chosen is None and found.is_dismissed(kind):
            return Link(None, f"a new record: nothing more is known in common with others of {said}")
        if chosen is None:
            return self._undecided(found, said)
        record = next(record for record in found.records if record.pk == chosen)
        why = in_words(found.signals.get(chosen, ()))
        answer = Link(record, f"linked to “{record.name}”: {said}{why and f' ({why})'}")
        return self._as_before(number, answer) if found.rung is Rung.STORY else answer

    def _undecided(self, found: Found, said: str) -> Link:
        notes = {record.pk: in_words(found.signals.get(record.pk, ())) or NOTHING for record in found.records}
        if len(found.records) == 1:
            (record,) = found.records
            why = f"“{record.name}” has {said}, {notes[record.pk]}"
        else:
            why = f"{len(found.records)} records have {said}"
        numbers = tuple(sorted(notes))[: candidates.MOST_NAMESAKES]
        return Link(
            None, f"a new record, for an editor to decide: {why}", numbers, {key: notes[key] for key in numbers}
        )

    def _as_before(self, number: int, answer: Link) -> Link:
        """A question that nobody has answered stays one."""
        rows = self.names.by_print[self.entities[number].kind, name_key(self.entities[number].name)]
        notes = {int(key): words for key, words in rows[0].candidate_notes.items()}
        return replace(answer, candidates=tuple(rows[0].candidates), notes=notes)

    def _with_what_is_told(self, number: int, answer: Link) -> Link:
        entity = self.entities[number]
        if entity.kind == Kind.PERSON:
            return replace(answer, gender=gender_told(self.extraction, number, self.text))
        if entity.kind == Kind.ORGANISATION and nations.is_of_every_country(entity.name):
            return replace(answer, country=nations.nation_of(entity, self.text, self.country))
        return answer


def _could_be(record: Record, entity: Entity) -> bool:
    """Springfield in one country is not the Springfield of another."""
    place = entity.place
    return not (place and isinstance(record, Location)) or record.geoname_id in (None, place.geoname_id)
