from articles.editing.publish import publish, unpublish, was_unpublished_by_hand
from articles.models import Article, Decision, Person
from tests.factories import make_appearance, make_article, make_person


def test_publishing_shows_the_article_and_counts_its_people(editor):
    article, person = make_article(status="draft"), make_person("Mara Finch")
    make_appearance(article, person)
    assert publish([article], user=editor) == 1
    assert Article.objects.published().get().released is not None
    assert Person.objects.get().article_count == 1


def test_unpublishing_takes_it_all_away_and_keeps_the_first_release(editor):
    article, person = make_article(), make_person("Mara Finch")
    make_appearance(article, person)
    released = article.released
    assert unpublish([article], user=editor) == 1
    assert not Article.objects.published()
    assert Person.objects.get().article_count == 0
    publish([article], user=editor)
    assert Article.objects.get().released == released


def test_what_is_published_already_is_not_published_twice(editor):
    article = make_article()
    assert publish([article], user=editor) == 0
    assert not Decision.objects.exists()


def test_the_log_says_who_published(editor):
    publish([make_article(status="draft"), make_article(status="draft")], user=editor)
    assert {decision.user for decision in Decision.objects.all()} == {editor}
    assert len({decision.batch for decision in Decision.objects.all()}) == 1


def test_only_a_person_unpublishes_by_hand(editor):
    article = make_article()
    unpublish([article], user=None)
    assert not was_unpublished_by_hand(article)
    publish([article], user=editor)
    unpublish([article], user=editor)
    assert was_unpublished_by_hand(article)
