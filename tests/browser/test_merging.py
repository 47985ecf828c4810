"""Two records become one, and two again, in a real browser by keyboard and search box."""

import pytest
from playwright.sync_api import expect

from articles.models import Quote
from articles.searching.index import rebuild
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_record_is_searched_merged_and_unmerged(desk, page):
    mara, marah = make_person("Mara Finch"), make_person("Marah Finch")
    article = make_article(body="<p>“It sails,” said Marah Finch.</p>")
    make_appearance(article, marah), make_quote(article, "“It sails,”", speaker=marah)
    rebuild()
    desk(f"/admin/articles/person/{mara.pk}/change/")
    page.get_by_role("link", name="Merge with…").click()
    page.get_by_role("combobox").press("Enter")
    page.keyboard.type("marah")
    page.get_by_role("option", name="Marah Finch").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("“It sails,”")).to_be_visible()
    page.get_by_role("radio", name="Marah Finch").press("Space")
    page.get_by_role("button", name="Merge").press("Enter")
    expect(page.get_by_text("“Marah Finch” is part of “Mara Finch” now.")).to_be_visible()
    assert Quote.objects.get().speaker_id == mara.pk
    page.get_by_role("button", name="Unmerge").press("Enter")
    expect(page.get_by_text("Taken back: ")).to_be_visible()
    assert Quote.objects.get().speaker_id == marah.pk


def test_a_record_is_split_by_keyboard_and_the_message_leads_back(desk, page):
    mara = make_person("Mara Finch")
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>")
    make_appearance(article, mara), make_quote(article, "“It sails,”", speaker=mara)
    desk(f"/admin/articles/entity/{mara.pk}/split/")
    page.get_by_label("A new record named").fill("Mara J. Finch")
    page.get_by_role("checkbox", name="“It sails,”").press("Space")
    page.get_by_role("button", name="Split").press("Enter")
    expect(page.get_by_text("What you ticked belongs to “Mara J. Finch” now.")).to_be_visible()
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.get_by_text("Taken back: ")).to_be_visible()
    assert Quote.objects.get().speaker_id == mara.pk
