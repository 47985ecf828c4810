from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Person, State
from articles.searching.index import rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
    make_tag,
)

pytestmark = pytest.mark.django_db

BODY = (
    "<p>The ferry to Cobh is late, Harbour Board director Mira Voss said on Friday.</p>"
    "<p>“We are sorry,” Voss said. “It will sail.”</p><p>The Harbour Board runs it.</p>"
)


@pytest.fixture
def story():
    article = make_article(
        headline="Ferry to Cobh is late",
        body=BODY,
        tags=("Ferries",),
        dateline_place="CORK",
        dateline_agency="Tidewire",
        byline=("Ana Lopez", "Ben Marsh"),
        end_notes=["Editing by Cem Aksoy"],
        publisher="Tidewire",
        address="https://example.org/ferry",
        published=datetime(2031, 5, 2, tzinfo=UTC),
    )
    person = make_person("Mira Voss", aliases=("Voss",))
    board = make_organisation("Harbour Board")
    cobh = make_location("Cobh", country="IE", latitude=51.85, longitude=-8.29)
    make_appearance(article, person, "Mira Voss", "Voss said.", role="Harbour Board director")
    make_appearance(article, board)
    make_appearance(article, cobh)
    make_role(article, person, "Harbour Board director", organisation=board)
    make_quote(article, "“We are sorry,”", "“It will sail.”", speaker=person)
    return article


def text_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("home", "Nothing has been published yet", id="home"),
        pytest.param("articles", "Nothing has been published yet", id="articles"),
        pytest.param("people", "No person has been in a published article", id="people"),
        pytest.param("organisations", "No organisation has been", id="organisations"),
        pytest.param("locations", "No place has been", id="places"),
        pytest.param("quotations", "Nobody has been quoted yet", id="quotations"),
        pytest.param("tags", "No published article bears a tag yet", id="topics"),
        pytest.param("search", "Look for a name", id="search"),
    ],
)
def test_empty_page_says_so_in_words(client, name, words):
    assert words in text_of(client, reverse(name))


def test_site_bears_its_name(client, settings):
    settings.NEWSROOM_NAME = "The Cork Tide"
    assert "<title>The Cork Tide</title>" in text_of(client, "/")


def test_article_shows_its_furniture(client, story):
    page = text_of(client, story.get_absolute_url())
    assert "By <b>Ana Lopez</b> and <b>Ben Marsh</b>" in page
    assert '<time datetime="2031-05-02">2 May 2031</time>' in page
    assert '<span class="dateline"><span class="place">CORK</span> (Tidewire) – </span>' in page
    assert "Editing by Cem Aksoy" in page
    assert 'href="https://example.org/ferry"' in page
    assert '<article class="full">' in page


def test_article_without_a_date_shows_none(client):
    article = make_article()
    assert "<time" not in text_of(client, article.get_absolute_url())


def test_time_of_day_shows_where_it_is_known(client):
    moment = datetime(2031, 5, 2, 14, 5, tzinfo=UTC)
    article = make_article(published=moment, published_has_time=True)
    assert ">2 May 2031, 14:05</time>" in text_of(client, article.get_absolute_url())


def test_whos_who_tells_role_and_quotations(client, story):
    response = client.get(story.get_absolute_url())
    (shown,) = response.context["people"]
    assert (shown.entity.name, shown.role, shown.quotes) == ("Mira Voss", "Harbour Board director", 1)
    assert [shown.entity.name for shown in response.context["organisations"]] == ["Harbour Board"]
    page = response.content.decode()
    assert "1 quotation here" in page
    assert "Ireland" in page
    assert "51.85° N, 8.29° W" in page


def test_entities_and_quotations_lead_to_each_other(client, story):
    person, quote = Person.objects.get(), story.quotes.get()
    page = text_of(client, person.get_absolute_url())
    assert f'href="{quote.get_absolute_url()}"' in page
    assert f'href="{story.get_absolute_url()}#quote-{quote.pk}"' in page
    assert "Harbour Board director" in page
    assert 'href="/organisations/harbour-board/"' in page
    assert "Also Voss" in page
    page = text_of(client, "/organisations/harbour-board/")
    assert "Who speaks for it" in page
    assert 'href="/people/mira-voss/"' in page
    page = text_of(client, "/places/cobh/")
    assert "51.85° N, 8.29° W" in page
    assert f'href="{story.get_absolute_url()}"' in page


def test_quotation_page_shows_the_words_in_context(client, story):
    quote = story.quotes.get()
    page = text_of(client, quote.get_absolute_url())
    assert "<b>“We are sorry,”</b> Voss said. <b>“It will sail.”</b>" in page
    assert "Mira Voss, Harbour Board director: “We are sorry,” “It will sail.” In “Ferry to Cobh is late”" in page
    assert f"http://testserver{quote.get_absolute_url()}" in page


