"""Sections, series, the front page, breaking news and what editors pick, as readers see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.editing.front_page import put
from articles.models import RelatedArticle
from tests.factories import make_article, make_section, make_series

pytestmark = pytest.mark.django_db


def day(number):
    return datetime(2031, 5, number, tzinfo=UTC)


@pytest.fixture
def stories():
    """Twelve stories, the latest first."""
    return [make_article(headline=f"Story {number}", published=day(30 - number)) for number in range(12)]


def front(client):
    return client.get("/").context["front"]


def test_what_editors_place_leads_and_the_latest_fills_the_rest(client, stories):
    for position, number in enumerate((7, 11), start=1):
        put(stories[number], position, user=None)
    page = front(client)
    shown = [page.lead, *page.beside, *page.more]
    assert [article.headline for article in shown] == [f"Story {n}" for n in (7, 11, 0, 1, 2, 3, 4, 5, 6)]
    assert "Top stories" in client.get("/").content.decode()


def test_a_draft_waits_for_its_place_on_the_front_page(client, stories):
    draft = make_article(headline="Not yet", status="draft")
    put(draft, 1, user=None)
    put(stories[5], 2, user=None)
    assert front(client).lead == stories[5]
    assert "Not yet" not in client.get("/").content.decode()


def test_all_that_editors_place_is_shown(client, stories):
    for number, article in enumerate(stories, start=1):
        put(article, number, user=None)
    page = front(client)
    assert [page.lead, *page.beside, *page.more] == stories


def test_sections_follow_in_the_order_of_the_masthead(client, stories):
    sport, towns = make_section("Sport", position=2), make_section("Towns", position=1)
    for number, section in ((9, sport), (10, towns), (11, sport)):
        stories[number].section = section
        stories[number].save()
    shown = [(section.name, [str(each) for each in rows]) for section, rows in front(client).sections]
    assert shown == [("Towns", ["Story 10"]), ("Sport", ["Story 9", "Story 11"])]


def test_breaking_news_is_said_until_it_ends(client, stories):
    stories[11].breaking_until = timezone.now() + timedelta(minutes=5)
    stories[11].save()
    assert front(client).breaking == [stories[11]]
    assert '<strong class="breaking">Breaking</strong>' in client.get(stories[11].get_absolute_url()).content.decode()
    stories[11].breaking_until = timezone.now() - timedelta(minutes=5)
    stories[11].save()
    assert front(client).breaking == []
    assert "Breaking" not in client.get(stories[11].get_absolute_url()).content.decode()


def test_a_section_lists_what_is_published_in_it(client, stories):
    harbours = make_section("Harbours", description="Ships and quays.")
    for article in (*stories[:7], make_article(status="draft", headline="Secret quay")):
        article.section = harbours
        article.save()
    page = client.get("/sections/harbours/").content.decode()
    assert "Ships and quays." in page
    assert [name for name in ("Story 0", "Story 6", "Story 7", "Secret quay") if name in page] == ["Story 0", "Story 6"]
    assert client.get("/sections/nowhere/").status_code == 404


def test_the_masthead_names_sections_that_have_something_to_read(client, stories):
    stories[0].section = make_section("Harbours")
    stories[0].save()
    make_section("Empty")
    masthead = client.get("/people/").content.decode().partition("</header>")[0]
    assert '<a href="/sections/harbours/">Harbours</a>' in masthead
    assert "Empty" not in masthead
    assert '<a href="/sections/harbours/" aria-current="page">' in client.get("/sections/harbours/").content.decode()


def test_a_section_without_stories_says_so(client):
    make_section("Empty")
    assert "Nothing has been published here yet." in client.get("/sections/empty/").content.decode()


def test_a_part_knows_its_neighbours_in_the_series(client, stories):
    make_series("The long crossing", *stories[:4])
    stories[1].status = "draft"
    stories[1].save()
    place = client.get(stories[2].get_absolute_url()).context["onward"].series
    assert (place.number, place.of, place.previous, place.next) == (2, 3, stories[0], stories[3])
    page = client.get(stories[0].get_absolute_url()).content.decode()
    assert 'Part 1 of 3 of <a href="/series/the-long-crossing/">The long crossing</a>' in page
    assert "Before this" not in page
    place = client.get(stories[3].get_absolute_url()).context["onward"].series
    assert (place.number, place.of, place.previous, place.next) == (3, 3, stories[2], None)


def test_a_series_lists_its_parts_in_order(client, stories):
    make_series("The long crossing", stories[3], stories[1], stories[2])
    page = client.get("/series/the-long-crossing/")
    assert list(page.context["parts"]) == [stories[3], stories[1], stories[2]]
    assert "Series in 3 parts" in page.content.decode()
    make_series("Nothing yet")
    assert "No part has been published yet." in client.get("/series/nothing-yet/").content.decode()


def test_what_editors_pick_stands_above_what_is_computed(client):
    article, tied = make_article(tags=("Ferries",)), make_article(tags=("Ferries",))
    picked = [make_article(), make_article(), make_article(status="draft")]
    for position, each in zip((2, 1, 3), picked, strict=True):
        RelatedArticle.objects.create(article=article, related=each, position=position)
    related = client.get(article.get_absolute_url()).context["onward"].related
    assert [each.article for each in related] == [picked[1], picked[0], tied]
    assert [each.reason for each in related] == [*["picked by the editors"] * 2, "both under “Ferries”"]


def test_what_editors_pick_is_not_named_twice(client):
    article, tied = make_article(tags=("Ferries",)), make_article(tags=("Ferries",))
    RelatedArticle.objects.create(article=article, related=tied)
    related = client.get(article.get_absolute_url()).context["onward"].related
    assert [(each.article, each.reason) for each in related] == [(tied, "picked by the editors")]
