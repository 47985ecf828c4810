"""Feeds as publishing systems write them."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pytest

from articles.documents.errors import DocumentError
from articles.documents.formats import feeds, json_feed
from articles.documents.reading import read_file
from articles.documents.story import Credit, Status

LONG = (
    "A ferry with ninety people aboard ran onto a sandbank off Cobh on Monday, the harbour master said. "
    "Nobody was hurt, and the tide lifted the ferry at noon, but the owner has asked the harbour for newer charts. "
) * 3
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"'
)
# As WordPress writes it.
WORDPRESS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}>
<channel>
  <title>Cobh Sheet</title>
  <atom:link href="https://cobh.example/feed/" rel="self" type="application/rss+xml" />
  <link>https://cobh.example</link><language>en-IE</language><copyright>© Cobh Sheet</copyright>
  <item>
    <title>Ferry&#8217;s captain &#038; crew praised</title>
    <link>https://cobh.example/2026/03/ferry/</link>
    <dc:creator><![CDATA[Ana Moss]]></dc:creator>
    <pubDate>Sat, 14 Mar 2026 06:30:00 +0000</pubDate>
    <category><![CDATA[Shipping]]></category><category><![CDATA[Roche&#8217;s Point]]></category>
    <guid isPermaLink="false">https://cobh.example/?p=712</guid>
    <description><![CDATA[A ferry sat on a sandbank off Cobh. The captain [&#8230;]
      <p>The post <a href="#">Ferry</a> appeared first on <a href="/">Cobh Sheet</a>.</p>]]></description>
    <content:encoded><![CDATA[<p>A ferry sat on a <a href="/sandbank">sandbank</a> off Cobh.</p>
      <p>The captain stayed aboard.<script>x()</script></p>
      <p>The post <a href="#">Ferry</a> appeared first on <a href="/">Cobh Sheet</a>.</p>]]></content:encoded>
    <media:content url="/a.jpg"><media:credit role="photographer">Bo Ek</media:credit></media:content>
  </item>
  <item>
    <title>Harbour closed</title><link>https://cobh.example/2026/03/closed/</link>
    <description>The harbour of Cobh is closed until Monday.</description>
  </item>
</channel></rss>"""


def stories_of(content, source="feed.xml", max_bytes=1_000_000):
    content = content.encode() if isinstance(content, str) else content
    return list(read_file(io.BytesIO(content), source=source, max_bytes=max_bytes))


def rss(*items, channel=""):
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}{joined}</channel></rss>'


def test_an_item_of_wordpress_is_a_story():
    story, error = stories_of(WORDPRESS)
    assert (story.headline, story.standfirst) == ("Ferry’s captain & crew praised", "")
    assert story.text == "A ferry sat on a sandbank off Cobh.\nThe captain stayed aboard."
    assert '<a href="https://cobh.example/sandbank" rel="noopener noreferrer">sandbank</a>' in story.body
    assert (story.byline, story.credits) == (("Ana Moss",), (Credit("Bo Ek", "photographs"),))
    assert (story.published, story.language) == (datetime(2026, 3, 14, 6, 30, tzinfo=UTC), "en-ie")
    assert (story.address, story.identifier) == ("https://cobh.example/2026/03/ferry/", "https://cobh.example/?p=712")
    assert (story.publisher, story.copyright) == ("Cobh Sheet", "© Cobh Sheet")
    assert story.keywords == ("Shipping", "Roche’s Point")
    assert (story.source, story.format, story.warnings) == ("feed.xml, item 1", "feed", ())
    assert str(error) == (
        "feed.xml, item 2: “Harbour closed”: only a summary; its page is at https://cobh.example/2026/03/closed/"
    )


