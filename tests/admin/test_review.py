"""The review screen as the server has it: its cards, its answers to the script, and the form without one."""

import json
import uuid

import pytest
from django.urls import reverse

from articles.editing.decide import decide
from articles.editing.review.rows import name_of, revision_of, text_revision
from articles.editing.revise import save_edit
from articles.models import Appearance, Decision, Quote, State
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
)

BODY = (
    "<h3>A <em>long</em> wait</h3><p>Mara Finch, the harbour master, met Coast Lines in Szeged.</p>"
    "<blockquote><p>“It sails,” Finch said.</p></blockquote><p>“Not <b>today</b>,” she said.</p>"
)


@pytest.fixture
def article(db):
    return make_article(body=BODY, status="draft")


@pytest.fixture
def mara(article):
    mara = make_person("Mara Finch", origin="extracted")
    return make_appearance(
        article, mara, state=State.SUGGESTED, score=0.99, evidence="the tagger, 0.99 sure; a new record"
    )


@pytest.fixture
def quote(article, mara):
    return make_quote(article, "“It sails,”", speaker=mara.entity, state=State.SUGGESTED, source="Finch", cue="said")


def url_of(article):
    return reverse("admin:articles_article_review", args=[article.pk])


def opened(client, article):
    response = client.get(url_of(article))
    assert response.status_code == 200
    return response


def cards(response):
    return {card.key: card for card in response.context["cards"]}


def item(row, action, **values):
    row = type(row).objects.get(pk=row.pk)
    return {"row": name_of(row), "revision": revision_of(row, row.article.text), "action": action, **values}


def send(client, article, *items, **changes):
    sent = {"batch": str(uuid.uuid4()), "text": text_revision(article), "items": list(items), **changes}
    return client.post(url_of(article), json.dumps(sent), content_type="application/json")


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


# What it shows.


def test_the_blocks_are_the_text_with_each_place_where_it_counts(admin_client, article):
    blocks = opened(admin_client, article).context["blocks"]
    assert "\n".join(block.words for block in blocks) == article.text
    assert [article.text[block.start :][: len(block.words)] for block in blocks] == [block.words for block in blocks]
    assert [(block.is_heading, block.is_quoted) for block in blocks] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]


def test_cards_come_by_their_place_in_the_text_and_tags_last(admin_client, article, mara, quote):
    tag = make_proposed_tag(article, "Ferries")
    lines = make_appearance(article, make_organisation("Coast Lines"), state=State.SUGGESTED)
    outside = make_appearance(article, make_location("Lagos"), state=State.SUGGESTED)
    keys = [card.key for card in opened(admin_client, article).context["cards"]]
    assert keys == [name_of(row) for row in (mara, lines, quote, outside, tag)]


def test_a_name_says_what_speaks_for_it(admin_client, article, mara):
    other = make_person("Mara Finch", description="A judge in Cork.")
    make_appearance(make_article(body="<p>Mara Finch left.</p>"), mara.entity)
    make_role(article, mara.entity.person)
    Appearance.objects.filter(pk=mara.pk).update(candidates=[other.pk], candidate_notes={other.pk: "another employer"})
    response = opened(admin_client, article)
    card = cards(response)[name_of(mara)]
    assert card.facts == ("in 1 other article", "1 place")
    assert card.evidence == ("the tagger, 0.99 sure", "a new record")
    assert card.warnings == ("1 other record could be meant",)
    assert [(each.key, each.about) for each in card.candidates] == [(other.pk, "A judge in Cork. · another employer")]
    assert [role.title for role in card.roles] == ["harbour master"]
    assert not card.is_sure
    assert "A judge in Cork. · another employer" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "is_sure"),
    [({}, True), ({"score": 0.9}, False), ({"state": "accepted"}, False), ({"spans": []}, False)],
    ids=["sure", "the tagger is not", "decided", "outside the text"],
)
def test_only_a_clear_name_is_sure(admin_client, article, mara, changes, is_sure):
    Appearance.objects.filter(pk=mara.pk).update(**changes)
    assert cards(opened(admin_client, article))[name_of(mara)].is_sure is is_sure


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"speaker": None}, "no speaker"),
        ({"source": "she"}, "the speaker is told by “she” alone"),
        ({"anchoring": "stale"}, "the words around it changed"),
    ],
    ids=["no speaker", "a pronoun", "stale"],
)
def test_a_quotation_says_what_to_look_at_twice(admin_client, article, quote, changes, warning):
    assert cards(opened(admin_client, article))[name_of(quote)].warnings == ()
    Quote.objects.filter(pk=quote.pk).update(**changes)
    assert cards(opened(admin_client, article))[name_of(quote)].warnings == (warning,)


