"""The review screen as an editor works on it all day: keys, marks, undo, colleagues, a lost connection."""

import re

import pytest
from playwright.sync_api import expect

from articles.editing.decide import decide
from articles.editing.presence import arrive
from articles.editing.revise import save_edit
from articles.models import Appearance, Decision, Presence, Quote, Role, State
from articles.searching.index import rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
)

expect.set_options(timeout=30_000)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The first line holds characters of two UTF-16 units: places count code points.
BODY = (
    "<p>🚢🚢 Mara Finch, the harbour master, met Coast Lines in Szeged.</p>"
    "<p>“It sails,” Finch said. Coast Lines of Szeged had no comment on the Coast Lines Ferry.</p>"
    "<p>Then Ana Ruiz left Szeged.</p>"
)


@pytest.fixture
def article(transactional_db):
    article = make_article(body=BODY, status="draft", headline="Ferry to sail again")
    text = article.text
    mara = make_person("Mara Finch", aliases=("Mara Finch",), origin="extracted")
    lines = make_organisation("Coast Lines", aliases=("Coast Lines",), origin="extracted")
    starts = [match.start() for match in re.finditer("Coast Lines", text)]
    finch = text.index("Finch said")
    suggested = {"state": State.SUGGESTED, "score": 0.99, "evidence": "the tagger, 0.99 sure"}
    at = text.index("Mara Finch")
    make_appearance(article, mara, spans=[[at, at + 10], [finch, finch + 5]], start=at, **suggested)
    make_role(article, mara, state=State.SUGGESTED)
    make_appearance(article, lines, spans=[[at, at + 11] for at in starts], start=starts[0], **suggested)
    make_appearance(article, make_person("Ana Ruiz"), **{**suggested, "score": 0.6})
    make_quote(article, "“It sails,”", speaker=mara, state=State.SUGGESTED, source="Finch", cue="said")
    make_proposed_tag(article, "Ferries")
    return article


@pytest.fixture
def review(desk, article, page):
    desk(f"/admin/articles/article/{article.pk}/review/")
    expect(page.locator("#review.is-live")).to_be_visible()
    return page


def card(page, name):
    return page.locator("#cards > li", has=page.locator("h3", has_text=name)).first


def current(page):
    return page.locator("#cards > li[aria-current=true]")


def state_of(name):
    return Appearance.objects.get(name=name).state


def status(page, words):
    expect(page.locator("#status")).to_contain_text(words)


def select(page, words, nth=0):
    """Select words of the text as a mouse or a keyboard leaves them selected."""
    page.evaluate(
        """([words, nth]) => {
            const nodes = [...document.querySelectorAll("#blocks p")].map((block) => block.firstChild)
            let left = nth
            for (const node of nodes) {
                let at = node.data.indexOf(words)
                while (at >= 0 && left > 0) { at = node.data.indexOf(words, at + 1); left -= 1 }
                if (at < 0) continue
                const range = document.createRange()
                range.setStart(node, at)
                range.setEnd(node, at + words.length)
                const selection = getSelection()
                selection.removeAllRanges()
                selection.addRange(range)
                return
            }
        }""",
        [words, nth],
    )


def marked(page, kind):
    """What is painted in the text, as the browser has it."""
    return page.evaluate(
        "kind => [...CSS.highlights.get(`review-${kind}`)].map((range) =>"
        " range.startContainer.data.slice(range.startOffset, range.endOffset))",
        kind,
    )


# What is shown.


def test_each_kind_is_marked_where_it_stands(review):
    assert sorted(marked(review, "person")) == ["Ana Ruiz", "Finch", "Mara Finch"]
    assert marked(review, "organisation") == ["Coast Lines", "Coast Lines", "Coast Lines"]
    assert marked(review, "quotation") == ["“It sails,”"]
    assert marked(review, "doubt") == ["Ana Ruiz"]
    assert sorted(marked(review, "current")) == ["Finch", "Mara Finch"]
    assert marked(review, "place") == ["Mara Finch"]


def test_the_first_that_waits_is_in_hand(review):
    expect(current(review)).to_contain_text("Mara Finch")
    expect(review.locator("#left")).to_have_text("5 of 5 left")


# Keys.


def test_j_and_k_go_through_the_cards_and_s_skips(review):
    for key, name in (("j", "Coast Lines"), ("s", "It sails"), ("k", "Coast Lines"), ("k", "Mara Finch")):
        review.keyboard.press(key)
        expect(current(review)).to_contain_text(name)
    expect(review.locator("#cards > li:focus")).to_contain_text("Mara Finch")
    assert not Decision.objects.exists()


def test_n_and_p_go_through_the_places_of_a_name(review):
    review.keyboard.press("n")
    assert marked(review, "place") == ["Finch"]
    status(review, "Place 2 of 2")
    review.keyboard.press("p")
    assert marked(review, "place") == ["Mara Finch"]


