"""People, organisations, places and the articles that name them, as entities of FollowTheMoney.

Each is one line of JSON, as that data model's programs read them. A title that stories print is a `Position`, and who
bears it has an `Occupancy` of it: what stories say tells neither when it began nor when it ended, so the dates are
those on which it was printed. The schema of an organisation is `Organization` unless its name has a legal form:
nothing on record tells a ministry from a club.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pycountry

from articles.exporting.addresses import Addresses
from articles.exporting.facts import bears, reporters, shown_names
from articles.models import Article, Entity, Identifier, Location, Organisation, Person, Role
from articles.models.name_keys import has_legal_form
from articles.models.roles import RoleQuerySet

Properties = dict[str, Iterable[str | None]]


def as_line(entity: dict[str, Any]) -> str:
    return json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_entity(entity: Any, at: Addresses) -> dict[str, Any]:
    """A `Person`, an `Organisation` or a `Location`, as `with_details()` brings it."""
    others = [alias.name for alias in entity.aliases.all() if alias.name != entity.name]
    identifiers: list[Identifier] = list(entity.identifiers.all())
    said: Properties = {
        "name": [entity.name],
        "alias": others,
        "description": [entity.description],
        "keywords": [item.tag.name for item in entity.public_tags],
        "wikidataId": [each.value for each in identifiers if each.scheme == Identifier.Scheme.WIKIDATA],
        "sourceUrl": [at.page(entity)],
    }
    web = [each.value for each in identifiers if each.scheme == Identifier.Scheme.WEB]
    if isinstance(entity, Person):
        said |= {"firstName": [entity.given_name], "lastName": [entity.family_name], "gender": [entity.gender]}
        said["website"] = web
    elif isinstance(entity, Organisation):
        said |= {"abbreviation": [entity.acronym], "country": [entity.country.lower()], "website": web}
    else:
        said |= _place(entity)
    return _entity(schema_of(entity), record_id(entity, at), said)


def schema_of(entity: Entity) -> str:
    if entity.kind == Entity.Kind.ORGANISATION:
        return "Company" if has_legal_form(entity.name) else "Organization"
    return "Person" if entity.kind == Entity.Kind.PERSON else "Address"


def _place(place: Location) -> Properties:
    land = _country(place.country)
    wider = [name for name in (place.region, land) if name and name != place.name]
    return {
        "full": [", ".join([place.name, *wider])],
        "region": [place.region],
        "country": [place.country.lower()],
        "latitude": ["" if place.latitude is None else str(place.latitude)],
        "longitude": ["" if place.longitude is None else str(place.longitude)],
    }


def role_lines(
    roles: RoleQuerySet, at: Addresses, *, beside: Entity | None = None, most: int | None = None
) -> Iterator[dict[str, Any]]:
    """The positions that some roles name, and who holds them; records that readers do not see are left out.

    Where `beside` is the record that all of them are about, the others that they name come along in brief.
    """
    titles = list(roles.titles()[:most])
    latest = roles.select_related("article", "organisation", "location", "person").in_bulk(
        [title["latest"] for title in titles]
    )
    told = {record_id(beside, at)} if beside else set()
    for title in titles:
        role = latest[title["latest"]]
        if not role.person.is_public:
            continue
        position = _position(role, at)
        briefs = [_brief(each, at) for each in (role.person, role.organisation) if each and each.is_public]
        for each in [*(briefs if beside else []), position]:
            if each["id"] not in told:
                told.add(each["id"])
                yield each
        yield _occupancy(role, position, title, at)


def _brief(entity: Entity, at: Addresses) -> dict[str, Any]:
    """Enough of a record to point to."""
    said: Properties = {"name": [entity.name], "sourceUrl": [at.page(entity)]}
    return _entity(schema_of(entity), record_id(entity, at), said)


def _position(role: Role, at: Addresses) -> dict[str, Any]:
    """One office of this title at one organisation or place, whoever holds it."""
    organisation = role.organisation if role.organisation and role.organisation.is_public else None
    place = role.location
    parts = (role.title.casefold(), str(role.organisation_id), str(role.location_id))
    said: Properties = {
        "name": [role.title],
        "organization": [record_id(organisation, at)] if organisation else [],
        "country": [(organisation.country if organisation else "").lower(), (place.country if place else "").lower()],
        "subnationalArea": [place.name] if place and place.is_public else [],
    }
    return _entity("Position", _id(at, "position", hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]), said)


def _occupancy(role: Role, position: dict[str, Any], title: dict[str, Any], at: Addresses) -> dict[str, Any]:
    dates = {str(title[name]) for name in ("first", "last") if title[name]}
    said: Properties = {
        "holder": [record_id(role.person, at)],
        "post": [position["id"]],
        "date": sorted(dates),
        "sourceUrl": [at.page(role.article)],
    }
    return _entity("Occupancy", f"{record_id(role.person, at)}-{position['id'].rpartition('-')[2]}", said)


def article_lines(article: Article, at: Addresses) -> Iterator[dict[str, Any]]:
    """An article from `for_detail()` as a document, and a `Mention` for each record that it names."""
    document = _id(at, "article", article.pk)
    yield _entity(
        "Article",
        document,
        {
            "title": [article.headline],
            "author": reporters(article),
            "publishedAt": [_moment(bears(article))],
            "language": [_language(article.language)],
            "publisher": [article.publisher],
            "summary": [article.standfirst],
            "keywords": [tag.name for tag in article.tags.all()],
            "bodyText": [article.text],
            "sourceUrl": [at.page(article)],
        },
    )
    for appearance in shown_names(article):
        yield _entity(
            "Mention",
            _id(at, "mention", appearance.pk),
            {
                "document": [document],
                "resolved": [record_id(appearance.entity, at)],
                "name": [appearance.name or appearance.entity.name],
                "detectedSchema": [schema_of(appearance.entity)],
            },
        )


def record_id(entity: Entity, at: Addresses) -> str:
    return _id(at, "record", entity.pk)


def _id(at: Addresses, kind: str, number: int | str) -> str:
    """The same in every export of one site, and of no other."""
    return f"{at.host.replace(':', '-')}-{kind}-{number}"


def _entity(schema: str, key: str, properties: Properties) -> dict[str, Any]:
    """What is unknown is left out, and what is said twice said once."""
    said = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in said.items() if values}}


def _moment(day: datetime | date) -> str:
    """That model knows no time zones but UTC, and leaves out which it is."""
    return day.astimezone(UTC).replace(tzinfo=None).isoformat() if isinstance(day, datetime) else day.isoformat()


@cache
def _language(code: str) -> str:
    """The three letters of a language, as that model writes it."""
    found = pycountry.languages.get(alpha_2=code[:2].lower()) if code else None
    return found.alpha_3 if found else ""


@cache
def _country(code: str) -> str:
    found = pycountry.countries.get(alpha_2=code.upper()) if code else None
    return getattr(found, "common_name", found.name) if found else ""
