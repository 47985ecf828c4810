"""From draft to withdrawal in a real browser: by keyboard, without JavaScript, on a phone, in light and dark."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.editing.previews import make_link
from articles.models import Article, Correction, DeskNote, ErrorReport, PreviewLink
from tests.browser.conftest import session_of
from tests.factories import make_appearance, make_article, make_person, make_quote

expect.set_options(timeout=30_000)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def published(db):
    article = make_article(
        headline="Ferry to Cobh sails again",
        body="<p>“It sails,” said Mara Finch.</p><p>All is well.</p>",
        released=timezone.now() - timedelta(days=1),
    )
    mara = make_person("Mara Finch")
    make_appearance(article, mara)
    quote = make_quote(article, "“It sails,”", speaker=mara)
    correction = Correction.objects.create(
        article=article,
        note="It sails on Monday, not on Friday.",
        before={"headline": "Ferry to Cobh sails on Friday"},
        after={"headline": "Ferry to Cobh sails again"},
    )
    correction.quotes.add(quote)
    correction.entities.add(mara)
    ErrorReport.objects.create(article=article, message="It was Monday.", passage="on Friday", email="ife@example.org")
    return article


@pytest.fixture
def draft(db):
    article = make_article(status="draft", headline="Board to vote on night ferries", body="<p>It votes on Friday.</p>")
    DeskNote.objects.create(article=article, text="Ask the union first.")
    return article


@pytest.fixture
def plain_desk(browser, live_server, admin_user):
    """The desk in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([session_of(admin_user, live_server.url)])
    tab = context.new_page()
    tab.goto(f"{live_server.url}/admin/")
    yield tab
    context.close()


def form_of(article):
    return f"/admin/articles/article/{article.pk}/change/"


def test_an_article_is_scheduled_noted_and_moved_without_javascript(plain_desk, live_server, draft):
    tab = plain_desk
    tab.goto(f"{live_server.url}{form_of(draft)}")
    tab.get_by_role("button", name="Send to review").click()
    expect(tab.get_by_text("1 article was sent to review.")).to_be_visible()
    tab.goto(f"{live_server.url}{form_of(draft)}")
    tab.get_by_label("Publish at: date").fill("2131-07-01")
    tab.get_by_label("Publish at: time").fill("09:30")
    tab.get_by_role("button", name="Schedule", exact=True).click()
    expect(tab.get_by_text("1 article is scheduled.")).to_be_visible()
    tab.goto(f"{live_server.url}{form_of(draft)}")
    expect(tab.get_by_text("It is published by itself on 1 July 2131, 09:30 UTC.")).to_be_visible()
    tab.get_by_label("New note, for colleagues alone").fill("The union agrees.")
    tab.get_by_role("button", name="Add the note").click()
    expect(tab.get_by_text("The note was added.")).to_be_visible()
    tab.get_by_role("button", name=re.compile("^Resolve ?: Ask the union first.")).click()
    expect(tab.get_by_text("The note is resolved.")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.status, draft.scheduled_for.isoformat()) == ("scheduled", "2131-07-01T09:30:00+00:00")


def test_an_article_is_corrected_and_withdrawn_without_javascript(plain_desk, live_server, published):
    tab = plain_desk
    tab.goto(f"{live_server.url}{form_of(published)}")
    tab.get_by_label("Note to readers").fill("The pilot is Mara Finch.")
    tab.get_by_label("It was Monday.").check()
    tab.get_by_role("button", name="Save with a correction").click()
    expect(tab.get_by_text("Readers are told: Correction: The pilot is Mara Finch.")).to_be_visible()
    assert not ErrorReport.objects.open().exists()
    tab.goto(f"{live_server.url}{form_of(published)}")
    tab.get_by_role("button", name="Withdraw…").click()
    expect(tab.get_by_text("1 quotation and its page")).to_be_visible()
    tab.get_by_label("Note to readers").fill("It was not true.")
    tab.get_by_role("button", name="Withdraw", exact=True).click()
    expect(tab.get_by_text("is withdrawn; its page says so.")).to_be_visible()
    assert not Article.objects.published().exists()
    assert tab.goto(f"{live_server.url}{published.get_absolute_url()}").status == 410
    expect(tab.get_by_text("It was not true.")).to_be_visible()


def test_a_check_leads_by_keyboard_to_the_field_that_mends_it(desk, page, draft):
    desk(form_of(draft))
    page.get_by_role("link", name="It has no standfirst.").press("Enter")
    page.keyboard.press("Tab")
    assert page.url.endswith("#id_standfirst")
    assert page.evaluate("document.querySelector('#id_standfirst').getBoundingClientRect().top") < 900


def test_a_preview_link_is_made_copied_and_revoked(desk, page, browser, draft):
    desk(form_of(draft))
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("Ends after").select_option("three days")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Copy it now").input_value()
    reader = browser.new_context().new_page()
    assert reader.goto(address).status == 200
    expect(reader.get_by_role("heading", name="Board to vote on night ferries")).to_be_visible()
    expect(reader.get_by_text("Preview, not published.")).to_be_visible()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The link is revoked.")).to_be_visible()
    assert reader.goto(address).status == 404
    reader.context.close()


def test_a_reader_reports_an_error_by_keyboard_and_meets_no_trap(open_page, page, published):
    open_page(published.get_absolute_url())
    page.get_by_role("link", name="Report an error in this article").press("Enter")
    page.get_by_label("What is wrong?").focus()
    for typed in "It was a boat.", "sails", "Ife Balogun", "ife@example.org":
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your report has reached the editors.")).to_be_visible()
    report = ErrorReport.objects.get(message="It was a boat.")
    assert (report.passage, report.name, report.email) == ("sails", "Ife Balogun", "ife@example.org")


def screens(published, draft):
    correction, report = Correction.objects.get(), ErrorReport.objects.get()
    return [
        form_of(published),
        form_of(draft),
        "/admin/articles/article/",
        f"/admin/articles/article/{published.pk}/withdraw/",
        f"/admin/articles/article/{draft.pk}/links/",
        "/admin/articles/correction/",
        f"/admin/articles/correction/{correction.pk}/change/",
        "/admin/articles/errorreport/",
        f"/admin/articles/errorreport/{report.pk}/change/",
    ]


def test_the_screens_of_the_desk_are_accessible(desk, page, axe, complaints, admin_user, published, draft):
    make_link(draft, lifetime=timedelta(days=1), user=admin_user)
    for path in screens(published, draft):
        desk(path)
        page.wait_for_load_state("networkidle")
        assert axe() == [], path
        complaints.clear()  # of the style that axe itself tried to set
    desk(f"/admin/articles/article/{draft.pk}/links/")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Copy it now")).to_be_visible()
    assert axe() == []
    assert PreviewLink.objects.count() == 2
    complaints.clear()


def pages(published):
    return [published.get_absolute_url(), "/corrections/", f"{published.get_absolute_url()}report/"]


def test_the_pages_of_readers_are_accessible(open_page, page, axe, live_server, published, draft, admin_user):
    secret = make_link(draft, lifetime=timedelta(days=1), user=admin_user)
    withdrawn = make_article(status="withdrawn", withdrawal_note="It was not true.")
    for path in [*pages(published), f"/preview/{secret}/"]:
        open_page(path)
        assert axe() == [], path
    open_page(f"{published.get_absolute_url()}report/")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    assert axe() == []
    assert page.goto(f"{live_server.url}{withdrawn.get_absolute_url()}").status == 410
    assert axe() == []


@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_page_of_readers_is_wider_than_the_screen(open_page, page, published, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in pages(published):
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
