"""Records as search engines and other programs read them: schema.org in JSON-LD."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.documents.bylines import is_agency
from articles.models import Appearance, Article, Byline, Correction, Entity, Identifier, Location, Quote
from articles.site import pictures
from articles.site.addresses import whole

TYPES = {"person": "Person", "organisation": "Organization", "location": "Place"}
# No text can end the script element or open a comment in it; within JSON these mean the letters themselves.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def elsewhere(entity: Entity) -> list[Identifier]:
    """The entity's pages in catalogues elsewhere, a location's in GeoNames among them."""
    found = {(each.scheme, each.value): each for each in entity.identifiers.all()}
    if isinstance(entity, Location) and entity.geoname_id:
        place = Identifier(entity_id=entity.pk, scheme=Identifier.Scheme.GEONAMES, value=str(entity.geoname_id))
        found.setdefault((place.scheme, place.value), place)
    return list(found.values())


def describe(entity: Entity, request: HttpRequest) -> dict[str, Any]:
    """An entity in the words of schema.org; what is unknown is left out."""
    said: dict[str, Any] = {
        "@type": TYPES[entity.kind],
        "@id": whole(request, entity.get_absolute_url()),
        "url": whole(request, entity.get_absolute_url()),
        "name": entity.name,
        "alternateName": [alias.name for alias in entity.aliases.all() if alias.name != entity.name],
        "description": entity.description,
        "sameAs": [each.url for each in elsewhere(entity)],
    }
    if isinstance(entity, Location) and entity.latitude is not None:
        said["geo"] = {"@type": "GeoCoordinates", "latitude": entity.latitude, "longitude": entity.longitude}
    return without_unknown(said)


def describe_article(article: Article, request: HttpRequest) -> dict[str, Any]:
    """A story in the words of schema.org, with those it names and what they say; `article` comes from `for_detail()`.

    It is about what its headline and standfirst name, and about its tags.
    """
    address = whole(request, article.get_absolute_url())
    bylines, corrections = list(article.bylines.all()), list(article.corrections.all())
    tags = [{"@type": "Thing", "name": str(tag)} for tag in article.tags.all()]
    shown, title = article.shown_appearances, f"{article.headline} {article.standfirst}"
    said: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": article.headline,
        "description": article.standfirst,
        "inLanguage": article.language,
        "articleSection": str(article.section) if article.section else "",
        "datePublished": _published(article),
        "dateModified": _moment(corrections[0].made) if corrections else "",
        "author": [_maker(byline, request) for byline in bylines if byline.role == Byline.Role.REPORTING],
        "contributor": [_maker(byline, request) for byline in bylines if byline.role != Byline.Role.REPORTING],
        "publisher": {"@type": "Organization", "name": article.publisher or settings.NEWSROOM_NAME},
        "image": [pictures.describe(each.picture, request, caption=each.caption) for each in article.pictures.all()],
        "about": [*(_named(each.entity, request) for each in shown if _is_in(title, each)), *tags],
        "mentions": [_named(each.entity, request) for each in shown if not _is_in(title, each)],
        "hasPart": [_quotation(quote, request) for quote in article.shown_quotes],
        "correction": [_correction(correction, address) for correction in corrections],
    }
    return without_unknown(said)


def describe_quote(quote: Quote, request: HttpRequest) -> dict[str, Any]:
    """A quotation in the words of schema.org; `quote` comes from `for_detail()`."""
    article = quote.article
    address = whole(request, article.get_absolute_url())
    story = {
        "@type": "NewsArticle",
        "@id": address,
        "headline": article.headline,
        "datePublished": _published(article),
    }
    said = {
        **_quotation(quote, request),
        "url": whole(request, quote.get_absolute_url()),
        "inLanguage": article.language,
        "isPartOf": without_unknown(story),
        "about": [{"@type": "Thing", "name": str(tag)} for tag in quote.tags.all()],
        "correction": [_correction(correction, address) for correction in quote.corrections.all()],
    }
    return without_unknown(said)


def without_unknown(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _quotation(quote: Quote, request: HttpRequest) -> dict[str, Any]:
    """The words and who speaks them, in a story or on a page; places speak in stories, but not in schema.org."""
    said: dict[str, Any] = {
        "@type": "Quotation",
        "@id": whole(request, quote.get_absolute_url()),
        "text": quote.text,
    }
    if quote.speaker and quote.speaker.kind != Entity.Kind.LOCATION:
        said["spokenByCharacter"] = _named(quote.speaker, request)
    return said


def _named(entity: Entity, request: HttpRequest) -> dict[str, str]:
    """An entity where it is only named: its own page says more under the same `@id`."""
    return {"@type": TYPES[entity.kind], "@id": whole(request, entity.get_absolute_url()), "name": entity.name}


def _is_in(title: str, appearance: Appearance) -> bool:
    return any(name in title for name in (appearance.name, appearance.entity.name) if name)


def _maker(byline: Byline, request: HttpRequest) -> dict[str, str]:
    """A person with a page; of a name without one no more is known than whether it is an agency's."""
    if not byline.author:
        return {"@type": "Organization" if is_agency(byline.name) else "Thing", "name": byline.name}
    url = whole(request, byline.author.get_absolute_url())
    return {"@type": "Person", "name": byline.name, "url": url}


def _correction(correction: Correction, address: str) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "@id": f"{address}#correction-{correction.pk}",
        "text": correction.note,
        "dateCreated": _moment(correction.made),
    }


def _published(article: Article) -> str:
    """The date that the story bears, or that of its release."""
    if article.published and not article.published_has_time:
        return timezone.localtime(article.published).date().isoformat()
    moment = article.published or article.released
    return _moment(moment) if moment else ""


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


def as_script(said: dict[str, Any]) -> SafeString:
    """A data block, which browsers do not run and a content security policy does not concern."""
    text = mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPES))  # nosec B308 B703
    return format_html('<script type="application/ld+json">{}</script>', text)
