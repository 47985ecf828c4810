"""What an import says it did: one flat report a story, the same for the command, the admin and the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from articles.documents.story import Story
from articles.extraction.types import Entity, Extraction, Kind, Quotation, RoleHeld
from articles.text.spans import Span, cut

Pair = list[int]

STATUSES = ("created", "updated", "unchanged", "dry-run", "failed")


class TagSaid(TypedDict):
    """How a tag stands at an article, and why."""

    name: str
    state: str
    evidence: str


class Report(TypedDict):
    """Offsets are half-open code points into `text`; what a story does not say is null or empty."""

    source: str
    status: str
    error: str | None
    slug: str | None
    headline: str
    standfirst: str
    byline: list[str]
    credits: list[dict[str, str]]
    dateline: dict[str, str] | None
    published: str | None
    language: str
    text: str
    people: list[dict[str, Any]]
    organisations: list[dict[str, Any]]
    locations: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    tags: list[str]
    topics: list[TagSaid]
    warnings: list[str]


def failure(source: str, error: str) -> Report:
    """The report of a document that gave no story."""
    empty = report(Story(headline="", body="", source=source), Extraction(), status="failed", slug=None, tags=())
    return {**empty, "error": error}


def report(
    story: Story,
    extraction: Extraction,
    *,
    status: str,
    slug: str | None,
    tags: Sequence[TagSaid],
    warnings: Iterable[str] = (),
) -> Report:
    """Describe a story and what was extracted from it."""
    numbered = list(enumerate(extraction.entities))
    return {
        "source": story.source,
        "status": status,
        "error": None,
        "slug": slug,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "byline": list(story.byline),
        "credits": [{"name": credit.name, "role": credit.role} for credit in story.credits],
        "dateline": (
            {"place": story.dateline.place, "agency": story.dateline.agency} if story.dateline is not None else None
        ),
        "published": story.published.isoformat() if story.published else None,
        "language": story.language,
        "text": story.text,
        "people": [
            {
                "name": entity.name,
                "aliases": list(entity.aliases),
                "roles": _roles(extraction.roles, number),
                "mentions": pairs(entity.mentions),
                "evidence": entity.rule,
            }
            for number, entity in numbered
            if entity.kind == Kind.PERSON
        ],
        "organisations": [
            {**_named(entity), "parts": _parts(extraction, number)}
            for number, entity in numbered
            if entity.kind == Kind.ORGANISATION
        ],
        "locations": [
            {
                **_named(entity),
                "place_evidence": entity.place_rule,
                "parts": _parts(extraction, number),
                "region": (entity.place.region or None) if entity.place else None,
                "country": entity.place.country if entity.place else None,
                "latitude": entity.place.latitude if entity.place else None,
                "longitude": entity.place.longitude if entity.place else None,
            }
            for number, entity in numbered
            if entity.kind == Kind.LOCATION
        ],
        "quotes": [_quote(story.text, quotation, extraction.entities) for quotation in extraction.quotations],
        "tags": [tag["name"] for tag in tags if tag["state"] != "rejected"],
        "topics": list(tags),
        "warnings": [*story.warnings, *extraction.warnings, *warnings],
    }


def pairs(spans: Iterable[Span]) -> list[Pair]:
    return [[span.start, span.end] for span in spans]


def _named(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "aliases": list(entity.aliases),
        "mentions": pairs(entity.mentions),
        "evidence": entity.rule,
    }


def _parts(extraction: Extraction, owner: int) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "kind": part.kind.value,
            "span": [part.span.start, part.span.end],
            "entity": extraction.entities[part.entity].name if part.entity is not None else None,
        }
        for part in extraction.parts
        if part.owner == owner
    ]


def _roles(roles: Sequence[RoleHeld], person: int) -> list[dict[str, Any]]:
    return [
        {"title": role.title, "span": [role.span.start, role.span.end], "evidence": role.rule}
        for role in roles
        if role.person == person
    ]


def _quote(text: str, quotation: Quotation, entities: Sequence[Entity]) -> dict[str, Any]:
    speaker = entities[quotation.speaker] if quotation.speaker is not None else None
    return {
        "spans": pairs(quotation.spans),
        "text": cut(text, quotation.spans),
        "form": quotation.form.value,
        "cue": [quotation.cue.span.start, quotation.cue.span.end] if quotation.cue else None,
        "source": [quotation.source.start, quotation.source.end] if quotation.source else None,
        "speaker": {"kind": speaker.kind.value, "name": speaker.name} if speaker else None,
        "addressee": [quotation.addressee.start, quotation.addressee.end] if quotation.addressee else None,
        "occasion": [quotation.occasion.start, quotation.occasion.end] if quotation.occasion else None,
        "evidence": quotation.rule,
    }