def test_what_was_said_there_follows_the_dateline(client):
    cork = make_location("Cork")
    here = make_article(body="<p>“Fine,” they said in Cork.</p>", dateline_place="CORK, Ireland")
    elsewhere = make_article(body="<p>“Awful,” they said of Cork.</p>", dateline_place="DUBLIN")
    for article in (here, elsewhere):
        make_appearance(article, cork)
    make_quote(here, "“Fine,”")
    make_quote(elsewhere, "“Awful,”")
    response = client.get(cork.get_absolute_url())
    assert [quote.text for quote in response.context["said_here"]] == ["“Fine,”"]


def test_tag_page_shows_everything_under_it(client, story):
    make_tag("Harbours", description="Ports and who runs them.")
    lone = make_person("Nils Berg", tags=("Harbours",))
    other = make_article(tags=("Ferries", "Harbours"), body="<p>Nils Berg</p>")
    make_appearance(other, lone)
    response = client.get("/tags/ferries/")
    assert {article.pk for article in response.context["articles"]} == {story.pk, other.pk}
    assert {person.name for person in response.context["beside"].people} == {"Mira Voss", "Nils Berg"}
    assert [quote.text for quote in response.context["quotes"]] == ["“We are sorry,” “It will sail.”"]
    assert [(tag.name, tag.shared) for tag in response.context["beside"].tags] == [("Harbours", 1)]
    assert "Ports and who runs them." in text_of(client, "/tags/harbours/")


def test_home_leads_with_the_latest_story(client, story):
    newer = make_article(headline="Snow in Kerry", published=datetime(2031, 5, 3, tzinfo=UTC))
    response = client.get("/")
    front = response.context["front"]
    assert [front.lead, *front.beside] == [newer, story]
    assert [person.name for person in response.context["people"]] == ["Mira Voss"]


def test_home_quotes_another_story_than_its_lead(client):
    words = "“The tide waits for no ferry, and no minister.”"
    voss = make_person("Mira Voss")
    older, newer = (
        make_article(body=f"<p>{words}</p>", published=datetime(2031, 5, day, tzinfo=UTC)) for day in (1, 2)
    )
    for article in (older, newer):
        make_appearance(article, voss)
        make_quote(article, words, speaker=voss)
    assert client.get("/").context["quote"].article == older


def test_career_shows_each_title_once_with_its_dates(client):
    person = make_person("Mira Voss")
    for day, title in ((1, "director"), (3, "Director"), (5, "minister")):
        article = make_article(headline=f"Story {day}", body="<p>Mira Voss</p>")
        make_appearance(article, person)
        make_role(article, person, title, date=datetime(2031, 5, day, tzinfo=UTC).date())
    response = client.get(person.get_absolute_url())
    assert [(held.role.title, held.first.day, held.last.day, held.articles) for held in response.context["roles"]] == [
        ("minister", 5, 5, 1),
        ("Director", 1, 3, 2),
    ]


def test_person_with_the_most_shared_articles_comes_first(client):
    person, often, once = make_person("Mira Voss"), make_person("Nils Berg"), make_person("Ada Abel")
    for others in ((often,), (often, once)):
        article = make_article()
        for each in (person, *others):
            make_appearance(article, each)
    response = client.get(person.get_absolute_url())
    assert [(each.name, each.shared) for each in response.context["beside"].people] == [
        ("Nils Berg", 2),
        ("Ada Abel", 1),
    ]


def test_people_are_listed_by_family_name(client):
    article = make_article()
    for name in ("Zoe Abel", "Ada Zimmer", "Éva Ács"):
        make_appearance(article, make_person(name))
    response = client.get("/people/")
    names = [entry.entity.name for entry in response.context["entries"]]
    assert names == ["Zoe Abel", "Éva Ács", "Ada Zimmer"]
    assert "<h2>Z</h2>" in response.content.decode()


def test_long_list_comes_in_pages(client):
    for _ in range(21):
        make_article()
    page = text_of(client, "/articles/")
    assert page.count('<article class="story"') == 20
    page = text_of(client, f"/articles/{link(page, 'next')}")
    assert page.count('<article class="story"') == 1
    page = text_of(client, f"/articles/{link(page, 'prev')}")
    assert page.count('<article class="story"') == 20


@pytest.mark.parametrize("page", ["1", "3", "999", "nonsense", ""])
def test_an_address_of_a_page_by_its_number_shows_the_first(client, page):
    for _ in range(21):
        make_article()
    assert text_of(client, f"/articles/?page={page}").count('<article class="story"') == 20


def link(page, rel):
    return html.unescape(re.search(f'rel="{rel}" href="([^"#]+)', page)[1])


