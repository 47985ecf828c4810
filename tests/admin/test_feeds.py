"""Subscribed feeds in the admin: what their list and form say, and the button that polls."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Feed
from tests.importing.test_following import item, rss
from tests.web import Site, serving

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_feed_changelist")


@pytest.fixture
def site(settings):
    settings.NEWSROOM_FETCH_HOSTS = ["localhost"]
    with serving() as server:
        server.site = Site(server.server_port)
        yield server.site


def sent(**fields):
    return {"address": "https://wire.example/feed", "minutes": 15, "is_active": "on", "fetches_pages": "on", **fields}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def form(feed):
    return reverse("admin:articles_feed_change", args=[feed.pk])


def test_a_feed_is_added_and_polled_at_once(admin_client, site):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"), item("Ferry afloat", ""))
    response = admin_client.post(
        reverse("admin:articles_feed_add"), sent(address=site.at("/feed"), _poll="1"), follow=True
    )
    assert said(response)[-1] == "“Cobh Sheet”: 1 new article, 1 that cannot be imported."
    feed = Feed.objects.get()
    (panel,) = admin_client.get(form(feed)).context["panels"]
    assert {row.label for row in panel.rows} == {"Ferry aground", feed.items.get(article=None).error}
    assert Article.objects.get().created_by is None


def test_the_list_says_how_each_feed_is_doing(admin_client):
    hour = timezone.now() + timedelta(hours=1)
    for title, fields in {
        "Fresh": {},
        "Fine": {"last_polled": timezone.now(), "next_poll": hour},
        "Broken": {"failures": 3, "error": "wire.example answered 503", "last_polled": timezone.now()},
        "Off": {"is_active": False},
    }.items():
        Feed.objects.create(title=title, address=f"https://wire.example/{title}", **fields)
    page = admin_client.get(LIST).content.decode()
    for words in ("not polled yet", "answers", "failed 3 times in a row: wire.example answered 503", "switched off"):
        assert words in page, words
    (panel,) = [each for each in admin_client.get(reverse("admin:index")).context["queues"] if each.key == "feeds"]
    assert [(row.label, row.facts) for row in panel.rows] == [("Broken", ["wire.example answered 503"])]


def test_a_feed_that_moves_or_is_switched_on_begins_anew(admin_client):
    later = timezone.now() + timedelta(hours=9)
    feed = Feed.objects.create(
        address="https://wire.example/old", etag='"7"', failures=2, error="gone", next_poll=later, is_active=False
    )
    admin_client.post(form(feed), sent(address=feed.address, title="Tidewire", is_active=""))
    feed.refresh_from_db()
    assert (feed.title, feed.etag, feed.next_poll) == ("Tidewire", '"7"', later)
    admin_client.post(form(feed), sent(title="Tidewire"))
    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.error, feed.next_poll < later) == ("", 0, "", True)


@pytest.mark.parametrize("address", ["ftp://wire.example/feed", "wire.example/feed", "javascript:alert(1)"])
def test_what_is_no_address_of_the_web_is_refused(admin_client, address):
    response = admin_client.post(reverse("admin:articles_feed_add"), sent(address=address))
    assert response.context["adminform"].form.errors["address"] == ["Enter a valid URL."]


def test_feeds_that_are_chosen_are_polled(admin_client, site):
    site.answers["/feed"] = rss()
    good = Feed.objects.create(address=site.at("/feed"), title="Good")
    bad = Feed.objects.create(address=site.at("/none"), title="Bad")
    busy = Feed.objects.create(address=site.at("/busy"), title="Busy", held_until=timezone.now() + timedelta(minutes=5))
    chosen = {"action": "poll_now", "_selected_action": [good.pk, bad.pk, busy.pk]}
    assert sorted(said(admin_client.post(LIST, chosen, follow=True))) == [
        "“Bad” cannot be read: localhost answered 404 (Not Found)",
        "“Busy” is being polled already.",
        "“Good”: nothing new.",
    ]


def test_feeds_that_are_not_asked_in_time_are_due(admin_client, site, monkeypatch):
    site.answers["/feed"] = rss(item("Ferry aground"))
    later = timezone.now() + timedelta(hours=9)
    feeds = [Feed.objects.create(address=site.at(f"/{name}"), title=name, next_poll=later) for name in "ab"]
    monkeypatch.setattr("articles.admin.feeds.MOST_SECONDS", 0)
    chosen = {"action": "poll_now", "_selected_action": [feed.pk for feed in feeds]}
    assert sorted(said(admin_client.post(LIST, chosen, follow=True))) == [
        "“a” is asked as soon as feeds are watched.",
        "“b” is asked as soon as feeds are watched.",
    ]
    assert set(Feed.objects.due(timezone.now())) == set(feeds)


def test_a_story_under_embargo_is_hidden_from_who_may_not_see_it(staff):
    feed = Feed.objects.create(address="https://wire.example/feed")
    article = Article.objects.create(headline="Xanadu quay", embargo=timezone.now() + timedelta(days=1))
    feed.items.create(
        key="k", digest="d", headline="Xanadu quay", article=article, imported=timezone.now(), seen=timezone.now()
    )
    client = staff("view_feed")
    assert "Xanadu" not in client.get(form(feed)).content.decode()
