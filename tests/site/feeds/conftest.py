"""An archive that is followed, and its feeds as programs read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from articles.models import Correction
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_quote,
    make_section,
    make_series,
    make_tag,
    place_picture,
)

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
PUBLISHED = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)
CORRECTED = datetime(2031, 6, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def archive(db):
    """One story with all that a feed says of one, and a draft that says as much."""
    mara, lines, cobh = make_person("Mara Finch"), make_organisation("Coast Lines"), make_location("Cobh")
    ana, harbour, ferries = make_author("Ana Lopez"), make_section("Harbour"), make_tag("Ferries")
    stories = {}
    for name, status in ("story", "published"), ("draft", "draft"):
        article = make_article(
            headline=f"Ferry & {name} <sail>",
            standfirst="Islanders wait for a ship.",
            body="<p>“The tide does not wait,” said Mara Finch of Coast Lines in Cobh.</p>",
            published=PUBLISHED,
            published_has_time=True,
            section=harbour,
            tags=(ferries,),
            status=status,
        )
        for entity in mara, lines, cobh:
            make_appearance(article, entity)
        make_quote(article, "“The tide does not wait,”", speaker=mara)
        make_byline(article, ana)
        place_picture(article, make_picture(alt="A ferry"))
        correction = Correction.objects.create(article=article, kind="correction", note=f"The {name} sails.")
        Correction.objects.filter(pk=correction.pk).update(made=CORRECTED)
        stories[name] = article
    crossing = make_series("The crossing", stories["story"], stories["draft"])
    return SimpleNamespace(
        **stories, mara=mara, lines=lines, cobh=cobh, ana=ana, harbour=harbour, ferries=ferries, crossing=crossing
    )


@pytest.fixture
def read(client):
    """The feed at an address: parsed, whatever it is written in."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, address
        if address.endswith(".json"):
            return json.loads(response.content)
        return ElementTree.fromstring(response.content)

    return read
