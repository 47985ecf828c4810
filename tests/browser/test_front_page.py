"""The front page as it is arranged and as it is read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, FrontPagePlace, RelatedArticle
from articles.searching.index import rebuild
from tests.browser.conftest import session_of
from tests.factories import make_article, make_section, make_series

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARRANGING = "/admin/articles/frontpageplace/"
READING = ["/", "/sections/harbours/", "/series/the-long-crossing/", "/articles/story-4/"]


@pytest.fixture
def stories():
    """Twelve stories of a section; two are a series, one is breaking news, three are on the front page."""
    harbours = make_section("Harbours", description="Ships, quays and those who work there.")
    soon = timezone.now() + timedelta(hours=1)
    written = [
        make_article(
            headline=f"Story {number}",
            slug=f"story-{number}",
            section=harbours,
            standfirst="Islanders wait for a ship that nobody has seen since Tuesday.",
            breaking_until=soon if number in (4, 11) else None,
            tags=("Ferries",),
        )
        for number in range(12)
    ]
    make_series("The long crossing", written[4], written[5])
    for position, number in enumerate((3, 1, 2), start=1):
        FrontPagePlace.objects.create(article=written[number], position=position)
    RelatedArticle.objects.create(article=written[4], related=written[7])
    rebuild()
    return written


def button(verb, headline):
    """The name of a button, of which the eye sees the verb alone."""
    return re.compile(f"^{verb} ?: {headline}$")


def order():
    return list(Article.objects.on_front_page().values_list("headline", flat=True))


@pytest.mark.parametrize("path", READING)
def test_pages_of_the_front_are_accessible(stories, page, open_page, axe, path):
    open_page(path)
    assert axe() == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_pages_of_the_front_are_as_wide_as_the_screen(stories, page, open_page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in READING:
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_reader_goes_from_the_masthead_through_a_series(stories, page, open_page):
    open_page("/")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Harbours").click()
    page.get_by_role("link", name="Story 4", exact=True).click()
    page.get_by_role("navigation", name="Part 1 of 2").get_by_role("link", name="Story 5").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Story 5")
    page.get_by_role("link", name="The long crossing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The long crossing")


def test_the_front_page_is_arranged_by_keyboard(stories, page, desk):
    desk(ARRANGING)
    page.get_by_role("button", name=button("Up", "Story 2")).press("Enter")
    expect(page.get_by_role("button", name=button("Up", "Story 2"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=button("Down", "Story 2"))).to_be_focused()
    assert order() == ["Story 2", "Story 3", "Story 1"]
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("Undone: “Story 2”.")).to_be_visible()
    assert order() == ["Story 3", "Story 2", "Story 1"]


def test_a_story_is_looked_up_and_made_the_lead(stories, page, desk):
    desk(ARRANGING)
    page.get_by_role("combobox", name="Put on the front page").press("Enter")
    page.keyboard.type("Story 9")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Story 9")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add as the lead").press("Enter")
    expect(page.get_by_text("“Story 9” is in place 1 now.")).to_be_visible()
    assert order()[0] == "Story 9"


def test_related_articles_are_chosen_by_keyboard(stories, page, desk):
    article = stories[0]
    desk(f"/admin/articles/article/{article.pk}/change/")
    for name in ("Story 8", "Story 6"):
        page.get_by_role("searchbox", name="Related articles").focus()
        page.keyboard.type(name)
        expect(page.locator(".select2-results__option--highlighted")).to_contain_text(name)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert list(Article.objects.picked_for(article)) == [stories[8], stories[6]]


def test_the_front_page_is_arranged_without_javascript(stories, browser, live_server, admin_user):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    context.add_cookies([session_of(admin_user, live_server.url)])
    page.goto(f"{live_server.url}{ARRANGING}")
    page.get_by_role("button", name=button("Make the lead", "Story 2")).click()
    page.get_by_label("Address or number of an article").fill(f"{live_server.url}/articles/story-9/")
    page.get_by_role("button", name="Add last").click()
    page.get_by_role("button", name=button("Add", "Story 11")).click()
    page.get_by_role("button", name=button("Take off", "Story 1")).click()
    assert order() == ["Story 2", "Story 3", "Story 9", "Story 11"]
    context.close()


@pytest.mark.parametrize("path", [ARRANGING, "/admin/articles/series/{series}/change/", "/admin/articles/section/"])
def test_the_screens_of_filing_are_accessible(stories, page, desk, axe, complaints, path):
    desk(path.format(series=stories[4].series_id))
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert axe() == []
    complaints.clear()  # axe itself tries to add styles
