from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.editing.publish import publish, publish_due, schedule
from articles.editing.withdraw import withdraw
from articles.models import Article, Decision, DeskNote, Person, State
from tests.factories import RELEASED, make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def reasons(moved):
    return [str(refusal) for refusal in moved.refused]


def test_publishing_shows_the_article_and_counts_its_people(editor):
    article, person = make_article(status="draft"), make_person("Mara Finch")
    make_appearance(article, person)
    assert publish([article], user=editor).articles == [article]
    assert Article.objects.published().get().released is not None
    assert Person.objects.get().article_count == 1


@pytest.mark.parametrize("status", ["draft", "in_review", "ready"])
def test_whatever_is_written_can_be_published(editor, status):
    publish([make_article(status=status)], user=editor)
    assert Article.objects.published().exists()


def test_what_is_published_already_is_not_published_twice(editor):
    moved = publish([make_article()], user=editor)
    assert (moved.articles, moved.refused) == ([], [])
    assert not Decision.objects.exists()


def test_a_withdrawn_article_is_not_published(editor):
    article = make_article(status="withdrawn", headline="Ferry sails")
    assert reasons(publish([article], user=editor)) == ["“Ferry sails”: It is withdrawn."]
    assert not Article.objects.published().exists()


def test_the_log_says_who_published(editor):
    publish([make_article(status="draft"), make_article(status="draft")], user=editor)
    assert {decision.user for decision in Decision.objects.all()} == {editor}
    assert len({decision.batch for decision in Decision.objects.all()}) == 1


def test_an_embargo_keeps_it_from_readers_and_says_until_when(editor, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    free = make_article(status="draft")
    embargo = datetime(2131, 6, 2, 8, 30, tzinfo=UTC)
    embargoed = make_article(status="draft", headline="Ferry sails", embargo=embargo)
    moved = publish([embargoed, free], user=editor)
    assert moved.articles == [free]
    assert reasons(moved) == ["“Ferry sails”: It is embargoed until 2 June 2131, 09:30 IST."]
    assert Article.objects.published().get() == free


def test_an_embargo_that_is_over_keeps_nothing(editor):
    article = make_article(status="draft", embargo=timezone.now() - HOUR)
    assert publish([article], user=editor).articles == [article]


def test_a_first_release_before_a_later_embargo_does_not_stand(editor):
    over = timezone.now() - HOUR
    article = make_article(status="draft", released=over - HOUR, embargo=over)
    publish([article], user=editor)
    article.refresh_from_db()
    assert article.released > over


def test_an_article_that_comes_back_keeps_its_first_release(editor):
    article = make_article(status="ready", released=RELEASED)
    publish([article], user=editor)
    article.refresh_from_db()
    assert article.released == RELEASED


def test_a_check_that_blocks_keeps_it_from_readers(editor, settings):
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["quotations"]
    article = make_article(status="draft", headline="Ferry sails")
    make_quote(article, "The bridge", state=State.SUGGESTED)
    assert reasons(publish([article], user=editor)) == ["“Ferry sails”: 1 quotation is not reviewed."]


def test_a_schedule_waits_for_its_time(editor):
    article, at = make_article(status="ready"), timezone.now() + HOUR
    schedule(article, at=at, user=editor)
    article.refresh_from_db()
    assert (article.status, article.scheduled_for) == ("scheduled", at)
    assert publish_due().published == []
    due = publish_due(now=at)
    article.refresh_from_db()
    assert (due.published, article.status, article.scheduled_for) == ([article], "published", None)


def test_another_time_replaces_the_first(editor):
    article, at = make_article(status="ready"), timezone.now() + HOUR
    schedule(article, at=at, user=editor)
    schedule(article, at=at + HOUR, user=editor)
    article.refresh_from_db()
    assert article.scheduled_for == at + HOUR


def test_a_time_that_is_over_or_before_the_embargo_is_refused(editor):
    now = timezone.now()
    article = make_article(status="ready", headline="Ferry sails", embargo=now + 2 * HOUR)
    assert "is over." in reasons(schedule(article, at=now - HOUR, user=editor))[0]
    assert "It is embargoed until" in reasons(schedule(article, at=now + HOUR, user=editor))[0]
    assert schedule(article, at=now + 2 * HOUR, user=editor).refused == []


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_what_readers_saw_is_not_scheduled(editor, status):
    article = make_article(status=status)
    assert schedule(article, at=timezone.now() + HOUR, user=editor).articles == []


def make_due(**fields):
    return make_article(status="scheduled", scheduled_for=timezone.now() - HOUR, **fields)


def test_what_is_due_is_published_once_and_the_earliest_first():
    later, earlier = make_due(), make_due()
    Article.objects.filter(pk=earlier.pk).update(scheduled_for=later.scheduled_for - HOUR)
    assert publish_due().published == [earlier, later]
    assert publish_due().published == []
    assert Decision.objects.filter(action="publish", user=None).count() == 2


def test_what_a_check_keeps_back_is_ready_again_and_the_desk_is_told(settings):
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["byline"]
    blocked, free = make_due(headline="Ferry sails"), make_due(byline=("Ana Lopez",))
    due = publish_due()
    blocked.refresh_from_db()
    assert (due.published, blocked.status, blocked.scheduled_for) == ([free], "ready", None)
    note = DeskNote.objects.get(article=blocked)
    assert note.text.startswith("Not published at ")
    assert note.text.endswith(": It has no byline and names no source.")
    assert Decision.objects.get(action="hold").after["why"] == "It has no byline and names no source."
    assert publish_due().published == []


def test_a_withdrawal_taken_back_is_published_again_by_a_person_alone(editor):
    article = make_article()
    withdraw(article, note="It was wrong.", user=editor)
    assert publish_due(now=timezone.now() + 1000 * HOUR).published == []