def test_a_accepts_and_goes_on(review):
    review.keyboard.press("a")
    expect(current(review)).to_contain_text("Coast Lines")
    expect(card(review, "Mara Finch").locator("h3 .state")).to_have_text("accepted")
    expect(review.locator("#left")).to_have_text("4 of 5 left")
    assert (state_of("Mara Finch"), Role.objects.get().state) == (State.ACCEPTED, State.ACCEPTED)


def test_x_rejects_and_the_mark_goes(review):
    review.keyboard.press("x")
    expect(card(review, "Mara Finch").locator("h3 .state")).to_have_text("rejected")
    expect(card(review, "It sails")).to_contain_text("its speaker was rejected")
    assert marked(review, "person") == ["Ana Ruiz"]
    assert state_of("Mara Finch") == State.REJECTED


def test_u_leaves_it_for_somebody_else(review):
    review.keyboard.press("u")
    expect(card(review, "Mara Finch").locator("h3 .state")).to_have_text("unsure")


def test_a_digit_gives_the_kind(review):
    review.keyboard.press("j")
    review.keyboard.press("3")
    expect(review.locator("#cards > li[data-kind=location] h3")).to_contain_text("Coast Lines")
    assert Appearance.objects.select_related("entity").get(name="Coast Lines").entity.kind == "location"
    review.keyboard.press("k")
    expect(current(review)).to_contain_text("Coast Lines")
    review.keyboard.press("4")
    expect(card(review, "Coast Lines").locator("h3 .state")).to_have_text("rejected")


def test_l_links_to_another_record_found_by_name(review):
    known = make_person("Marianne Finch-Hatton", aliases=("Marianne Finch-Hatton",), is_verified=True)
    rebuild()
    review.keyboard.press("l")
    review.keyboard.type("marianne")
    expect(review.get_by_role("option", name="Marianne Finch-Hatton")).to_be_visible()
    review.keyboard.press("Enter")
    expect(card(review, "Marianne Finch-Hatton").locator("h3 .state")).to_have_text("changed")
    expect(card(review, "It sails")).to_contain_text("said by Marianne Finch-Hatton")
    assert Quote.objects.get().speaker_id == known.pk


def test_r_gives_a_quotation_the_name_of_a_digit(review):
    review.keyboard.press("j")
    review.keyboard.press("j")
    review.keyboard.press("r")
    option = review.get_by_role("option").nth(1)
    expect(option).to_contain_text("Coast Lines")
    review.keyboard.press("2")
    expect(card(review, "It sails")).to_contain_text("said by Coast Lines")
    assert Quote.objects.get().state == State.CHANGED


def click_on(page, words, nth=0):
    """Click in the middle of words of the text."""
    select(page, words, nth)
    box = page.evaluate(
        """() => {
            const box = getSelection().getRangeAt(0).getBoundingClientRect()
            getSelection().removeAllRanges()
            return [box.x + box.width / 2, box.y + box.height / 2]
        }"""
    )
    page.mouse.click(*box)


def test_r_then_a_click_on_a_name_gives_the_speaker(review):
    review.keyboard.press("j")
    review.keyboard.press("j")
    review.keyboard.press("r")
    review.keyboard.press("Escape")
    click_on(review, "Ana Ruiz")
    expect(card(review, "It sails")).to_contain_text("said by Ana Ruiz")


def test_a_click_takes_the_innermost_and_another_the_next_outer(review, article):
    make_quote(article, "Coast Lines of Szeged had no comment", state=State.SUGGESTED)
    review.reload()
    click_on(review, "Coast Lines", 1)
    expect(current(review)).to_have_attribute("data-kind", "organisation")
    click_on(review, "Coast Lines", 1)
    expect(current(review)).to_contain_text("had no comment")


def test_e_moves_the_end_of_a_quotation(review):
    review.keyboard.press("j")
    review.keyboard.press("j")
    review.keyboard.press("e")
    status(review, "Select the right words")
    select(review, "“It sails,” Finch said.")
    review.keyboard.press("Enter")
    expect(card(review, "Finch said.").locator("h3 .state")).to_have_text("changed")
    assert Quote.objects.get().text == "“It sails,” Finch said."


def test_o_rejects_one_place_alone(review):
    review.keyboard.press("j")
    review.keyboard.press("p")
    review.keyboard.press("o")
    status(review, "this place only")
    review.keyboard.press("x")
    expect(card(review, "Coast Lines")).to_contain_text("2 places")
    assert len(Appearance.objects.get(name="Coast Lines").spans) == 2


