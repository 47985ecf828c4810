"""The queue of likely duplicates: one pair a screen, an answer each, and a way back."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.editing.duplicates import suggest_duplicates
from articles.models import Decision, DuplicatePair, Entity
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

QUEUE = reverse("admin:duplicates")
State = DuplicatePair.State


def make_pair(*names):
    people = [make_person(name) for name in names or ("Bill Hartley", "William Hartley")]
    suggest_duplicates(person.pk for person in people)
    return DuplicatePair.objects.select_related("first", "second").get(first=people[0], second=people[1])


def say(client, pair, answer, **changes):
    sent = {"pair": pair.pk, "state": pair.state, "answer": answer, **changes}
    return client.post(QUEUE, sent, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def pair(db):
    return make_pair()


def test_an_empty_queue_says_so(admin_client):
    response = admin_client.get(QUEUE)
    assert "No pair waits." in response.content.decode()


def test_the_desk_says_how_many_pairs_wait(admin_client, pair):
    (panel,) = (each for each in admin_client.get(reverse("admin:index")).context["queues"] if each.key == "duplicates")
    assert (panel.total, panel.rows[0].url) == (1, f"{QUEUE}?pair={pair.pk}")


def test_both_records_stand_side_by_side(admin_client, pair):
    board = make_organisation("Lagos Water Board")
    article = make_article(headline="Pipes mended", body="<p>“It runs,” said Bill Hartley, director.</p>")
    make_appearance(article, pair.first), make_quote(article, "“It runs,”", speaker=pair.first)
    make_role(article, pair.first.person, "director", organisation=board)
    first, second = admin_client.get(QUEUE).context["sides"]
    assert (first.record.name, second.record.name) == ("Bill Hartley", "William Hartley")
    assert [[row.label for row in panel.rows] for panel in first.panels] == [
        ["director"],
        ["Pipes mended"],
        ["“It runs,”"],
    ]
    assert [panel.total for panel in second.panels] == [0, 0, 0]


@pytest.mark.parametrize("make", [make_organisation, make_location])
def test_other_kinds_have_a_screen_too(admin_client, make):
    suggest_duplicates([make("Port Linden").pk, make("Port Linden").pk])
    assert "both are called “Port Linden”" in admin_client.get(QUEUE).content.decode()


def test_evidence_for_and_against_is_told_apart_by_words(admin_client, pair):
    DuplicatePair.objects.update(evidence=[{"for": False, "words": "one is in IE"}])
    content = admin_client.get(QUEUE).content.decode()
    assert '<li data-for="no"><strong>against</strong> one is in IE</li>' in content


def test_not_the_same_is_kept_and_the_next_pair_comes(admin_client, pair):
    other = make_pair("Kate Reed", "Katie Reed")
    response = say(admin_client, pair, "different")
    assert messages(response) == ["“Bill Hartley” and “William Hartley” are not the same. You will not be asked again."]
    assert response.context["pair"] == other
    assert "Take back: Bill Hartley · William Hartley, not the same" in response.content.decode()
    pair.refresh_from_db()
    assert (pair.state, pair.user.username) == (State.DIFFERENT, "admin")


def test_unsure_comes_back_last(admin_client, pair):
    make_pair("Kate Reed", "Katie Reed")
    response = say(admin_client, pair, "unsure")
    assert str(response.context["pair"]) == "Kate Reed · Katie Reed"
    response = say(admin_client, response.context["pair"], "unsure")
    assert response.context["pair"] == pair


def test_the_same_leads_on_and_stays_listed_until_merged(admin_client, pair):
    response = admin_client.post(QUEUE, {"pair": pair.pk, "state": "suggested", "answer": "same"})
    assert response.url == f"{reverse('admin:merge')}?first={pair.first_id}&second={pair.second_id}"
    queue = admin_client.get(QUEUE)
    assert [each for each, _ in queue.context["to_merge"]] == [pair]
    assert queue.context["pair"] is None
    Entity.objects.filter(pk=pair.second_id).update(merged_into=pair.first_id)
    assert admin_client.get(QUEUE).context["to_merge"] == []


def test_the_last_answer_is_taken_back(admin_client, pair):
    say(admin_client, pair, "different")
    response = admin_client.post(QUEUE, {"answer": "undo"}, follow=True)
    assert messages(response) == ["Taken back. You are asked again."]
    assert response.context["pair"] == pair
    assert [decision.action for decision in Decision.objects.all()][::2] == ["take back", "tell apart"]
    assert messages(admin_client.post(QUEUE, {"answer": "undo"}, follow=True)) == ["There is nothing to take back."]


def test_only_one_s_own_answer_is_taken_back(admin_client, pair):
    DuplicatePair.objects.update(state=State.DIFFERENT, user=User.objects.create_user("ida"))
    assert messages(admin_client.post(QUEUE, {"answer": "undo"}, follow=True)) == ["There is nothing to take back."]
    assert DuplicatePair.objects.get().state == State.DIFFERENT


def test_an_answer_to_what_somebody_else_answered_is_refused(admin_client, pair):
    DuplicatePair.objects.update(state=State.SAME)
    response = say(admin_client, pair, "different")
    assert messages(response) == ["Somebody else has answered meanwhile: nothing was changed."]
    assert DuplicatePair.objects.get().state == State.SAME


def test_an_answer_may_be_changed_from_the_list(admin_client, pair):
    say(admin_client, pair, "different")
    listed = admin_client.get(reverse("admin:articles_duplicatepair_changelist"), {"state__exact": "different"})
    assert f"{QUEUE}?pair={pair.pk}" in listed.content.decode()
    response = admin_client.get(QUEUE, {"pair": pair.pk})
    say(admin_client, response.context["pair"], "unsure")
    assert DuplicatePair.objects.get().state == State.UNSURE


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"answer": "same", "pair": "x"}])
def test_nonsense_is_not_found(admin_client, pair, sent):
    assert admin_client.post(QUEUE, {"pair": "", **sent}).status_code == 404


def test_the_right_to_see_is_not_the_right_to_answer(staff, pair):
    client = staff("view_duplicatepair")
    assert b"Not the same" not in client.get(QUEUE).content
    assert client.post(QUEUE, {"pair": pair.pk, "state": "suggested", "answer": "different"}).status_code == 403
    assert DuplicatePair.objects.get().state == State.SUGGESTED


def test_without_a_right_there_is_no_queue(staff, pair):
    client = staff("view_article")
    assert client.get(QUEUE).status_code == 403
    assert b"may be one" not in client.get(reverse("admin:index")).content


@pytest.mark.parametrize("stories", [1, 4])
def test_a_screen_asks_as_much_of_a_full_archive(admin_client, pair, django_assert_num_queries, stories):
    board = make_organisation()
    for number in range(stories):
        article = make_article(body=f"<p>“It runs {number},” said Bill Hartley, director.</p>")
        make_appearance(article, pair.first), make_appearance(article, pair.second)
        make_quote(article, f"“It runs {number},”", speaker=pair.first)
        make_role(article, pair.first.person, "director", organisation=board)
    with django_assert_num_queries(18):
        admin_client.get(QUEUE)


def test_a_name_typed_by_an_editor_is_compared(admin_client):
    rows = ("aliases", "identifiers")
    make = {f"{name}-{number}_FORMS": 0 for name in rows for number in ("TOTAL", "INITIAL")}
    for name in ("Bill Hartley", "William Hartley"):
        admin_client.post(reverse("admin:articles_person_add"), {"name": name, **make})
    assert DuplicatePair.objects.count() == 1
