"""Write the names, roles and quotations of one article, leaving alone what a person has decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.editing.removed import remove_orphans
from articles.extraction.types import Entity, Extraction, Kind, Quotation
from articles.importing.linking import Link
from articles.importing.reports import pairs
from articles.importing.rows import Rows
from articles.models import (
    Anchoring,
    Appearance,
    Article,
    Merge,
    MovedRow,
    NamePart,
    Origin,
    Quote,
    Role,
    State,
)
from articles.models import Entity as Record
from articles.models.slugs import name_key
from articles.text.spans import Span, cut, longest_first

# The longest phrases around a quotation that are kept; what is longer is no phrase.
PRINTED = {"cue": 100, "source": 500, "addressee": 500, "occasion": 500}
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one article; of one that is new none is read before, and all wait among `rows`."""

    article: Article
    extractor: str
    rows: Rows
    is_new: bool = False

    def write(self, extraction: Extraction, records: Sequence[Record], links: Sequence[Link]) -> list[Role]:
        """Write all of it; returns the roles that are new."""
        before = set() if self.is_new else self.article.entity_numbers()
        self.write_parts(extraction, records, self.write_appearances(extraction, records, links))
        roles = self.write_roles(extraction, records)
        self.write_quotes(extraction, records)
        if not self.is_new:
            self.rows.write()
        # What an earlier version of this story made, and nothing leads to any more.
        if before:
            remove_orphans(before - self.article.entity_numbers())
        return roles

    def there(self, model: type[Any]) -> Sequence[Any]:
        """The rows of a table that the article has."""
        return () if self.is_new else model.objects.filter(article=self.article)

    def write_appearances(
        self, extraction: Extraction, records: Sequence[Record], links: Sequence[Link]
    ) -> dict[int, Appearance]:
        """Write who appears; returns the row of each record."""
        existing = {appearance.entity_id: appearance for appearance in self.there(Appearance)}
        written: dict[int, Appearance] = {}
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
                self.rows.appearances.append(appearance)
            written[key] = appearance
        if existing:
            self.article.appearances.undecided().exclude(entity__in=numbers).exclude(origin=Origin.TYPED).delete()
        return written

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

    def write_parts(
        self, extraction: Extraction, records: Sequence[Record], appearances: Mapping[int, Appearance]
    ) -> None:
        """The names inside the names; nobody decides about them, so the new ones replace the old."""
        if not self.is_new:
            NamePart.objects.filter(appearance__article=self.article).delete()
        parts = {(records[part.owner].pk, part.name[:200]): part for part in extraction.parts}
        self.rows.parts += [
            NamePart(
                appearance=appearances[owner],
                name=name,
                kind=part.kind.value,
                entity_id=records[part.entity].pk if part.entity is not None else None,
                geoname_id=part.place.geoname_id if part.place else None,
            )
            for (owner, name), part in parts.items()
        ]

    def write_roles(self, extraction: Extraction, records: Sequence[Record]) -> list[Role]:
        existing = self.there(Role)
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
        self.rows.roles += roles.values()
        return list(roles.values())

    @staticmethod
    def key_of(records: Sequence[Record], number: int | None, kind: Kind) -> int | None:
        """The number of a record; None where an editor said that it is of another kind."""
        return records[number].pk if number is not None and records[number].kind == kind else None

    def write_quotes(self, extraction: Extraction, records: Sequence[Record]) -> None:
        existing = list(self.there(Quote))
        decided = [quote for quote in existing if quote.is_decided]
        suggested = {quote.text: quote for quote in existing if not quote.is_decided}
        words_decided = {quote.text for quote in decided}
        places_decided = [Span(*pair) for quote in decided for pair in quote.spans]
        kept = set()
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
                self.rows.quotes.append(quote)
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
