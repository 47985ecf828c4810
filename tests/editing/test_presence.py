from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.editing.presence import GONE_AFTER, arrive, leave, others
from articles.models import Presence
from tests.factories import make_article

EDIT, REVIEW = Presence.Place.EDIT, Presence.Place.REVIEW
SECOND = timedelta(seconds=1)


@pytest.fixture
def colleague(db):
    return get_user_model().objects.create_user("ana", first_name="Ana", last_name="Lopez", is_staff=True)


def who(article, user, **options):
    return [(each.user.username, each.place) for each in others(article, user, **options)]


def test_colleagues_see_each_other_and_nobody_sees_himself(editor, colleague):
    article = make_article()
    arrive(article, editor, EDIT)
    arrive(article, colleague, REVIEW)
    assert who(article, editor) == [("ana", "review")]
    assert who(article, colleague) == [("ida", "edit")]
    assert who(make_article(), editor) == []


def test_whoever_is_still_there_is_there_since_arriving(editor, colleague):
    article, now = make_article(), timezone.now()
    arrive(article, colleague, EDIT, now=now)
    arrive(article, colleague, EDIT, now=now + GONE_AFTER / 2)
    (seen,) = others(article, editor, now=now + GONE_AFTER)
    assert (seen.arrived, seen.seen) == (now, now + GONE_AFTER / 2)


def test_whoever_is_silent_for_two_minutes_is_gone_and_arrives_anew(editor, colleague):
    article, now = make_article(), timezone.now()
    arrive(article, colleague, EDIT, now=now)
    assert who(article, editor, now=now + GONE_AFTER) == [("ana", "edit")]
    later = now + GONE_AFTER + SECOND
    assert who(article, editor, now=later) == []
    assert arrive(article, colleague, EDIT, now=later).arrived == later


def test_leaving_one_place_leaves_that_one_only(editor, colleague):
    article = make_article()
    arrive(article, colleague, EDIT)
    arrive(article, colleague, REVIEW)
    leave(article, colleague, EDIT)
    assert who(article, editor) == [("ana", "review")]
