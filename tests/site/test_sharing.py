"""What is shown of a story or a quotation on other sites."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from articles.editing.withdraw import withdraw
from articles.site import share_cards
from articles.site.share_cards import Card, as_png, fitted, font, is_known
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db

QUOTED = "“It sails <b>now</b>,”"


@pytest.fixture
def quote():
    body = "<p>“It sails &lt;b&gt;now&lt;/b&gt;,” said Mara Finch.</p>"
    article = make_article(headline="Ferry & <pier>", standfirst="Islanders wait.", body=body)
    mara = make_person("Mara Finch")
    make_appearance(article, mara)
    return make_quote(article, QUOTED, speaker=mara)


def draft_quote():
    return make_quote(make_article(headline="Draft", status="draft"), "bridge")


def ask(client, path, **more):
    return client.get("/oembed", {"url": f"http://testserver{path}", **more})


# Cards.


def pixels_of(content):
    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB").tobytes()


def test_a_card_is_shown_where_a_story_without_a_picture_or_a_quotation_is_shared(client, quote):
    for page in quote.article.get_absolute_url(), quote.get_absolute_url():
        head = client.get(page).content.decode()
        assert f'<meta property="og:image" content="http://testserver{page}card.png">' in head
        assert '<meta name="twitter:card" content="summary_large_image">' in head
        response = client.get(f"{page}card.png")
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        pixels_of(response.content)
        assert client.get(f"{page}card.png", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_card_changes_with_the_headline(client, quote):
    path = f"{quote.article.get_absolute_url()}card.png"
    before = client.get(path)
    quote.article.headline = "Ferry never to sail"
    quote.article.save()
    after = client.get(path)
    assert pixels_of(after.content) != pixels_of(before.content)
    assert after["ETag"] != before["ETag"]


def test_what_readers_do_not_see_has_no_card(client, quote):
    hidden = draft_quote()
    for page in hidden.article.get_absolute_url(), hidden.get_absolute_url():
        assert client.get(f"{page}card.png").status_code == 404
    withdraw(quote.article, note="It never sailed.", user=None)
    for page in quote.article.get_absolute_url(), quote.get_absolute_url():
        assert client.get(f"{page}card.png").status_code == 404


@pytest.mark.parametrize("words", ["Rain", "Ferry to Cobh is late again " * 3, "Harbours and ships, " * 80, "x" * 400])
def test_a_text_of_any_length_has_room(words):
    lines, size = fitted(words, share_cards.REGULAR, 900, 400)
    typeface = font(share_cards.REGULAR, size)
    assert all(typeface.getlength(line) <= 900 for line in lines)
    assert len(lines) * size * share_cards.LEADING <= 400
    assert lines[0].startswith(words[:4])
    assert (" ".join(lines) == words.strip()) == (len(words) < 100)


def test_letters_that_the_typeface_lacks_are_not_drawn_as_boxes():
    assert is_known("Łódź, Ελλάδα, Москва: “2031” – ½")
    assert not is_known("مرحبا")
    assert not is_known("東京")
    assert pixels_of(as_png(Card("مرحبا"))) == pixels_of(as_png(Card("東京"))) != pixels_of(as_png(Card("Cork")))


# oEmbed.


def test_a_quotation_is_embedded_with_its_speaker_and_a_link_and_nothing_that_runs(client, quote):
    response = ask(client, quote.get_absolute_url())
    said = response.json()
    address = f"http://testserver{quote.get_absolute_url()}"
    assert (said["version"], said["type"], said["provider_name"]) == ("1.0", "rich", "Newsroom")
    assert said["html"] == (
        f'<blockquote cite="{address}" lang="en"><p dir="auto">“It sails &lt;b&gt;now&lt;/b&gt;,”</p>'
        "<footer>— Mara Finch, "
        f'<a href="{address}">Ferry &amp; &lt;pier&gt;</a>, Newsroom</footer></blockquote>'
    )
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_story_is_embedded_by_its_headline_and_standfirst(client, quote):
    said = ask(client, quote.article.get_absolute_url()).json()
    assert '<b>Ferry &amp; &lt;pier&gt;</b></a></p><p dir="auto">Islanders wait.</p>' in said["html"]


def test_xml_says_the_same(client, quote):
    response = ask(client, quote.get_absolute_url(), format="xml")
    root = ElementTree.fromstring(response.content)
    said = ask(client, quote.get_absolute_url(), format="json").json()
    assert {node.tag: node.text for node in root} == {name: str(value) for name, value in said.items()}


@pytest.mark.parametrize(
    ("asked", "width"), [("", 600), ("400", 400), ("9999", 600), ("10", 200), ("-1", 600), ("x", 600)]
)
def test_it_is_no_wider_than_asked(client, quote, asked, width):
    assert ask(client, quote.get_absolute_url(), maxwidth=asked).json()["width"] == width


def test_a_format_that_is_none_is_not_implemented(client, quote):
    assert ask(client, quote.get_absolute_url(), format="yaml").status_code == 501


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://testserver/people/mara-finch/",
        "http://testserver/articles/nothing/",
        "http://testserver/quotes/99999999999999999999/",
        "http://elsewhere.example/articles/ferry-pier/",
        "ftp://testserver/articles/ferry-pier/",
        "http://[/articles/ferry-pier/",
        "/articles/ferry-pier/",
    ],
)
def test_what_is_not_ours_is_not_found(client, quote, address):
    assert client.get("/oembed", {"url": address}).status_code == 404


def test_what_readers_do_not_see_is_not_embedded(client, quote):
    hidden = draft_quote()
    withdraw(quote.article, note="It never sailed.", user=None)
    for record in hidden, hidden.article, quote, quote.article:
        assert ask(client, record.get_absolute_url()).status_code == 404


def test_pages_say_that_they_can_be_embedded(client, quote):
    head = client.get(quote.get_absolute_url()).content.decode()
    [address] = [part.partition('"')[0] for part in head.split('title="oEmbed" href="')[1:]]
    said = client.get(address.replace("&amp;", "&").removeprefix("http://testserver")).json()
    assert said["title"] == QUOTED


def test_a_reader_copies_a_citation_or_writes_a_letter(client, quote):
    page = client.get(quote.article.get_absolute_url()).content.decode()
    assert "“Ferry &amp; &lt;pier&gt;”, Newsroom. http://testserver/articles/ferry-pier/" in page
    letter = "mailto:?subject=Ferry%20%26%20%3Cpier%3E&amp;body=http%3A%2F%2Ftestserver%2Farticles%2Fferry-pier%2F"
    assert f'<a href="{letter}" rel="nofollow">' in page
