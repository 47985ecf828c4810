"""The words on a server of their own: brought when a change is done, missed when the server is out, and mended."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.importing.service import import_document
from articles.models import Article, SearchEntry, SearchWord
from articles.searching import delivering, opensearch
from articles.searching import server as servers
from articles.searching.asking import Ask, Expression, SearchUnavailable
from articles.searching.delivering import bring
from articles.searching.engines import engine
from articles.searching.finding import Search, find
from articles.searching.index import disagreements, follow_articles, rebuild
from articles.searching.places import Kind
from articles.searching.queries import read_query
from articles.searching.server import Server, server_at
from articles.searching.spelling import count_words
from tests.factories import make_article
from tests.searched import searched
from tests.searching.stand_in import PASSWORD

pytestmark = pytest.mark.django_db
ADDRESS = "https://newsroom:s3kr3t@search.example.org:9200/news"


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """What changes within is done at its end, as if the test's own transaction were none."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def change(article, **values):
    Article.objects.filter(pk=article.pk).update(**values)
    follow_articles([article.pk])


def places():
    return set(SearchEntry.objects.values_list("place", flat=True))


# The setting.


def test_one_address_says_which_server_and_which_index():
    assert server_at("") is None
    assert server_at(ADDRESS) == Server("https", "search.example.org", 9200, "news", "newsroom", "s3kr3t")
    assert server_at("http://localhost/news") == Server("http", "localhost", 80, "news")
    assert server_at("https://a:p%40ss@localhost/news").password == "p@ss"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("search.example.org/s3kr3t", "does not begin with https"),
        ("ftp://newsroom:s3kr3t@search.example.org/news", "does not begin with https"),
        ("https://newsroom:s3kr3t@search.example.org", "names no index"),
        ("https://newsroom:s3kr3t@search.example.org/News", "names no index"),
        ("https://newsroom:s3kr3t@search.example.org/news/old", "names no index"),
        ("https://newsroom:s3kr3t@/news", "is no address"),
        ("https://newsroom:s3kr3t/x@search.example.org/news", "is no address"),
        ("https://newsroom:s3kr3t@search.example.org/news?x=1", "is no address"),
    ],
)
def test_a_broken_address_is_an_error_that_keeps_the_password(address, said):
    with pytest.raises(ImproperlyConfigured, match=said) as error:
        server_at(address)
    assert "s3kr3t" not in str(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(servers, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install \"newsroom\[opensearch\]\""):
        server_at(ADDRESS)


def test_no_password_is_shown_where_settings_are():
    assert "s3kr3t" not in repr(server_at(ADDRESS)) + server_at(ADDRESS).name


# Bringing.


def test_what_changes_is_found_when_the_change_is_done(server, archive, done):
    text = "Boat leaves\n\nBy Ife Balogun\n\nMay 3, 2031\n\n“It sails,” said Mara Finch of Coast Lines in Szeged.\n"
    with done():
        import_document(text.encode(), source="boat.txt", user=get_user_model().objects.create_user("ida"))
        change(archive, headline="Oysters return", status="draft")
    assert list(disagreements()) == []
    assert searched("article", "oysters") == []
    assert places() == server.places
    with done():
        Article.objects.filter(pk=archive.pk).delete()
        follow_articles([archive.pk])
    assert places() == server.places
    assert list(disagreements()) == []


def test_a_change_that_is_rolled_back_leaves_nothing(server, archive, done):
    asked = len(server.asked)
    with done(), transaction.atomic():
        change(archive, headline="Oysters return")
        transaction.set_rollback(True)
    assert server.asked[asked:] == []
    with done():
        change(archive, headline="Ferry to Cobh is later")
    assert searched("article", "oysters") == []
    assert searched("article", "later") == [archive.pk]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the later first"])
def test_the_newest_state_wins_in_whatever_order_changes_are_brought(server, archive, order):
    batches = []
    for values in ({"headline": "Oysters", "status": "draft"}, {"headline": "Mussels", "status": "published"}):
        change(archive, **values)
        batches.append(delivering.local.waiting)
        delivering.local.waiting = None
    for number in order:
        bring(batches[number])
    assert searched("article", "mussels") == [archive.pk]
    assert searched("article", "oysters") == []
    assert places() == server.places
    assert list(disagreements()) == []


def test_an_outage_hinders_no_editor_and_is_mended(server, archive, done, caplog, capsys):
    server.failing = 503
    with done():
        change(archive, headline="Oysters return", status="draft")
    (line,) = [each.getMessage() for each in caplog.records if each.name.startswith(("articles", "opensearch"))]
    assert "wait for rebuild_search" in line
    assert "answers 503" in line
    for arguments in ([], ["--check"]):
        with pytest.raises(CommandError, match=r"answers 503: .*; run this again"):
            call_command("rebuild_search", *arguments)
    server.failing = None
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("rebuild_search", "--check")
    assert f"article {archive.pk}: its words have not reached the search yet" in capsys.readouterr().out
    call_command("rebuild_search")
    call_command("rebuild_search", "--check")
    # The place that it had while readers saw it is gone, too.
    assert places() == server.places


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda server: server.indices.clear(), "the search has none of its words"),
        (lambda server: SearchEntry.objects.filter(kind=1).delete(), "the search does not know it"),
        (lambda server: Article.objects.update(headline="Other"), "the search knows it as it was"),
        (lambda server: engine().write([(1 << 60, "left over")]), "the search has words of records that it does not"),
    ],
    ids=["index lost", "entry lost", "record changed", "words left over"],
)
def test_what_differs_is_named_and_mended(server, archive, damage, said):
    assert list(disagreements()) == []
    damage(server)
    assert said in "\n".join(disagreements())
    rebuild()
    assert list(disagreements()) == []
    assert places() == server.places


