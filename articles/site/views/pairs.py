from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from articles.models import Person, Quote
from articles.models.mentions import mention
from articles.site.keyset import page_from
from articles.site.together import Pair
from articles.site.views.entities import ARTICLES, public_or_merged


def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two people in the same articles, at one address: that which begins with the name that the alphabet has first."""
    people = []
    for slug in (one, other):
        found = public_or_merged(Person, slug)
        people.append(found if isinstance(found, Person) else _survivor(found))
    first, second = sorted(people, key=lambda person: person.slug)
    if first.pk == second.pk:
        raise Http404
    if (one, other) != (first.slug, second.slug):
        return redirect(reverse("pair", args=[first.slug, second.slug]), permanent=True)
    pair = Pair(first, second)
    articles = page_from(request, pair.articles, ARTICLES, name="articles")
    if not articles.rows:
        raise Http404
    for person in (first, second):
        mention(f"entity:{person.pk}")
    context = {
        "pair": pair,
        "first": first,
        "second": second,
        "articles": articles,
        "quotes": Quote.objects.public().said_in(articles.rows, people).for_brief_list(),
        "beside": pair.beside,
    }
    return render(request, "articles/pair.html", context)


def _survivor(moved: HttpResponse) -> Person:
    """Whom a redirect to a person's page leads to."""
    slug = moved["Location"].rstrip("/").rpartition("/")[2]
    found = Person.objects.public().filter(slug=slug).first()
    if not isinstance(found, Person) or moved["Location"] != found.get_absolute_url():
        raise Http404
    return found
