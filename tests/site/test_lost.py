"""Where there is no page: a search for the words of the address, pages that it may have been, and what became of it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from articles.editing.decide import decide
from articles.editing.withdraw import withdraw
from articles.models import Anchoring, Quote, State
from articles.site.lost import lost_at
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
def editor():
    return get_user_model().objects.create_superuser("ida")


@pytest.fixture
def archive():
    article = make_article(
        headline="Ferry to Cobh is late", body="<p>Mira Voss, Harbour Board, Cobh</p>", tags=("Ferries",)
    )
    for entity in (make_person("Mira Voss"), make_organisation("Harbour Board"), make_location("Cobh")):
        make_appearance(article, entity)
    make_article(headline="Ferry to Cork is late", status="draft")
    make_person("Mira Vos")
    return article


def meant(path):
    return [str(record) for record in lost_at(path).records]


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("/articles/fery-to-cobh-is-late/", "Ferry to Cobh is late"),
        ("/articles/ferry-to-cobh-late/feed.atom", "Ferry to Cobh is late"),
        ("/people/mira-vosss/", "Mira Voss"),
        ("/people/mia-voss/", "Mira Voss"),
        ("/organisations/harbor-board/", "Harbour Board"),
        ("/places/cob/", "Cobh"),
        ("/tags/ferrys/", "Ferries"),
        ("/mira-voss/", "Mira Voss"),
        ("/MIRA-VOSS", "Mira Voss"),
    ],
)
def test_a_mistyped_address_leads_to_what_was_meant(archive, path, record):
    assert meant(path) == [record]


@pytest.mark.parametrize(
    "path", ["/people/harbour-board/", "/people/xi-jinping/", "/quotes/5/", "/", "/admin/mira-voss/"]
)
def test_nothing_is_offered_that_is_not_close(archive, path):
    assert meant(path) == []


def test_drafts_and_records_that_nothing_shows_are_not_offered(archive):
    assert meant("/articles/ferry-to-cork-is-late/") == ["Ferry to Cobh is late"]
    assert meant("/people/mira-vos/") == ["Mira Voss"]


def test_the_search_begins_with_the_words_of_the_address(archive, client):
    response = client.get("/articles/ferry_to-cobh-is-latte/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'value="ferry to cobh is latte"' in page
    assert '<a href="/articles/ferry-to-cobh-is-late/" dir="auto" lang="en">Ferry to Cobh is late</a>' in page


@pytest.mark.parametrize(
    "path", ["/%3Cscript%3E/", "/people/%22%3E%3Cb%3E/", "/a%00b/", f"/{'x' * 3000}/", "/%FF/", "/ /"]
)
def test_a_hostile_address_is_a_page_like_any_other(archive, client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
    assert "><b>" not in response.content.decode()


def test_a_large_archive_is_asked_no_more(archive, django_assert_max_num_queries):
    for number in range(130):
        make_article(headline=f"Ferry to Cobh {number}")
    with django_assert_max_num_queries(10):
        assert meant("/ferry-to-cobh-is-latte/")[0] == "Ferry to Cobh is late"


# Quotations that were there.

BODY = "<p>“The tide waits for no ferry,” said Mira Voss. “Nor do we.”</p>"


@pytest.fixture
def quote():
    article = make_article(headline="Ferry is late", body=BODY)
    person = make_person("Mira Voss")
    make_appearance(article, person)
    return make_quote(article, "“The tide waits for no ferry,”", speaker=person)


def test_a_quotation_that_was_rejected_leaves_a_page_that_says_none_of_its_words(client, quote, editor):
    decide([quote], state=State.REJECTED, user=editor)
    response = client.get(quote.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "This quotation was withdrawn" in page
    assert quote.article.get_absolute_url() in page
    assert "tide" not in page


def test_a_quotation_that_nobody_ever_saw_leaves_nothing(client, quote, editor):
    Quote.objects.update(state=State.SUGGESTED)
    assert client.get(quote.get_absolute_url()).status_code == 404
    quote.refresh_from_db()
    decide([quote], state=State.REJECTED, user=editor)
    assert client.get(quote.get_absolute_url()).status_code == 404


def test_a_quotation_that_became_part_of_another_leads_there(client, quote, editor):
    whole = make_quote(quote.article, "“The tide waits for no ferry,”", "“Nor do we.”", speaker=quote.speaker)
    decide([quote], state=State.REJECTED, user=editor)
    response = client.get(quote.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, whole.get_absolute_url())


def test_a_quotation_beside_it_is_not_what_it_became(client, quote, editor):
    make_quote(quote.article, "“Nor do we.”")
    decide([quote], state=State.REJECTED, user=editor)
    assert client.get(quote.get_absolute_url()).status_code == 410


def test_a_quotation_whose_words_are_gone_from_the_article_is_gone(client, quote):
    Quote.objects.update(anchoring=Anchoring.LOST, spans=[])
    assert client.get(quote.get_absolute_url()).status_code == 410


def test_a_quotation_of_a_withdrawn_article_is_gone_with_it(client, quote, editor):
    withdraw(quote.article, note="It never sailed.", user=editor)
    response = client.get(quote.get_absolute_url())
    assert response.status_code == 410
    assert "It never sailed." in response.content.decode()


def test_quotations_on_the_same_topics_come_first(client, quote):
    person = quote.speaker
    quote.article.tags.add("Ferries")
    same = make_article(body="<p>“Boats are slow.” Mira Voss</p>", tags=("Ferries",))
    other = make_article(body="<p>“Cakes are sweet.” Mira Voss</p>", tags=("Food",))
    tagged = make_article(body="<p>“Ships are late.” Mira Voss</p>")
    first, second = (
        make_quote(same, "“Boats are slow.”", speaker=person),
        make_quote(other, "“Cakes are sweet.”", speaker=person),
    )
    third = make_quote(tagged, "“Ships are late.”", speaker=person)
    third.tags.add("Ferries")
    context = client.get(quote.get_absolute_url()).context
    assert set(context["related"]) == {first, third}
    assert list(context["more"]) == [second]
