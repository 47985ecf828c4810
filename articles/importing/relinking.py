"""Link articles again, once the archive knows more: only rows that no person has decided about.

What the story says is read from the rows as they are; nothing is extracted again. A row whose name leads to another
record than it has now moves there, with its roles and quotations; a question that the archive can answer now is
answered; and a row that was linked by what no longer holds gets a record of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from articles.editing.counts import refresh_counts_of
from articles.editing.keeping import keep
from articles.editing.removed import remove_orphans
from articles.editing.touching import touch_articles
from articles.extraction.types import Entity, Extraction, Gender, Kind, Place, RoleHeld
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import Link, link
from articles.importing.records import write_entities
from articles.models import (
    Appearance,
    Article,
    ArticleVersion,
    DuplicatePair,
    Location,
    NamePart,
    Origin,
    Person,
    Quote,
    Role,
)
from articles.models import Entity as Record
from articles.text.spans import Span


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one name of an article: its record before and after, and why."""

    article: str
    name: str
    before: str
    after: str
    evidence: str
    is_moved: bool

    def __str__(self) -> str:
        what = f"{self.before} → {self.after}" if self.is_moved else self.after
        return f"{self.article}: “{self.name}”: {what} ({self.evidence})"


class _DryRun(Exception):
    """Takes a transaction back."""


def relink(article: Article, *, user: User | None = None, dry_run: bool = False) -> list[Change]:
    """Link the undecided names of an article again; returns what changed. With `dry_run` nothing is kept."""
    changes: list[Change] = []
    try:
        with transaction.atomic():
            keep(article, change=ArticleVersion.Change.LINK, user=user)
            changes = list(_relink(article))
            if dry_run or not changes:
                raise _DryRun
            touch_articles([article])
    except _DryRun:
        pass
    return changes


def _relink(article: Article) -> Iterator[Change]:
    rows = list(
        Appearance.objects.filter(article=article)
        .select_related("entity__person", "entity__location", "entity__organisation")
        .order_by("start", "pk")
    )
    asked = {number: row for number, row in enumerate(rows) if not row.is_decided}
    if not asked:
        return
    extraction = _extraction_of(article, rows)
    own = _own_records(article, [row.entity_id for row in asked.values()])
    apart = _told_apart([row.entity_id for row in rows])
    without = {
        number: frozenset({row.entity_id} & own) | apart.get(row.entity_id, frozenset())
        for number, row in asked.items()
    }
    links = link(extraction, article, without=without)
    # A row that a person decided about keeps its record, whoever else finds it.
    taken = {row.entity_id for row in rows if row.is_decided}
    touched: set[int] = set()
    for number, row in asked.items():
        found, before = links[number], row.entity
        if found.record and found.record.pk in taken:
            continue
        after = found.record or (row.entity if row.entity_id in own else _record_for(extraction, number, found))
        taken.add(after.pk)
        is_moved = after.pk != row.entity_id
        if not is_moved and list(found.candidates) == row.candidates:
            continue
        _write(row, after, found)
        touched |= {before.pk, after.pk} if is_moved else set()
        yield Change(article.headline, row.name or before.name, str(before), str(after), found.evidence, is_moved)
    remove_orphans(touched)
    refresh_counts_of([article])


def _extraction_of(article: Article, rows: list[Appearance]) -> Extraction:
    """What the rows of an article say, as an extraction would."""
    numbers = {row.entity_id: number for number, row in enumerate(rows)}
    held = Role.objects.filter(article=article, person__in=numbers).order_by("start", "pk")
    roles = (
        RoleHeld(
            person=numbers[role.person_id],
            title=role.title,
            span=Span(role.start, role.end),
            organisation=numbers.get(role.organisation_id) if role.organisation_id else None,
            location=numbers.get(role.location_id) if role.location_id else None,
        )
        for role in held
    )
    return Extraction(tuple(_entity_of(article, row) for row in rows), tuple(roles))


def _entity_of(article: Article, row: Appearance) -> Entity:
    spans = tuple(Span(*pair) for pair in row.spans)
    name = row.name or row.entity.name
    forms = dict.fromkeys(span.of(article.text) for span in spans)
    person = getattr(row.entity, "person", None)
    return Entity(
        Kind(row.entity.kind),
        name,
        spans,
        "",
        aliases=tuple(form for form in forms if form != name),
        gender=Gender(person.gender) if isinstance(person, Person) and person.gender else None,
        place=_place_of(getattr(row.entity, "location", None)),
    )


def _place_of(location: Location | None) -> Place | None:
    if location is None or not location.geoname_id or location.latitude is None or location.longitude is None:
        return None
    people = location.population or 0
    return Place(location.geoname_id, location.name, location.country, location.latitude, location.longitude, people)


def _own_records(article: Article, keys: Iterable[int]) -> set[int]:
    """Those records that nothing but this article's undecided rows holds: they are questions rather than answers."""
    others = Appearance.objects.filter(entity=OuterRef("pk")).exclude(article=article)
    quoted = Quote.objects.filter(speaker=OuterRef("pk")).exclude(article=article)
    records = Record.objects.filter(
        ~Exists(others), ~Exists(quoted), pk__in=list(keys), origin=Origin.EXTRACTED, is_verified=False, description=""
    )
    return set(records.filter(merged=None, tagged_items=None).values_list("pk", flat=True))


def _told_apart(keys: list[int]) -> dict[int, frozenset[int]]:
    """The records that an editor said each of these is not."""
    different = DuplicatePair.objects.filter(
        Q(first__in=keys) | Q(second__in=keys), state=DuplicatePair.State.DIFFERENT
    )
    apart: dict[int, frozenset[int]] = {}
    for first, second in different.values_list("first_id", "second_id"):
        apart[first] = apart.get(first, frozenset()) | {second}
        apart[second] = apart.get(second, frozenset()) | {first}
    return apart


def _record_for(extraction: Extraction, number: int, found: Link) -> Record:
    after = FollowUps()
    (record,) = write_entities([extraction.entities[number]], [found], after=after)
    after.carry_out()
    return record


def _write(row: Appearance, after: Record, found: Link) -> None:
    before = row.entity_id
    row.entity_id = after.pk
    row.evidence = found.evidence[:300]
    row.candidates = list(found.candidates)
    row.candidate_notes = {str(key): words for key, words in found.notes.items()}
    row.save()
    if before == after.pk:
        return
    article = row.article_id
    Quote.objects.undecided().filter(article=article, speaker=before).update(speaker=after.pk)
    NamePart.objects.filter(appearance__article=article, entity=before).update(entity=after.pk)
    roles = Role.objects.undecided().filter(article=article)
    for holder in ("person", "organisation", "location"):
        if after.kind == holder:
            roles.filter(**{holder: before}).update(**{holder: after.pk})
