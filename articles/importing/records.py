"""Write what was extracted from a story as records, leaving alone what a person has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from articles.documents.story import Story
from articles.editing.bylines import rows_by_name, set_byline
from articles.editing.ledger import plain
from articles.editing.removed import remove_orphans
from articles.editing.revise import move_spans
from articles.editing.snapshot import FOLLOWING
from articles.extraction.types import Entity, Extraction, Kind, Quotation
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import Link, linking_names, split_name
from articles.importing.new_records import create_records
from articles.importing.reports import pairs
from articles.importing.wider import set_wider_places
from articles.models import (
    Alias,
    Anchoring,
    Appearance,
    Article,
    Location,
    Merge,
    MovedRow,
    NamePart,
    Organisation,
    Origin,
    Person,
    Quote,
    Role,
    Section,
    State,
)
from articles.models import Entity as Record
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key
from articles.text.spans import Span, cut, longest_first

# The longest phrases around a quotation that are kept; what is longer is no phrase.
PRINTED = {"cue": 100, "source": 500, "addressee": 500, "occasion": 500}
LONGEST_TITLE = 300


def write_story(article: Article, story: Story, digests: Mapping[str, str]) -> None:
    """Bring an article in line with a story, save it and find its spans again; `digests` are what it is recognised by.

    Fields that an editor typed keep what the editor typed, and what the story says of them is kept beside it.

    Raises:
        django.core.exceptions.ValidationError: a field of the story does not fit the record.
    """
    old_text = article.text
    theirs = {}
    for field, value in _fields(article, story).items():
        if FOLLOWING.get(field, field) in article.edited_fields:
            theirs[field] = plain(Article, field, value)
        else:
            setattr(article, field, value)
    article.source_fields = {field: value for field, value in theirs.items() if field != "text"}
    for field, value in digests.items():
        setattr(article, field, value)
    article.revision += article.pk is not None
    article.clean_fields(exclude=["slug"])
    is_new = article.pk is None
    article.save()
    if "byline" not in article.edited_fields and (story.byline or story.credits or not is_new):
        set_byline(article, rows_by_name(story.byline, story.credits))
    if not is_new and article.text != old_text:
        move_spans(article, old_text)


def write_extraction(
    article: Article,
    extraction: Extraction,
    links: Sequence[Link],
    *,
    extractor: str,
    after: FollowUps,
    is_new: bool = False,
) -> None:
    """Write the names, roles and quotations of an article; what follows from them is left to `after`.

    Suggestions nobody has looked at are replaced by the new ones. Rows that a person decided about stay as they are,
    but for the places in the text; what was rejected is not proposed again. Of an article that is new there are none.
    """
    if not is_new:
        links = as_decided(article, extraction.entities, links)
    records = write_entities(extraction.entities, links, after=after)
    Writer(article, extractor, is_new).write(extraction, records, links)
    after.rows.add(article.pk)
    after.records.update(record.pk for record in records)


def as_decided(article: Article, entities: Sequence[Entity], links: Sequence[Link]) -> list[Link]:
    """The links, but of a name to which an editor gave a record, wherever it stands, to that record."""
    decided: dict[Span, Record] = {}
    for appearance in article.appearances.select_related("entity"):
        if appearance.is_decided and appearance.state != State.REJECTED:
            decided |= {Span(*pair): appearance.entity for pair in appearance.spans}
    meant = [{decided.get(span) for span in entity.mentions} for entity in entities]
    return [
        replace(link, record=found.pop(), candidates=()) if len(found) == 1 and None not in found else link
        for link, found in zip(links, meant, strict=True)
    ]


def write_entities(entities: Sequence[Entity], links: Sequence[Link], *, after: FollowUps) -> list[Record]:
    """The record of each entity, made where there was none, with the printed forms that lead to it as aliases."""
    numbered: set[int] = set()
    records = [link.record or _new_record(entity, link, numbered) for entity, link in zip(entities, links, strict=True)]
    create_records([record for record, link in zip(records, links, strict=True) if not link.record])
    known = set(Alias.objects.filter(entity__in=[record.pk for record in records]).values_list("entity_id", "key"))
    aliases: dict[tuple[int, str], Alias] = {}
    for entity, record in zip(entities, records, strict=True):
        for name in (record.name, *linking_names(entity)):
            key = record.pk, name_key(name)
            if key not in known:
                plain = plain_key(record.kind, name)
                aliases.setdefault(key, Alias(entity_id=record.pk, name=name, key=name_key(name), plain=plain))
    Alias.objects.bulk_create(aliases.values())
    after.named |= {pk for pk, _ in aliases}
    set_wider_places(entities, records, links)
    return records


def _new_record(entity: Entity, link: Link, numbered: set[int]) -> Record:
    match entity.kind:
        case Kind.PERSON:
            given, family = split_name(entity.name)
            record: Record = Person(
                name=entity.name, given_name=given[:100], family_name=family[:100], gender=link.gender
            )
        case Kind.ORGANISATION:
            record = Organisation(name=entity.name, acronym=_acronym(entity), country=link.country)
        case Kind.LOCATION:
            record = _new_location(entity, link, numbered)
    record.origin = Origin.EXTRACTED
    return record


def _new_location(entity: Entity, link: Link, numbered: set[int]) -> Location:
    """A location; it has its GeoNames number unless another record of this story or of the archive has it already."""
    if not entity.place:
        return Location(name=entity.name)
    is_taken = bool(link.candidates) or entity.place.geoname_id in numbered
    numbered.add(entity.place.geoname_id)
    return Location(
        name=entity.name,
        country=entity.place.country,
        latitude=entity.place.latitude,
        longitude=entity.place.longitude,
        population=entity.place.population,
        region=entity.place.region[:100],
        geoname_id=None if is_taken else entity.place.geoname_id,
    )


def _acronym(entity: Entity) -> str:
    acronyms = [name for name in entity.aliases if name.isupper() and len(name) <= 10 and " " not in name]
    return acronyms[0] if acronyms else ""


def _fields(article: Article, story: Story) -> dict[str, object]:
    return {
        "headline": story.headline,
        "standfirst": story.standfirst,
        "dateline_place": story.dateline.place if story.dateline else "",
        "dateline_agency": story.dateline.agency if story.dateline else "",
        "body": story.body,
        "text": story.text,
        "end_notes": list(story.end_notes),
        "language": story.language,
        "published": moment(story.published),
        "published_has_time": isinstance(story.published, datetime),
        "address": story.address,
        "publisher": story.publisher,
        "urgency": story.urgency if 1 <= story.urgency <= 9 else None,
        "copyright": story.copyright,
        "instructions": story.instructions,
        "source_identifier": story.identifier or article.source_identifier,
        "source_version": story.version or article.source_version,
        # Where an editor, or an earlier version of the story, filed it, there it stays.
        "section": article.section or _section(story),
    }


def _section(story: Story) -> Section | None:
    """The section that bears the name which the source files the story under."""
    return Section.objects.filter(name__iexact=story.section).first() if story.section else None


def moment(published: date | datetime | None) -> datetime | None:
    """A date or time of a story as a moment; a date alone is its midnight in the newsroom's zone."""
    if published is None:
        return None
    whole = published if isinstance(published, datetime) else datetime.combine(published, time())
    return whole if whole.tzinfo else timezone.make_aware(whole)


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one article; of one that is new none is read before."""

    article: Article
    extractor: str
    is_new: bool = False

    def write(self, extraction: Extraction, records: Sequence[Record], links: Sequence[Link]) -> None:
        before = set() if self.is_new else self.article.entity_numbers()
        self.write_appearances(extraction, records, links)
        self.write_parts(extraction, records)
        self.write_roles(extraction, records)
        self.write_quotes(extraction, records)
        # What an earlier version of this story made, and nothing leads to any more.
        if before:
            remove_orphans(before - self.article.entity_numbers())

    def rows(self, model: type[Any]) -> Sequence[Any]:
        """The rows of a table that the article has."""
        return () if self.is_new else model.objects.filter(article=self.article)

    def write_appearances(self, extraction: Extraction, records: Sequence[Record], links: Sequence[Link]) -> None:
        existing = {appearance.entity_id: appearance for appearance in self.rows(Appearance)}
        new: list[Appearance] = []
        numbers: dict[int, list[int]] = {}
        for number, record in enumerate(records):
            numbers.setdefault(record.pk, []).append(number)
        for key, named in numbers.items():
            # Several names of one record are one row: an editor merged what they led to.
            entities = self.without_rejected([extraction.entities[number] for number in named])
            appearance = existing.get(key) or Appearance(article=self.article, entity_id=key, extractor=self.extractor)
            taken_off = [Span(*pair) for pair in appearance.excluded]
            mentions = [span for entity in entities for span in entity.mentions]
            spans = [span for span in mentions if not any(span.overlaps(place) for place in taken_off)]
            if appearance.is_decided:
                spans += [Span(*pair) for pair in appearance.spans]
            else:
                self.explain(appearance, entities[0], links[named[0]])
            if appearance.is_decided or len(named) > 1:
                spans = longest_first(spans)
            appearance.name = max((entity.name for entity in entities), key=len)[:200]
            appearance.spans = pairs(spans)
            appearance.start = spans[0].start if spans else 0
            appearance.anchoring = Anchoring.IN_PLACE
            appearance.role = next((role.title for role in extraction.roles if role.person in named), "")[
                :LONGEST_TITLE
            ]
            if appearance.pk:
                appearance.save()
            else:
                new.append(appearance)
        Appearance.objects.bulk_create(new)
        if existing:
            self.article.appearances.undecided().exclude(entity__in=numbers).exclude(origin=Origin.TYPED).delete()

    def without_rejected(self, entities: Sequence[Entity]) -> Sequence[Entity]:
        """The names of one record but those that an editor rejected here before they were the record's."""
        if len(entities) == 1 or self.is_new:
            return entities
        removed = MovedRow.objects.filter(
            model="appearance", before__article_id=self.article.pk, merge__in=Merge.objects.standing().merges()
        )
        rejected = {
            name_key(row.before["name"]) for row in removed if row.before and row.before["state"] == State.REJECTED
        }
        return [entity for entity in entities if name_key(entity.name) not in rejected] or entities

    def explain(self, appearance: Appearance, entity: Entity, link: Link) -> None:
        """Say of a suggestion why it is made, and who else could be meant."""
        reasons = filter(None, (entity.rule, entity.place_rule, link.evidence))
        appearance.evidence = "; ".join(reasons)[:300]
        appearance.candidates = list(link.candidates)
        appearance.candidate_notes = {str(key): words for key, words in link.notes.items()}
        appearance.score = entity.score
        appearance.extractor = self.extractor

    def write_parts(self, extraction: Extraction, records: Sequence[Record]) -> None:
        """The names inside the names; nobody decides about them, so the new ones replace the old."""
        if not self.is_new:
            NamePart.objects.filter(appearance__article=self.article).delete()
        appearances = dict(self.article.appearances.values_list("entity", "pk")) if extraction.parts else {}
        parts = {(appearances[records[part.owner].pk], part.name[:200]): part for part in extraction.parts}
        NamePart.objects.bulk_create(
            NamePart(
                appearance_id=appearance,
                name=name,
                kind=part.kind.value,
                entity_id=records[part.entity].pk if part.entity is not None else None,
                geoname_id=part.place.geoname_id if part.place else None,
            )
            for (appearance, name), part in parts.items()
        )

    def write_roles(self, extraction: Extraction, records: Sequence[Record]) -> None:
        existing = self.rows(Role)
        decided = [role for role in existing if role.is_decided]
        titles_decided = {(role.person_id, role.title) for role in decided}
        places_decided = {(role.person_id, role.start, role.end) for role in decided}
        if existing:
            self.article.roles.undecided().exclude(origin=Origin.TYPED).delete()
        roles = {
            (records[held.person].pk, held.span): Role(
                person_id=records[held.person].pk,
                title=held.title[:LONGEST_TITLE],
                organisation_id=self.key_of(records, held.organisation, Kind.ORGANISATION),
                location_id=self.key_of(records, held.location, Kind.LOCATION),
                article=self.article,
                start=held.span.start,
                end=held.span.end,
                date=self.article.published and timezone.localdate(self.article.published),
                extractor=self.extractor,
                evidence=held.rule[:300],
            )
            for held in extraction.roles
            if records[held.person].kind == Kind.PERSON
            and (records[held.person].pk, held.title[:LONGEST_TITLE]) not in titles_decided
            and (records[held.person].pk, held.span.start, held.span.end) not in places_decided
        }
        Role.objects.bulk_create(roles.values())

    @staticmethod
    def key_of(records: Sequence[Record], number: int | None, kind: Kind) -> int | None:
        """The number of a record; None where an editor said that it is of another kind."""
        return records[number].pk if number is not None and records[number].kind == kind else None

    def write_quotes(self, extraction: Extraction, records: Sequence[Record]) -> None:
        existing = list(self.rows(Quote))
        decided = [quote for quote in existing if quote.is_decided]
        suggested = {quote.text: quote for quote in existing if not quote.is_decided}
        words_decided = {quote.text for quote in decided}
        places_decided = [Span(*pair) for quote in decided for pair in quote.spans]
        kept, new = set(), []
        for quotation in extraction.quotations:
            words = cut(self.article.text, quotation.spans)
            overlaps = any(span.overlaps(place) for span in quotation.spans for place in places_decided)
            if words in words_decided or overlaps:
                continue
            quote = suggested.pop(words, None) or Quote(article=self.article)
            self.fill(quote, quotation, words, records)
            if quote.pk:
                quote.save()
                kept.add(quote.pk)
            else:
                new.append(quote)
        Quote.objects.bulk_create(new)
        undecided = [quote.pk for quote in existing if not quote.is_decided and quote.pk not in kept]
        if undecided:
            self.article.quotes.filter(pk__in=undecided).delete()

    def fill(self, quote: Quote, quotation: Quotation, words: str, records: Sequence[Record]) -> None:
        text, cue = self.article.text, quotation.cue
        quote.text = words
        quote.spans = pairs(quotation.spans)
        quote.start = quotation.spans[0].start
        quote.form = quotation.form.value
        quote.speaker_id = records[quotation.speaker].pk if quotation.speaker is not None else None
        phrases = {
            "cue": cue.span if cue else None,
            "source": quotation.source,
            "addressee": quotation.addressee,
            "occasion": quotation.occasion,
        }
        for phrase, span in phrases.items():
            setattr(quote, phrase, span.of(text)[: PRINTED[phrase]] if span else "")
            setattr(quote, f"{phrase}_start", span.start if span else None)
            setattr(quote, f"{phrase}_end", span.end if span else None)
        quote.evidence = quotation.rule[:300]
        quote.extractor = self.extractor
        quote.anchoring = Anchoring.IN_PLACE
