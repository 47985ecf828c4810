from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from articles.models import Article, Entity, Location, Merge, Organisation, Person, Quote, Role
from articles.models.mentions import mention
from articles.site.paging import page_of
from articles.site.roles import held_roles
from articles.site.where import wider_places

QUOTES = 10
ARTICLES = 10
BESIDE = 8


def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = public_or_merged(Person, slug)
    if isinstance(person, HttpResponse):
        return person
    context = {
        "person": person,
        "roles": held_roles(Role.objects.public().filter(person=person)),
        "quotes": page_of(request, quotes_by(person), QUOTES),
        **company(request, person),
    }
    return render(request, "articles/person.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = public_or_merged(Organisation, slug)
    if isinstance(organisation, HttpResponse):
        return organisation
    context = {
        "organisation": organisation,
        "roles": held_roles(Role.objects.public().filter(organisation=organisation)),
        "speakers": Person.objects.speaking_for(organisation)[:BESIDE],
        "quotes": page_of(request, quotes_by(organisation), QUOTES),
        **company(request, organisation),
    }
    return render(request, "articles/organisation.html", context)


def location(request: HttpRequest, slug: str) -> HttpResponse:
    location = public_or_merged(Location, slug)
    if isinstance(location, HttpResponse):
        return location
    said = Quote.objects.public().filed_from(location).for_list().latest_first()
    context = {
        "location": location,
        "wider": wider_places(location),
        "inside": Location.objects.filter(part_of=location).public().most_covered()[:BESIDE],
        "named_for": Organisation.objects.named_for(location)[:BESIDE],
        "roles": held_roles(Role.objects.public().filter(location=location)),
        "said_here": page_of(request, said, QUOTES),
        "quotes": quotes_by(location)[:QUOTES],
        **company(request, location),
    }
    return render(request, "articles/location.html", context)


def public_or_merged(model: type[Any], slug: str) -> Any:
    """The entity, or a redirect to the one it was merged into, or to its page as what it was found to be."""
    known = model.objects.for_detail().select_related("merged_into").filter(slug=slug).first()
    lead = known.merged_into if known else Merge.objects.moved_from(model.KIND, slug)
    if lead:
        return redirect(lead, permanent=True)
    if not known or not known.is_public:
        raise Http404
    return known


def quotes_by(entity: Entity) -> Any:
    return Quote.objects.public().filter(speaker=entity.pk).for_list().latest_first()


def company(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    """The articles that show an entity, and whom and what they show beside it."""
    mention(f"entity:{entity.pk}")
    articles = Article.objects.published().showing(entity)
    return {
        "articles": page_of(request, articles.latest_first().for_list(), ARTICLES, name="articles"),
        "people": Person.objects.shown_in(articles).exclude(pk=entity.pk)[:BESIDE],
        "organisations": Organisation.objects.shown_in(articles).exclude(pk=entity.pk)[:BESIDE],
        "locations": Location.objects.shown_in(articles).exclude(pk=entity.pk)[:BESIDE],
    }