def test_a_quotation_across_paragraphs_or_within_another_says_so(admin_client, article, quote):
    outer = make_quote(article, article.text[article.text.index("“It") :], state=State.SUGGESTED)
    shown = cards(opened(admin_client, article))
    assert "crosses paragraphs" in shown[name_of(outer)].warnings
    assert shown[name_of(quote)].warnings == ("inside another quotation",)


def test_a_quotation_whose_speaker_was_rejected_or_stands_far_away_says_so(admin_client, quote, article, mara):
    article.body = BODY.replace("in Szeged.", f"in Szeged. {'It rained. ' * 60}")
    save_edit(article, changed=["body"], user=None)
    assert "the speaker is named far away" in cards(opened(admin_client, article))[name_of(quote)].warnings
    decide([mara], state=State.REJECTED, user=None)
    assert "its speaker was rejected" in cards(opened(admin_client, article))[name_of(quote)].warnings


def test_a_quotation_stands_in_its_sentence(admin_client, article, quote):
    card = cards(opened(admin_client, article))[name_of(quote)]
    assert card.sentence == (("", False), ("“It sails,”", True), (" Finch said.", False))


def test_a_story_in_which_nothing_was_found_says_what_to_do(admin_client, article):
    assert "Nothing was found in this text." in opened(admin_client, article).content.decode()


def test_the_page_asks_as_many_queries_for_one_card_as_for_many(admin_client, article, mara, django_assert_num_queries):
    decide([mara], state=State.UNSURE, user=None)
    make_proposed_tag(article, "Ferries")
    opened(admin_client, article)
    with django_assert_num_queries(19):
        opened(admin_client, article)
    other = make_person("Ana Ruiz")
    for number in range(5):
        appearance = make_appearance(article, make_person(f"Ana Ruiz {number}"), state=State.SUGGESTED)
        make_role(article, appearance.entity.person, start=number)
        make_quote(article, "“It sails,”", speaker=appearance.entity, state=State.SUGGESTED)
        Appearance.objects.filter(pk=appearance.pk).update(candidates=[other.pk])
        make_proposed_tag(article, f"Tag {number}")
    decide(list(article.proposed_tags.all()), state=State.ACCEPTED, user=None)
    with django_assert_num_queries(20):  # one for all the candidates
        opened(admin_client, article)


def test_imported_markup_stays_text(admin_client, article):
    evil = "<img src=x onerror=alert(1)>"
    make_appearance(article, make_person(evil), state=State.SUGGESTED, evidence=evil, name=evil)
    make_quote(article, "“It sails,”", state=State.SUGGESTED, source=evil)
    html = opened(admin_client, article).content.decode()
    assert evil not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


# What it answers the script.


