"""The rows of a byline: from documents, by hand, read and written back."""

from __future__ import annotations

import pytest

from articles.documents.story import Credit
from articles.editing.bylines import Authors, byline_of, editing_byline, set_byline
from articles.models import Author, Byline, Decision
from tests.factories import make_article, make_author, make_byline

pytestmark = pytest.mark.django_db


def names(rows):
    return [(row["name"], row["role"], row["author"]) for row in rows]


def test_a_name_alone_is_the_author_of_that_name():
    ana = make_author("Ana Lopez")
    assert names(Authors().rows_by_name(["ANA  Lopez".title()])) == [("Ana  Lopez", "reporting", ana.pk)]


def test_a_new_name_makes_an_author():
    rows = Authors().rows_by_name(["Ana Lopez"], [Credit("Bo Ek", "photographs")])
    authors = {author.name: author.pk for author in Author.objects.all()}
    assert names(rows) == [
        ("Ana Lopez", "reporting", authors["Ana Lopez"]),
        ("Bo Ek", "photographs", authors["Bo Ek"]),
    ]


def test_who_reports_and_photographs_is_one_author():
    rows = Authors().rows_by_name(["Ana Lopez"], [Credit("Ana Lopez", "photographs")])
    assert [row["role"] for row in rows] == ["reporting", "photographs"]
    assert Author.objects.count() == 1


def test_an_agency_is_printed_and_is_no_author():
    assert names(Authors().rows_by_name(["Reuters", "The Associated Press"])) == [
        ("Reuters", "reporting", None),
        ("The Associated Press", "reporting", None),
    ]
    assert not Author.objects.exists()


def test_of_two_authors_of_one_name_an_editor_has_to_say_which():
    make_author("Ana Lopez"), make_author("Ana Lopez")
    assert names(Authors().rows_by_name(["Ana Lopez"])) == [("Ana Lopez", "reporting", None)]


def test_a_byline_is_given_back_exactly_as_it_was():
    article = make_article(byline=("Tidewire",))
    make_byline(article, make_author("Ana Lopez"), role="photographs")
    before = byline_of(article)
    set_byline(article, [])
    assert byline_of(article) == []
    set_byline(article, before)
    assert byline_of(article) == before


def test_the_name_of_an_author_who_is_gone_stays():
    article, ana = make_article(), make_author("Ana Lopez")
    make_byline(article, ana)
    before = byline_of(article)
    ana.delete()
    set_byline(article, [])
    set_byline(article, before)
    assert names(byline_of(article)) == [("Ana Lopez", "reporting", None)]


def test_setting_the_same_names_touches_no_row():
    article = make_article(byline=("Ana Lopez", "Bo Ek"))
    keys = set(article.bylines.values_list("pk", flat=True))
    set_byline(article, byline_of(article))
    assert set(article.bylines.values_list("pk", flat=True)) == keys


def test_what_an_editor_changes_is_numbered_anew_and_written_down(admin_user):
    article = make_article(byline=("Ana Lopez", "Bo Ek", "Cem Aksoy"))
    with editing_byline(article, user=admin_user):
        article.bylines.filter(name="Ana Lopez").delete()
        article.bylines.filter(name="Bo Ek").update(position=32_000, role=Byline.Role.PHOTOGRAPHS)
    assert list(article.bylines.values_list("name", "position")) == [("Cem Aksoy", 1), ("Bo Ek", 2)]
    decision = Decision.objects.get()
    assert decision.before == {"byline": ["Ana Lopez", "Bo Ek", "Cem Aksoy"]}
    assert decision.after == {"byline": ["Cem Aksoy", "Bo Ek (photographs)"]}
    article.refresh_from_db()
    assert article.edited_fields == ["byline"]


def test_a_byline_left_as_it_is_leaves_no_trace():
    article = make_article(byline=("Ana Lopez",))
    with editing_byline(article, user=None):
        pass
    article.refresh_from_db()
    assert (article.edited_fields, Decision.objects.count()) == ([], 0)
