import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Entity, Quote, SearchEntry, SearchText, SearchWord, Tag
from articles.searching.engines import engine
from articles.searching.index import disagreements
from tests.factories import make_appearance, make_article, make_person, make_quote, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>", tags=("Ferries",))
    make_appearance(article, make_person("Mara Finch"))
    make_quote(article, "“It sails,”")
    return article


def test_every_record_is_in_the_search_afterwards(archive, capsys):
    call_command("rebuild_search")
    assert "4 records are in the search" in capsys.readouterr().out
    call_command("rebuild_search", "--check")
    assert SearchWord.objects.get(word="sails").number == 2
    assert not SearchWord.objects.filter(word__startswith="_").exists()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: SearchEntry.objects.filter(kind=1).delete(), "article {}: the search does not know it"),
        (lambda: Article.objects.update(headline="Other"), "article {}: the search knows it as it was"),
        (lambda: Quote.objects.update(source="he"), ": the search knows it as it was"),
        (lambda: Tag.objects.all().delete(), "the search knows it, and it is gone"),
        (lambda: Entity.objects.update(description="Sails."), ": the search knows it as it was"),
        (lambda: engine().remove(engine().places_after(0)), "article {}: the search has none of its words"),
    ],
)
def test_what_differs_is_named_and_mended(archive, capsys, damage, said):
    call_command("rebuild_search")
    damage()
    capsys.readouterr()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("rebuild_search", "--check")
    assert said.format(archive.pk) in capsys.readouterr().out
    call_command("rebuild_search")
    assert list(disagreements()) == []
    assert SearchText.objects.count() == SearchEntry.objects.count()


def test_words_of_nothing_are_found_and_go(archive):
    call_command("rebuild_search")
    engine().write([(1 << 60, "left over")])
    assert list(disagreements()) == ["the search has words of records that it does not know"]
    call_command("rebuild_search")
    assert list(disagreements()) == []


def test_a_second_run_writes_nothing(archive, django_assert_max_num_queries):
    make_tag("Oysters")
    call_command("rebuild_search")
    before = list(SearchEntry.objects.values_list())
    with django_assert_max_num_queries(60) as queries:
        call_command("rebuild_search")
    assert not [
        each["sql"] for each in queries if "articles_searchentry" in each["sql"] and "UPDATE" in each["sql"][:6]
    ]
    assert list(SearchEntry.objects.values_list()) == before
