"""People, organisations and locations: three addresses of one kind of record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from articles.exporting.addresses import Addresses
from articles.exporting.facts import with_details
from articles.models import Entity, Location, Organisation, Person, Role
from articles.site.api import schemas
from articles.site.api.building import article_ref, entity_ref, tag_ref
from articles.site.api.paging import Number, Paging, page_of
from articles.site.api.problems import LISTED, MAY_MOVE, HasMoved
from articles.site.roles import HeldRole, held_roles
from articles.site.structured_data import elsewhere

people, organisations, locations = Router(tags=["people"]), Router(tags=["organisations"]), Router(tags=["locations"])


@people.get("", response={200: schemas.Listed[schemas.EntitySummary], **LISTED})
def person_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """People whom published articles show, in the order in which they came into the archive."""
    return page_of(request, Person.objects.public().order_by("pk"), asked, entity_summary)


@organisations.get("", response={200: schemas.Listed[schemas.EntitySummary], **LISTED})
def organisation_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """Organisations that published articles show, in the order in which they came into the archive."""
    return page_of(request, Organisation.objects.public().order_by("pk"), asked, entity_summary)


@locations.get("", response={200: schemas.Listed[schemas.EntitySummary], **LISTED})
def location_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """Places that published articles show, in the order in which they came into the archive."""
    return page_of(request, Location.objects.public().order_by("pk"), asked, entity_summary)


@people.get("/{number}", response={200: schemas.Person, **MAY_MOVE})
def person(request: HttpRequest, number: Path[Number]) -> Any:
    """One person: names, identifiers elsewhere, tags, and the offices that articles print."""
    at = Addresses.of(request)
    found = public_or_moved(Person, number, at)
    roles = held_roles(Role.objects.public().filter(person=found))
    said = whole_entity(found, roles, at)
    return schemas.Person(**said, given_name=found.given_name, family_name=found.family_name)


@organisations.get("/{number}", response={200: schemas.Organisation, **MAY_MOVE})
def organisation(request: HttpRequest, number: Path[Number]) -> Any:
    """One organisation: names, identifiers elsewhere, tags, and who held which office there."""
    at = Addresses.of(request)
    found = public_or_moved(Organisation, number, at)
    roles = held_roles(Role.objects.public().filter(organisation=found))
    return schemas.Organisation(**whole_entity(found, roles, at), acronym=found.acronym, country=found.country)


@locations.get("/{number}", response={200: schemas.Location, **MAY_MOVE})
def location(request: HttpRequest, number: Path[Number]) -> Any:
    """One place: names, identifiers elsewhere, where it lies, tags, and offices that name it."""
    at = Addresses.of(request)
    found = public_or_moved(Location, number, at)
    roles = held_roles(Role.objects.public().filter(location=found))
    lies = ("region", "country", "latitude", "longitude", "population")
    return schemas.Location(
        **whole_entity(found, roles, at),
        **{name: getattr(found, name) for name in lies},
        part_of=entity_ref(found.part_of, at) if found.part_of else None,
    )


def public_or_moved(model: type[Any], number: int, at: Addresses) -> Any:
    """The record of this number.

    Raises:
        HasMoved: it was merged into another, or found to be of another kind.
        Http404: readers see no such record.
    """
    found = with_details(model.objects.public().filter(pk=number)).first()
    if found:
        return found
    known = Entity.objects.select_related("merged_into").filter(pk=number).first()
    lead = known and (known.merged_into or known)
    if lead and lead.is_public:
        raise HasMoved(at.entity(lead))
    raise Http404


def entity_summary(entity: Entity, at: Addresses) -> schemas.EntitySummary:
    return schemas.EntitySummary(
        id=entity.pk,
        kind=entity.kind,
        name=entity.name,
        description=entity.description,
        articles=entity.article_count,
        quotations=entity.quote_count,
        url=at.page(entity),
        permanent=at.permanent(entity),
        api=at.entity(entity),
    )


def whole_entity(entity: Any, roles: list[HeldRole], at: Addresses) -> dict[str, Any]:
    return {
        **dict(entity_summary(entity, at)),
        "other_names": [alias.name for alias in entity.aliases.all() if alias.name != entity.name],
        "identifiers": [
            schemas.Identifier(scheme=each.scheme, value=each.value, url=each.url) for each in elsewhere(entity)
        ],
        "tags": [tag_ref(each.tag, at) for each in entity.public_tags],
        "roles": [held_role(each, at) for each in roles],
    }


def held_role(held: HeldRole, at: Addresses) -> schemas.HeldRole:
    role = held.role
    return schemas.HeldRole(
        title=role.title,
        person=entity_ref(role.person, at),
        organisation=entity_ref(role.organisation, at) if role.organisation else None,
        location=entity_ref(role.location, at) if role.location else None,
        first=held.first,
        last=held.last,
        articles=held.articles,
        source=article_ref(role.article, at),
    )
