"""The chain of places on a location's page, and what is named for it."""

from __future__ import annotations

import pytest

from articles.models import NamePart
from articles.site.where import wider_places
from tests.factories import make_appearance, make_article, make_location, make_organisation

pytestmark = pytest.mark.django_db


def shown(location):
    make_appearance(make_article(body=f"<p>{location.name}</p>"), location)
    location.refresh_from_db()
    return location


def chain(location):
    return [(step.name, step.location is not None) for step in wider_places(location)]


def test_chain_links_what_readers_can_open_and_names_the_rest():
    land = shown(make_location("United States", country="US", geoname_id=6252001))
    texas = make_location("Texas", country="US", part_of=land)
    paris = make_location("Paris", country="US", region="Texas", part_of=texas)
    assert chain(paris) == [("Texas", False), ("United States", True)]
    assert chain(texas) == [("United States", True)]
    assert chain(land) == []


def test_chain_without_records_is_in_words():
    assert chain(make_location("Paris", country="US", region="Texas")) == [("Texas", False), ("United States", False)]
    assert chain(make_location("Berlin", country="DE", region="Berlin")) == [("Germany", False)]


def test_country_under_another_name_stands_there_once():
    land = shown(make_location("U.S.", country="US", geoname_id=6252001))
    paris = make_location("Paris", country="US", region="Texas", part_of=land)
    assert chain(paris) == [("Texas", False), ("U.S.", True)]


def test_pages_lead_up_and_down_the_chain(client):
    munster = shown(make_location("Munster", country="IE"))
    cobh = shown(make_location("Cobh", country="IE", region="Munster", part_of=munster))
    page = client.get(cobh.get_absolute_url()).content.decode()
    assert f'<dd><a class="name location" href="{munster.get_absolute_url()}">Munster</a>, ' in page
    assert '<span class="name">Ireland</span>' in page
    assert f'href="{cobh.get_absolute_url()}"' in client.get(munster.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("state", "is_shown"), [("accepted", True), ("suggested", False)])
def test_page_lists_organisations_named_for_the_place(client, state, is_shown):
    cobh = shown(make_location("Cobh", country="IE", geoname_id=2965140))
    board, trust = make_organisation("Cobh Harbour Board"), make_organisation("Trust of Cobh")
    article = make_article(body="<p>Cobh Harbour Board, Trust of Cobh</p>")
    for organisation, known in (board, {"entity_id": cobh.pk}), (trust, {"geoname_id": 2965140}):
        appearance = make_appearance(article, organisation, state=state)
        NamePart.objects.create(appearance=appearance, name="Cobh", kind="location", **known)
    page = client.get(cobh.get_absolute_url()).content.decode()
    assert ("Organisations named for it" in page) is is_shown
    assert (board.get_absolute_url() in page and trust.get_absolute_url() in page) is is_shown
