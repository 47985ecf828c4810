"""The search page: what it says, where it leads, what it marks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from articles.models import Article, Entity, Person, Tag
from articles.searching.index import rebuild
from articles.searching.spelling import count_words
from articles.site.search import KINDS, read_cursor, read_question, said
from articles.site.snippets import highlighted, snippet
from tests.factories import (
    RELEASED,
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
        tags=("Ferries",),
        publisher="Cobh Courier",
    )
    person = make_person("Mira Voss-Ortega", aliases=("Captain Voss",))
    make_appearance(article, person)
    make_appearance(article, make_organisation("Harbour Board", description="Runs the quays."))
    make_appearance(article, make_location("Cobh"))
    make_quote(article, "“The tide does not wait,”", speaker=person)
    make_article(headline="Ferry on time", published=RELEASED - timedelta(days=900), publisher="Leith Gazette")
    rebuild()
    count_words()
    return article


def page(client, query):
    response = client.get(f"/search/{query}")
    assert response.status_code == 200
    return response.content.decode()


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
        "voss <-> tide",
        "rowid:1",
        "a" * 5000,
        "\ud800",
    ],
)
def test_no_query_is_an_error(client, archive, query):
    assert client.get("/search/", {"q": query.encode("utf-8", "surrogatepass")}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "tag=x",
        "tag=-1",
        "tag=99999999999999999999999",
        "person=1e3",
        "speaker=²",
        "year=20311",
        "year=abcd",
        "source=%22",
        "kind=nothing",
        "sort=worst",
        "page=a9-1",
        "page=a0-99999999999999999999",
        "page=b2-0",
    ],
)
def test_no_address_is_an_error(client, archive, query):
    assert client.get(f"/search/?q=ferry&kind=articles&{query}").status_code == 200


def test_kinds_and_their_numbers_are_links(client, archive):
    html = page(client, "?q=voss")
    assert 'href="?q=voss&amp;kind=people"' in html
    response = client.get("/search/?q=voss&kind=people")
    counts = {kind.name: count for kind, count, _address in response.context["results"].counts}
    assert counts == {"articles": "1", "quotations": "1", "people": "1"}
    assert [person.name for person in response.context["results"].page] == ["Mira Voss-Ortega"]
    assert 'name="kind" value="people"' in response.content.decode()


def test_nothing_unpublished_is_found(client, archive):
    Article.objects.update(status="draft")
    Entity.objects.update(article_count=0, quote_count=0)
    # The index is not told: what it says is only asked for, never shown.
    html = page(client, "?q=voss")
    assert "Mira" not in html
    assert "does not wait" not in html


def test_a_facet_leads_to_what_has_it_and_can_be_removed(client, archive):
    html = page(client, "?q=ferry")
    source = 'href="?q=ferry&amp;source=Cobh+Courier"'
    assert source in html
    narrowed = page(client, "?q=ferry&source=Cobh+Courier")
    assert "Ferry on time" not in narrowed.replace("<mark>", "").replace("</mark>", "")
    assert 'href="?q=ferry"' in narrowed
    assert "facet-source" not in narrowed


@pytest.mark.parametrize("name", ["tag", "person", "organisation", "place", "speaker", "year", "source"])
def test_every_facet_finds_its_story(client, archive, name):
    entities = {entity.kind: entity.pk for entity in Entity.objects.all()}
    values = {
        "tag": Tag.objects.get().pk,
        "person": entities["person"],
        "organisation": entities["organisation"],
        "place": entities["location"],
        "speaker": entities["person"],
        "year": 2031,
        "source": "Cobh Courier",
    }
    response = client.get("/search/", {name: values[name]})
    assert [str(row) for row in response.context["results"].told[0].rows] == ["Ferry to Cobh is late"]
    assert [group.kind.name for group in response.context["results"].told] == ["articles", "quotations"]
    assert response.context["results"].named == []


def test_records_that_readers_have_no_page_for_narrow_nothing_down_and_are_not_named(client, archive):
    hidden = make_person("Hidden Name")
    assert "Hidden" not in page(client, f"?q=ferry&person={hidden.pk}")


def test_a_merged_record_leads_to_the_one_it_went_into(client, archive):
    other = make_person("Captain Voss")
    Entity.objects.filter(pk=other.pk).update(merged_into=Person.objects.get(name="Mira Voss-Ortega"))
    assert "<bdi>Mira Voss-Ortega</bdi>" in page(client, f"?person={other.pk}")


def test_facets_of_another_kind_than_the_one_shown_go_to_stories(client, archive):
    mira = Person.objects.get()
    assert read_question({"q": "voss", "kind": "people", "person": str(mira.pk)}).kind is None
    assert read_question({"q": "voss", "kind": "quotations", "person": str(mira.pk)}).kind == KINDS["quotations"]


def test_nothing_found_is_said_in_words(client, archive):
    assert "Nothing was found for <b>submarine</b>" in page(client, "?q=submarine")


def test_the_archive_s_own_spelling_is_proposed_where_it_finds_something(client, archive):
    html = page(client, "?q=Ferrry+voss")
    assert 'href="?q=ferry+voss"' in html
    assert "Did you mean" not in page(client, "?q=ferrry+submarine")


def test_no_word_of_a_draft_is_proposed(client, archive):
    make_article(headline="Zeppelin lands", status="draft")
    rebuild()
    count_words()
    assert "zeppelin" not in page(client, "?q=zepelin").lower().replace("zepelin", "")


def test_results_come_in_pages_that_keep_the_query(client):
    for number in range(21):
        make_article(headline=f"Ferry {number}", released=RELEASED + timedelta(hours=number))
    rebuild()
    seen, query = [], "?q=ferry&amp;kind=articles"
    for expected in (10, 10, 1):
        html = page(client, query.replace("&amp;", "&"))
        titles = re.findall(r"<mark>Ferry</mark> (\d+)", html)
        assert len(titles) == expected
        seen += titles
        following = re.search(r'rel="next" href="([^"]+)"', html)
        query = following[1] if following else ""
    assert seen == [str(number) for number in reversed(range(21))]
    assert not query
    previous = re.search(r'rel="prev" href="([^"]+)"', html)[1].replace("&amp;", "&")
    assert re.findall(r"<mark>Ferry</mark> (\d+)", page(client, previous)) == seen[10:20]


def test_a_cursor_is_read_or_is_none():
    assert read_cursor("a1-12").place == 12
    assert read_cursor("b0-7").backwards
    assert [read_cursor(each) for each in ("", "c1-1", "a1", "a1-", f"a1-{2**63}")] == [None] * 5


def test_a_number_has_an_end():
    assert [said(12), said(1_000), said(1_001)] == ["12", "1,000", "1,000+"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("The tide turns", ["tide"], "The <mark>tide</mark> turns", id="word"),
        pytest.param("The TIDE turns", ["tide"], "The <mark>TIDE</mark> turns", id="case"),
        pytest.param("Éva Ács", ["eva", "acs"], "<mark>Éva</mark> <mark>Ács</mark>", id="accents"),
        pytest.param("tides", ["tide"], "tides", id="whole words only"),
        pytest.param("tides of Tidewell", ["tid*"], "<mark>tides</mark> of <mark>Tidewell</mark>", id="beginnings"),
        pytest.param("<b>tide & co", ["tide"], "&lt;b&gt;<mark>tide</mark> &amp; co", id="markup"),
    ],
)  # fmt: skip
def test_found_words_are_marked_and_all_is_escaped(text, words, expected):
    assert highlighted(text, words) == expected


def test_snippet_shows_where_the_words_stand_together():
    text = f"A tide. {'Nothing here. ' * 40}The tide waits for no ferry today. {'Nothing there. ' * 40}"
    shown = snippet(text, ["tide", "ferry"])
    assert "The <mark>tide</mark> waits for no <mark>ferry</mark> today." in shown
    assert shown.startswith(("… Nothing here.", "… here."))
    assert shown.endswith(" …")


def test_snippet_of_a_short_text_is_the_text():
    assert snippet("No such word.", ["tide"]) == "No such word."
