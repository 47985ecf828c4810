"""The readers' pages as a browser shows them."""

from __future__ import annotations

import gzip
import json

import pytest

from articles.models import Article, Person, Quote
from articles.searching.index import rebuild
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

# What browsers run or fetch. A block of JSON-LD is data, which they do neither with.
PROGRAMS = 'script:not([type="application/ld+json"]), script[src], style, [style], iframe'
WORDS = " ".join(["The ferry from Cork crosses the bay twice a day and carries what the islands need."] * 12)


@pytest.fixture
def archive():
    """Two linked stories with everything a page can show, long names included."""
    person = make_person("Mira Voss", aliases=("Captain Voss",), description="Runs the harbour of Cobh.")
    nils = make_person("Nils Berg")
    board = make_organisation("Royal Harbour Board of the Southern Counties and Islands")
    cobh = make_location("Cobh", country="IE", latitude=51.85, longitude=-8.29)
    stories = [
        make_article(
            headline=headline,
            standfirst="Islanders wait for a ship that nobody has seen since Tuesday.",
            body="<p>“The tide does not wait for anyone, and neither do we,” said Mira Voss of the Royal Harbour Board"
            f" of the Southern Counties and Islands.</p><h2>What now</h2><p>{WORDS}</p><blockquote><p>Rain.</p>"
            f"</blockquote><p>“We wait for Cobh,” said Nils Berg.</p>"
            f"<table><tbody><tr><td>Cork</td><td>12</td></tr></tbody></table><p>{WORDS}</p>",
            tags=("Ferries", "Weather"),
            byline=("Ana Lopez", "Ben Marsh"),
            dateline_place="CORK",
            dateline_agency="Tidewire",
            end_notes=["Editing by Cem Aksoy"],
            publisher="Tidewire",
            address=f"https://example.org/{headline.split()[0].lower()}",
        )
        for headline in ("Ferry to Cobh is late again", "Storm closes the harbour of Cobh")
    ]
    for story in stories:
        for entity in (person, nils, board, cobh):
            make_appearance(story, entity, role="director of the Royal Harbour Board" if entity == person else "")
        make_role(story, person, "director of the Royal Harbour Board", organisation=board, location=cobh)
        make_quote(story, "“The tide does not wait for anyone, and neither do we,”", speaker=person).tags.add("Ferries")
        make_quote(story, "“We wait for Cobh,”", speaker=nils)
    namesake = make_person("Mira Voss", aliases=("Mira Voss",), description="Judges dogs.")
    make_appearance(stories[0], namesake)
    rebuild()
    return stories


def paths() -> list[str]:
    article, quote = Article.objects.latest("pk"), Quote.objects.latest("pk")
    one, other = Person.objects.filter(quote_count__gt=0)
    return [
        "/",
        "/articles/",
        article.get_absolute_url(),
        "/about-the-data/",
        "/archive/",
        "/archive/2031/",
        "/archive/2031/05/",
        "/archive/2031/05/02/",
        "/people/",
        "/people/a-z/V/",
        "/people/by/articles/",
        "/people/mira-voss/",
        "/people/mira-voss/?year=2031",
        "/organisations/",
        "/organisations/royal-harbour-board-of-the-southern-counties-and-islands/",
        "/places/",
        "/places/cobh/",
        "/quotes/",
        quote.get_absolute_url(),
        "/tags/",
        "/tags/ferries/",
        "/tags/ferries/who-said-what/",
        f"/tags/ferries/who-said-what/?speaker={one.pk}&and={other.pk}",
        "/people/mira-voss/with/nils-berg/",
        "/places/cobh/who-said-what/",
        "/search/",
        "/search/?q=tide",
        "/search/?q=tide&kind=quotations&source=Tidewire",
        "/search/?q=voss&kind=people",
        "/search/?q=submarine",
    ]


def test_pages_are_accessible(archive, page, open_page, axe):
    for path in paths():
        assert open_page(path).status == 200
        assert axe() == [], path


def test_lost_page_is_accessible(page, live_server, axe):
    assert page.goto(f"{live_server.url}/nowhere/").status == 404
    assert axe() == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_no_page_is_wider_than_the_screen(archive, page, open_page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in paths():
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_pages_bring_no_script_and_ask_nobody_else(archive, page, open_page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths():
        open_page(path)
        assert page.locator(PROGRAMS).count() == 0, path
        for said in page.locator('script[type="application/ld+json"]').all_text_contents():
            assert json.loads(said)["@context"] == "https://schema.org", path
    assert [address for address in asked if not address.startswith(live_server.url)] == []


def test_article_page_is_light(archive, page, open_page):
    bodies = []
    page.on("response", lambda response: bodies.append(response.body()))
    open_page(archive[0].get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert len(bodies) <= 3
    assert sum(len(gzip.compress(body)) for body in bodies) <= 30_000


def test_style_sheet_is_small(live_server, page):
    css = page.request.get(f"{live_server.url}/static/articles/site.css").body()
    assert len(gzip.compress(css)) <= 12_000


def test_skip_link_is_the_first_stop_and_leads_to_the_content(archive, page, open_page):
    open_page("/articles/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the content"
    assert focused.bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_reader_goes_from_a_name_to_what_they_said_and_back_to_the_place(archive, page, open_page):
    open_page(archive[0].get_absolute_url())
    page.locator(".text a.person").first.click()
    assert page.locator("h1").inner_text() == "Mira Voss"
    page.locator(".quotation blockquote a").first.click()
    page.locator(".context .facts a").click()
    marked = page.locator(".quote:target")
    assert marked.inner_text() == "“The tide does not wait for anyone, and neither do we,”"
    assert marked.evaluate("each => getComputedStyle(each).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_permalink_has_a_sign_that_is_no_part_of_the_text(archive, page, open_page):
    open_page(archive[0].get_absolute_url())
    permalink = page.locator(".permalink").first
    assert permalink.inner_text() == ""
    assert permalink.bounding_box()["width"] > 4
    permalink.click()
    assert page.locator(".large blockquote").inner_text().startswith("“The tide does not wait")


def test_search_from_any_page_marks_what_was_found(archive, page, open_page):
    open_page("/people/")
    page.get_by_role("searchbox").fill("tide")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=tide")
    assert {mark.lower() for mark in page.locator("mark").all_inner_texts()} == {"tide"}


def test_printed_story_leaves_the_navigation_out(archive, page, open_page):
    open_page(archive[0].get_absolute_url())
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator(".permalink").first.is_visible()
    assert page.locator(".text").is_visible()