def test_plus_marks_what_was_missed_wherever_it_stands(review):
    select(review, "Szeged")
    review.keyboard.press("+")
    expect(review.locator("#add-others-label")).to_have_text("Also mark the 2 other places")
    review.keyboard.press("3")
    expect(current(review)).to_contain_text("Szeged")
    expect(current(review)).to_contain_text("3 places")
    article = Appearance.objects.get(name="Szeged").article
    assert {article.text[a:b] for a, b in Appearance.objects.get(name="Szeged").spans} == {"Szeged"}


def test_selecting_with_the_mouse_offers_to_mark(review):
    box = review.evaluate(
        """() => {
            const node = document.querySelectorAll("#blocks p")[2].firstChild
            const range = document.createRange()
            range.setStart(node, 0)
            range.setEnd(node, 4)
            const box = range.getBoundingClientRect()
            return [box.left + 1, box.right - 1, box.top + box.height / 2]
        }"""
    )
    review.mouse.move(box[0], box[2])
    review.mouse.down()
    review.mouse.move(box[1], box[2], steps=4)
    review.mouse.up()
    expect(review.locator("#add[open] #add-words")).to_have_text("Then")
    review.keyboard.press("Escape")
    expect(review.locator("#add[open]")).to_have_count(0)


def test_missed_words_become_a_quotation(review):
    select(review, "had no comment")
    review.keyboard.press("+")
    review.keyboard.press("4")
    expect(current(review)).to_contain_text("had no comment")
    assert Quote.objects.get(text="had no comment").origin == "typed"


def test_shift_a_accepts_every_sure_name(review):
    expect(review.locator("#sure")).to_have_text("(2)")
    review.keyboard.press("Shift+A")
    expect(review.locator("#left")).to_have_text("3 of 5 left")
    assert (state_of("Mara Finch"), state_of("Coast Lines")) == (State.ACCEPTED, State.ACCEPTED)
    assert (state_of("Ana Ruiz"), Quote.objects.get().state) == (State.SUGGESTED, State.SUGGESTED)


def test_z_and_shift_z_go_back_and_forth(review):
    review.keyboard.press("a")
    review.keyboard.press("x")
    expect(review.locator("#left")).to_have_text("3 of 5 left")
    review.keyboard.press("z")
    status(review, "Taken back: Coast Lines")
    expect(current(review)).to_contain_text("Coast Lines")
    review.keyboard.press("z")
    status(review, "Taken back: Mara Finch and 1 more")
    expect(review.locator("#left")).to_have_text("5 of 5 left")
    review.keyboard.press("Shift+Z")
    status(review, "Done again: Mara Finch")
    expect(review.locator("#left")).to_have_text("4 of 5 left")
    assert (state_of("Mara Finch"), state_of("Coast Lines")) == (State.ACCEPTED, State.SUGGESTED)


def test_one_of_the_last_decisions_is_taken_back_from_the_list(review):
    review.keyboard.press("a")
    review.keyboard.press("x")
    expect(review.locator("#left")).to_have_text("3 of 5 left")
    review.get_by_text("The last decisions").click()
    review.get_by_role("button", name=re.compile("Take back ?: Mara Finch")).click()
    status(review, "Taken back: Mara Finch")
    assert (state_of("Mara Finch"), state_of("Coast Lines")) == (State.SUGGESTED, State.REJECTED)


def test_m_leads_to_merging_the_record(review, complaints):
    review.keyboard.press("m")
    expect(review.get_by_text("The other record")).to_be_visible()


def test_shift_enter_leads_to_the_next_article(review):
    other = make_article(headline="Rain in Cork", body="<p>Ana Ruiz spoke.</p>", status="draft")
    make_appearance(other, make_person("Ana Ruiz"), state=State.SUGGESTED)
    review.keyboard.press("Shift+Enter")
    expect(review.get_by_role("heading", name="Rain in Cork")).to_be_visible()


def test_a_question_mark_shows_the_keys_and_the_guide(review):
    review.keyboard.press("?")
    expect(review.get_by_role("heading", name="What is a quotation")).to_be_visible()
    review.keyboard.press("a")
    assert not Decision.objects.exists()
    review.keyboard.press("Escape")
    expect(review.locator("dialog[open]")).to_have_count(0)


def test_keys_can_be_turned_off_and_stay_off(review):
    review.get_by_label("Keys of one letter").uncheck()
    review.reload()
    expect(review.get_by_label("Keys of one letter")).not_to_be_checked()
    review.keyboard.press("a")
    review.get_by_role("button", name=re.compile("Skip")).click()
    expect(current(review)).to_contain_text("Coast Lines")
    assert not Decision.objects.exists()


def test_keys_of_the_system_are_left_alone(review):
    review.keyboard.press("Control+a")
    review.keyboard.press("Alt+x")
    review.keyboard.press("j")
    expect(current(review)).to_contain_text("Coast Lines")
    assert not Decision.objects.exists()


