import pytest

from articles.editing.moves import MOVES, move, moves_from, was_moved_by_hand
from articles.models import Article, Decision
from tests.factories import make_article

# Which moves a person can make from each status, in the order of the buttons.
ALLOWED = {
    "draft": ["submit", "approve", "schedule", "publish"],
    "in_review": ["return", "approve", "schedule", "publish"],
    "ready": ["return", "schedule", "publish"],
    "scheduled": ["schedule", "unschedule", "publish"],
    "published": ["withdraw"],
    "withdrawn": ["reinstate"],
}


@pytest.mark.parametrize("status", Article.Status.values)
def test_each_status_allows_its_moves(status):
    assert [move.name for move in moves_from(Article(status=status))] == ALLOWED[status]


def test_nothing_leads_before_readers_but_publish():
    assert [move.name for move in MOVES.values() if move.target == "published"] == ["publish"]


@pytest.mark.parametrize(
    ("name", "status", "target"),
    [
        ("submit", "draft", "in_review"),
        ("return", "in_review", "draft"),
        ("return", "ready", "draft"),
        ("approve", "draft", "ready"),
        ("approve", "in_review", "ready"),
        ("reinstate", "withdrawn", "ready"),
    ],
)
def test_a_move_changes_the_status_and_is_logged(editor, name, status, target):
    article = make_article(status=status)
    assert move([article], name, user=editor).articles == [article]
    article.refresh_from_db()
    assert article.status == target
    decision = Decision.objects.get()
    assert (decision.action, decision.user) == (name, editor)
    assert (decision.before["status"], decision.after["status"]) == (status, target)


@pytest.mark.parametrize(("name", "status"), [("submit", "published"), ("return", "scheduled"), ("reinstate", "draft")])
def test_a_move_that_the_status_forbids_is_refused_in_words(editor, name, status):
    fields = {"scheduled_for": "2131-01-01T00:00Z"} if status == "scheduled" else {}
    article = make_article(status=status, headline="Ferry sails", **fields)
    moved = move([article], name, user=editor)
    article.refresh_from_db()
    assert article.status == status
    assert [str(refusal) for refusal in moved.refused] == [f"“Ferry sails”: It is {status}."]
    assert not Decision.objects.exists()


def test_what_is_there_already_is_neither_moved_nor_refused(editor):
    moved = move([make_article(status="ready")], "approve", user=editor)
    assert (moved.articles, moved.refused) == ([], [])


def test_leaving_the_schedule_takes_the_time_off(editor):
    article = make_article(status="scheduled", scheduled_for="2131-01-01T00:00Z")
    move([article], "unschedule", user=editor)
    article.refresh_from_db()
    assert (article.status, article.scheduled_for) == ("ready", None)


def test_only_a_person_moves_by_hand(editor):
    article = make_article(status="draft")
    move([article], "submit", user=None)
    assert not was_moved_by_hand(article)
    move([article], "return", user=editor)
    assert was_moved_by_hand(article)
