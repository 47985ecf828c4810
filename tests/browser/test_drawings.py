"""Drawings as a browser shows them: accessible, within the page, and with links that work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.editing.counts import rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = ["Mira Voss", "Jean-Baptiste Emmanuel Zorg de la Rivière", "محمد الفاتح عبد الرحمن", "Ife Balogun"]
ORGANISATIONS = ["Royal Harbour Board of the Southern Counties and Islands", "Port Union", "منظمة الصحة العالمية"]
PLACES = {"Cobh": (51.85, -8.29), "Youghal": (51.95, -7.85), "Cork": (51.9, -8.47), "Roscoff": (48.72, -3.98)}


@pytest.fixture
def story():
    words = ", ".join([*PEOPLE, *ORGANISATIONS, *PLACES])
    told = {"body": f"<p>“The Port Union sleeps,” said Mira Voss. {words}.</p>", "tags": ("Ferries",)}
    stories = [make_article(released=datetime(2031, month, 2, 9, tzinfo=UTC), **told) for month in (3, 5)]
    people = [make_person(name) for name in PEOPLE]
    organisations = [make_organisation(name) for name in ORGANISATIONS]
    places = [make_location(name, latitude=up, longitude=across) for name, (up, across) in PLACES.items()]
    for each in stories:
        for entity in (*people, *organisations, *places):
            make_appearance(each, entity)
        for number, person in enumerate(people):
            make_role(each, person, "director", organisation=organisations[number % 3])
        make_quote(each, "“The Port Union sleeps,”", speaker=people[0])
    rebuild()
    return stories[0]


def pages(story):
    return [story.get_absolute_url(), "/places/cobh/", "/people/mira-voss/", "/tags/ferries/", "/archive/2031/"]


def test_drawings_are_accessible(story, page, open_page, axe):
    drawn = []
    for path in pages(story):
        open_page(path)
        drawn += page.locator("main svg").evaluate_all("found => found.map(each => each.getAttribute('class'))")
        for summary in page.locator("main summary").all():
            summary.click()
        assert axe() == [], path
    assert drawn == ["map", "ties", "map", "sparkline", "sparkline", "year-strip"]


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_no_drawing_is_wider_than_the_screen(story, page, open_page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in pages(story):
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_lines_end_where_the_names_stand(story, page, open_page):
    open_page(story.get_absolute_url())
    lines = page.locator(".ties").bounding_box()
    names = [page.locator(".two-columns > ul").nth(number).bounding_box() for number in (0, 1)]
    assert [round(each["y"]) for each in names] == [round(lines["y"])] * 2
    assert [round(each["height"]) for each in names] == [round(lines["height"])] * 2


WORDS = """name => {
    const range = document.createRange();
    range.selectNodeContents(name);
    const {left, right} = range.getBoundingClientRect();
    return [left, right];
}"""


def test_each_name_stands_at_its_line_whatever_way_it_is_read(story, page, open_page):
    open_page(story.get_absolute_url())
    lines = page.locator(".ties").bounding_box()
    people, organisations = (page.locator(".two-columns > ul").nth(each).locator(".name").all() for each in (0, 1))
    assert all(0 <= lines["x"] - each.evaluate(WORDS)[1] < 30 for each in people)
    assert all(0 <= each.evaluate(WORDS)[0] - lines["x"] - lines["width"] < 30 for each in organisations)


def test_a_place_on_the_map_leads_to_its_page(story, page, open_page):
    open_page(story.get_absolute_url())
    page.locator(".map a", has_text="Roscoff").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/roscoff/")


def test_a_printed_story_has_its_drawings(story, page, open_page):
    page.emulate_media(media="print")
    open_page(story.get_absolute_url())
    assert page.locator(".map").is_visible()
    assert page.locator(".ties").is_visible()
