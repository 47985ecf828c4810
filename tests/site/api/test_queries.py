"""How many questions an answer asks the database: as many for a full archive as for two stories, eight at most."""

from __future__ import annotations

import pytest

from articles.models import Article, Author, Correction, Entity, Location, Organisation, Person, Quote, Section, Tag
from articles.searching.index import rebuild
from tests.site.test_queries import make_archive, queries_of

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "": 0,
    "openapi.json": 0,
    "articles": 4,
    "articles/{article}": 7,
    "articles?tag=ferries&person={person}&organisation={organisation}&location={location}&author={author}"
    "&section=harbours&language=en&since=2000-01-01&until=2100-01-01": 6,
    "articles/{article}/ninjs.json": 7,
    "articles/{article}/newsml.xml": 7,
    "articles/{article}/story.md": 7,
    "articles/{article}/ftm.json": 7,
    "people/{person}/ftm.json": 6,
    "organisations/{organisation}/ftm.json": 6,
    "locations/{location}/ftm.json": 6,
    "people": 1,
    "people/{person}": 6,
    "organisations": 1,
    "organisations/{organisation}": 6,
    "locations": 1,
    "locations/{location}": 7,
    "quotations": 1,
    "quotations/{quotation}": 3,
    "quotations?q=word&speaker={person}&article={article}&tag=ferries&since=2000-01-01": 3,
    "tags": 1,
    "tags/{tag}": 2,
    "authors": 1,
    "authors/{author}": 1,
    "sections": 1,
    "sections/{section}": 1,
    "corrections": 3,
    "corrections/{correction}": 3,
}


def correct_all():
    for article in Article.objects.all():
        note = Correction.objects.create(article=article, note="It was Friday.")
        note.quotes.set(article.quotes.all())
        note.entities.set(Entity.objects.filter(appearances__article=article))


def numbers():
    """Of what every story of the archive has."""
    return {
        "article": Quote.objects.earliest("pk").article_id,
        "person": Person.objects.get(name="Mira Voss").pk,
        "organisation": Organisation.objects.get(name="Harbour Board").pk,
        "location": Location.objects.get(name="Cobh").pk,
        "quotation": Quote.objects.earliest("pk").pk,
        "tag": Tag.objects.get(name="Ferries").pk,
        "author": Author.objects.get(name="Ana Lopez").pk,
        "section": Section.objects.get(name="Harbours").pk,
        "correction": Correction.objects.earliest("pk").pk,
    }


@pytest.mark.parametrize("stories", [2, 4], ids=["few rows", "many rows"])
def test_answers_ask_no_more_for_more_rows(client, stories):
    make_archive(stories)
    correct_all()
    rebuild()
    asked = {each: queries_of(client, f"/api/v1/{each.format(**numbers())}") for each in ADDRESSES}
    assert asked == ADDRESSES


def test_no_answer_asks_more_than_eight():
    assert max(ADDRESSES.values()) <= 8
