"""The editors' desk in a real browser: typing, keyboards, and a content security policy that nothing breaks."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, Quote, State
from articles.searching.index import rebuild
from tests.factories import make_appearance, make_article, make_person, make_proposed_tag, make_quote, make_tag

# The first import of a process reads its word lists and gazetteers, which takes seconds on a busy machine.
expect.set_options(timeout=30_000)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose_tag(page, typed, offered):
    """Type into the tags box and take the first thing offered, with the keyboard alone."""
    page.get_by_role("searchbox", name="Tags").focus()
    page.keyboard.type(typed)
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(offered)
    page.keyboard.press("Enter")


def test_an_article_is_typed_tagged_and_published(desk, page):
    make_tag("Ferries")
    desk("/admin/articles/article/")
    page.get_by_role("link", name="Add article").click()
    page.get_by_label("Headline").fill("Ferry to sail again")
    page.get_by_label("Name as printed").first.fill("Ife Balogun")
    body = page.get_by_role("textbox", name="Body")
    body.focus()
    page.keyboard.type("“It sails,” said Mara Finch.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="heading 3").click()
    page.keyboard.type("A long wait")
    page.keyboard.press("Enter")
    page.keyboard.type("It was ")
    page.keyboard.press("Control+b")
    page.keyboard.type("far")
    page.keyboard.press("Control+b")
    page.keyboard.type(" too long.")
    choose_tag(page, "ferr", "Ferries")
    choose_tag(page, "Harbours", "Harbours (new)")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("1 article was published.")).to_be_visible()
    expect(page.get_by_role("link", name="Ferry to sail again").first).to_be_visible()
    article = Article.objects.get()
    assert article.body == (
        "<p>“It sails,” said Mara Finch.</p><h3>A long wait</h3><p>It was <strong>far</strong> too long.</p>"
    )
    assert sorted(tag.name for tag in article.tags.all()) == ["Ferries", "Harbours"]
    assert article.is_published
    assert article.bylines.get().name == "Ife Balogun"


def test_the_editor_keeps_every_element_that_a_body_may_have(desk, page):
    body = (
        '<h2>Ships</h2><p>One <em>two</em> <a href="https://example.com" rel="noopener noreferrer">three</a><br>four'
        " H<sub>2</sub>O m<sup>3</sup></p><blockquote><p>Words</p></blockquote>"
        "<ul><li><p>a</p></li><li><p>b</p></li></ul>"
        "<ol><li><p>c</p></li></ol><pre>tide  table</pre><hr><table><tbody><tr><th>Port</th><th>Day</th></tr>"
        "<tr><td>Szeged</td><td>Friday</td></tr></tbody></table><figure><figcaption>A ferry</figcaption></figure>"
        "<p>End</p>"
    )
    article = make_article(body=body)
    desk(f"/admin/articles/article/{article.pk}/change/")
    editor = page.get_by_role("textbox", name="Body")
    editor.get_by_text("End", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    text = article.text
    article.refresh_from_db()
    assert article.text == f"{text}!"
    assert re.findall(r"<\w+", article.body) == re.findall(r"<\w+", body)


def test_pasting_styled_text_brings_no_styles(desk, page):
    desk("/admin/articles/article/add/")
    page.get_by_role("textbox", name="Body").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer()
            data.setData("text/html", "<style>p {color: red}</style>" +
                '<p style="color:red" onclick="x()">Red <b style="font-size:9em">tide</b></p>')
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            document.querySelector(".ProseMirror[role=textbox]").dispatchEvent(paste)
        }"""
    )
    expect(page.get_by_role("textbox", name="Body")).to_contain_text("Red tide")
    assert page.locator("textarea[name=body]").input_value() == "<p>Red <strong>tide</strong></p>"