@pytest.mark.parametrize(
    ("item", "is_story"),
    [
        pytest.param(f"<description>{LONG}</description>", True, id="long description"),
        pytest.param(
            f"<description>&lt;p&gt;{LONG}&lt;/p&gt;&lt;p&gt;It sits.&lt;/p&gt;</description>", True, id="markup"
        ),
        pytest.param("<description>It sits.</description>", False, id="short description"),
        pytest.param(f"<description>{LONG} The owner…</description>", False, id="breaks off"),
        pytest.param(
            f"<description>{LONG}&lt;a href='#'&gt;Continue reading...&lt;/a&gt;</description>", False, id="goes on"
        ),
        pytest.param(
            "<description>It sits.</description><content:encoded>It sits. Still.</content:encoded>", True, id="both"
        ),
        pytest.param(
            "<content:encoded>&lt;p&gt;It sits.&lt;/p&gt; Read more</content:encoded>", False, id="cut content"
        ),
    ],
)
def test_a_summary_is_not_half_a_story(item, is_story):
    (found,) = stories_of(rss(f"<title>Ferry aground</title><link>https://cobh.example/ferry</link>{item}"))
    assert isinstance(found, DocumentError) is not is_story


def test_what_has_no_page_is_all_there_is():
    (story,) = stories_of(rss("<title>Ferry aground</title><description>It sits on a bank.</description>"))
    assert (story.headline, story.text, story.address) == ("Ferry aground", "It sits on a bank.", "")


def test_a_written_summary_is_the_standfirst():
    content = "<content:encoded>&lt;p&gt;It sits on a bank.&lt;/p&gt;</content:encoded>"
    (story,) = stories_of(rss(f"<title>Ferry</title><description>Nobody was hurt.</description>{content}"))
    assert (story.standfirst, story.text) == ("Nobody was hurt.", "It sits on a bank.")


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ("<author>ana@cobh.example (Ana Moss)</author>", ("Ana Moss",)),
        ("<author>desk@cobh.example</author>", ()),
        ("<dc:creator>By Ana Moss and Tom Hill</dc:creator>", ("Ana Moss", "Tom Hill")),
        ("<dc:creator>Ana Moss</dc:creator><dc:creator>Harbour Wire</dc:creator>", ("Ana Moss", "Harbour Wire")),
        ("<atom:author><atom:name>Ana Moss</atom:name></atom:author>", ("Ana Moss",)),
    ],
)
def test_authors_are_told_from_their_addresses(authors, byline):
    (story,) = stories_of(rss(f"<title>Ferry</title><description>It sits.</description>{authors}"))
    assert story.byline == byline


def test_a_date_that_is_none_is_told():
    (story,) = stories_of(rss("<title>Ferry</title><description>It sits.</description><pubDate>soon</pubDate>"))
    assert story.published is None
    assert story.warnings == ("its date is 'soon'; expected a date and time like 2026-03-14T06:30:00Z",)


def test_a_feed_that_is_rdf():
    """RSS 1.0, as weblogs of the time and some ministries write it."""
    (story,) = stories_of(
        f"""<?xml version="1.0" encoding="ISO-8859-1"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>
        <channel rdf:about="https://quay.example/"><title>Quay | News</title><dc:language>fr</dc:language></channel>
        <item rdf:about="https://quay.example/1"><title>La mar\xe9e</title><link>https://quay.example/1</link>
        <dc:creator>Zo\xe9 Blanc</dc:creator><dc:date>2026-03-14</dc:date><dc:subject>mer</dc:subject>
        <content:encoded>&lt;p&gt;La mar\xe9e est haute.&lt;/p&gt;</content:encoded></item></rdf:RDF>""".encode(
            "latin-1"
        ),
        source="quay",
    )
    assert (story.headline, story.text, story.byline) == ("La marée", "La marée est haute.", ("Zoé Blanc",))
    assert (story.published, story.language, story.publisher) == (date(2026, 3, 14), "fr", "")
    assert (story.identifier, story.address, story.keywords) == (*["https://quay.example/1"] * 2, ("mer",))


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://quay.example/news/">
  <title>Quay News</title><author><name>Quay News</name></author><rights>© Quay</rights>
  <entry>
    <id>tag:quay.example,2026:7</id><title type="html">Tide &amp;amp; time</title>
    <link rel="self" href="7.atom"/><link rel="alternate" type="text/html" href="7"/>
    <published>2026-03-14T06:30:00Z</published><updated>2026-03-14T07:00:00.5Z</updated>
    <author><name>Ana Moss</name></author><author><name>Tom Hill</name></author>
    <category term="tide" label="Tides"/><summary>The town is dry.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The tide is <b>high</b>.</p></div></content>
  </entry>
  <entry>
    <id>8</id><title>Wind</title><link href="https://quay.example/8"/><updated>2026-03-15T07:00:00Z</updated>
    <content type="html">&lt;p&gt;It blows.&lt;/p&gt;</content>
    <control xmlns="http://www.w3.org/2007/app"><draft xmlns="http://www.w3.org/2007/app">yes</draft></control>
  </entry>
  <entry>
    <id>9</id><title>Sun</title><link href="9"/><updated>2026-03-15T07:00:00Z</updated>
    <summary>It shines.</summary><content type="text/html" src="https://quay.example/9"/>
  </entry>
