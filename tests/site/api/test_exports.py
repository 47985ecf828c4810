"""Exports over HTTP: their types, what has moved or is gone, and the links to them."""

from __future__ import annotations

import pytest

from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person

pytestmark = pytest.mark.django_db

TYPES = {
    "ninjs.json": "application/json",
    "newsml.xml": "application/vnd.iptc.g2.newsitem+xml",
    "story.md": "text/markdown; charset=utf-8",
    "ftm.json": "application/json+ftm",
}


@pytest.mark.parametrize("name", TYPES)
def test_an_article_is_given_out_in_each_format(client, name):
    article = make_article(headline="Ferry sails")
    address = f"/api/v1/articles/{article.pk}/{name}"
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, TYPES[name])
    assert "Ferry sails" in response.content.decode()
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    article.headline = "Ferry stays"
    article.save()
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("withdrawn", 410)])
def test_what_readers_do_not_see_is_not_given_out(client, name, status, answer):
    article = make_article(headline="Xanadu", status=status)
    response = client.get(f"/api/v1/articles/{article.pk}/{name}")
    assert (response.status_code, response["Content-Type"]) == (answer, "application/problem+json")
    assert "Xanadu" not in response.content.decode()


@pytest.mark.parametrize(
    ("make", "collection"),
    [(make_person, "people"), (make_organisation, "organisations"), (make_location, "locations")],
)
def test_a_record_is_given_out_and_leads_on_where_it_was_merged(client, make, collection):
    kept, gone = make("Quill Board"), make("The Quill Board")
    make_appearance(make_article(body="<p>Quill Board met.</p>"), kept)
    gone.merged_into_id = kept.pk
    gone.save()
    response = client.get(f"/api/v1/{collection}/{kept.pk}/ftm.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json+ftm")
    assert "Quill Board" in response.content.decode()
    moved = client.get(f"/api/v1/{collection}/{gone.pk}/ftm.json")
    assert (moved.status_code, moved["Location"]) == (301, f"http://testserver/api/v1/{collection}/{kept.pk}")


def test_pages_lead_to_the_exports(client):
    article, board = make_article(body="<p>Quill Board met.</p>"), make_organisation("Quill Board")
    make_appearance(article, board)
    page = client.get(article.get_absolute_url()).content.decode()
    for name in TYPES:
        assert f'href="/api/v1/articles/{article.pk}/{name}"' in page
    assert '<link rel="alternate" type="text/markdown" title="Markdown"' in page
    assert f'href="/api/v1/organisations/{board.pk}/ftm.json"' in client.get(board.get_absolute_url()).content.decode()
    assert "/articles/{number}/newsml.xml" in client.get("/api/").content.decode()
