"""Stories told twice in the admin: seen on the form and the dashboard, answered on a page of their own."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles.admin.base import change_url
from articles.models import StoryPair
from tests.factories import make_article

pytestmark = pytest.mark.django_db
State = StoryPair.State


@pytest.fixture
def pair():
    first = make_article(headline="Ferry afloat", body="<p>It sails at noon.</p>", publisher="Cobh Sheet")
    second = make_article(headline="Ferry afloat again", body="<p>It sails at dawn.</p>", status="ready")
    return StoryPair.objects.create(first=first, second=second, score=0.9)


def press(client, pair, button):
    response = client.post(change_url(pair), {button: "1"}, follow=True)
    pair.refresh_from_db()
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_pair_is_seen_where_editors_look(admin_client, pair):
    form = admin_client.get(change_url(pair.first))
    (row,) = next(panel for panel in form.context["panels"] if panel.key == "same-story").rows
    assert (row.label, row.url, row.facts) == ("Ferry afloat again", change_url(pair), ["90% alike", "ready"])
    queues = admin_client.get(reverse("admin:index")).context["queues"]
    (row,) = next(panel for panel in queues if panel.key == "stories").rows
    assert row.url == change_url(pair)
    page = admin_client.get(change_url(pair)).content.decode()
    assert "Ferry afloat · published · Cobh Sheet" in page
    assert "<del>noon</del><ins>dawn</ins>" in page
    assert 'name="_save"' not in page


def test_one_of_them_is_kept(admin_client, pair):
    assert press(admin_client, pair, "_keep_first") == [
        "“Ferry afloat” is kept. The other, “Ferry afloat again”, is draft."
    ]
    assert (pair.state, pair.kept, pair.user.username) == (State.SAME, pair.first, "admin")


def test_they_are_told_apart_and_that_is_taken_back(admin_client, pair):
    press(admin_client, pair, "_different")
    assert pair.state == State.DIFFERENT
    assert press(admin_client, pair, "_different") == ["Somebody else has answered meanwhile: nothing was changed."]
    assert press(admin_client, pair, "_ask") == ["Taken back. The pair waits again."]
    assert (pair.state, pair.user) == (State.SUGGESTED, None)


def test_who_may_not_withdraw_is_told(staff, pair):
    client = staff("view_storypair", "change_storypair", "view_article")
    assert press(client, pair, "_keep_second") == [
        "Readers see “Ferry afloat”: ask somebody who may withdraw articles."
    ]
    assert pair.state == State.SUGGESTED


def test_many_are_told_apart_at_once(admin_client, pair):
    chosen = {"action": "tell_apart", "_selected_action": [pair.pk]}
    admin_client.post(reverse("admin:articles_storypair_changelist"), chosen)
    pair.refresh_from_db()
    assert pair.state == State.DIFFERENT


def test_a_pair_with_a_hidden_article_is_not_there(staff, pair):
    pair.second.embargo = timezone.now() + timedelta(days=1)
    pair.second.save()
    client = staff("view_storypair", "view_article")
    for address in (reverse("admin:index"), reverse("admin:articles_storypair_changelist"), change_url(pair.first)):
        assert "Ferry afloat again" not in client.get(address).content.decode()
