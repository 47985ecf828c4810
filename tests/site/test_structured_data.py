"""What a page says of its record to programs, and where else readers can look."""

import json
import re

import pytest

from articles.models import Identifier
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person

pytestmark = pytest.mark.django_db


def data_of(page):
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(block)
    assert said["@context"] == "https://schema.org"
    return said["@graph"][0]


def published(entity):
    make_appearance(make_article(body=f"<p>{entity.name}</p>", text=entity.name), entity)
    return entity


def test_a_person_has_its_names_and_its_pages_elsewhere(client):
    mara = published(make_person("Mara Finch", aliases=("Mara Finch", "M. Finch"), description="Harbour master."))
    Identifier.objects.create(entity_id=mara.pk, scheme="wikidata", value="Q42")
    Identifier.objects.create(entity_id=mara.pk, scheme="web", value="https://finch.example.org/me")
    page = client.get(mara.get_absolute_url()).content.decode()
    assert data_of(page) == {
        "@type": "Person",
        "@id": "http://testserver/people/mara-finch/",
        "url": "http://testserver/people/mara-finch/",
        "name": "Mara Finch",
        "alternateName": ["M. Finch"],
        "description": "Harbour master.",
        "sameAs": ["https://finch.example.org/me", "https://www.wikidata.org/wiki/Q42"],
    }
    assert '<a href="https://www.wikidata.org/wiki/Q42" rel="noopener noreferrer">Wikidata</a>' in page
    assert ">finch.example.org</a>" in page


def test_a_location_has_its_coordinates_and_its_gazetteer_page_once(client):
    cobh = published(make_location("Cobh", latitude=51.85, longitude=-8.3, geoname_id=2965140))
    Identifier.objects.create(entity_id=cobh.pk, scheme="geonames", value="2965140")
    said = data_of(client.get(cobh.get_absolute_url()).content.decode())
    assert said["@type"] == "Place"
    assert said["geo"] == {"@type": "GeoCoordinates", "latitude": 51.85, "longitude": -8.3}
    assert said["sameAs"] == ["https://www.geonames.org/2965140"]


def test_what_is_unknown_is_left_out(client):
    page = client.get(published(make_organisation("Pilot Guild")).get_absolute_url()).content.decode()
    assert set(data_of(page)) == {"@type", "@id", "url", "name"}
    assert "Elsewhere" not in page


def test_no_text_ends_the_data_block(client):
    words = "</script><!--<script>alert('&amp;')</script>"
    mara = published(make_person("Mara Finch", description=words))
    page = client.get(mara.get_absolute_url()).content.decode()
    assert page.count("</script>") == 1
    assert data_of(page)["description"] == words