def test_second_list_of_a_page_keeps_the_place_of_the_first(client):
    person = make_person("Mira Voss")
    for _ in range(21):
        article = make_article(body="<p>“Yes,” said Mira Voss.</p>")
        make_appearance(article, person)
        make_quote(article, "“Yes,”", speaker=person)
    address = person.get_absolute_url()
    quotes = client.get(address).context["quotes"].next_cursor
    articles = client.get(f"{address}?page={quotes}").context["articles"].next_cursor
    page = text_of(client, f"{address}?page={quotes}")
    assert f'href="?page={quotes}&amp;articles={articles}#articles"' in page
    second = client.get(f"{address}?page={quotes}&articles={articles}")
    assert (len(second.context["quotes"]), len(second.context["articles"])) == (10, 10)


# What readers must not see.


def hidden_records():
    """A draft with everything in it, and a published article whose records nobody accepted."""
    draft = make_article(
        status="draft", headline="Secret draft", body="<p>“Hush,” said Quentin Quiet.</p>", tags=("Hush",)
    )
    person = make_person("Quentin Quiet")
    make_appearance(draft, person)
    quote = make_quote(draft, "“Hush,”", speaker=person)
    public = make_article(body="<p>“No,” said Ursula Undone.</p>")
    undone = make_person("Ursula Undone")
    make_appearance(public, undone, state=State.SUGGESTED)
    suggested = make_quote(public, "“No,”", speaker=undone, state=State.SUGGESTED)
    make_role(public, undone, "said", state=State.REJECTED)
    rebuild()
    return draft, public, [person, undone], [quote, suggested]


def test_hidden_records_have_no_page(client):
    draft, _, people, quotes = hidden_records()
    for record in (draft, *people, *quotes):
        text_of(client, record.get_absolute_url(), status=404)
    text_of(client, "/tags/hush/", status=404)


@pytest.mark.parametrize(
    "path",
    ["/", "/articles/", "/people/", "/quotes/", "/tags/", "/search/?q=hush", "/search/?q=quentin", "/search/?q=no"],
)
def test_hidden_records_are_on_no_list(client, path):
    draft, _, people, quotes = hidden_records()
    page = text_of(client, path)
    for words in ("Secret draft", "Quentin Quiet", "Hush", "/tags/hush/"):
        assert words not in page
    for record in (draft, *people, *quotes):
        assert record.get_absolute_url() not in page


def test_suggestions_are_not_shown_in_their_article(client):
    _, public, _, _ = hidden_records()
    page = text_of(client, public.get_absolute_url())
    assert "<p>“No,” said Ursula Undone.</p>" in page


def test_draft_is_a_preview_for_those_who_may_change_it(client):
    draft, _, _, _ = hidden_records()
    user = get_user_model().objects.create_user("ed", password="x", is_staff=True)
    client.force_login(user)
    text_of(client, draft.get_absolute_url(), status=404)
    user.user_permissions.add(Permission.objects.get(codename="change_article"))
    client.force_login(get_user_model().objects.get(pk=user.pk))
    response = client.get(draft.get_absolute_url())
    assert "only editors see this" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert 'href="/people/quentin-quiet/"' not in response.content.decode()


def test_published_article_asks_for_no_cookie(client, story):
    response = client.get(story.get_absolute_url())
    assert "Cookie" not in response.get("Vary", "")


def test_merged_records_lead_to_their_successor(client, story):
    person = Person.objects.get()
    make_person("Mira Vos", merged_into=person)
    response = client.get("/people/mira-vos/")
    assert (response.status_code, response["Location"]) == (301, person.get_absolute_url())
    make_tag("Boats", merged_into=story.tags.get())
    response = client.get("/tags/boats/")
    assert (response.status_code, response["Location"]) == (301, "/tags/ferries/")


def test_lost_page_offers_a_search(client):
    page = text_of(client, "/no/such/page/", status=404)
    assert "This page is not here" in page
    assert 'action="/search/"' in page


def test_failed_page_is_shown_without_the_database(client, settings):
    client.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.site.failing_urls"
    assert "Something went wrong here" in text_of(client, "/", status=500)


def test_names_in_other_scripts_have_addresses(client):
    article = make_article(headline="رئيس الوزراء في بغداد", body="<p>حيدر</p>", language="ar")
    person = make_person("حيدر العبادي")
    make_appearance(article, person)
    assert 'lang="ar"' in text_of(client, article.get_absolute_url())
    assert "حيدر العبادي" in text_of(client, person.get_absolute_url())


def test_markup_in_names_and_headlines_is_escaped(client):
    article = make_article(headline="<script>x</script>", standfirst="<b>", byline=("<i>",), body="<p>Voss & Co</p>")
    board = make_organisation("<em>Voss</em>")
    make_appearance(article, board, "Voss")
    for path in (article.get_absolute_url(), board.get_absolute_url(), "/", "/search/?q=<script>voss</script>"):
        page = text_of(client, path)
        assert "<script>" not in page
        assert "<em>Voss" not in page
