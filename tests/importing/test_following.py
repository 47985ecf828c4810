"""Feeds polled on a real server of this machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from articles.importing.following import MOST_TRIES, poll, poll_due
from articles.models import Article, ArticleImport, Feed
from tests.factories import make_section
from tests.web import Site, serving

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)
RSS = {"Content-Type": "application/rss+xml"}
STORY = "The ferry sits on a sandbank off Cobh, and nobody knows when the tide will lift it. " * 9
SITE_CLOSED = (503, {}, b"")


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def site(server, settings):
    settings.NEWSROOM_FETCH_HOSTS = ["localhost"]
    server.site = Site(server.server_port)
    return server.site


@pytest.fixture
def feed(site):
    return Feed.objects.create(address=site.at("/feed"), minutes=15)


def item(headline, text=STORY, **said):
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    return f"<item><title>{headline}</title>{fields}<description>{text}</description></item>"


def rss(*items, channel="<title>Cobh Sheet</title>", **headers):
    answer = f"<rss version='2.0'><channel>{channel}{''.join(items)}</channel></rss>"
    return 200, {**RSS, **{name.replace("_", "-"): value for name, value in headers.items()}}, answer.encode()


def page(headline):
    return 200, {"Content-Type": "text/html"}, f"<html><h1>{headline}</h1><p>{STORY}</p></html>".encode()


def headlines():
    return list(Article.objects.order_by("pk").values_list("headline", flat=True))


def statuses(polled):
    return [report["status"] for report in polled.reports]


def asked(site, path):
    return [each for each, _host, _agent in site.asked].count(path)


def test_what_is_new_is_imported_once_the_oldest_first(site, feed):
    make_section("Harbours")
    feed.publisher, feed.section = "Cobh Sheet", make_section("Ships")
    feed.save()
    old, new = item("Ferry aground", guid="f1"), item("Ferry afloat", guid="f2")
    site.answers["/feed"] = rss(old)
    assert statuses(poll(feed)) == ["created"]
    site.answers["/feed"] = rss(item("Ferry in dock", guid="f3"), new, old)
    polled = poll(feed)
    assert (statuses(polled), polled.known) == (["created", "created"], 1)
    assert headlines() == ["Ferry aground", "Ferry afloat", "Ferry in dock"]
    polled = poll(feed)
    assert (polled.reports, polled.known) == ([], 3)
    article = Article.objects.first()
    assert (article.publisher, article.section.name, article.status) == ("Cobh Sheet", "Ships", "draft")
    assert str(feed) == "Cobh Sheet"


def test_an_item_that_says_something_else_updates_its_article(site, feed):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"))
    poll(feed)
    site.answers["/feed"] = rss(item("Ferry still aground", guid="f1"))
    assert statuses(poll(feed)) == ["updated"]
    assert headlines() == ["Ferry still aground"]


def test_an_article_that_an_editor_deleted_does_not_come_back(site, feed):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"))
    poll(feed)
    Article.objects.all().delete()
    assert statuses(poll(feed)) == []


def test_a_feed_that_did_not_change_is_not_sent_again(site, feed):
    whole = rss(item("Ferry aground", guid="f1"), ETag='"7"', Last_Modified="Sat, 14 Mar 2026 06:30:00 GMT")

    def answer(headers):
        return (304, {"Cache-Control": "max-age=7200"}, b"") if headers["If-None-Match"] == '"7"' else whole

    site.answers["/feed"] = answer
    poll(feed, now=NOW)
    polled = poll(feed, now=NOW)
    assert (polled.reports, polled.known, polled.problem) == ([], 0, "")
    feed.refresh_from_db()
    assert (feed.etag, feed.next_poll) == ('"7"', NOW + timedelta(hours=2))
    assert str(feed) == "Cobh Sheet"


@pytest.mark.parametrize(
    ("channel", "headers", "minutes"),
    [
        ("", {}, 15),
        ("<ttl>60</ttl>", {}, 60),
        ("<ttl>5</ttl>", {}, 15),
        ("<ttl>soon</ttl>", {"Cache_Control": "public, max-age=1800"}, 30),
        ("", {"Cache_Control": "no-cache, max-age=1800"}, 15),
        ("", {"Expires": format_datetime(NOW + timedelta(hours=1), usegmt=True)}, 60),
        ("", {"Expires": "0"}, 15),
        ("<ttl>90000</ttl>", {}, 1440),
        (
            "<u:updatePeriod xmlns:u='http://purl.org/rss/1.0/modules/syndication/'>daily</u:updatePeriod>"
            "<u:updateFrequency xmlns:u='http://purl.org/rss/1.0/modules/syndication/'>4</u:updateFrequency>",
            {},
            360,
        ),
    ],
    ids=["own", "ttl", "short ttl", "max-age", "no-cache", "Expires", "expired", "a day at most", "syndication"],
)
def test_a_feed_is_left_alone_for_as_long_as_it_asks(site, feed, channel, headers, minutes):
    site.answers["/feed"] = rss(channel=channel, **headers)
    poll(feed, now=NOW)
    feed.refresh_from_db()
    assert (feed.next_poll - NOW, feed.error) == (timedelta(minutes=minutes), "")


def test_failures_are_told_and_each_doubles_the_time(site, feed):
    site.answers["/feed"] = SITE_CLOSED
    waits = []
    for _ in range(9):
        poll(feed, now=NOW)
        feed.refresh_from_db()
        waits.append((feed.next_poll - NOW) // timedelta(minutes=1))
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert (feed.failures, feed.error) == (9, "localhost answered 503 (Service Unavailable)")
    site.answers["/feed"] = rss()
    poll(feed, now=NOW)
    feed.refresh_from_db()
    assert (feed.failures, feed.error, feed.next_poll) == (0, "", NOW + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7200", timedelta(hours=2)),
        (format_datetime(NOW + timedelta(days=2), usegmt=True), timedelta(days=2)),
        ("99999999", timedelta(days=7)),
        ("in a while", timedelta(minutes=30)),
    ],
)
def test_a_server_says_when_to_come_again(site, feed, said, wait):
    site.answers["/feed"] = (429, {"Retry-After": said}, b"")
    poll(feed, now=NOW)
    feed.refresh_from_db()
    assert feed.next_poll - NOW == wait


def test_a_feed_that_is_gone_is_asked_no_more(site, feed):
    site.answers["/feed"] = (410, {}, b"")
    assert poll(feed).problem == "localhost answered 410 (Gone); it is not asked any more"
    assert list(poll_due(NOW + timedelta(days=9))) == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (page("Ferry aground"), "this is HTML, no feed; expected RSS, Atom or JSON Feed"),
        ((200, RSS, b"<rss><channel><item>"), "line 1 is no well-formed XML"),
        ((302, {"Location": "/feed"}, b""), "it redirects more than 5 times"),
        ((200, {"Content-Type": "application/feed+json"}, b'{"version": "https://jsonfeed.org/version/1.1"}'), "JSON"),
    ],
    ids=["page", "broken", "circle", "JSON"],
)
def test_what_is_no_feed_is_told(site, feed, answer, problem):
    site.answers["/feed"] = answer
    assert problem in poll(feed).problem
    assert headlines() == []


def test_a_private_address_is_not_polled(site, feed, settings):
    settings.NEWSROOM_FETCH_HOSTS = []
    assert "would be asked at port" in poll(feed).problem
    assert site.asked == []


def test_the_pages_of_summaries_are_fetched(site, feed):
    summaries = [item(f"Ferry {n}", "It sits.", link=site.at(f"/ferry/{n}")) for n in (3, 2, 1)]
    site.answers |= {f"/ferry/{n}": page(f"Ferry {n} aground") for n in (1, 2, 3)}
    site.answers["/feed"] = rss(*summaries, ETag='"7"')
    assert statuses(poll(feed, most_pages=2)) == ["created", "created"]
    feed.refresh_from_db()
    assert feed.etag == ""  # there is more to come
    polled = poll(feed, most_pages=2)
    assert (statuses(polled), polled.known) == (["created"], 2)
    assert headlines() == ["Ferry 1 aground", "Ferry 2 aground", "Ferry 3 aground"]
    feed.refresh_from_db()
    assert (feed.etag, Article.objects.first().address) == ('"7"', site.at("/ferry/1"))


def test_items_that_came_too_late_are_imported_by_the_next_poll(site, feed):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"), item("Ferry afloat", guid="f2"), ETag='"7"')
    polled = poll(feed, end=time.monotonic())
    assert (statuses(polled), polled.is_complete) == ([], False)
    feed.refresh_from_db()
    assert feed.etag == ""
    assert statuses(poll(feed)) == ["created", "created"]


def test_summaries_are_told_where_pages_are_not_wanted(site, feed):
    feed.fetches_pages = False
    feed.save()
    site.answers["/feed"] = rss(item("Ferry aground", "It sits.", link=site.at("/ferry")))
    (report,) = poll(feed).reports
    assert f"only a summary; its page is at {site.at('/ferry')}" in report["error"]
    assert poll(feed).known == 1
    assert (ArticleImport.objects.count(), asked(site, "/ferry")) == (1, 0)


def test_a_page_that_cannot_be_had_is_asked_for_a_few_times(site, feed):
    site.answers |= {"/feed": rss(item("Ferry aground", "It sits.", link=site.at("/ferry"))), "/ferry": SITE_CLOSED}
    for _ in range(MOST_TRIES + 2):
        poll(feed)
    assert asked(site, "/ferry") == ArticleImport.objects.filter(status="failed").count() == MOST_TRIES
    site.answers["/feed"] = rss(item("Ferry is aground", "It sits.", link=site.at("/ferry")))
    site.answers["/ferry"] = page("Ferry aground")
    assert statuses(poll(feed)) == ["created"]


def test_a_feed_whose_items_lead_to_itself_ends(site, feed):
    site.answers["/feed"] = rss(item("Ferry aground", "It sits.", link=site.at("/feed")))
    (report,) = poll(feed).reports
    assert "this is RSS or Atom; expected the page of a story" in report["error"]
    assert asked(site, "/feed") == 2


def test_items_without_identifiers_and_those_that_share_one_are_imported_once(site, feed):
    bare = [item("Ferry aground"), item("Ferry afloat")]
    shared = [item("Pier shut", guid="p", pubDate="Sat, 14 Mar 2026 06:30:00 GMT"), item("Pier open", guid="p")]
    site.answers["/feed"] = rss(*bare, *shared)
    poll(feed)
    assert sorted(headlines()) == ["Ferry afloat", "Ferry aground", "Pier shut"]
    polled = poll(feed)
    assert (polled.reports, polled.known) == ([], 4)


def test_only_feeds_that_are_due_active_and_free_are_polled(site):
    site.answers["/feed?late"] = site.answers["/feed?later"] = rss()
    hour = timedelta(hours=1)
    for name, fields in {
        "later": {"next_poll": NOW - hour},
        "late": {"next_poll": NOW - 2 * hour},
        "early": {"next_poll": NOW + hour},
        "off": {"next_poll": NOW - hour, "is_active": False},
        "held": {"next_poll": NOW - hour, "held_until": NOW + hour},
    }.items():
        Feed.objects.create(address=site.at(f"/feed?{name}"), **fields)
    assert [polled.feed.address.partition("?")[2] for polled in poll_due(NOW)] == ["late", "later"]
    assert list(poll_due(NOW)) == []
    held = Feed.objects.get(held_until__isnull=False)
    assert poll(held, now=NOW).is_busy
    assert asked(site, "/feed?held") == 0
