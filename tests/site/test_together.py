"""Pages of two people, of namesakes, of what is near, and of who said what: what they say and what they leave out."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from articles.editing.merge import merge
from articles.editing.withdraw import withdraw
from articles.models import Location
from articles.models.nearby import distance, places_near
from articles.site.views.said import harmless
from tests.factories import (
    bear,
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


def make_story(day, *people, words="“It sails,”", tags=("Ferries",), speaker=None, **fields):
    """An article of one day in 2031 that shows `people`; the first of them, or `speaker`, says the words."""
    names = ", ".join(person.name for person in people)
    article = make_article(
        body=f"<p>{words} said somebody. {names} heard it.</p>",
        tags=tags,
        published=datetime(2031, 5, day, 12, tzinfo=UTC),
        **fields,
    )
    for person in people:
        make_appearance(article, person)
    make_quote(article, words, speaker=speaker or people[0])
    return article


@pytest.fixture
def mira():
    return make_person("Mira Voss")


@pytest.fixture
def nils():
    return make_person("Nils Berg")


# Two people.


def test_a_pair_is_told_why_it_is_one(client, mira, nils):
    board = make_organisation("Harbour Board")
    first = make_story(1, mira, nils, board)
    make_story(2, mira, nils, words="“It waits,”", speaker=nils, tags=("Ferries", "Ports"))
    make_quote(first, "heard it", speaker=nils)
    make_story(3, mira)
    response = client.get("/people/mira-voss/with/nils-berg/")
    assert response.context["pair"].reasons == [
        "Both appear in 2 articles",
        "1 of them quotes both",
        "Shared topics: Ferries and Ports",
        "Both appear with Harbour Board",
    ]
    assert [article.published.day for article in response.context["articles"]] == [2, 1]
    assert [quote.text for quote in response.context["quotes"]] == ["“It waits,”", "“It sails,”", "heard it"]


def test_a_pair_has_one_address(client, mira, nils):
    make_story(1, mira, nils)
    response = client.get("/people/nils-berg/with/mira-voss/")
    assert (response.status_code, response["Location"]) == (301, "/people/mira-voss/with/nils-berg/")
    page = client.get(mira.get_absolute_url()).content.decode()
    assert 'href="/people/mira-voss/with/nils-berg/"' in page


def test_a_pair_of_somebody_merged_leads_to_the_one_that_stays(client, mira, nils):
    other = make_person("Mira Fosse")
    make_story(1, mira, nils)
    make_story(2, other, nils)
    merge(mira, other, user=None)
    response = client.get("/people/mira-fosse/with/nils-berg/")
    assert (response.status_code, response["Location"]) == (301, "/people/mira-voss/with/nils-berg/")
    assert len(client.get(response["Location"]).context["articles"]) == 2


@pytest.mark.parametrize("path", ["mira-voss/with/nils-berg", "mira-voss/with/mira-voss", "mira-voss/with/nobody"])
def test_who_is_in_no_article_together_has_no_page(client, mira, nils, path):
    make_story(1, mira)
    make_story(2, nils)
    assert client.get(f"/people/{path}/").status_code == 404


def test_what_is_withdrawn_makes_no_pair(client, mira, nils):
    make_story(1, mira)
    make_story(1, nils)
    together = make_story(2, mira, nils)
    assert client.get("/people/mira-voss/with/nils-berg/").status_code == 200
    withdraw(together, note="It never sailed.", user=None)
    assert client.get("/people/mira-voss/with/nils-berg/").status_code == 404


# Namesakes.


def test_namesakes_are_told_apart_by_what_they_are_known_for(client, mira):
    other = make_person("Mira Voss", aliases=("Mira Voss",))
    story = make_story(1, mira)
    article = make_story(2, other)
    make_role(article, other, "judge")
    page = client.get(mira.get_absolute_url())
    assert [(each.entity.pk, each.known_for) for each in page.context["namesakes"]] == [(other.pk, "judge")]
    assert "Not to be confused with" in page.content.decode()
    withdraw(article, note="No.", user=None)
    assert not client.get(mira.get_absolute_url()).context["namesakes"]
    assert story.is_published


@pytest.mark.parametrize(
    ("name", "alias", "is_one"),
    [
        ("José Abel", "Jose Abel", True),
        ("Ana Ruiz", "J. Abel", False),
        ("Finch", "Finch", False),
        ("Tom Finch", "Finch", False),
    ],
)
def test_a_surname_alone_makes_no_namesake(client, name, alias, is_one):
    person = make_person("Jose Abel" if is_one else "Mary Finch", aliases=("Jose Abel" if is_one else "Finch",))
    other = make_person(name, aliases=tuple({name, alias}))
    make_story(1, person)
    make_story(2, other)
    found = client.get(person.get_absolute_url()).context["namesakes"]
    assert [each.entity.pk for each in found] == ([other.pk] if is_one else [])


def test_no_person_is_confused_with_a_place(client, mira):
    place = make_location("Mira Voss", aliases=("Mira Voss",))
    make_story(1, mira)
    make_story(2, place)
    assert not client.get(mira.get_absolute_url()).context["namesakes"]


# Places.


def place(name, latitude, longitude, **fields):
    return make_location(name, latitude=latitude, longitude=longitude, **fields)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [((51.9, -8.47), (53.35, -6.26), 220), ((0, 179.9), (0, -179.9), 22), ((89.9, 0), (89.9, 180), 22)],
    ids=["Cork and Dublin", "over the date line", "over the pole"],
)
def test_the_way_between_two_places(one, other, km):
    a, b = (Location(latitude=latitude, longitude=longitude) for latitude, longitude in (one, other))
    assert round(distance(a, b)) == km


@pytest.mark.parametrize(
    ("here", "near", "far"),
    [
        ((51.9, -8.47), (51.85, -8.29), (53.35, -6.26)),
        ((-17.8, 179.9), (-17.8, -179.8), (-17.8, 179.0)),
        ((89.9, 10), (89.9, -170), (89.0, 10)),
    ],
    ids=["Cork", "Fiji", "the pole"],
)
def test_places_nearby_are_found_and_those_away_are_not(here, near, far):
    centre, close, away = place("Here", *here), place("Near", *near), place("Far", *far)
    make_story(1, centre, close, away, speaker=make_person())
    assert [found.name for found, _ in places_near(centre)] == ["Near"]


def test_the_page_of_a_place_names_what_is_in_it_and_what_is_near(client):
    county = place("County Cork", 51.97, -8.6)
    cork, cobh = place("Cork", 51.9, -8.47, part_of=county), place("Cobh", 51.85, -8.29)
    place("Monkstown", 51.85, -8.34)
    make_story(1, county, cork, cobh, speaker=make_person())
    context = client.get(county.get_absolute_url()).context
    assert [found.name for found in context["inside"]] == ["Cork"]
    assert [(found.name, round(km)) for found, km in context["near"]] == [("Cobh", 25)]


# Who said what.


def test_words_are_about_whom_they_name(client, mira, nils):
    board = make_organisation("Harbour Board")
    story = make_article(body="<p>“Harbour Board is slow,” said Mira Voss. “He sleeps,” said Nils Berg.</p>")
    for entity in (mira, nils, board):
        make_appearance(story, entity)
    make_quote(story, "“Harbour Board is slow,”", speaker=mira)
    make_quote(story, "“He sleeps,”", speaker=nils)
    response = client.get("/organisations/harbour-board/who-said-what/")
    [speaker] = response.context["speakers"]
    assert (speaker.entity.name, speaker.number, [q.text for q in speaker.quotes]) == (
        "Mira Voss",
        1,
        ["“Harbour Board is slow,”"],
    )
    assert "Quotations whose words name Harbour Board" in response.content.decode()
    assert 'href="/organisations/harbour-board/who-said-what/"' in client.get(board.get_absolute_url()).content.decode()
    assert client.get("/people/mira-voss/who-said-what/").status_code == 404


def test_speakers_under_a_topic_come_by_number_and_two_stand_side_by_side(client, mira, nils):
    for day in (1, 2, 3):
        make_story(day, nils, words=f"“Day {day},”")
    make_story(4, mira, words="“Enough,”")
    make_story(5, mira, words="“Other matters,”", tags=("Oysters",))
    path = "/tags/ferries/who-said-what/"
    speakers = client.get(path).context["speakers"]
    assert [(each.entity.name, each.number) for each in speakers] == [("Nils Berg", 3), ("Mira Voss", 1)]
    assert [quote.text for quote in speakers[0].quotes] == ["“Day 3,”", "“Day 2,”"]
    both = client.get(f"{path}?speaker={nils.pk}&and={mira.pk}")
    assert [quote.text for quote in both.context["quotes"]] == ["“Day 3,”", "“Day 2,”", "“Day 1,”"]
    assert [quote.text for quote in both.context["others"]] == ["“Enough,”"]
    assert "side-by-side" in both.content.decode()


def test_a_quotation_that_bears_the_tag_itself_is_under_it(client, mira):
    make_story(1, mira)
    other = make_story(2, mira, words="“By boat,”", tags=())
    bear(other.quotes.get(), "Ferries")
    make_quote(other, "heard it", speaker=mira)
    found = client.get("/tags/ferries/").context
    assert [quote.text for quote in found["quotes"]] == ["“By boat,”", "“It sails,”"]
    assert [article.published.day for article in found["articles"]] == [1]


def test_a_year_narrows_speakers_and_words(client, mira, nils):
    make_story(1, mira)
    make_article(tags=("Ferries",), published=datetime(2029, 1, 1, tzinfo=UTC))
    old = make_article(
        body="<p>“Long ago,” said Nils Berg.</p>", tags=("Ferries",), published=datetime(2028, 12, 31, 12, tzinfo=UTC)
    )
    make_appearance(old, nils)
    make_quote(old, "“Long ago,”", speaker=nils)
    path = "/tags/ferries/who-said-what/"
    context = client.get(f"{path}?year=2028").context
    assert [each.entity.name for each in context["speakers"]] == ["Nils Berg"]
    assert [(each.label, each.number) for each in context["periods"].years] == [("2031", 1), ("2029", 1), ("2028", 1)]
    assert not client.get(f"{path}?year=2030").context["speakers"]
    assert client.get(f"{path}?year=nonsense").status_code == 200


def test_words_of_a_person_are_narrowed_to_a_month_and_a_topic(client, mira):
    make_story(1, mira, words="“Of boats,”")
    make_story(2, mira, words="“Of oysters,”", tags=("Oysters",))
    make_quote(make_article(body="<p>“In March,”</p>", published=datetime(2030, 3, 1, tzinfo=UTC)), speaker=mira)

    def words(query):
        return [quote.text for quote in client.get(f"/people/mira-voss/?{query}").context["quotes"]]

    assert words("year=2031") == ["“Of oysters,”", "“Of boats,”"]
    assert words("year=2030&month=3") == ["“In March,”"]
    assert words("year=2030&month=4") == []
    assert words("topic=oysters") == ["“Of oysters,”"]
    assert words("topic=ferries&year=2031&month=5") == ["“Of boats,”"]
    context = client.get("/people/mira-voss/?year=2031").context
    assert [(each.label, each.number) for each in context["periods"].months] == [("May", 2)]


def table(client, path):
    return b"".join(client.get(path).streaming_content).decode()


def test_the_table_has_every_quotation_and_no_formula(client, mira):
    for day in range(1, 13):
        make_story(day, mira, words=f"=SUM(A{day})", headline="@home")
    make_story(13, mira, tags=("Oysters",))
    said = table(client, "/tags/ferries/who-said-what.csv")
    assert said.startswith("\ufeffdate,speaker,role,quotation")
    rows = list(csv.DictReader(io.StringIO(said.removeprefix("\ufeff"))))
    assert [row["quotation"] for row in rows] == [f"'=SUM(A{day})" for day in range(12, 0, -1)]
    assert {(row["speaker"], row["article"]) for row in rows} == {("Mira Voss", "'@home")}
    told = json.loads(table(client, f"/tags/ferries/who-said-what.json?speaker={mira.pk}&year=2031"))
    assert [row["date"] for row in told["quotations"]] == [f"2031-05-{day:02}" for day in range(12, 0, -1)]
    assert json.loads(table(client, "/tags/ferries/who-said-what.json?year=2030")) == {"quotations": []}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"x{cell}") == f"x{cell}"


def test_a_topic_s_former_address_leads_on_with_what_lies_below(client, mira):
    make_story(1, mira)
    tag = make_tag("Boats")
    tag.former_addresses.create(slug="ships")
    bear(make_story(2, mira), tag)
    for below in ("who-said-what/", "who-said-what.csv"):
        response = client.get(f"/tags/ships/{below}")
        assert (response.status_code, response["Location"]) == (301, f"/tags/boats/{below}")
