"""The index of people, organisations and places, by letter and by coverage."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth import get_user_model

from articles.editing.decide import decide
from articles.editing.merge import merge, unmerge
from articles.editing.records import log_edit, values_of
from articles.editing.split import change_kind
from articles.editing.withdraw import withdraw
from articles.importing.integrity import problems
from articles.models import Merge, NameEntry, State
from articles.models.letters import file_all, filing_key, letter_of, wrong_entries
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("ida")


def show(*entities, articles=1):
    for _ in range(articles):
        article = make_article(body=f"<p>{', '.join(entity.name for entity in entities)}</p>")
        for entity in entities:
            make_appearance(article, entity)
    for entity in entities:
        entity.refresh_from_db()
    return entities[0]


def names(client, path="/people/"):
    response = client.get(path)
    assert response.status_code == 200
    if "entries" in response.context:
        return [entry.entity.name for entry in response.context["entries"]]
    return [entity.name for entity in response.context["entities"]]


def letters(client, path="/people/"):
    return [(letter, number) for letter, number, _address in client.get(path).context["letters"]]


@pytest.mark.parametrize(
    ("name", "family_name", "letter"),
    [
        pytest.param("Zoe Ács", "Ács", "A", id="family name without its accent"),
        pytest.param("Chakra", "", "C", id="one name"),
        pytest.param("20 Minutes", "", "0-9", id="digit"),
        pytest.param("«Rain»", "", "R", id="mark before the letter"),
        pytest.param("???", "", "0-9", id="no letter at all"),
        pytest.param("حيدر", "", "ح", id="Arabic"),
        pytest.param("Łódź", "", "Ł", id="a letter of its own"),
        pytest.param("Жанна Агузарова", "Агузарова", "А", id="Cyrillic"),
        pytest.param("東京", "", "漢", id="a character that is a word"),
        pytest.param("ﬁne", "", "F", id="ligature"),
        pytest.param("ßen", "", "S", id="a letter that is two in capitals"),
    ],
)
def test_name_is_filed_under_its_letter(name, family_name, letter):
    assert letter_of(filing_key(name, family_name)) == letter


def test_people_are_in_the_order_of_family_names_without_accents_and_capitals(client):
    show(*(make_person(name) for name in ("Ada de Vries", "Éva Ács", "Zoe Abel", "ben ABEL", "Ada Zimmer")))
    assert names(client) == ["ben ABEL", "Zoe Abel", "Éva Ács", "Ada de Vries", "Ada Zimmer"]


def test_each_letter_has_a_page_with_its_names(client):
    show(make_person("Zoe Abel"), make_person("Ada Zimmer"), make_person("Bo 7up"))
    assert letters(client) == [("A", 1), ("Z", 1), ("0-9", 1)]
    assert names(client, "/people/a-z/Z/") == ["Ada Zimmer"]
    assert names(client, "/people/a-z/0-9/") == ["Bo 7up"]
    page = client.get("/people/a-z/Z/")
    assert '<a href="/people/a-z/Z/" aria-current="page">' in page.content.decode()
    assert page.context["trail"] == [("People", "/people/")]


def test_a_small_letter_leads_to_the_capital(client):
    show(make_person("Zoe Abel"))
    response = client.get("/people/a-z/a/")
    assert (response.status_code, response["Location"]) == (301, "/people/a-z/A/")
    assert client.get("/people/a-z/Q/").status_code == 404


def test_letters_of_other_scripts_have_pages(client):
    show(make_person("حيدر"))
    ((_letter, _number, address),) = client.get("/people/").context["letters"]
    assert names(client, address) == ["حيدر"]


def test_the_most_covered_come_first_in_the_other_order(client):
    often, seldom = make_person("Zoe Zimmer"), make_person("Ada Abel")
    show(often, articles=2), show(seldom)
    assert names(client, "/people/by/articles/") == ["Zoe Zimmer", "Ada Abel"]


def test_kinds_have_lists_of_their_own(client):
    show(make_person("Zoe Abel"), make_organisation("Harbour Board"), make_location("Cobh"))
    assert [names(client, path) for path in ("/people/", "/organisations/", "/places/")] == [
        ["Zoe Abel"],
        ["Harbour Board"],
        ["Cobh"],
    ]
    assert names(client, "/places/a-z/C/") == names(client, "/places/by/articles/") == ["Cobh"]


def test_a_page_of_a_record_that_is_called_like_a_list_is_its_own(client):
    board = show(make_organisation("A–Z", slug="a-z"), make_organisation("By", slug="by"))
    assert client.get(board.get_absolute_url()).context["organisation"] == board
    assert client.get("/organisations/by/").status_code == 200


@pytest.mark.parametrize("path", ["/people/", "/people/a-z/A/", "/people/by/articles/"])
def test_a_long_list_goes_on_without_gaps(client, path):
    show(*(make_person(f"Ada Abel {number:03}", family_name="Abel") for number in range(95)))
    response = client.get(path)
    following = html.unescape(re.search(r'rel="next" href="([^"]+)', response.content.decode())[1])
    seen = names(client, path) + names(client, path + following)
    assert seen == [f"Ada Abel {number:03}" for number in range(95)]


# The index follows what readers see.


def filed(editor=None):
    assert wrong_entries() == []
    return list(NameEntry.objects.order_by("key").values_list("key", flat=True))


def test_a_name_is_in_the_index_as_long_as_something_shows_it(editor):
    person = make_person("Zoe Abel")
    article = make_article(status="draft", body="<p>Zoe Abel</p>")
    make_appearance(article, person)
    assert filed() == []
    shown = make_article(body="<p>Zoe Abel</p>")
    appearance = make_appearance(shown, person)
    assert filed() == ["abel zoe abel"]
    decide([appearance], state=State.REJECTED, user=editor)
    assert filed() == []
    decide([appearance], state=State.ACCEPTED, user=editor)
    withdraw(shown, note="No.", user=editor)
    assert filed() == []


def test_a_name_that_changes_is_filed_anew(editor):
    person = show(make_person("Zoe Abel"))
    before = values_of(person)
    person.name, person.family_name = "Zoe Zimmer", "Zimmer"
    person.save()
    log_edit(person, before, user=editor)
    assert filed() == ["zimmer zoe zimmer"]


def test_merges_and_changes_of_kind_are_filed(editor):
    one, other = show(make_person("Zoe Abel")), show(make_person("Zoe Able"))
    merge(one, other, user=editor)
    assert filed() == ["abel zoe abel"]
    unmerge(Merge.objects.get(), user=editor)
    assert filed() == ["abel zoe abel", "able zoe able"]
    place = show(make_location("Cobh Port"))
    change_kind(place, "organisation", user=editor)
    assert filed() == ["abel zoe abel", "able zoe able", "cobh port"]
    assert NameEntry.objects.get(key="cobh port").kind == "organisation"


def test_a_name_that_a_merge_brings_is_filed(editor):
    one, other = show(make_person("Zoe Abel")), make_person("Zoe Zimmer")
    merge(one, other, taking=["name"], user=editor)
    assert filed() == ["zimmer zoe zimmer"]
    unmerge(Merge.objects.get(), user=editor)
    assert filed() == ["abel zoe abel"]


def test_what_is_wrong_is_found_and_made_anew(editor):
    person = show(make_person("Zoe Abel"))
    NameEntry.objects.update(key="zoe")
    assert f"record {person.pk}: the index of names has it otherwise than its page" in list(problems())
    file_all()
    assert filed() == ["abel zoe abel"]
