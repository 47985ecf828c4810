"""The screen on which the front page is arranged."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from articles.models import Decision, FrontPagePlace
from articles.searching.index import rebuild
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
URL = "/admin/articles/frontpageplace/"


@pytest.fixture
def places():
    """Ferry, Bridge and Storm, in this order."""
    stories = [make_article(headline=name) for name in ("Ferry", "Bridge", "Storm")]
    for number, article in enumerate(stories, start=1):
        FrontPagePlace.objects.create(article=article, position=number)
    return {article.headline: article for article in stories}


def order():
    return [str(place.article) for place in FrontPagePlace.objects.all()]


def press(client, **fields):
    response = client.post(URL, fields)
    assert response.status_code == 302
    return response, [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("button", "name", "expected"),
    [
        ("up", "Storm", ["Ferry", "Storm", "Bridge"]),
        ("down", "Ferry", ["Bridge", "Ferry", "Storm"]),
        ("lead", "Storm", ["Storm", "Ferry", "Bridge"]),
        ("off", "Bridge", ["Ferry", "Storm"]),
        ("up", "Ferry", ["Ferry", "Bridge", "Storm"]),
        ("down", "Storm", ["Ferry", "Bridge", "Storm"]),
    ],
)
def test_a_story_is_moved_by_a_button(admin_client, places, button, name, expected):
    press(admin_client, **{button: places[name].pk})
    assert order() == expected


def test_a_story_is_added_last_or_as_the_lead(admin_client, places):
    market, fair = make_article(headline="Market"), make_article(headline="Fair")
    _, said = press(admin_client, add="", article=market.pk)
    press(admin_client, first="", article__typed=fair.get_absolute_url())
    assert order() == ["Fair", "Ferry", "Bridge", "Storm", "Market"]
    assert said == ["“Market” is in place 4 now."]


def test_a_story_is_added_from_the_latest(admin_client, places):
    market = make_article(headline="Market", section=make_section("Towns"))
    page = admin_client.get(URL)
    assert list(page.context["offered"]) == [market]
    press(admin_client, add=market.pk)
    assert order()[-1] == "Market"
    assert list(admin_client.get(URL).context["offered"]) == []


@pytest.mark.parametrize("article", ["", "999999", "ferry", "-1"])
def test_adding_nothing_says_so(admin_client, places, article):
    _, said = press(admin_client, add="", article=article)
    assert said == ["Choose an article first."]
    assert order() == ["Ferry", "Bridge", "Storm"]


def test_a_draft_is_said_to_wait(admin_client, places):
    draft = make_article(headline="Market", status="draft")
    _, said = press(admin_client, add=draft.pk)
    assert said == ["“Market” is in place 4; readers see it there once it is published."]
    assert "not shown" in admin_client.get(URL).content.decode()


def test_the_button_pressed_keeps_the_focus(admin_client, places):
    response, _ = press(admin_client, up=places["Storm"].pk)
    page = admin_client.get(response["Location"]).content.decode()
    assert f'<button name="up" value="{places["Storm"].pk}" autofocus>' in page
    assert page.count("autofocus") == 1


def test_the_last_change_is_undone_and_then_the_one_before(admin_client, admin_user, places):
    press(admin_client, lead=places["Storm"].pk)
    press(admin_client, off=places["Bridge"].pk)
    page = admin_client.get(URL)
    assert "“Bridge” was taken off place 3" in page.content.decode()
    _, said = press(admin_client, undo=page.context["last"].pk)
    assert (order(), said[-1:]) == (["Storm", "Ferry", "Bridge"], ["Undone: “Bridge”."])
    press(admin_client, undo=admin_client.get(URL).context["last"].pk)
    assert order() == ["Ferry", "Bridge", "Storm"]
    assert "undo" not in admin_client.get(URL).content.decode()


def test_a_change_that_is_not_the_last_any_more_is_not_undone(admin_client, places):
    press(admin_client, lead=places["Storm"].pk)
    stale = Decision.objects.get().pk
    press(admin_client, off=places["Bridge"].pk)
    _, said = press(admin_client, undo=stale)
    assert said[-1:] == ["The page has changed meanwhile: nothing was undone."]
    assert order() == ["Storm", "Ferry"]


def test_an_empty_front_page_says_what_readers_see(admin_client):
    assert "the newest as its lead" in admin_client.get(URL).content.decode()


def test_who_may_not_arrange_reads_only(staff, places):
    reader = staff("view_frontpageplace")
    page = reader.get(URL)
    assert "Ferry" in page.content.decode()
    assert "<button name" not in page.content.decode()
    assert reader.post(URL, {"up": places["Storm"].pk}).status_code == 403
    assert order() == ["Ferry", "Bridge", "Storm"]


def test_the_screen_asks_as_much_for_many_places_as_for_one(admin_client, django_assert_max_num_queries, places):
    for number in range(4, 9):
        FrontPagePlace.objects.create(article=make_article(section=make_section()), position=number)
    with django_assert_max_num_queries(8):
        admin_client.get(URL)


def test_articles_are_put_on_the_front_page_from_their_list(admin_client, places):
    market = make_article(headline="Market")
    chosen = {"action": "put_on_front_page", "_selected_action": [market.pk, places["Ferry"].pk]}
    page = admin_client.post("/admin/articles/article/", chosen, follow=True).content.decode()
    assert order() == ["Ferry", "Bridge", "Storm", "Market"]
    assert "1 article was put on the front page." in page


def test_a_story_is_looked_up_by_a_word_cut_short(admin_client):
    make_article(headline="Harbour opens"), make_article(headline="Ferry sails")
    rebuild()
    asked = {"app_label": "articles", "model_name": "frontpageplace", "field_name": "article", "term": "Harb"}
    found = admin_client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["text"] for each in found] == ["Harbour opens"]