def test_what_another_engine_held_counts_as_not_written(server, archive, settings):
    """Words that stayed behind in the one while the other was asked are never taken for the record's own."""
    address, settings.NEWSROOM_SEARCH = settings.NEWSROOM_SEARCH, None
    assert len(list(disagreements())) == SearchEntry.objects.count()
    change(archive, headline="Oysters return")
    rebuild()
    assert list(disagreements()) == []
    settings.NEWSROOM_SEARCH = address
    rebuild()
    assert list(disagreements()) == []
    assert searched("article", "oysters") == [archive.pk]


def test_two_make_the_index_at_once(server):
    engine()._create()
    engine()._create()
    assert list(server.indices) == ["newsroom"]


def test_an_empty_archive_is_searched_and_finds_nothing(server, client):
    assert client.get("/search/?q=ferry").status_code == 503
    call_command("rebuild_search")
    assert "Nothing was found" in client.get("/search/?q=ferry").content.decode()


def test_an_index_of_somebody_else_is_left_alone(server, archive):
    server.indices["newsroom"].mappings = {"properties": {}}
    with pytest.raises(SearchUnavailable, match="is an index that Newsroom did not make"):
        engine().write([(1, "tide")])


# Asking.


def test_words_are_counted_as_in_the_database(server, archive, settings, monkeypatch):
    monkeypatch.setattr(opensearch, "COUNTED", 3)
    count_words()
    counted = dict(SearchWord.objects.values_list("word", "number"))
    settings.NEWSROOM_SEARCH = None
    rebuild()
    count_words()
    assert counted == dict(SearchWord.objects.values_list("word", "number"))
    assert counted["tide"] == 2


def test_no_question_has_more_parts_than_a_server_takes(server):
    make_article(body=f"<p>{' '.join(f'har{number}' for number in range(70))}</p>")
    rebuild()
    count_words()
    terms = [f"{letter}-har*" for letter in "abcdefghijkl"]
    search = Search(read_query(" ".join([*terms, *(f"-{term}" for term in terms)])))
    assert find(search, [Kind.ARTICLE], number=5).counts == {Kind.ARTICLE: 0}


def test_places_are_exact_to_the_last_bit(server):
    numbers = [(6 << 60) + number for number in (1, 2, 3)]
    engine().write([(number, "tide") for number in numbers])
    ask = Ask(Expression(((("tide",),),)), numbers[0], numbers[1], 10)
    assert engine().answer([ask]) == [[numbers[1], numbers[0]]]
    assert engine().places_after(numbers[0]) == numbers[1:]


# A server that does not answer.


def refuse(server, settings):
    settings.NEWSROOM_SEARCH = server_at("http://newsroom:s3kr3t@127.0.0.1:1/news")


def fail(server, settings):
    server.failing = 500


def lock_out(server, settings):
    settings.NEWSROOM_SEARCH = server_at(server.address.replace("p%C3%A4ssword", "s3kr3t"))


def lose(server, settings):
    server.indices.clear()


@pytest.mark.parametrize("outage", [refuse, fail, lock_out, lose])
def test_who_searches_is_told_that_the_search_does_not_answer(
    server, archive, settings, client, admin_client, caplog, outage
):
    outage(server, settings)
    page = client.get("/search/?q=ferry")
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "The search does not answer just now" in page.content.decode()
    assert 'content="noindex, follow"' in page.content.decode()
    assert client.get("/search/").status_code == 200
    problem = client.get("/api/v1/quotations?q=tide")
    assert (problem.status_code, problem["Content-Type"]) == (503, "application/problem+json")
    assert problem["Retry-After"] == "60"
    assert client.get("/api/v1/quotations").status_code == 200
    listed = admin_client.get("/admin/articles/article/?q=ferry").content.decode()
    assert "The search does not answer just now." in listed
    assert "Ferry to Cobh" not in listed
    names = {"app_label": "articles", "model_name": "quote", "field_name": "speaker", "term": "mi"}
    assert admin_client.get("/admin/autocomplete/", names).status_code == 503
    said = page.content.decode() + problem.content.decode() + listed + caplog.text
    assert "does not answer: http" in caplog.text
    assert "s3kr3t" not in said
    assert PASSWORD not in said
