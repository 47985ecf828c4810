from datetime import timedelta

from articles.editing.moves import move
from articles.editing.previews import find_link, make_link
from articles.editing.publish import publish
from articles.editing.withdraw import what_vanishes, withdraw
from articles.models import Article, Decision, Person, Quote, Tag
from articles.searching.index import rebuild
from tests.factories import make_appearance, make_article, make_person, make_quote
from tests.searched import searched


def make_story(**fields):
    article = make_article(headline="Ferry sails", body="<p>“It sails,” said Mara Finch.</p>", **fields)
    mara = Person.objects.filter(name="Mara Finch").first() or make_person("Mara Finch")
    make_appearance(article, mara)
    make_quote(article, "“It sails,”", speaker=mara)
    return article


def test_withdrawing_empties_every_page_at_once(editor):
    article = make_story(tags=("Ferries",))
    rebuild()
    assert [len(searched(kind, words)) for kind, words in searches()] == [1, 1, 1]
    withdraw(article, note="It was not true.", user=editor)
    article.refresh_from_db()
    assert (article.status, article.withdrawal_note) == ("withdrawn", "It was not true.")
    assert article.withdrawn_at is not None
    shown = [Article.objects.published(), Person.objects.public(), Quote.objects.public(), Tag.objects.public()]
    assert [rows.count() for rows in shown] == [0, 0, 0, 0]
    assert [len(searched(kind, words)) for kind, words in searches()] == [0, 0, 0]
    assert Person.objects.get().article_count == 0
    assert Decision.objects.get().action == "withdraw"


def searches():
    return [("person", "Finch"), ("quotation", "sails"), ("article", "ferry")]


def test_what_is_not_published_cannot_be_withdrawn(editor):
    moved = withdraw(make_article(status="draft"), note="No.", user=editor)
    assert (moved.articles, len(moved.refused)) == ([], 1)


def test_links_for_previews_end_with_it(editor):
    article = make_article()
    secret = make_link(article, lifetime=timedelta(days=1), user=editor)
    withdraw(article, note="No.", user=editor)
    assert find_link(secret) is None


def test_it_comes_back_as_ready_and_is_published_by_a_person(editor):
    article = make_story()
    withdraw(article, note="No.", user=editor)
    move([article], "reinstate", user=editor)
    article.refresh_from_db()
    assert (article.status, article.withdrawn_at, article.withdrawal_note) == ("ready", None, "")
    assert not Article.objects.published().exists()
    publish([article], user=editor)
    assert Person.objects.get().article_count == 1


def test_what_vanishes_is_what_nothing_else_shows(editor):
    article = make_story(tags=("Ferries", "Ports"))
    make_appearance(article, make_person("Tom Hill"), "said")
    make_story(tags=("Ports",))
    vanishing = what_vanishes(article)
    assert vanishing.quotations == 1
    assert [entity.name for entity in vanishing.entities] == ["Tom Hill"]
    assert [tag.name for tag in vanishing.tags] == ["Ferries"]
