from datetime import timedelta

from django.utils import timezone

from articles.editing.embargo import set_embargo
from articles.editing.previews import find_link, make_link
from articles.models import Decision
from tests.factories import RELEASED, make_article

HOUR = timedelta(hours=1)


def test_an_embargo_is_set_and_lifted_and_logged(editor):
    article, until = make_article(status="draft"), timezone.now() + HOUR
    assert set_embargo(article, until=until, user=editor) == ""
    article.refresh_from_db()
    assert article.is_embargoed
    set_embargo(article, until=None, user=editor)
    article.refresh_from_db()
    assert article.embargo is None
    assert [decision.before["embargo"] for decision in Decision.objects.all()] == [until.isoformat(), ""]


def test_the_same_embargo_again_is_no_decision(editor):
    until = timezone.now() + HOUR
    set_embargo(make_article(status="draft", embargo=until), until=until, user=editor)
    assert not Decision.objects.exists()


def test_what_readers_see_cannot_be_embargoed(editor):
    article = make_article()
    problem = set_embargo(article, until=RELEASED + HOUR, user=editor)
    assert problem == "Readers see it already; withdraw it if they should not."
    article.refresh_from_db()
    assert article.embargo is None


def test_an_embargo_after_the_schedule_is_refused(editor):
    at = timezone.now() + HOUR
    article = make_article(status="scheduled", scheduled_for=at)
    assert set_embargo(article, until=at + HOUR, user=editor).startswith("It is scheduled for ")
    assert set_embargo(article, until=at, user=editor) == ""


def test_links_made_before_the_embargo_end(editor):
    article = make_article(status="draft")
    secret = make_link(article, lifetime=timedelta(days=1), user=editor)
    set_embargo(article, until=timezone.now() + HOUR, user=editor)
    assert find_link(secret) is None
