from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from articles.documents.errors import NoStory
from articles.documents.formats import html

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <title>Ferry sits on sandbank for six hours | Rivers Sheet</title>
  <link rel="canonical" href="https://rivers.example/2024/ferry">
  <meta property="og:title" content="Ferry sits on sandbank for six hours">
  <meta property="og:site_name" content="Rivers Sheet">
  <meta name="description" content="Passengers played cards until noon.">
  <meta name="keywords" content="shipping, Lasem">
  <script type="application/ld+json">
    {"@context": "https://schema.org", "@graph": [
      {"@type": "WebSite", "name": "Rivers Sheet"},
      {"@type": "NewsArticle", "headline": "Ferry aground!!", "author": [{"@type": "Person", "name": "Ana Moss"}],
       "datePublished": "2024-03-03T14:05:00Z"}]}
  </script>
</head>
<body class="has-sidebar">
  <header><a href="/">Rivers Sheet</a><nav><a href="/news">News</a> <a href="/sport">Sport</a></nav></header>
  <main>
    <article>
      <p class="kicker">Shipping</p>
      <h1>Ferry sits on sandbank for six hours</h1>
      <p class="article__standfirst">Passengers played cards until noon.</p>
      <div class="byline">By <a rel="author" href="/ana">Ana Moss</a></div>
      <time datetime="2024-03-03T14:05:00Z">3 March 2024</time>
      <ul class="share-tools"><li><a href="https://social.example">Share</a></li></ul>
      <figure><img src="ferry.jpg"><figcaption>The ferry. Photo: Tom Hill</figcaption></figure>
      <p>LASEM, Indonesia (Rivers Wire) –
        A ferry with <b>ninety</b> people ran onto a <a href="/sandbank">sandbank</a>.</p>
      <p>“We played cards,” said <i onclick="alert(1)">Ruth Dale</i>.<script>track()</script></p>
      <p>Read more: <a href="/old">The ferry that sank</a></p>
      <h2>Second time</h2>
      <ul><li>It sat in May.</li><li>It sat in June.</li></ul>
      <blockquote><p>The charts are old.</p></blockquote>
      <aside class="related"><h3>Related</h3><a href="/x">Another ferry sails again</a></aside>
      <div class="newsletter"><p>Sign up for our letter.</p></div>
    </article>
  </main>
  <footer><p>© Rivers Sheet 2024. All rights reserved.</p></footer>
