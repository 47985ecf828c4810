"""How an entry reads in each format."""

from __future__ import annotations

import pytest

from tests.factories import make_article, make_quote
from tests.site.feeds.conftest import NAMES

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/articles/ferry-story-sail/"
CONTENT = (
    "<p>Islanders wait for a ship.</p><blockquote><p>“The tide does not wait,”</p><p>— Mara Finch</p></blockquote>"
)


def test_atom_says_who_when_what_and_in_which_words(archive, read):
    feed = read("/feed.atom")
    assert feed.findtext("a:title", namespaces=NAMES) == "Newsroom"
    assert feed.findtext("a:updated", namespaces=NAMES) == "2031-06-02T09:30:00+00:00"
    [entry] = feed.findall("a:entry", NAMES)
    texts = {
        name: entry.findtext(f"a:{name}", namespaces=NAMES) for name in ("title", "published", "updated", "summary")
    }
    assert texts == {
        "title": "Ferry & story <sail>",
        "published": "2031-05-02T09:30:00+00:00",
        "updated": "2031-06-02T09:30:00+00:00",
        "summary": "Islanders wait for a ship.",
    }
    assert entry.findtext("a:content", namespaces=NAMES) == CONTENT
    assert entry.findtext("a:author/a:name", namespaces=NAMES) == "Ana Lopez"
    assert entry.findtext("a:author/a:uri", namespaces=NAMES) == "http://testserver/authors/ana-lopez/"
    assert [each.get("term") for each in entry.findall("a:category", NAMES)] == ["Harbour", "Ferries"]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    links = {link.get("rel"): link.get("href") for link in entry.findall("a:link", NAMES)}
    assert links["alternate"] == ADDRESS
    assert links["enclosure"].endswith("/share-50-50.jpg")


def test_rss_says_the_same(archive, read):
    [item] = read("/feed.rss").findall("channel/item")
    assert [item.findtext(name) for name in ("title", "link", "pubDate", "description")] == [
        "Ferry & story <sail>",
        ADDRESS,
        "Fri, 02 May 2031 09:30:00 +0000",
        "Islanders wait for a ship.",
    ]
    assert item.findtext("content:encoded", namespaces=NAMES) == CONTENT
    assert item.findtext("dc:creator", namespaces=NAMES) == "Ana Lopez"
    assert item.find("media:content", NAMES).get("width") == "1200"
    assert item.find("guid").get("isPermaLink") == "false"


def test_json_feed_says_the_same(archive, read):
    feed = read("/feed.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"]) == ("http://testserver/", "http://testserver/feed.json")
    [item] = feed["items"]
    assert (item["title"], item["url"], item["content_html"]) == ("Ferry & story <sail>", ADDRESS, CONTENT)
    assert (item["date_published"], item["date_modified"]) == ("2031-05-02T09:30:00+00:00", "2031-06-02T09:30:00+00:00")
    assert item["authors"] == [{"name": "Ana Lopez", "url": "http://testserver/authors/ana-lopez/"}]
    assert item["tags"] == ["Harbour", "Ferries"]


def test_an_entry_is_the_same_one_after_its_address_changed(archive, read):
    before = read("/feed.json")["items"][0]
    archive.story.slug = "another"
    archive.story.save()
    after = read("/feed.json")["items"][0]
    assert before["id"] == after["id"] == f"tag:testserver,2031-05-02:articles/{archive.story.pk}"
    assert before["url"] != after["url"]
    assert read("/feed.rss").findtext("channel/item/guid") == before["id"]


def test_a_quotation_names_its_speaker_and_its_article(archive, read):
    [item] = read("/quotes/feed.json")["items"]
    assert item["title"] == "Mara Finch: “The tide does not wait,”"
    assert item["content_html"].endswith(f'<p>In <a href="{ADDRESS}">Ferry &amp; story &lt;sail&gt;</a></p>')


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_no_text_breaks_a_feed(read, form):
    words = "Tide\x0b\x1b & </title><script>]]>\ufffe"
    article = make_article(headline=words, standfirst=words, body=f"<p>{words}</p>", text=words)
    make_quote(article, "Tide")
    said = read(f"/feed.{form}")
    if form == "json":
        assert said["items"][0]["title"] == words
    else:
        assert "Tide & </title><script>]]>" in [node.text for node in said.iter()]


def test_a_story_without_a_standfirst_begins_with_its_first_words(read):
    make_article(text="Rain fell.\nIt went on.")
    assert read("/feed.json")["items"][0]["summary"] == "Rain fell."


def test_a_newsroom_s_own_address_stands_in_its_feeds_however_they_were_asked_for(archive, read, settings):
    settings.NEWSROOM_URL = "https://news.example.org/"
    feed = read("/feed.json")
    assert feed["feed_url"] == "https://news.example.org/feed.json"
    assert feed["items"][0]["id"].startswith("tag:news.example.org,")


def test_the_hub_is_named_where_there_is_one(archive, read, settings):
    assert "hubs" not in read("/feed.json")
    settings.NEWSROOM_WEBSUB_HUB = "https://hub.example/"
    links = {link.get("rel"): link.get("href") for link in read("/feed.atom").findall("a:link", NAMES)}
    assert (links["hub"], links["self"]) == ("https://hub.example/", "http://testserver/feed.atom")
    links = {link.get("rel"): link.get("href") for link in read("/feed.rss").findall("channel/a:link", NAMES)}
    assert (links["hub"], links["self"]) == ("https://hub.example/", "http://testserver/feed.rss")
    assert read("/feed.json")["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
