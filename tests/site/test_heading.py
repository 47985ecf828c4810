"""What stands in the head of each page."""

from __future__ import annotations

import re

import pytest

from tests.factories import make_appearance, make_article, make_person, make_quote, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    article = make_article(
        headline="Ferry & <pier>",
        standfirst="Islanders wait.",
        body="<p>“It sails,” said Mara Finch.</p>",
        tags=(make_tag("Ferries"),),
    )
    mara = make_person("Mara Finch")
    make_appearance(article, mara)
    make_quote(article, "“It sails,”", speaker=mara)
    return article


def head_of(client, path):
    return client.get(path).content.decode().partition("</head>")[0]


def tags(head, name, key):
    """The values of the elements of a head by what they are for."""
    found = {}
    for element in re.findall(rf"<{name} [^>]*>", head):
        attributes = dict(re.findall(r'([\w:-]+)="([^"]*)"', element))
        if key in attributes:
            found[attributes[key]] = attributes.get("content") or attributes.get("href")
    return found


ALL = ["/", "/articles/", "/people/", "/people/mara-finch/", "/organisations/", "/places/", "/tags/", "/tags/ferries/"]
ALL += ["/quotes/", "/authors/", "/corrections/", "/search/", "/articles/ferry-pier/", "/api/"]


@pytest.mark.parametrize("path", ALL)
def test_every_page_has_one_address_a_title_and_a_feed(client, story, path):
    head = head_of(client, path)
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', head) == [f"http://testserver{path}"]
    said = tags(head, "meta", "property")
    assert said["og:url"] == f"http://testserver{path}"
    assert said["og:title"]
    assert said["og:description"]
    assert head.count("<title>") == 1
    feeds = re.findall(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]*feed\.[^"]+)">', head)
    types = ["application/atom+xml", "application/rss+xml", "application/feed+json"]
    assert [type_ for type_, _title, _href in feeds] == types
    for type_, _title, href in feeds:
        assert client.get(href)["Content-Type"].startswith(type_)


def test_a_story_is_shared_by_its_headline_and_standfirst(client, story):
    head = head_of(client, "/articles/ferry-pier/")
    said = tags(head, "meta", "property")
    assert said["og:type"] == "article"
    assert said["og:title"] == "Ferry &amp; &lt;pier&gt;"
    assert said["og:description"] == "Islanders wait."
    assert "<title>Ferry &amp; &lt;pier&gt; · Newsroom</title>" in head


def test_what_is_followed_on_a_record_s_page_is_the_record(client, story):
    assert 'title="Mara Finch · Newsroom (Atom)" href="/people/mara-finch/feed.atom"' in head_of(
        client, "/people/mara-finch/"
    )


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/tags/ferries/?page=2", "/tags/ferries/?page=2"),
        ("/tags/ferries/?utm_source=x&amp;page=2&amp;quotes=3", "/tags/ferries/?page=2"),
        ('/tags/ferries/?page="><b>', "/tags/ferries/?page=%22%3E%3Cb%3E"),
        ("/people/mara-finch/?articles=2", "/people/mara-finch/"),
    ],
)
def test_a_page_of_a_list_is_one_of_its_own_whatever_else_is_asked(client, story, asked, address):
    head = head_of(client, asked.replace("&amp;", "&"))
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', head) == [f"http://testserver{address}"]


def test_a_newsroom_s_own_address_is_the_one_however_a_page_was_reached(client, story, settings):
    settings.NEWSROOM_URL = "https://news.example.org/"
    head = head_of(client, "/people/mara-finch/")
    assert '<link rel="canonical" href="https://news.example.org/people/mara-finch/">' in head
    assert '"@id": "https://news.example.org/people/mara-finch/"' in head


@pytest.mark.parametrize("path", ["/nowhere/", "/people/nobody/", "/articles/gone/"])
def test_what_is_no_page_has_no_address_and_is_not_indexed(client, story, path):
    make_article(headline="Gone", slug="gone", status="withdrawn", withdrawal_note="It never was.")
    head = head_of(client, path)
    assert "canonical" not in head
    assert "ld+json" not in head
    assert '<meta name="robots" content="noindex, nofollow">' in head


def test_a_search_is_not_indexed(client, story):
    assert '<meta name="robots" content="noindex' in head_of(client, "/search/?q=ferry")
    assert '<meta name="robots"' not in head_of(client, "/articles/")


def test_a_reader_sees_where_to_follow(client, story):
    for path in "/people/mara-finch/", "/tags/ferries/", "/quotes/", "/corrections/":
        page = client.get(path).content.decode()
        assert f'<a href="{path}feed.atom">Atom</a>' in page
