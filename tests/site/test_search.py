from __future__ import annotations

import pytest

from articles.models import Person
from articles.site.search import KINDS, found, words_of
from articles.site.snippets import highlighted, snippet
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    article = make_article(
        headline="Ferry to Cobh is late",
        body="<p>“The tide does not wait,” said Mira Voss-Ortega of the Harbour Board in Cobh.</p>",
    )
    person = make_person("Mira Voss-Ortega", aliases=("Captain Voss",))
    make_appearance(article, person)
    make_appearance(article, make_organisation("Harbour Board", description="Runs the quays."))
    make_appearance(article, make_location("Cobh"))
    make_quote(article, "“The tide does not wait,”", speaker=person)
    return article


def names(kind, query):
    return [str(row) for row in found(KINDS[kind], query)]


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        pytest.param("articles", "ferry", ["Ferry to Cobh is late"], id="headline"),
        pytest.param("articles", "FERRY tide", ["Ferry to Cobh is late"], id="all words, in headline and text"),
        pytest.param("articles", "ferry submarine", [], id="one word missing"),
        pytest.param("people", "voss", ["Mira Voss-Ortega"], id="part of a double name"),
        pytest.param("people", "captain", ["Mira Voss-Ortega"], id="alias"),
        pytest.param("organisations", "quays", ["Harbour Board"], id="description"),
        pytest.param("places", "cobh", ["Cobh"], id="place"),
        pytest.param("places", "voss", [], id="other kind"),
        pytest.param("quotations", "tide wait", ["“The tide does not wait,”"], id="words of a quotation"),
        pytest.param("quotations", "voss", ["“The tide does not wait,”"], id="name of the speaker"),
        pytest.param("quotations", '"does not wait"', ["“The tide does not wait,”"], id="phrase"),
        pytest.param("quotations", "“wait tide”", [], id="phrase in another order"),
    ],
)
def test_records_are_found_by_their_words(archive, kind, query, expected):
    assert names(kind, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        '"voss',
        "voss\\",
        "voss OR",
        "NEAR(voss)",
        "voss*",
        "%s",
        "title:voss",
        "- +",
        "\x00voss",
        "& | !",
        "(:*",
    ],
)
def test_no_query_is_an_error(client, archive, query):
    assert client.get("/search/", {"q": query}).status_code == 200


def test_words_are_letters_and_digits():
    assert words_of("Port-au-Prince’s “5 o’clock” _x_ naïve") == [
        "Port", "au", "Prince", "s", "5", "o", "clock", "x", "naïve",
    ]  # fmt: skip


def test_nothing_unpublished_is_found(archive):
    archive.status = "draft"
    archive.save()
    Person.objects.all().refresh_counts()
    assert [names(kind, "voss") for kind in ("articles", "people", "quotations")] == [[], [], []]


def test_counts_and_kinds_are_links(client, archive):
    page = client.get("/search/?q=voss").content.decode()
    assert 'href="?q=voss&amp;kind=people"' in page
    response = client.get("/search/?q=voss&kind=people")
    assert {kind.name: count for kind, count in response.context["kinds"]} == {
        "people": 1, "organisations": 0, "places": 0, "quotations": 1, "articles": 1,
    }  # fmt: skip
    assert [person.name for person in response.context["page"]] == ["Mira Voss-Ortega"]
    assert 'name="kind" value="people"' in response.content.decode()


def test_nothing_found_is_said_in_words(client, archive):
    page = client.get("/search/?q=submarine").content.decode()
    assert "Nothing was found for <b>submarine</b>" in page


def test_results_come_in_pages_that_keep_the_query(client):
    for _ in range(11):
        make_article(headline="Ferry")
    page = client.get("/search/?q=ferry&kind=articles").content.decode()
    assert 'href="?q=ferry&amp;kind=articles&amp;page=2"' in page
    assert client.get("/search/?q=ferry&kind=articles&page=2").content.decode().count('<article class="story"') == 1


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        pytest.param("The tide turns", "TIDE", "The <mark>tide</mark> turns", id="case"),
        pytest.param("Éva Ács", "eva acs", "<mark>Éva</mark> <mark>Ács</mark>", id="accents"),
        pytest.param("tides", "tide", "tides", id="whole words only"),
        pytest.param("<b>tide & co", "tide", "&lt;b&gt;<mark>tide</mark> &amp; co", id="markup"),
    ],
)  # fmt: skip
def test_found_words_are_marked_and_all_is_escaped(text, query, expected):
    assert highlighted(text, words_of(query)) == expected


def test_snippet_shows_where_the_words_stand_together():
    text = f"A tide. {'Nothing here. ' * 40}The tide waits for no ferry today. {'Nothing there. ' * 40}"
    shown = snippet(text, ["tide", "ferry"])
    assert "The <mark>tide</mark> waits for no <mark>ferry</mark> today." in shown
    assert shown.startswith(("… Nothing here.", "… here."))
    assert shown.endswith(" …")


def test_snippet_of_a_short_text_is_the_text():
    assert snippet("No such word.", ["tide"]) == "No such word."
