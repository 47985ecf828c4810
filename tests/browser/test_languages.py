"""A story written from right to left, as a browser lays it out."""

from __future__ import annotations

import pytest

from tests.factories import make_article
from tests.stories_in_arabic import make_arabic_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def middle(bounds):
    return bounds["x"] + bounds["width"] / 2


def test_an_arabic_story_begins_at_the_right_on_an_english_page(page, open_page):
    story = make_arabic_story()
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(story.get_absolute_url())
    text = box(page, ".text")
    link = box(page, ".text a.name")
    # The first line begins with the dateline at the right edge; the first bullet hangs there, too.
    assert middle(box(page, ".dateline")) > middle(text) + 100
    assert middle(link) > text["x"]
    assert box(page, ".byline > span")["x"] > box(page, ".byline time")["x"]
    # The page around it is English: the panels stand at the right, the breadcrumbs at the left.
    assert box(page, "aside")["x"] > text["x"]
    assert box(page, ".breadcrumbs li")["x"] < box(page, ".breadcrumbs li:last-child")["x"]


def test_dates_and_names_keep_their_own_order_in_a_story_of_the_other_direction(page, open_page):
    story = make_arabic_story()
    open_page(story.get_absolute_url())
    ways = page.evaluate(
        "['.byline > span', '.facts > *, .facts', 'a.name'].map(each =>"
        " getComputedStyle(document.querySelector(each)).unicodeBidi)"
    )
    assert ways[0] == ways[2] == "plaintext"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") == "normal"


def test_an_english_quotation_stands_the_english_way_in_an_arabic_story(page, open_page):
    open_page(make_arabic_story().get_absolute_url())
    assert page.evaluate("getComputedStyle(document.querySelector('.quote[lang=en]')).direction") == "ltr"


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("language", ["en-gb", "ar"])
def test_no_page_is_wider_than_the_screen_in_either_direction(page, open_page, settings, width, language):
    settings.LANGUAGE_CODE = language
    story = make_arabic_story()
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", story.get_absolute_url(), "/quotes/", story.quotes.first().get_absolute_url(), "/people/"):
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_an_arabic_newsroom_has_its_pages_mirrored(page, open_page, settings):
    settings.LANGUAGE_CODE = "ar"
    story = make_arabic_story()
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(story.get_absolute_url())
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    assert box(page, "aside")["x"] < box(page, ".text")["x"]
    assert box(page, ".masthead .search")["x"] < box(page, ".masthead .name a")["x"]
    assert box(page, ".breadcrumbs li")["x"] > box(page, ".breadcrumbs li:last-child")["x"]
    assert box(page, ".masthead nav li")["x"] > box(page, ".masthead nav li:last-child")["x"]


@pytest.mark.parametrize(("language", "arrows"), [("en-gb", "← →"), ("ar", "→ ←")])
def test_arrows_lead_the_way_that_pages_are_turned(page, open_page, settings, language, arrows):
    settings.LANGUAGE_CODE = language
    for number in range(61):
        make_article(headline=f"Bridge {number}")
    open_page("/articles/")
    page.locator(".pagination [rel=next]").click()
    page.locator(".pagination [rel=prev]").wait_for()
    said = page.evaluate(
        "[['[rel=prev]', '::before'], ['[rel=next]', '::after']].map(([link, part]) =>"
        " getComputedStyle(document.querySelector('.pagination ' + link), part).content)"
    )
    assert [each.split("/")[0].strip(' "') for each in said] == arrows.split()


@pytest.mark.parametrize("language", ["en-gb", "ar"])
def test_arabic_pages_are_accessible(page, open_page, axe, settings, language):
    settings.LANGUAGE_CODE = language
    story = make_arabic_story()
    for path in (story.get_absolute_url(), story.quotes.first().get_absolute_url()):
        open_page(path)
        assert axe() == [], path
