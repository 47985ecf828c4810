"""How many questions a page asks the database: as many for a full archive as for two stories."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editing.drawings import draw, map_of
from articles.models import Article, FrontPagePlace, Location, Organisation, Person, Quote, RelatedArticle, Tag
from articles.searching.index import rebuild
from tests.factories import (
    counted_together,
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_quote,
    make_role,
    make_section,
    make_series,
    place_picture,
)

pytestmark = pytest.mark.django_db


@counted_together()
def make_archive(stories: int) -> None:
    """Articles that share a person, an organisation, a place and a tag, each with as many others of its own."""
    cobh = make_location("Cobh", country="IE", latitude=51.85, longitude=-8.29)
    shared = make_person("Mira Voss"), make_organisation("Harbour Board"), cobh
    shared[2].part_of = make_location("Munster", country="IE", part_of=make_location("Ireland", country="IE"))
    shared[2].save()
    harbours, crossing, written = make_section("Harbours"), make_series("The long crossing"), []
    author = make_author("Ana Lopez")
    for number in range(stories):
        names = [f"Nils Berg {letter}{number}" for letter in "abcd"[:stories]]
        quotes = [f"“Word {each}.”" for each in range(stories)]
        article = make_article(
            body=f"<p>Mira Voss, Harbour Board, Cobh. {' '.join(quotes)} {', '.join(names)}</p>",
            tags=("Ferries", f"Topic {number}"),
            dateline_place="Cobh",
            section=harbours if number % 2 else make_section(f"Towns {number}"),
            series=crossing,
            part=number + 1,
            breaking_until=timezone.now() + timedelta(hours=1),
        )
        for entity in (*shared, *(make_person(name, aliases=("Berg",)) for name in names)):
            make_appearance(article, entity)
        make_byline(article, author)
        place_picture(article, make_picture())
        place_picture(article, make_picture())
        make_byline(article, make_author(), role="photographs")
        make_appearance(article, make_organisation(f"Board {number}"))
        make_appearance(article, make_location(f"Port {number}"))
        for words in quotes:
            make_quote(article, words, speaker=shared[0]).tags.add("Ferries")
        make_quote(article, "Cobh", speaker=shared[1])
        make_role(article, shared[0], f"director {number}", organisation=shared[1], location=shared[2])
        written.append(article)
    for number, article in enumerate(written[:-1], start=1):
        FrontPagePlace.objects.create(article=article, position=number)
        RelatedArticle.objects.create(article=written[-1], related=make_article(), position=number)


PAGES = {
    "/": 12,
    "/articles/": 5,
    "article": 12,
    "/sections/harbours/": 8,
    "/series/the-long-crossing/": 5,
    "/about-the-data/": 7,
    "/archive/": 2,
    "/archive/2031/": 4,
    "/archive/2031/05/": 7,
    "/archive/2031/05/02/": 7,
    "/people/": 3,
    "/people/a-z/V/": 3,
    "/people/by/articles/": 3,
    "/people/mira-voss/": 12,
    "/people/mira-voss/?year=2031&topic=ferries": 12,
    "/people/mira-voss/with/nils-berg-a0/": 9,
    "/places/cobh/who-said-what/": 7,
    "/organisations/": 3,
    "/organisations/harbour-board/": 11,
    "/places/": 3,
    "/places/cobh/": 12,
    "/quotes/": 2,
    "quotation": 8,
    "/tags/": 2,
    "/tags/ferries/": 9,
    "/tags/ferries/who-said-what/": 7,
    "two": 11,
    "/search/?q=voss": 11,
    "/search/?q=voss&kind=articles": 9,
    "/authors/": 2,
    "/authors/ana-lopez/": 5,
}


@pytest.mark.parametrize("stories", [2, 4], ids=["few rows", "many rows"])
def test_pages_ask_no_more_for_more_rows(client, stories):
    make_archive(stories)
    rebuild()
    draw(Article.objects.all())
    map_of(Location.objects.get(name="Cobh"))
    quote = Quote.objects.latest("pk")
    addresses = {
        "article": quote.article.get_absolute_url(),
        "quotation": quote.get_absolute_url(),
        "two": f"/tags/ferries/who-said-what/?speaker={quote.speaker_id}&and={quote.speaker_id - 1}",
    }
    ContentType.objects.get_for_models(Person, Organisation, Location, Quote, Tag)
    assert {path: queries_of(client, addresses.get(path, path)) for path in PAGES} == PAGES


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
