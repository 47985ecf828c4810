"""An article as ninjs 3.0, the IPTC's News in JSON.

ninjs knows nothing of quotations, pictures' captions and corrections; each is an associated object of its own, with its
address as `uri`, and `profile` says which it is.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone

from articles.exporting.addresses import Addresses
from articles.exporting.facts import bears, listed, local, reporters, shown_names
from articles.models import Appearance, Article, ArticlePicture, Correction, Entity, Location, Quote

STANDARD = {"name": "ninjs", "version": "3.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"}
KINDS = {"people": Entity.Kind.PERSON, "organisations": Entity.Kind.ORGANISATION, "places": Entity.Kind.LOCATION}


def as_ninjs(article: Article, at: Addresses) -> dict[str, Any]:
    """`article` comes from `for_detail()`."""
    names = shown_names(article)
    said = {
        "uri": at.record("articles", article.pk),
        "type": "text",
        "representationType": "full",
        "standard": STANDARD,
        "version": str(article.revision + 1),
        "firstCreated": _moment(article.released),
        "versionCreated": _moment(article.modified),
        "contentCreated": _moment(bears(article)),
        "pubStatus": "usable",
        "language": article.language,
        "copyrightHolder": article.publisher or settings.NEWSROOM_NAME,
        "slugline": article.slug,
        "headlines": [_text("main", article.headline)],
        "descriptions": [_text("standfirst", article.standfirst)] if article.standfirst else [],
        "by": listed(reporters(article)),
        "located": article.dateline_place,
        "bodies": _bodies(article),
        "infoSources": _sources(article, at),
        **{name: [_name(each, at) for each in names if each.entity.kind == kind] for name, kind in KINDS.items()},
        "subjects": _subjects(article, at),
        "altIds": _other_addresses(article, at),
        "associations": [
            *(_picture(each, at) for each in article.pictures.all()),
            *(_quotation(each, article, at) for each in article.shown_quotes),
            *(_correction(each, article, at) for each in article.corrections.all()),
        ],
    }
    return {name: value for name, value in said.items() if value}


def _bodies(article: Article) -> list[dict[str, Any]]:
    size = {"charCount": len(article.text), "wordCount": len(article.text.split())}
    bodies = [
        {**_text("main", article.body, "text/html"), **size},
        {**_text("main", article.text), **size},
    ]
    return bodies + [_text("end note", note) for note in article.end_notes]


def _text(role: str, value: str, kind: str = "text/plain") -> dict[str, Any]:
    return {"role": role, "contentType": kind, "value": value}


def _sources(article: Article, at: Addresses) -> list[dict[str, str]]:
    """Whoever made the story, by what they did, then the agency and whose story it is."""
    sources = [
        {"name": each.name, "role": each.role}
        | ({"uri": at.record("authors", each.author_id)} if each.author_id else {})
        for each in article.bylines.all()
    ]
    others = {"agency": article.dateline_agency, "publisher": article.publisher}
    return sources + [{"name": name, "role": role} for role, name in others.items() if name]


def _name(appearance: Appearance, at: Addresses) -> dict[str, Any]:
    entity = appearance.entity
    said: dict[str, Any] = {"name": entity.name, "rel": "mentions", "uri": at.entity(entity)}
    if entity.kind == Entity.Kind.LOCATION:
        place: Location = entity.location
        if place.latitude is not None:
            said["geojson"] = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return said


def _subjects(article: Article, at: Addresses) -> list[dict[str, str]]:
    subjects = [{"name": tag.name, "rel": "about", "uri": at.record("tags", tag.pk)} for tag in article.tags.all()]
    if article.section:
        section = article.section
        subjects.append({"name": section.name, "rel": "section", "uri": at.record("sections", section.pk)})
    if article.series:
        part = f"{article.series.name}, part {article.part}" if article.part else article.series.name
        subjects.append({"name": article.series.name, "rel": "series", "literal": part})
    return subjects


def _other_addresses(article: Article, at: Addresses) -> list[dict[str, str]]:
    found = {"page": at.page(article), "first published": article.address}
    return [{"role": role, "value": value} for role, value in found.items() if value]


def _picture(shown: ArticlePicture, at: Addresses) -> dict[str, Any]:
    picture, files = shown.picture, shown.picture.renditions()
    largest = urljoin(at.site, picture.url(files[-1]))
    said = {
        "name": f"picture {shown.position}",
        "uri": largest,
        "type": "picture",
        "by": picture.credit,
        "usageTerms": picture.licence,
        "descriptions": [
            _text(role, words) for role, words in (("caption", shown.shown_caption), ("alt", picture.alt)) if words
        ],
        "renditions": [
            {
                "name": str(file.width),
                "href": urljoin(at.site, picture.url(file)),
                "contentType": "image/webp",
                "width": file.width,
                "height": file.height,
            }
            for file in files
        ],
    }
    return {name: value for name, value in said.items() if value}


def _quotation(quote: Quote, article: Article, at: Addresses) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": f"quotation {quote.pk}",
        "uri": at.record("quotations", quote.pk),
        "type": "text",
        "profile": "quotation",
        "language": article.language,
        "by": quote.speaker.name if quote.speaker else quote.source,
        "bodies": [_text(quote.form, quote.text)],
    }
    if quote.speaker and quote.speaker.is_public:
        name = next(name for name, kind in KINDS.items() if kind == quote.speaker.kind)
        said[name] = [{"name": quote.speaker.name, "rel": "speaker", "uri": at.entity(quote.speaker)}]
    return {name: value for name, value in said.items() if value}


def _correction(correction: Correction, article: Article, at: Addresses) -> dict[str, Any]:
    said = {
        "name": f"correction {correction.pk}",
        "uri": at.record("corrections", correction.pk),
        "type": "text",
        "profile": correction.kind,
        "language": article.language,
        "versionCreated": _moment(correction.made),
        "bodies": [_text("main", correction.note)],
    }
    return {name: value for name, value in said.items() if value}


def _moment(day: datetime | date | None) -> str:
    """ninjs has moments alone: a day without a time of day is its beginning in the newsroom's time zone."""
    if day is None:
        return ""
    if not isinstance(day, datetime):
        day = timezone.make_aware(datetime.combine(day, time.min))
    return local(day).isoformat()