def test_a_decision_comes_back_as_the_cards_it_changed(admin_client, article, mara, quote):
    answer = send(admin_client, article, item(mara, "accept")).json()
    assert set(answer["cards"]) == {name_of(mara), name_of(quote)}
    assert 'data-state="accepted"' in answer["cards"][name_of(mara)]
    assert (answer["left"], answer["total"], answer["undo"], answer["redo"]) == (1, 2, True, False)
    assert answer["message"] == "1 decision saved."
    assert "Mara Finch" in answer["recent"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_is_a_transaction_of_its_own(admin_client):
    article = make_article(body=BODY, status="draft")
    quote = make_quote(article, "“It sails,”", state=State.SUGGESTED)
    assert send(admin_client, article, item(quote, "accept")).status_code == 200
    assert Quote.objects.get().state == State.ACCEPTED


def test_a_new_name_comes_back_with_the_order_of_all(admin_client, article, quote, mara):
    start = article.text.index("Szeged")
    place = {"start": start, "end": start + 6, "exact": "Szeged"}
    new = {"row": "new", "action": "add", "kind": "location", "places": [place]}
    answer = send(admin_client, article, new).json()
    added = Appearance.objects.get(name="Szeged")
    assert answer["order"] == [name_of(mara), name_of(added), name_of(quote)]
    assert list(answer["cards"]) == [name_of(added)]


def test_undo_and_redo_by_the_script(admin_client, article, mara):
    send(admin_client, article, item(mara, "reject"))
    answer = send(admin_client, article, undo="last").json()
    assert (answer["message"], answer["undo"], answer["redo"]) == ("Taken back: Mara Finch.", False, True)
    answer = send(admin_client, article, redo="last").json()
    assert answer["message"] == "Done again: Mara Finch."
    assert Appearance.objects.get(pk=mara.pk).state == State.REJECTED
    assert send(admin_client, article, redo="last").json()["message"] == "There is nothing to take back."


def test_one_of_the_last_decisions_is_taken_back(admin_client, article, mara, quote):
    send(admin_client, article, item(mara, "accept"))
    first = Decision.objects.latest("pk").batch
    send(admin_client, article, item(quote, "accept"))
    send(admin_client, article, undo=str(first))
    assert Appearance.objects.get(pk=mara.pk).state == State.SUGGESTED
    assert Quote.objects.get(pk=quote.pk).state == State.ACCEPTED


def test_an_edited_text_comes_back_with_all_cards(admin_client, article, mara, quote):
    decided, seen = item(quote, "accept"), text_revision(article)
    article.body = BODY.replace("in Szeged", "in the town of Szeged")
    save_edit(article, changed=["body"], user=None)
    response = send(admin_client, article, decided, text=seen)
    answer = response.json()
    assert response.status_code == 409
    assert "in the town of Szeged" in answer["text"]
    assert set(answer["cards"]) == {name_of(mara), name_of(quote)}
    assert send(admin_client, article, decided, text=answer["revision"]).status_code == 200
    assert Quote.objects.get(pk=quote.pk).state == State.ACCEPTED


def test_a_colleague_s_decision_is_said_on_the_card(admin_client, article, mara, django_user_model):
    tom = django_user_model.objects.create_user("tom", first_name="Tom", last_name="Reis")
    mine = item(mara, "accept")
    decide([mara], state=State.REJECTED, user=tom)
    answer = send(admin_client, article, mine).json()
    assert "Tom Reis was here at" in answer["cards"][name_of(mara)]
    assert "data-again" in answer["cards"][name_of(mara)]
    assert answer["message"].startswith("1 was left alone: Tom Reis was here at")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("{", "This is no JSON."),
        ("[]", "Expected an object."),
        ('{"batch": "7"}', "“7” is no number of a batch."),
        ({"items": "all"}, "Expected a list of at most 2000 items."),
        ({"items": [{"row": "quote-1", "action": "drop"}]}, "An item names a row, what to do, and of which kind."),
        ({"items": [["accept"]]}, "An item names a row, what to do, and of which kind."),
        ({"items": [{"row": "quote-1", "action": "link", "record": "12"}]}, "A record is told by its number."),
        (
            {"items": [{"row": "quote-1", "action": "span", "place": {"start": "0", "end": 2}}]},
            "A place begins and ends at a number.",
        ),
    ],
)
def test_what_no_screen_sends_is_refused_in_words(admin_client, article, sent, message):
    if isinstance(sent, dict):
        response = send(admin_client, article, **sent)
    else:
        response = admin_client.post(url_of(article), sent, content_type="application/json")
    assert (response.status_code, response.json()["message"]) == (400, message)
    assert not Decision.objects.exists()


def test_somebody_who_may_only_look_decides_nothing(staff, article, mara):
    client = staff("view_article")
    html = opened(client, article).content.decode()
    assert "data-read-only" in html
    assert 'name="accept_sure"' not in html
    assert send(client, article, item(mara, "accept")).status_code == 403
    assert client.post(url_of(article), {f"do:{name_of(mara)}": "accept"}).status_code == 403
    assert Appearance.objects.get().state == State.SUGGESTED


