from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from articles.editing.drawings import map_of, with_drawing
from articles.models import Article, Entity, Location, Merge, Organisation, Person, Quote, Role, Saying, Tag
from articles.models.mentions import mention
from articles.models.nearby import places_around
from articles.site.beside import beside_entity
from articles.site.coverage import coverage_of
from articles.site.keyset import page_from
from articles.site.namesakes import names_and_namesakes
from articles.site.periods import periods_of
from articles.site.roles import held_roles
from articles.site.stored_parts import keeps_parts
from articles.site.where import wider_places

QUOTES = 10
ARTICLES = 10
BESIDE = 8
SOME = 3


@keeps_parts(heeds_query=True)
def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = public_or_merged(Person, slug)
    if isinstance(person, HttpResponse):
        return person
    context = {
        "person": person,
        "namesakes": names_and_namesakes(person),
        "roles": held_roles(Role.objects.covered().filter(person=person)),
        **said_by(request, person),
        **covered(request, person),
    }
    return render(request, "articles/person.html", context)


@keeps_parts(heeds_query=True)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = public_or_merged(Organisation, slug)
    if isinstance(organisation, HttpResponse):
        return organisation
    rows = Quote.objects.public().said_by(organisation).for_brief_list()
    context = {
        "organisation": organisation,
        "namesakes": names_and_namesakes(organisation),
        "roles": held_roles(Role.objects.covered().filter(organisation=organisation)),
        "speakers": Person.objects.speaking_for(organisation)[:BESIDE],
        "quotes": page_from(request, rows, QUOTES),
        **covered(request, organisation),
    }
    return render(request, "articles/organisation.html", context)


@keeps_parts(heeds_query=True)
def location(request: HttpRequest, slug: str) -> HttpResponse:
    location = public_or_merged(Location, slug)
    if isinstance(location, HttpResponse):
        return location
    inside, near = places_around(location)
    quotes = Quote.objects.public()
    # Few places speak, as “Washington said” has it: then these words stand where others show what was said about it.
    said = quotes.said_by(location) if location.quote_count else quotes.said_about(location)
    context = {
        "location": location,
        "namesakes": names_and_namesakes(location),
        "map": map_of(location),
        "wider": wider_places(location),
        "inside": inside[:BESIDE],
        "near": near[:BESIDE],
        "named_for": Organisation.objects.named_for(location)[:BESIDE],
        "roles": held_roles(Role.objects.covered().filter(location=location)),
        "said_here": page_from(request, quotes.said_at(location).for_brief_list(), QUOTES),
        "quotes": said.for_brief_list()[:SOME],
        **covered(request, location),
    }
    for place in (*inside, *(place for place, _ in near)):
        mention(f"entity:{place.pk}")
    return render(request, "articles/location.html", context)


def public_or_merged(model: type[Any], slug: str) -> Any:
    """The entity, or a redirect to the one it was merged into, or to its page as what it was found to be."""
    known = with_drawing(model.objects.for_page()).filter(slug=slug).first()
    lead = known.merged_into if known else Merge.objects.moved_from(model.KIND, slug)
    if lead:
        return redirect(lead, permanent=True)
    if not known or not known.is_public:
        raise Http404
    return known


def said_by(request: HttpRequest, speaker: Entity) -> dict[str, Any]:
    """The words of a speaker, all or of one period and under one topic, and the years in which there are any."""
    topic = Tag.objects.public().filter(slug=request.GET["topic"]).first() if request.GET.get("topic") else None
    periods = periods_of(request, Saying.objects.filter(speaker=speaker.pk))
    rows = periods.asked.narrowed(Quote.objects.public().said_by(speaker), "saying__moment")
    if topic:
        rows = rows.under_too(topic)
    return {"quotes": page_from(request, rows.for_brief_list(), QUOTES), "periods": periods, "topic": topic}


def covered(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    """The articles that show an entity, and whom and what they show beside it."""
    mention(f"entity:{entity.pk}")
    articles = Article.objects.published().covering(entity)
    return {
        "articles": page_from(request, articles, ARTICLES, name="articles"),
        "beside": beside_entity(entity),
        "coverage": None if request.GET or entity.kind == Entity.Kind.LOCATION else coverage_of(entity.coverage.all()),
    }
