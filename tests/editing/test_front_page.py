"""The order of the front page, and the way back."""

from __future__ import annotations

import pytest

from articles.editing.front_page import last_change, put, take_back
from articles.models import Decision, FrontPagePlace
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    return {name: make_article(headline=name) for name in ("Ferry", "Bridge", "Storm", "Market")}


def order():
    return [str(place.article) for place in FrontPagePlace.objects.order_by("position")]


def arranged(stories, *names):
    for number, name in enumerate(names, start=1):
        put(stories[name], number, user=None)


@pytest.mark.parametrize(
    ("name", "position", "expected"),
    [
        ("Market", 1, ["Market", "Ferry", "Bridge", "Storm"]),
        ("Market", 2, ["Ferry", "Market", "Bridge", "Storm"]),
        ("Market", 99, ["Ferry", "Bridge", "Storm", "Market"]),
        ("Storm", 1, ["Storm", "Ferry", "Bridge"]),
        ("Ferry", 2, ["Bridge", "Ferry", "Storm"]),
        ("Ferry", 0, ["Ferry", "Bridge", "Storm"]),
        ("Ferry", 99, ["Bridge", "Storm", "Ferry"]),
        ("Bridge", None, ["Ferry", "Storm"]),
        ("Market", None, ["Ferry", "Bridge", "Storm"]),
    ],
)
def test_an_article_gets_a_place_and_the_others_make_room(stories, name, position, expected):
    arranged(stories, "Ferry", "Bridge", "Storm")
    put(stories[name], position, user=None)
    assert order() == expected
    assert [place.position for place in FrontPagePlace.objects.all()] == [*range(1, len(expected) + 1)]


def test_putting_an_article_where_it_is_changes_nothing(stories):
    arranged(stories, "Ferry", "Bridge")
    assert not put(stories["Bridge"], 99, user=None)
    assert Decision.objects.count() == 2


def test_a_deleted_article_leaves_no_gap_behind_it(stories):
    arranged(stories, "Ferry", "Bridge", "Storm")
    stories["Bridge"].delete()
    put(stories["Market"], 99, user=None)
    assert order() == ["Ferry", "Storm", "Market"]


def test_each_change_is_written_down_with_both_places(stories, admin_user):
    arranged(stories, "Ferry", "Bridge")
    put(stories["Bridge"], 1, user=admin_user)
    decision = Decision.objects.first()
    assert (decision.article, decision.user, decision.action) == (stories["Bridge"], admin_user, "front page")
    assert (decision.before, decision.after) == ({"place": 2}, {"place": 1})


def test_changes_are_taken_back_one_after_the_other(stories):
    arranged(stories, "Ferry", "Bridge", "Storm")
    put(stories["Storm"], 1, user=None)
    put(stories["Ferry"], None, user=None)
    seen = [order()]
    while change := last_change():
        take_back(change, user=None)
        seen.append(order())
    assert seen == [
        ["Storm", "Bridge"],
        ["Storm", "Ferry", "Bridge"],
        ["Ferry", "Bridge", "Storm"],
        ["Ferry", "Bridge"],
        ["Ferry"],
        [],
    ]


def test_a_new_change_is_taken_back_before_older_ones(stories):
    arranged(stories, "Ferry", "Bridge")
    take_back(last_change(), user=None)
    put(stories["Storm"], 1, user=None)
    take_back(last_change(), user=None)
    assert order() == ["Ferry"]
    take_back(last_change(), user=None)
    assert order() == []


def test_the_change_of_a_deleted_article_is_passed_over(stories):
    arranged(stories, "Ferry", "Bridge")
    stories["Bridge"].delete()
    assert last_change().article == stories["Ferry"]
