"""Stories told twice: found when a text changes, decided once, never merged."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles.editing import same_story
from articles.editing.checks import check_article
from articles.editing.same_story import NotAllowed, ask_again, keep_one, suggest_same, tell_apart
from articles.models import Decision, StoryBand, StoryPair
from tests.factories import make_article
from tests.text.test_shingles import STORY

pytestmark = pytest.mark.django_db
State = StoryPair.State
OTHER = "The council of Youghal has decided on its budget. " + " ".join(
    f"Line {n} costs {n * 7} euros." for n in range(20)
)


@pytest.fixture
def user(db):
    return User.objects.create_user("ida")


def told(text=STORY, **fields):
    article = make_article(body=f"<p>{text}</p>", **fields)
    suggest_same([article.pk])
    return article


def pairs():
    return [(pair.first_id, pair.second_id, pair.score) for pair in StoryPair.objects.order_by("pk")]


def test_nearly_the_same_words_are_a_pair_and_others_are_not():
    first, second = told(), told(STORY.replace("Thursday morning", "Friday night"))
    told(OTHER)
    ((one, two, score),) = pairs()
    assert (one, two) == (first.pk, second.pk)
    assert 0.85 < score < 1


def test_a_pair_goes_when_the_words_change_and_stays_when_an_editor_spoke(user):
    told()
    second = told()
    second.text = OTHER
    second.save()
    suggest_same([second.pk])
    assert pairs() == []
    second.text = STORY
    second.save()
    assert suggest_same([second.pk]) == 1
    tell_apart(StoryPair.objects.get(), user=user)
    second.text = OTHER
    second.save()
    assert suggest_same([second.pk]) == 0
    assert StoryPair.objects.get().state == State.DIFFERENT


def test_what_was_told_apart_is_not_suggested_again_until_it_is_taken_back(user):
    first, second = told(), told()
    pair = StoryPair.objects.get()
    tell_apart(pair, user=user)
    assert suggest_same([first.pk]) == suggest_same([second.pk]) == 0
    assert not StoryPair.objects.waiting().exists()
    ask_again(pair, user=user)
    assert StoryPair.objects.waiting().get().user is None
    actions = Decision.objects.filter(article=first).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["tell apart", "take back"]


@pytest.mark.parametrize(
    ("status", "after"),
    [("published", "withdrawn"), ("ready", "draft"), ("in_review", "draft"), ("draft", "draft")],
)
def test_of_two_that_are_one_the_other_leaves(user, status, after):
    kept, other = told(headline="Ferry afloat"), told(status=status)
    keep_one(StoryPair.objects.get(), kept, user=user, may_withdraw=True)
    other.refresh_from_db()
    assert (other.status, StoryPair.objects.get().kept) == (after, kept)
    if after == "withdrawn":
        assert other.withdrawal_note == "This story is told in another article: “Ferry afloat”."
    else:
        said = [check.message for check in check_article(other) if check.key == "told_twice"]
        assert said == ["An editor said that “Ferry afloat” tells this story, and kept that one."]
    assert "told_twice" not in [check.key for check in check_article(kept)]


def test_a_scheduled_one_does_not_come_out(user):
    from django.utils import timezone

    kept, other = told(), told(status="scheduled", scheduled_for=timezone.now())
    keep_one(StoryPair.objects.get(), kept, user=user, may_withdraw=False)
    other.refresh_from_db()
    assert (other.status, other.scheduled_for) == ("draft", None)


def test_readers_hear_nothing_of_an_article_that_they_do_not_see(user):
    kept, other = told(headline="Xanadu", status="draft"), told()
    keep_one(StoryPair.objects.get(), kept, user=user, may_withdraw=True)
    other.refresh_from_db()
    assert other.withdrawal_note == "This story is told in another article."


def test_who_may_not_withdraw_withdraws_nothing(user):
    kept, other = told(), told()
    with pytest.raises(NotAllowed, match="ask somebody who may withdraw"):
        keep_one(StoryPair.objects.get(), kept, user=user, may_withdraw=False)
    other.refresh_from_db()
    assert (other.status, StoryPair.objects.get().state) == ("published", State.SUGGESTED)


def test_what_every_article_says_is_no_key(monkeypatch):
    """As many as may share a key get it; the others are compared with them, and do not pile up."""
    monkeypatch.setattr(same_story, "MOST_SHARING", 3)
    for _ in range(5):
        told()
    assert StoryBand.objects.filter(value=StoryBand.objects.first().value).count() == 3
    assert len(pairs()) == 3 + 3 + 3


def test_withdrawn_articles_wait_for_nobody(user):
    told()
    told(status="withdrawn")
    assert not StoryPair.objects.waiting().exists()


def test_an_archive_that_was_there_before_is_compared(capsys):
    for _ in range(2):
        make_article(body=f"<p>{STORY}</p>")
    call_command("find_duplicates")
    assert "2 articles compared, 1 new pairs; 1 wait." in capsys.readouterr().out
    call_command("find_duplicates")
    assert "0 articles compared" in capsys.readouterr().out


def test_looking_for_the_same_takes_as_many_queries_however_many_there_are(django_assert_num_queries):
    def made(number):
        return [make_article(body=f"<p>{STORY}</p>").pk for _ in range(number)]

    made_before = made(1)
    suggest_same(made_before)
    for number, new in ((1, 1), (6, 6 * 2 + 6 * 5 // 2)):
        articles = made(number)
        with django_assert_num_queries(9):
            assert suggest_same(articles) == new