def test_a_tag_is_taken_away_by_keyboard(desk, page):
    article = make_article(tags=("Ferries", "Ports"))
    desk(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("searchbox", name="Tags").focus()
    page.keyboard.press("Backspace")
    expect(page.locator(".select2-results__option").last).to_contain_text("orts")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert article.tags.count() == 1


def test_suggested_tags_are_decided_about_by_keyboard(desk, page):
    article = make_article()
    make_proposed_tag(article, "Ferries", evidence="“ferries” in the text")
    make_proposed_tag(article, "Top stories", evidence="keyword of the document")
    desk(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Name as printed").first.fill("Ife Balogun")
    tags = page.get_by_role("region", name="Suggested tags")
    tags.get_by_role("button", name=re.compile("Accept ?: Ferries")).press("Enter")
    expect(page.get_by_text("1 tag is accepted now.")).to_be_visible()
    expect(tags).to_be_in_viewport()
    expect(page.get_by_label("Name as printed").first).to_have_value("Ife Balogun")
    tags.get_by_role("button", name=re.compile("Reject ?: Top stories")).press("Space")
    expect(page.get_by_text("1 tag is rejected now.")).to_be_visible()
    assert [tag.name for tag in article.tags.all()] == ["Ferries"]


def test_a_quotation_gets_another_speaker(desk, page):
    quote = make_quote(make_article(body="<p>“It sails,” she said.</p>"), "“It sails,”", state=State.SUGGESTED)
    mara = make_person("Mara Finch")
    rebuild()
    desk(f"/admin/articles/quote/{quote.pk}/change/")
    page.locator(".field-speaker [role=combobox]").press("Enter")
    page.keyboard.type("finch")
    page.get_by_role("option", name="Mara Finch · person").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    quote.refresh_from_db()
    assert (quote.speaker_id, quote.state) == (mara.pk, State.CHANGED)


def test_articles_are_published_from_the_list(desk, page):
    make_article(headline="Ferry sails", status="draft")
    desk("/admin/articles/article/")
    page.get_by_role("row", name="Ferry sails").get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Publish")
    page.locator("button[name=index]").click()
    expect(page.get_by_text("1 article was published.")).to_be_visible()


STORY = """Ferry to sail again

By Ife Balogun

SZEGED (Coast News) – “It sails,” said Mara Finch, the harbour master, on Friday.

The ferry had been out of service for six weeks after a fire in the engine room.
"""


def test_a_story_is_pasted_previewed_and_imported(desk, page):
    desk("/admin/articles/article/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Or paste a story").fill(STORY)
    page.get_by_role("button", name="Preview first").click()
    report = page.locator("#report")
    expect(report).to_contain_text("Preview: nothing was saved")
    expect(report.get_by_role("heading", name="Ferry to sail again")).to_be_visible()
    assert not Article.objects.exists()
    assert page.get_by_label("Or paste a story").input_value() == STORY
    page.get_by_role("button", name="Import", exact=True).click()
    expect(report).to_contain_text("What was imported")
    expect(report).to_contain_text("“It sails,”")
    report.get_by_role("link", name="Ferry to sail again").click()
    expect(page.locator("#quotations")).to_contain_text("“It sails,”")
    assert Quote.objects.count() == 1


def test_files_stay_chosen_after_a_preview(desk, page, tmp_path):
    (tmp_path / "ferry.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    desk("/admin/articles/article/import/")
    page.get_by_label("Files").set_input_files([tmp_path / "ferry.txt", tmp_path / "empty.txt"])
    page.get_by_role("button", name="Preview first").click()
    expect(page.locator("#report .report")).to_have_count(2)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#report .state", has_text="1 created")).to_be_visible()
    expect(page.locator("#report .state", has_text="1 failed")).to_be_visible()
    assert Article.objects.count() == 1


def test_an_empty_import_says_what_is_missing(desk, page):
    desk("/admin/articles/article/import/")
    page.get_by_role("button", name="Preview first").click()
    expect(page.get_by_text("Choose a file or paste a story.")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/articles/article/import/",
        "/admin/articles/article/{article}/change/",
        "/admin/articles/quote/{quote}/change/",
    ],
    ids=["index", "import", "article", "quotation"],
)
def test_our_screens_have_no_serious_fault_of_access(desk, page, axe, complaints, path):
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>", tags=("Ferries",))
    mara = make_person("Mara Finch")
    make_appearance(article, mara, evidence="named in full")
    for state in State.SUGGESTED, State.REJECTED, State.SUGGESTED:
        make_proposed_tag(article, f"Boats {article.proposed_tags.count()}", state=state, evidence="“boats”")
    quotes = [make_quote(article, "“It sails,”", speaker=mara, state=state) for state in State.values]
    desk(path.format(article=article.pk, quote=quotes[0].pk))
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert axe() == []
    complaints.clear()  # axe itself tries to add styles


def test_tags_become_one_and_two_again_by_keyboard(desk, page):
    covid = make_tag("COVID-19")
    article = make_article(tags=("Coronavirus",))
    desk(f"/admin/articles/tag/{covid.pk}/change/")
    page.get_by_role("link", name="Merge…").press("Enter")
    page.get_by_role("combobox", name="Another tag to merge").press("Enter")
    page.keyboard.type("corona")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Coronavirus")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add to the list").press("Enter")
    expect(page.get_by_role("radio", name="Coronavirus")).to_be_checked()
    page.get_by_role("radio", name="COVID-19").press("Space")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect(page.get_by_text("“Coronavirus” is part of “COVID-19” now.")).to_be_visible()
    assert [tag.name for tag in article.tags.all()] == ["COVID-19"]
    page.get_by_role("button", name="Undo the merge").press("Enter")
    expect(page.get_by_text("“Coronavirus” is a tag of its own again")).to_be_visible()
    assert [tag.name for tag in article.tags.all()] == ["Coronavirus"]


def test_the_page_of_a_merge_is_accessible(desk, page, complaints, axe):
    tags = [make_tag("COVID-19"), make_tag("Coronavirus")]
    desk(f"/admin/articles/tag/merge/?tags={tags[0].pk}&tags={tags[1].pk}")
    assert complaints == []
    assert axe() == []
    complaints.clear()  # of the style that axe itself tried to set
