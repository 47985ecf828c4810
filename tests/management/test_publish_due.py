from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Event, Timer

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.management.commands.publish_due import Command
from articles.management.minutes import each_minute, seconds_to_next_minute
from articles.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def run():
    output = StringIO()
    call_command("publish_due", stdout=output)
    return output.getvalue()


def test_it_says_what_it_published_and_what_it_held(settings):
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["byline"]
    past = timezone.now() - HOUR
    make_article(status="scheduled", scheduled_for=past, headline="Ferry sails", byline=("Ana Lopez",))
    make_article(status="scheduled", scheduled_for=past, headline="Ferry stays")
    make_article(status="scheduled", scheduled_for=timezone.now() + HOUR, headline="Ferry rests")
    said = run()
    assert "published  Ferry sails\n" in said
    assert "held       “Ferry stays”: It has no byline and names no source.\n" in said
    assert run() == ""
    assert [article.headline for article in Article.objects.published()] == ["Ferry sails"]


@pytest.mark.django_db(
    transaction=True
)  # at the turn of a minute the connection is closed, which no transaction survives
def test_watching_ends_when_it_is_told_to():
    make_article(status="scheduled", scheduled_for=timezone.now() - HOUR)
    stop = Event()
    Timer(0.2, stop.set).start()
    each_minute(Command(stdout=StringIO()).publish, stop)
    assert Article.objects.published().count() == 1


@pytest.mark.parametrize(
    ("second", "microsecond", "seconds"), [(0, 0, 60), (59, 0, 1), (59, 500_000, 0.5)], ids=["full", "late", "half"]
)
def test_it_wakes_at_each_full_minute(second, microsecond, seconds):
    assert seconds_to_next_minute(datetime(2031, 5, 2, 9, 30, second, microsecond, tzinfo=UTC)) == seconds
