"""Pictures, authors and credits on readers' pages."""

from __future__ import annotations

import json
import re

import pytest

from articles.models import Byline
from tests.factories import make_article, make_author, make_byline, make_picture, place_picture

pytestmark = pytest.mark.django_db


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def data(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])["@graph"][0]


@pytest.fixture
def article():
    article = make_article(headline="Ferry sails", standfirst="At last.")
    place_picture(
        article,
        make_picture(
            alt="A ferry & a gull",
            caption="The ferry at noon.",
            credit="Bo Ek/Tidewire",
            licence="© Tidewire",
            focal_x=30,
        ),
    )
    place_picture(article, make_picture(alt="A pier"), caption="The pier, <closed>.")
    return article


def test_the_first_picture_leads_and_the_others_follow_the_text(client, article):
    html = page(client, article)
    lead, text, second = (html.index(words) for words in ("A ferry &amp; a gull", 'class="text"', 'alt="A pier"'))
    assert lead < text < second
    assert "The pier, &lt;closed&gt;." in html
    assert 'The ferry at noon. <span class="credit">Bo Ek/Tidewire · © Tidewire</span>' in html


def test_a_picture_comes_in_sizes_and_keeps_its_place(client, article):
    lead, second = re.findall(r'<figure class="picture">\s*<img (.*?) decoding', page(client, article))
    assert 'width="800" height="533"' in lead
    widths = [int(width) for width in re.findall(r" (\d+)w", lead)]
    assert widths == [480, 800, 1200, 1500]
    assert 'fetchpriority="high"' in lead
    assert 'loading="lazy"' in second


def test_a_decorative_picture_has_an_empty_alt_text(client):
    article = make_article()
    place_picture(article, make_picture(alt="", is_decorative=True))
    assert 'alt=""' in re.search(r'<figure class="picture">\s*<img (.*?) decoding', page(client, article))[1]


def test_an_article_without_pictures_has_no_figure(client):
    html = page(client, make_article())
    assert "<figure" not in html
    assert re.search(r'property="og:image" content="[^"]*/card.png"', html)


@pytest.mark.parametrize("path", ["/", "/articles/"])
def test_cards_show_the_crop_around_the_focal_point(client, article, path):
    html = client.get(path).content.decode()
    folder = article.pictures.first().picture.folder
    assert f"/media/{folder}/card-320-30-50.webp 320w" in html


def test_search_engines_and_links_learn_of_the_pictures(client, article):
    html = page(client, article)
    first, second = data(html)["image"]
    folder = article.pictures.first().picture.folder
    assert first["contentUrl"] == f"http://testserver/media/{folder}/1500.webp"
    assert (first["width"], first["height"], first["creditText"]) == ("1500 px", "1000 px", "Bo Ek/Tidewire")
    assert (first["caption"], first["copyrightNotice"]) == ("The ferry at noon.", "© Tidewire")
    assert second["caption"] == "The pier, <closed>."
    assert f'<meta property="og:image" content="http://testserver/media/{folder}/share-30-50.jpg">' in html
    assert '<meta property="og:image:alt" content="A ferry &amp; a gull">' in html


def test_a_licence_with_an_address_is_one(client):
    article = make_article()
    place_picture(article, make_picture(licence="https://creativecommons.org/licenses/by/4.0/"))
    assert data(page(client, article))["image"][0]["license"] == "https://creativecommons.org/licenses/by/4.0/"


# Who made it.


def test_names_lead_to_authors_and_say_what_they_did(client):
    article, ana = make_article(), make_author("Ana Lopez")
    make_byline(article, ana)
    make_byline(article, name="Reuters")
    make_byline(article, make_author("Bo Ek"), role=Byline.Role.PHOTOGRAPHS)
    html = page(client, article)
    assert '<span>By <a rel="author" href="/authors/ana-lopez/"><b>Ana Lopez</b></a> and <b>Reuters</b></span>' in html
    assert '<span>Photographs <a rel="author" href="/authors/bo-ek/"><b>Bo Ek</b></a></span>' in html
    said = data(html)
    assert said["author"] == [
        {"@type": "Person", "name": "Ana Lopez", "url": "http://testserver/authors/ana-lopez/"},
        {"@type": "Organization", "name": "Reuters"},
    ]
    assert [each["name"] for each in said["contributor"]] == ["Bo Ek"]


def test_an_authors_page_lists_what_they_made(client):
    bo = make_author("Bo Ek", bio="Photographs harbours.\n\nLives in Cork.", email="bo@example.org")
    shown, drafted = make_article(headline="Ferry sails"), make_article(headline="Ferry sinks", status="draft")
    make_byline(shown, bo, role=Byline.Role.PHOTOGRAPHS)
    make_byline(drafted, bo)
    html = client.get("/authors/bo-ek/").content.decode()
    assert "Ferry sails" in html
    assert '<p class="reason">Photographs</p>' in html
    assert "Photographs harbours." in html
    assert "Ferry sinks" not in html
    assert "bo@example.org" not in html


def test_who_has_made_nothing_that_is_published_has_no_page(client):
    bo = make_author("Bo Ek")
    make_byline(make_article(status="draft"), bo)
    assert client.get("/authors/bo-ek/").status_code == 404
    assert "Bo Ek" not in client.get("/authors/").content.decode()


def test_the_list_of_authors_counts_each_article_once(client):
    ana, article = make_author("Ana Lopez"), make_article()
    make_byline(article, ana)
    make_byline(article, ana, role=Byline.Role.PHOTOGRAPHS)
    html = client.get("/authors/").content.decode()
    assert re.search(r'href="/authors/ana-lopez/">Ana Lopez</a> <span class="facts">1 article<', html)
