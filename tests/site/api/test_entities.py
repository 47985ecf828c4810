"""People, organisations and locations for programs."""

from __future__ import annotations

import pytest

from articles.models import Identifier, Tag
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

pytestmark = pytest.mark.django_db


KINDS = [(make_person, "people"), (make_organisation, "organisations"), (make_location, "locations")]


def shown(entity, **fields):
    make_appearance(make_article(body=f"<p>“Yes,” said {entity.name}, harbour master.</p>"), entity, **fields)
    return entity


def test_a_person_says_names_identifiers_tags_and_offices(read):
    board, voss = make_organisation("Harbour Board"), make_person("Mira Voss", aliases=("Mira Voss", "M. Voss"))
    article = make_article(body="<p>“Yes,” said Mira Voss, harbour master at Harbour Board.</p>", tags=("Ferries",))
    for entity in (board, voss):
        make_appearance(article, entity)
    make_quote(article, "“Yes,”", speaker=voss)
    make_role(article, voss, organisation=board)
    make_role(article, voss, "at Harbour", state="suggested")
    Identifier.objects.create(entity_id=voss.pk, scheme="wikidata", value="Q42")
    voss.tags.add("Ferries", "Unseen")

    said = read(f"people/{voss.pk}")

    assert (said["name"], said["given_name"], said["family_name"]) == ("Mira Voss", "Mira", "Voss")
    assert (said["articles"], said["quotations"], said["other_names"]) == (1, 1, ["M. Voss"])
    assert said["permanent"] == f"http://testserver/records/{voss.pk}/"
    assert said["identifiers"] == [{"scheme": "wikidata", "value": "Q42", "url": "https://www.wikidata.org/wiki/Q42"}]
    assert [tag["name"] for tag in said["tags"]] == ["Ferries"]
    [role] = said["roles"]
    assert (role["title"], role["organisation"]["id"], role["articles"]) == ("harbour master", board.pk, 1)
    assert role["source"]["id"] == article.pk
    assert [each["person"]["id"] for each in read(f"organisations/{board.pk}")["roles"]] == [voss.pk]


def test_a_location_says_where_it_lies(read):
    ireland = make_location("Ireland", country="IE")
    cobh = shown(make_location("Cobh", region="Munster", country="IE", part_of=ireland, latitude=51.85, longitude=-8.3))
    said = read(f"locations/{cobh.pk}")
    assert (said["region"], said["country"], said["latitude"], said["longitude"]) == ("Munster", "IE", 51.85, -8.3)
    assert said["part_of"] == {"id": ireland.pk, "name": "Ireland", "url": None, "api": None, "kind": "location"}
    assert read(said["api"]) == said


@pytest.mark.parametrize(("make", "collection"), KINDS)
def test_lists_have_what_readers_see_in_an_order_that_stays(numbers, make, collection):
    first, second = shown(make("Zoe Ek")), shown(make("Ana Ek"))
    make("Nobody Shown")
    shown(make("Not Decided"), state="suggested")
    assert numbers(collection) == [first.pk, second.pk]


@pytest.mark.parametrize(("make", "collection"), KINDS)
def test_a_merged_record_leads_to_the_one_that_stayed(client, make, collection):
    there = shown(make("Mira Voss"))
    gone = make("M. Voss", merged_into_id=there.pk)
    response = client.get(f"/api/v1/{collection}/{gone.pk}")
    address = f"http://testserver/api/v1/{collection}/{there.pk}"
    assert (response.status_code, response["Location"]) == (301, address)
    assert response.json() == {"moved_to": address}


def test_a_record_of_another_kind_leads_there(client):
    response = client.get(f"/api/v1/people/{shown(make_location('Cobh')).pk}")
    assert response["Location"].startswith("http://testserver/api/v1/locations/")


def test_a_record_that_readers_do_not_see_is_not_there(client):
    hidden = make_person("Mira Voss")
    merged = make_person("M. Voss", merged_into_id=hidden.pk)
    shown(merged)
    for number in (hidden.pk, merged.pk, 9_999):
        assert client.get(f"/api/v1/people/{number}").status_code == 404


def test_a_tag_that_no_published_article_bears_is_not_said(read):
    voss = shown(make_person("Mira Voss"))
    voss.tags.add("Ferries")
    make_article(status="draft", tags=("Ferries",))
    assert read(f"people/{voss.pk}")["tags"] == []
    make_article(tags=("Ferries",))
    assert len(read(f"people/{voss.pk}")["tags"]) == 1
    Tag.objects.filter(name="Ferries").update(merged_into=Tag.objects.create(name="Boats"))
    assert read(f"people/{voss.pk}")["tags"] == []