</body>
</html>"""


def read(markup, source="ferry.html"):
    return next(html.read(markup.encode() if isinstance(markup, str) else markup, source))


def test_a_page_gives_its_furniture():
    story = read(PAGE)
    assert story.headline == "Ferry sits on sandbank for six hours"
    assert story.standfirst == "Passengers played cards until noon."
    assert story.byline == ("Ana Moss",)
    assert (story.dateline.place, story.dateline.agency) == ("LASEM, Indonesia", "Rivers Wire")
    assert story.published == datetime(2024, 3, 3, 14, 5, tzinfo=UTC)
    assert story.address == "https://rivers.example/2024/ferry"
    assert (story.publisher, story.language) == ("Rivers Sheet", "en-gb")
    assert story.keywords == ("shipping", "Lasem")


def test_a_page_gives_its_story_and_nothing_around_it():
    assert read(PAGE).body == (
        '<p>A ferry with <strong>ninety</strong> people ran onto a <a href="https://rivers.example/sandbank" '
        'rel="noopener noreferrer">sandbank</a>.</p>'
        "<p>“We played cards,” said <em>Ruth Dale</em>.</p>"
        "<h2>Second time</h2>"
        "<ul><li><p>It sat in May.</p></li><li><p>It sat in June.</p></li></ul>"
        "<blockquote><p>The charts are old.</p></blockquote>"
    )


def test_a_piece_of_a_page_is_a_story():
    story = read("<h1>Ferry aground</h1><p>It sits.</p><p>Nobody was hurt.</p>")
    assert (story.headline, story.text) == ("Ferry aground", "It sits.\nNobody was hurt.")


def test_a_page_without_heading_begins_with_its_title():
    story = read("<html><head><title>Ferry aground</title></head><body><p>It sits.</p></body></html>")
    assert (story.headline, story.text) == ("Ferry aground", "It sits.")


def test_a_piece_without_any_title_begins_with_its_first_line():
    story = read("<p>Ferry aground</p><p>It sits.</p>")
    assert (story.headline, story.text) == ("Ferry aground", "It sits.")


PARAGRAPHS = [
    "A ferry with ninety people aboard ran onto a sandbank off the coast on Monday, the harbour master said.",
    "Nobody was hurt, and the tide lifted the ferry at noon, but the owner has asked the harbour for newer charts.",
    "It was the second time in a year, and the third since the river moved its mouth to the south after the flood.",
]


def test_a_story_without_marks_is_found_among_navigation():
    links = "".join(f'<li><a href="/{number}">Section number {number}</a></li>' for number in range(30))
    story = read(
        "<html><head><title>Ferry aground</title></head><body>"
        f'<div id="top"><ul>{links}</ul></div><div id="page"><h1>Ferry aground</h1>'
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + f'</div><div id="bottom"><ul>{links}</ul></div></body></html>'
    )
    assert story.headline == "Ferry aground"
    assert story.text.split("\n") == PARAGRAPHS


def test_the_largest_of_several_articles_is_the_story():
    teaser = "<article><h2>Other ferry</h2><p>It sails.</p></article>"
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    story = read(f"<body>{teaser}<article><h1>Ferry aground</h1>{markup}</article>{teaser}</body>")
    assert (story.headline, story.text.split("\n")) == ("Ferry aground", PARAGRAPHS)


def test_a_visible_byline_and_date_are_enough():
    story = read(
        "<article><h1>Ferry aground</h1><p>By Ana Moss</p><p>3 March 2024</p>"
        f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
    )
    assert (story.byline, story.published) == (("Ana Moss",), date(2024, 3, 3))
    assert story.text.split("\n") == PARAGRAPHS[:2]


def test_a_description_that_readers_do_not_see_is_no_standfirst():
    story = read('<meta name="description" content="All about ferries."><h1>Ferry aground</h1><p>It sits.</p>')
    assert story.standfirst == ""


@pytest.mark.parametrize(
    "data",
    [
        "{broken",
        "[]",
        '"text"',
        '{"@type": "NewsArticle", "author": 5, "keywords": {"a": 1}, "headline": null}',
        "[" * 5000,
    ],
)
def test_broken_linked_data_is_passed_over(data):
    story = read(f'<script type="application/ld+json">{data}</script><h1>Ferry aground</h1><p>It sits.</p>')
    assert (story.headline, story.text, story.byline, story.keywords) == ("Ferry aground", "It sits.", (), ())


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<?xml version="1.0" encoding="iso-8859-5"?>', "iso-8859-5"),
        ("", "utf-8"),
    ],
)
def test_the_declared_encoding_is_used(head, encoding):
    story = read(f"{head}<h1>Паром на мели</h1><p>Он стоит.</p>".encode(encoding))
    assert (story.headline, story.text) == ("Паром на мели", "Он стоит.")


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<!-- nothing -->", "<html><body><script>x()</script></body></html>", "<br>"]
)
def test_a_page_without_text_is_no_story(markup):
    with pytest.raises(NoStory, match=r"ferry.html: there is no text in"):
        read(markup)


def test_nul_and_bidi_characters_in_a_page_are_cleaned():
    story = read("<h1>Ferry\x00 agr\u202eound</h1><p>It si&#8203;ts&#8238;.</p>")
    assert (story.headline, story.text) == ("Ferry aground", "It sits.")


def test_hostile_nesting_loses_no_words():
    story = read("<h1>Ferry aground</h1>" + "<div>" * 50_000 + "It sits." + "</div>" * 50_000 + "<p>Still.</p>")
    assert story.text == "It sits.\nStill."


def test_a_declaration_that_does_not_end_is_no_more_than_a_slip():
    story = next(html.read(b'<?xml version="1.0" encoding="utf-8"><h1>Rain</h1><p>It rains.</p>', "a"))
    assert (story.headline, story.text) == ("Rain", "It rains.")