def test_an_article_that_is_not_there(admin_client):
    assert admin_client.get(reverse("admin:articles_article_review", args=[99])).status_code == 404


# The form.


def fill(client, article, **fields):
    page = opened(client, article)
    seen = {f"seen:{card.key}": card.revision for card in page.context["cards"]}
    sent = {"batch": page.context["batch"], "text": page.context["text_revision"], **seen, **fields}
    return client.post(url_of(article), sent, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_a_form_decides_about_each_card(admin_client, article, mara, quote):
    lines = make_appearance(article, make_organisation("Coast Lines", origin="extracted"), state=State.SUGGESTED)
    response = fill(
        admin_client,
        article,
        **{
            f"do:{name_of(mara)}": "accept",
            f"do:{name_of(lines)}": "kind:location",
            f"do:{name_of(quote)}": "speaker",
            f"speaker:{name_of(quote)}": "coast lines",
        },
    )
    assert Appearance.objects.get(pk=mara.pk).state == State.ACCEPTED
    assert Appearance.objects.select_related("entity").get(name="Coast Lines").entity.kind == "location"
    assert Quote.objects.get(pk=quote.pk).speaker.name == "Coast Lines"
    assert "decisions saved." in messages(response)[0]


def test_a_form_links_to_a_candidate(admin_client, article, mara):
    known = make_person("Mara Finch", is_verified=True)
    Appearance.objects.filter(pk=mara.pk).update(candidates=[known.pk])
    fill(admin_client, article, **{f"do:{name_of(mara)}": f"link:{known.pk}"})
    assert Appearance.objects.get().entity_id == known.pk


def test_a_form_accepts_all_that_is_sure(admin_client, article, mara, quote):
    fill(admin_client, article, accept_sure="1")
    assert Appearance.objects.get().state == State.ACCEPTED
    assert Quote.objects.get().state == State.SUGGESTED


def test_a_form_marks_what_was_missed_at_every_place(admin_client, article, mara):
    response = fill(admin_client, article, missed="Szeged", missed_kind="location")
    assert Appearance.objects.get(name="Szeged").state == State.ACCEPTED
    assert messages(response) == ["1 decision saved."]


def test_words_that_are_not_in_the_text_are_said(admin_client, article, mara):
    response = fill(admin_client, article, missed="Lagos", missed_kind="location")
    assert messages(response) == ["“Lagos” stands nowhere in the text where it is not part of a name already."]


def test_a_form_takes_back(admin_client, article, mara):
    fill(admin_client, article, **{f"do:{name_of(mara)}": "reject"})
    response = fill(admin_client, article, undo="last")
    assert messages(response) == ["Taken back: Mara Finch."]
    assert messages(fill(admin_client, article, redo="last")) == ["Done again: Mara Finch."]


def test_a_form_with_nothing_chosen_says_so(admin_client, article, mara):
    assert messages(fill(admin_client, article)) == ["Nothing was chosen."]


def test_a_form_of_an_older_text_saves_nothing(admin_client, article, mara):
    response = fill(admin_client, article, text="0", **{f"do:{name_of(mara)}": "accept"})
    assert messages(response) == ["The text was edited meanwhile: nothing was saved. Look at it as it is now."]
    assert Appearance.objects.get().state == State.SUGGESTED


# On to the next.


def test_the_next_article_is_the_oldest_that_waits(admin_client, article, mara):
    second, third = make_article(), make_article()
    for each in second, third:
        make_appearance(each, mara.entity, state=State.SUGGESTED)
    following = reverse("admin:articles_article_review_next")
    assert admin_client.get(following).url == url_of(article)
    assert admin_client.get(following, {"after": article.pk}).url == url_of(second)
    assert admin_client.get(following, {"after": third.pk}).url == url_of(article)


def test_where_nothing_waits_the_list_says_so(admin_client, article):
    response = admin_client.get(reverse("admin:articles_article_review_next"), follow=True)
    assert messages(response) == ["Nothing waits: every name, quotation and tag is decided about."]