</feed>"""


def test_entries_of_atom_are_stories():
    tide, wind, error = stories_of(ATOM, source="quay.xml")
    assert (tide.headline, tide.standfirst) == ("Tide & time", "The town is dry.")
    assert tide.body == "<p>The tide is <strong>high</strong>.</p>"
    assert (tide.byline, tide.keywords) == (("Ana Moss", "Tom Hill"), ("Tides",))
    assert (tide.identifier, tide.address) == ("tag:quay.example,2026:7", "https://quay.example/news/7")
    assert (tide.published.hour, tide.modified.hour) == (6, 7)
    assert (tide.publisher, tide.copyright, tide.language) == ("Quay News", "© Quay", "en")
    assert (wind.text, wind.status, wind.published.day, wind.modified) == ("It blows.", Status.WITHHELD, 15, None)
    assert str(error) == "quay.xml, item 3: “Sun”: only a summary; its page is at https://quay.example/news/9"


def json_of(*items, **feed):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": items, **feed})


def test_items_of_a_json_feed_are_stories():
    tide, wind, error = stories_of(
        json_of(
            {
                "id": "7",
                "url": "https://quay.example/7",
                "title": "Tide & time",
                "content_html": "<p>The tide is <b>high</b>.</p>",
                "summary": "The town\ud800 is dry.",
                "date_published": "2026-03-14T06:30:00+01:00",
                "date_modified": "2026-03-14T07:00:00Z",
                "authors": [{"name": "Ana Moss"}],
                "tags": ["Tides", 5],
            },
            {"id": 8, "title": "Wind", "content_text": "It blows.\n\nStill.", "author": {"name": "Tom Hill"}},
            {"id": "https://quay.example/9", "title": "Sun", "summary": "It shines."},
            language="en-IE",
        ),
        source="quay",
    )
    assert (tide.headline, tide.standfirst, tide.text) == ("Tide & time", "The town is dry.", "The tide is high.")
    assert (tide.published.hour, tide.modified.hour, tide.language) == (6, 7, "en-ie")
    assert (tide.byline, tide.keywords, tide.identifier) == (("Ana Moss",), ("Tides",), "7")
    assert (wind.body, wind.byline, wind.identifier) == ("<p>It blows.</p><p>Still.</p>", ("Tom Hill",), "8")
    assert str(error) == "quay, item 3: “Sun”: only a summary; its page is at https://quay.example/9"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (WORDPRESS[:1500], "no well-formed XML"),
        (rss(), "there is no item in this feed"),
        (json_of(), "there is no item in this feed"),
        (json_of("x", items={}), "without a list “items”"),
        (json_of("x")[:-1], "it is no JSON at line 1, character"),
        (rss(""), "item 1: there is no text in it"),
        (json_of(7), "item 1: there is no text in it"),
        (rss("<description>" + "<b>" * 300 + "</description>"), "no well-formed XML"),
        ('<rss version="2.0"><channel><item>', "no well-formed XML"),
    ],
)
def test_what_is_wrong_is_told(content, found):
    (error,) = stories_of(content)
    assert isinstance(error, DocumentError)
    assert found in str(error)


def test_entities_are_not_declared():
    content = ('<!DOCTYPE rss [<!ENTITY a "b">]>' + rss("<title>&a;</title>")).encode()
    (error,) = read_file(io.BytesIO(content), source="a", max_bytes=1000, format="feed")
    assert "declares a document type of its own" in str(error)


def test_other_documents_are_no_feeds():
    for start in (b"<rss/>" + b" " * 5, b"<html><body>rss", b'{"version": "1"}', b"<feed>", b'<rdf:RDF xmlns:rdf="x">'):
        assert (feeds.is_sure(start), json_feed.is_sure(start)) == (start.startswith(b"<rss"), False)
    assert not feeds.is_sure(b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>')
