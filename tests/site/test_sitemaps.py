"""What search engines find: every page once, nothing else, in files that they accept."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.editing.withdraw import withdraw
from articles.models import Correction
from articles.site import sitemaps
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_person,
    make_quote,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

NAMES = {"s": sitemaps.SITEMAP, "news": sitemaps.NEWS}


@pytest.fixture
def read(client):
    def read(path, element="url"):
        """The addresses of a file, from the site's root on, with what is said beside each."""
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8"), path
        root = ElementTree.fromstring(response.content)
        return {
            each.findtext("s:loc", namespaces=NAMES).removeprefix("http://testserver"): each
            for each in root.findall(f"s:{element}", NAMES)
        }

    return read


@pytest.fixture
def everything(read):
    """All addresses that a program finds which follows robots.txt."""

    def everything():
        files = read("/sitemap.xml", "sitemap")
        found = [path for file in files for path in read(file)]
        assert len(found) == len(set(found))
        assert all(read(file) for file in files)
        return set(found)

    return everything


def make_story(headline, **fields):
    article = make_article(
        headline=headline, body="<p>“Rain,” said Mara Finch.</p>", tags=(f"Topic {headline}",), **fields
    )
    mara = make_person(f"Mara {headline}")
    make_appearance(article, mara, "Mara Finch")
    make_quote(article, "“Rain,”", speaker=mara)
    make_byline(article, make_author(f"Ana {headline}"))
    make_series(f"Series {headline}", article)
    return article


def test_every_page_is_found_and_nothing_that_readers_do_not_see(client, everything):
    story = make_story("Open", section=make_section("Harbour"))
    make_story("Shut", status="draft", section=make_section("Sea"))
    make_story("Gone", status="withdrawn")
    found = everything()
    assert {
        "/",
        "/articles/",
        "/articles/open/",
        story.quotes.get().get_absolute_url(),
        "/people/mara-open/",
        "/tags/topic-open/",
        "/authors/ana-open/",
        "/series/series-open/",
        "/sections/harbour/",
    } <= found
    assert not [path for path in found if "shut" in path or "gone" in path or "/sea/" in path]
    assert {client.get(path).status_code for path in found} == {200}


def test_what_is_withdrawn_is_gone_at_once(everything):
    story = make_story("Open")
    assert "/articles/open/" in everything()
    withdraw(story, note="It never was.", user=None)
    assert not [path for path in everything() if "open" in path or re.match(r"/quotes/\d", path)]


def test_portions_leave_out_those_in_which_there_is_nothing(monkeypatch, read, everything):
    monkeypatch.setattr(sitemaps, "STORIES", 2)
    monkeypatch.setattr(sitemaps, "RECORDS", 2)
    articles = [
        make_story(f"Story {number}", status="published" if number % 5 == 0 else "draft") for number in range(12)
    ]
    files = [file for file in read("/sitemap.xml", "sitemap") if "stories" in file]
    assert files == [f"/sitemaps/stories-{articles[number].pk // 2}.xml" for number in (0, 5, 10)]
    assert {path for path in everything() if path.startswith("/articles/")} == {
        "/articles/",
        *(articles[number].get_absolute_url() for number in (0, 5, 10)),
    }


def file_of(story):
    """The file that the index names for the portion which a story is in."""
    return f"/sitemaps/stories-{story.pk // sitemaps.STORIES}.xml"


def test_no_file_has_more_addresses_than_may_be(monkeypatch, read):
    story = make_story("Open")
    monkeypatch.setattr(sitemaps, "MOST", 1)
    assert list(read(file_of(story))) == ["/articles/open/"]


def test_a_story_and_its_quotations_say_when_they_last_changed(read):
    story = make_story("Open", published=datetime(2020, 1, 1, tzinfo=UTC))
    entries = read(file_of(story))
    changed = {each.findtext("s:lastmod", namespaces=NAMES) for each in entries.values()}
    assert changed == {"2031-05-02T09:30:00+00:00"}
    Correction.objects.create(article=story, note="Snow.")
    Correction.objects.update(made=datetime(2031, 6, 2, 9, 30, tzinfo=UTC))
    entries = read(file_of(story))
    changed = {each.findtext("s:lastmod", namespaces=NAMES) for each in entries.values()}
    assert changed == {"2031-06-02T09:30:00+00:00"}
    assert len(entries) == 2


@pytest.mark.parametrize("name", ["stories-99999", "records-0", "topics", "stories-01", "stories--1", "nothing"])
def test_a_file_that_the_index_does_not_name_is_not_there(client, name):
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_news_are_those_of_two_days(read, settings):
    settings.NEWSROOM_NAME = "Tide & Sons"
    now = timezone.now()
    make_article(headline="Ferry & <pier>", published=now - timedelta(hours=47), language="pt-br")
    make_article(headline="Old", published=now - timedelta(hours=49))
    make_article(headline="Draft", published=now, status="draft")
    [(path, entry)] = read("/news-sitemap.xml").items()
    said = [entry.findtext(f".//news:{name}", namespaces=NAMES) for name in ("name", "language", "title")]
    assert (path, said) == ("/articles/ferry-pier/", ["Tide & Sons", "pt", "Ferry & <pier>"])


def test_robots_are_shown_the_sitemaps_and_kept_out_of_the_desk(client, settings):
    settings.NEWSROOM_URL = "https://news.example.org/"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert {"Disallow: /admin/", "Disallow: /search/", "Sitemap: https://news.example.org/sitemap.xml"} <= set(lines)


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/sitemap.xml", 3), ("stories", 2), ("/sitemaps/records-0.xml", 1), ("/news-sitemap.xml", 1)],
)
def test_a_file_asks_as_much_for_many_rows_as_for_one(client, django_assert_num_queries, path, queries):
    for number in range(4):
        story = make_story(f"Story {number}", published=timezone.now())
        with django_assert_num_queries(queries):
            assert client.get(file_of(story) if path == "stories" else path).status_code == 200
