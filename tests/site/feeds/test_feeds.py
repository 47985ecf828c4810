"""What can be followed, where, and that no feed says more than its page does."""

from __future__ import annotations

import pytest

from articles.editing.merge import merge
from articles.editing.tags import rename_tag
from articles.editing.withdraw import withdraw
from articles.models import Article
from tests.factories import (
    make_appearance,
    make_article,
    make_byline,
    make_person,
    make_picture,
    make_quote,
    place_picture,
)
from tests.site.feeds.conftest import NAMES

pytestmark = pytest.mark.django_db

FORMATS = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
FOLLOWED = (
    "/",
    "/sections/harbour/",
    "/series/the-crossing/",
    "/authors/ana-lopez/",
    "/people/mara-finch/",
    "/organisations/coast-lines/",
    "/places/cobh/",
    "/tags/ferries/",
)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("page", FOLLOWED)
def test_every_page_that_lists_articles_is_followed_in_every_format(archive, client, page, form):
    response = client.get(f"{page}feed.{form}")
    assert (response.status_code, response["Content-Type"]) == (200, FORMATS[form])
    said = response.content.decode()
    assert f"http://testserver{archive.story.get_absolute_url()}" in said
    assert archive.draft.get_absolute_url() not in said


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("page", ["/quotes/", "/people/mara-finch/quotes/"])
def test_quotations_are_followed_of_all_and_of_one(archive, client, page, form):
    said = client.get(f"{page}feed.{form}").content.decode()
    assert f"http://testserver{archive.story.quotes.get().get_absolute_url()}" in said
    assert archive.draft.quotes.get().get_absolute_url() not in said


@pytest.mark.parametrize("form", FORMATS)
def test_corrections_are_followed(archive, client, form):
    said = client.get(f"/corrections/feed.{form}").content.decode()
    assert "The story sails." in said
    assert "The draft sails." not in said


def test_what_a_reader_follows_at_the_old_address_of_corrections_goes_on(client):
    assert client.get("/corrections/feed/", follow=True).redirect_chain == [("/corrections/feed.atom", 301)]


@pytest.mark.parametrize("page", FOLLOWED[1:])
def test_a_withdrawn_story_is_gone_from_its_feeds_at_once(archive, client, page):
    assert client.get(f"{page}feed.atom").status_code == 200
    withdraw(archive.story, note="It never sailed.", user=None)
    response = client.get(f"{page}feed.atom")
    assert response.status_code == 404 or b"Ferry" not in response.content


def test_the_feed_of_a_merged_record_leads_to_that_of_the_one_it_is_now(archive, client):
    bo = make_person("Bo Ek")
    make_appearance(archive.story, bo, "Coast")
    merge(archive.mara, bo, user=None)
    for folder in "", "quotes/":
        [(address, status)] = client.get(f"/people/bo-ek/{folder}feed.json", follow=True).redirect_chain
        assert (address, status) == (f"/people/mara-finch/{folder}feed.json", 301)


def test_the_feed_of_a_renamed_tag_leads_on(archive, client):
    rename_tag(archive.ferries, "Boats", user=None)
    assert client.get("/tags/ferries/feed.rss", follow=True).redirect_chain == [("/tags/boats/feed.rss", 301)]


@pytest.mark.parametrize(
    "path", ["/people/nobody/feed.atom", "/feed.xml", "/tags/ferries/feed.", "/sections/x/feed.json"]
)
def test_there_is_no_feed_of_what_is_not_there(archive, client, path):
    assert client.get(path).status_code == 404


def test_who_has_the_feed_already_is_told_so(archive, client):
    first = client.get("/feed.atom")
    again = client.get("/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_article(headline="Rain in Cork")
    assert client.get("/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_is_there_before_anything_is_published(read):
    assert read("/feed.atom").findall("a:entry", NAMES) == []
    assert read("/feed.json")["items"] == []
    assert read("/feed.rss").findall(".//item") == []


@pytest.mark.parametrize(
    ("path", "queries"), [("/feed.atom", 6), ("/people/mara-finch/feed.json", 7), ("/quotes/feed.rss", 1)]
)
def test_a_feed_asks_as_much_for_many_entries_as_for_one(archive, client, django_assert_num_queries, path, queries):
    for number in range(4):
        with django_assert_num_queries(queries):
            client.get(path)
        article = make_article(body="<p>“Rain,” said Mara Finch.</p>", tags=("Ferries", f"Rain {number}"))
        make_appearance(article, archive.mara)
        make_quote(article, "“Rain,”", speaker=archive.mara)
        make_byline(article, archive.ana)
        place_picture(article, make_picture())
    assert Article.objects.published().count() == 5
