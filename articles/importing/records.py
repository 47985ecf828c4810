"""Write what was extracted from a story as records, leaving alone what a person has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from articles.documents.story import Story
from articles.editing.bylines import Authors, byline_rows, printed_names, set_byline
from articles.editing.ledger import plain
from articles.editing.revise import move_spans
from articles.editing.snapshot import FOLLOWING
from articles.extraction.types import Entity, Extraction, Kind
from articles.importing.candidates import Archive
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import Link, linking_names, split_name
from articles.importing.rows import Rows
from articles.importing.writer import Writer
from articles.models import (
    Alias,
    Article,
    Location,
    Organisation,
    Origin,
    Person,
    Section,
    State,
)
from articles.models import Entity as Record
from articles.models.name_keys import plain_key
from articles.models.slugs import name_key
from articles.text.spans import Span

# Fields of an article that refer to records: what an import puts there is there.
REFERRING = ("section", "series", "assignee", "created_by")


def fill_story(article: Article, story: Story, digests: Mapping[str, str]) -> None:
    """Bring an article in line with a story, without saving it; `digests` are what it is recognised by.

    Fields that an editor typed keep what the editor typed, and what the story says of them is kept beside it.

    Raises:
        django.core.exceptions.ValidationError: a field of the story does not fit the record.
    """
    theirs = {}
    for field, value in _fields(article, story).items():
        if FOLLOWING.get(field, field) in article.edited_fields:
            theirs[field] = plain(Article, field, value)
        else:
            setattr(article, field, value)
    if "byline" in article.edited_fields:
        theirs["byline"] = printed_names(story.byline, story.credits)
    article.source_fields = {field: value for field, value in theirs.items() if field != "text"}
    for field, value in digests.items():
        setattr(article, field, value)
    article.clean_fields(exclude=["slug", *REFERRING])


def add_story(article: Article, story: Story, rows: Rows) -> None:
    """Have a new article that was made of a story, and the names above it, written with `rows`."""
    rows.add_article(article)
    rows.bylines += byline_rows(article, rows.authors.rows_by_name(story.byline, story.credits))


def write_story(article: Article, story: Story, digests: Mapping[str, str]) -> None:
    """Bring an article that is there in line with a story, save it and find its spans again."""
    old_text = article.text
    fill_story(article, story, digests)
    article.revision += 1
    article.save()
    if "byline" not in article.edited_fields:
        set_byline(article, Authors().rows_by_name(story.byline, story.credits))
    if article.text != old_text:
        move_spans(article, old_text)


def write_extraction(
    article: Article,
    extraction: Extraction,
    links: Sequence[Link],
    *,
    extractor: str,
    archive: Archive,
    rows: Rows,
    after: FollowUps,
    is_new: bool = False,
) -> None:
    """Write the names, roles and quotations of an article; what follows from them is left to `after`.

    Suggestions nobody has looked at are replaced by the new ones. Rows that a person decided about stay as they are,
    but for the places in the text; what was rejected is not proposed again. Of an article that is new there are none:
    all that is new waits among `rows`.
    """
    if not is_new:
        links = as_decided(article, extraction.entities, links)
    records = add_entities(extraction.entities, links, archive=archive, rows=rows, after=after)
    roles = Writer(article, extractor, rows, is_new).write(extraction, records, links)
    archive.note_story(records, roles)
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
    rows = Rows()
    records = add_entities(entities, links, archive=Archive(()), rows=rows, after=after)
    rows.write()
    return records


def add_entities(
    entities: Sequence[Entity], links: Sequence[Link], *, archive: Archive, rows: Rows, after: FollowUps
) -> list[Record]:
    """The same, but that what is new is known to the archive alone and waits to be written."""
    numbered: set[int] = set()
    records = [link.record or _new_record(entity, link, numbered) for entity, link in zip(entities, links, strict=True)]
    new = [record for record, link in zip(records, links, strict=True) if not link.record]
    rows.numbers.give_records(new)
    archive.note_records(new)
    known = archive.keys_of(records)
    aliases: dict[tuple[int, str], Alias] = {}
    for entity, record in zip(entities, records, strict=True):
        for name in (record.name, *linking_names(entity)):
            key = name_key(name)
            if key not in known[record.pk]:
                plain = plain_key(record.kind, name)
                aliases.setdefault((record.pk, key), Alias(entity_id=record.pk, name=name, key=key, plain=plain))
    archive.note_names(aliases.values())
    after.named |= {pk for pk, _ in aliases}
    rows.records += new
    rows.aliases += aliases.values()
    rows.places += [
        (record, entity.place)
        for entity, record, link in zip(entities, records, links, strict=True)
        if isinstance(record, Location) and record.geoname_id and entity.place and not link.record
    ]
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
