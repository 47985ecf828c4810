"""Two editors, two browsers, one article; a browser that dies; and all of it without JavaScript."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.editing.revise import save_edit
from articles.models import Article, Draft, Presence
from tests.browser.conftest import AXE, RULES, session_of
from tests.factories import make_article

expect.set_options(timeout=30_000)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "<p>The ferry sails.</p><p>It rained on Friday.</p><p>Boats land at the quay.</p>"


@pytest.fixture
def enter(browser, live_server):
    """A function that gives a signed-in tab of its own to an editor: `enter("ana", java_script_enabled=False)`."""
    contexts = []

    def sign_in(name, first_name="", last_name="", **options):
        user, _ = User.objects.get_or_create(
            username=name,
            defaults={"first_name": first_name, "last_name": last_name, "is_staff": True, "is_superuser": True},
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options)
        context.add_cookies([session_of(user, live_server.url)])
        contexts.append(context)
        return context.new_page()

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def article(db):
    return make_article(headline="Ferry back", body=BODY, standfirst="At last.", tags=("Ferries",))


@pytest.fixture
def change_url(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{found['id']}: {node['html'][:200]}" for found in result["violations"] for node in found["nodes"]]


def until(is_so, page):
    """Wait up to half a minute for something that happens on the server."""
    for _ in range(300):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never came about")


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def test_two_editors_see_each_other_and_keep_both_paragraphs(enter, change_url, article):
    ana, ida = enter("ana", "Ana", "Lopez"), enter("ida", "Ida", "Moe")
    ida.goto(change_url)
    ana.goto(change_url)
    expect(ana.locator("#others")).to_contain_text("Ida Moe has this article open since")
    for page, words in ((ana, "It stormed."), (ida, "It snowed.")):
        paragraph = page.get_by_role("textbox", name="Body").get_by_text(re.compile("It rained"))
        paragraph.click(click_count=3)
        page.keyboard.type(words)
    save(ana)
    expect(ana.get_by_text("was changed successfully")).to_be_visible()
    save(ida)
    expect(ida.get_by_text("Ana Lopez saved this article at")).to_be_visible()
    assert violations(ida) == []
    expect(ida.get_by_label("Keep both")).to_be_checked()
    ida.get_by_role("button", name="Save").click()
    expect(ida.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert article.text == "The ferry sails.\nIt stormed.\nIt snowed.\nBoats land at the quay."
    assert not Draft.objects.exists()


def test_a_newer_version_is_told_to_whoever_types(enter, change_url, article, admin_user):
    page = enter("ida")
    page.goto(change_url)
    article.headline = "Ferry is back"
    save_edit(article, changed=["headline"], user=admin_user)
    page.get_by_label("Standfirst").fill("Soon.")
    expect(page.locator("#newer")).to_contain_text("admin saved a newer version at")
    save(page)
    expect(page.get_by_text("admin changed meanwhile, and it stays: Headline.")).to_be_visible()
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Ferry is back", "Soon.")


def test_what_was_typed_survives_a_browser_that_dies(enter, change_url, article):
    page = enter("ida")
    page.goto(change_url)
    page.get_by_label("Headline").fill("Ferry home")
    page.get_by_role("textbox", name="Body").get_by_text("The ferry sails.").click()
    page.keyboard.press("End")
    page.keyboard.type(" At noon.")
    until(lambda: "At noon." in str(Draft.objects.values_list("fields", flat=True).first()), page)
    expect(page.locator("#draft-status")).to_contain_text(re.compile(r"Draft saved \d\d:\d\d:\d\d"))
    page.context.close()
    page = enter("ida")
    page.goto(change_url)
    expect(page.get_by_text("that was not saved")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("What it changes").click()
    expect(page.locator("ins", has_text="At noon")).to_be_visible()
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Headline")).to_have_value("Ferry home")
    expect(page.get_by_role("textbox", name="Body")).to_contain_text("The ferry sails. At noon.")
    save(page)
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert article.text.startswith("The ferry sails. At noon.\n")
    assert not Draft.objects.exists()


def test_leaving_the_page_keeps_what_was_typed_at_once(enter, change_url, live_server, article):
    page = enter("ida")
    page.goto(change_url)
    page.get_by_label("Headline").fill("Ferry home")
    page.goto(f"{live_server.url}/admin/")
    page.goto(change_url)
    page.reload()
    expect(page.get_by_text("that was not saved").first).to_be_visible()
    assert Draft.objects.get().fields["headline"] == ["Ferry home"]


def test_a_lost_connection_is_said_and_tried_again(enter, change_url):
    page = enter("ida")
    page.goto(change_url)
    page.context.set_offline(True)
    page.get_by_label("Headline").fill("Ferry home")
    expect(page.get_by_role("alert")).to_have_text("Not saved: no connection. It is tried again.")
    page.context.set_offline(False)
    expect(page.locator("#draft-status")).to_contain_text("Draft saved")
    expect(page.locator("#draft-failed")).to_be_hidden()


def test_whoever_goes_is_no_longer_said_to_be_there(enter, change_url, live_server):
    page = enter("ida")
    page.goto(change_url)
    assert Presence.objects.count() == 1
    page.goto(f"{live_server.url}/admin/")
    until(lambda: not Presence.objects.exists(), page)


def test_a_new_article_is_offered_again(enter, live_server):
    page = enter("ida")
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Ferry home")
    expect(page.locator("#draft-status")).to_contain_text("Draft saved")
    page.context.close()
    page = enter("ida")
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("The draft is discarded.")).to_be_visible()
    assert not Draft.objects.exists()


def test_without_javascript_two_versions_come_together(enter, change_url, article, admin_user):
    page = enter("ida", java_script_enabled=False)
    page.goto(change_url)
    article.headline = "Ferry is back"
    save_edit(article, changed=["headline"], user=admin_user)
    page.locator("textarea[name=headline]").fill("Ferry home")
    save(page)
    page.get_by_label("Keep mine").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert article.headline == "Ferry home"


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with JavaScript", "without"])
def test_an_editor_compares_versions_and_goes_back(
    enter, article, admin_user, live_server, colour_scheme, java_script_enabled
):
    article.headline, article.body = "Ferry is back", BODY.replace("Friday", "Monday")
    save_edit(article, changed=["headline", "body"], user=admin_user)
    page = enter("ida", color_scheme=colour_scheme, java_script_enabled=java_script_enabled)

    def check():
        if java_script_enabled:
            assert violations(page) == []

    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/history/")
    check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("ins", has_text="Monday")).to_be_visible()
    check()
    page.get_by_role("link", name="Go back to this").click()
    expect(page.locator("del", has_text="Monday")).to_be_visible()
    check()
    page.get_by_role("button", name="Go back to version 1").click()
    expect(page.get_by_text("The article is as it was in version 1.")).to_be_visible()
    assert Article.objects.get().body == BODY
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("The article is as it was in version 2.")).to_be_visible()
    assert Article.objects.get().headline == "Ferry is back"