def test_every_key_has_a_button(review):
    for name in ("Accept", "Reject", "Skip", "Accept all sure", "Undo", "Redo", "Help", "Link…", "Only here", "Merge…"):
        expect(review.get_by_role("button", name=re.compile(rf"^{re.escape(name)}")).first).to_be_visible()
    for name in ("Person", "Organisation", "Location", "Something else", "Edit span", "Next place", "Unsure", "Add"):
        expect(current(review).get_by_role("button", name=re.compile(rf"^{name}"))).to_be_visible()
    review.get_by_role("button", name=re.compile("^Accept a$")).click()
    expect(card(review, "Mara Finch").locator("h3 .state")).to_have_text("accepted")


def test_a_role_is_not_so(review):
    card(review, "Mara Finch").get_by_role("button", name=re.compile("Not so ?: harbour master")).click()
    expect(card(review, "Mara Finch").locator(".roles .state")).to_have_text("rejected")
    assert (Role.objects.get().state, state_of("Mara Finch")) == (State.REJECTED, State.SUGGESTED)


# Colleagues, an edited text, no network.


def test_a_colleague_s_decision_is_said_on_that_card_alone(review, django_user_model):
    tom = django_user_model.objects.create_user("tom", first_name="Tom", last_name="Reis")
    decide([Appearance.objects.get(name="Mara Finch")], state=State.REJECTED, user=tom)
    review.keyboard.press("a")
    expect(card(review, "Mara Finch").locator(".notice")).to_contain_text("Tom Reis was here at")
    assert state_of("Mara Finch") == State.REJECTED
    review.keyboard.press("a")
    expect(card(review, "Coast Lines").locator("h3 .state")).to_have_text("accepted")
    card(review, "Mara Finch").get_by_role("button", name="Mine instead").click()
    expect(card(review, "Mara Finch").locator("h3 .state")).to_have_text("accepted")
    assert state_of("Mara Finch") == State.ACCEPTED


def test_a_colleague_who_has_the_article_open_is_named(review, article, django_user_model):
    tom = django_user_model.objects.create_user("tom", first_name="Tom", last_name="Reis")
    arrive(article, tom, Presence.Place.REVIEW)
    review.reload()
    expect(review.locator("#company")).to_contain_text("Also here: Tom Reis")


def test_an_edited_text_is_shown_and_the_decision_made_in_it(review, article, complaints):
    article.body = BODY.replace("<p>Then", "<p>In the evening, then")
    article.body = article.body.replace("<p>🚢🚢", "<p>🚢🚢 On Friday")
    save_edit(article, changed=["body"], user=None)
    select(review, "Szeged", 1)
    review.keyboard.press("+")
    review.get_by_label(re.compile("Also mark")).uncheck()
    review.keyboard.press("3")
    expect(review.locator("#blocks")).to_contain_text("On Friday")
    expect(card(review, "Szeged")).to_contain_text("1 place")
    article.refresh_from_db()
    ((start, end),) = Appearance.objects.get(name="Szeged").spans
    assert article.text[start - 15 : end] == "Coast Lines of Szeged"[-(end - start + 15) :]
    complaints.clear()  # the answer 409 is reported as an error of the network


def test_without_a_connection_decisions_wait_and_are_sent_later(review, complaints):
    review.context.set_offline(True)
    review.keyboard.press("a")
    status(review, "1 decision waits here")
    review.keyboard.press("a")
    assert state_of("Mara Finch") == State.SUGGESTED
    review.context.set_offline(False)
    expect(review.locator("#left")).to_have_text("3 of 5 left")
    assert (state_of("Mara Finch"), state_of("Coast Lines")) == (State.ACCEPTED, State.ACCEPTED)
    complaints.clear()  # requests that found no network


# Looks.


@pytest.mark.parametrize("width", [1280, 390], ids=["laptop", "phone"])
def test_the_screen_has_no_fault_of_access(review, page, axe, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("reject", "skip", "skip"):
        page.evaluate(f"document.querySelector('.bar [data-do={name}]').click()")
    expect(card(page, "Mara Finch").locator("h3 .state")).to_have_text("rejected")
    assert axe() == []
    page.keyboard.press("?")
    assert axe() == []
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("r")
    assert axe() == []
    complaints.clear()  # axe itself tries to add styles


def test_without_javascript_the_form_decides(browser, live_server, article, admin_client):
    context = browser.new_context(java_script_enabled=False)
    cookie = admin_client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/review/")
    page.get_by_label("Decide: Mara Finch").select_option("accept")
    page.get_by_label("Decide: “It sails,”").select_option("reject")
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_text("3 decisions saved.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(page.get_by_text("Taken back: Mara Finch and 2 more.")).to_be_visible()
    assert (state_of("Mara Finch"), Quote.objects.get().state) == (State.SUGGESTED, State.SUGGESTED)
    context.close()
