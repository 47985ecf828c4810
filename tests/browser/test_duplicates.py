"""The queue of likely duplicates in a real browser: keys, a way back, light and dark."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.editing.duplicates import suggest_duplicates
from articles.models import DuplicatePair
from tests.browser.conftest import session_of
from tests.factories import make_appearance, make_article, make_organisation, make_person, make_quote, make_role

expect.set_options(timeout=30_000)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = reverse("admin:duplicates")


@pytest.fixture
def desk(open_page, page, complaints, admin_user, live_server):
    board = make_organisation("Lagos Water Board")
    people = [make_person(name) for name in ("Ngozi Okafor", "N. Okafor", "Bill Hartley", "William Hartley")]
    for person in people[:2]:
        body = f"<p>“Every valve was checked on Tuesday,” said {person.name}, director.</p>"
        article = make_article(headline="Water board mends its pipes", body=body)
        make_appearance(article, person), make_role(article, person, "director", organisation=board)
        make_quote(article, "“Every valve was checked on Tuesday,”", speaker=person)
    suggest_duplicates(person.pk for person in people)
    page.context.add_cookies([session_of(admin_user, live_server.url)])
    yield open_page
    assert complaints == []


def states():
    return {str(pair): pair.state for pair in DuplicatePair.objects.all()}


def test_the_screen_meets_wcag_2_2_aa(desk, page, axe):
    desk(QUEUE)
    expect(page.get_by_text("both hold a role at Lagos Water Board")).to_be_visible()
    if folder := os.environ.get("NEWSROOM_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/duplicates.png", full_page=True)
    assert axe() == []


def test_the_queue_is_worked_by_keys_alone(desk, page):
    desk(QUEUE)
    expect(page.get_by_text("2 pairs wait")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_text("You will not be asked again.")).to_be_visible()
    page.keyboard.press("h")
    expect(page.get_by_text("come back at the end")).to_be_visible()
    assert sorted(states().values()) == ["different", "unsure"]
    page.keyboard.press("z")
    expect(page.get_by_text("You are asked again.")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("You are asked again.")).to_be_visible()
    expect(page.get_by_text("2 pairs wait")).to_be_visible()
    assert set(states().values()) == {"suggested"}


def test_keys_of_one_letter_can_be_turned_off(desk, page):
    desk(QUEUE)
    page.get_by_label("Keys of one letter").uncheck()
    page.reload()
    expect(page.get_by_label("Keys of one letter")).not_to_be_checked()
    page.keyboard.press("n")
    page.get_by_role("button", name="Unsure").click()
    expect(page.get_by_text("come back at the end")).to_be_visible()
    assert "different" not in states().values()


def test_the_same_leads_to_where_records_are_merged(desk, page):
    desk(QUEUE)
    page.keyboard.press("y")
    expect(page.get_by_text("are the same. Merge them here.")).to_be_visible()
    assert reverse("admin:merge") in page.url
