"""An article's map and connections: what they show, that they are drawn once, and that they are never out of date."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.drawing.connections import Kind
from articles.editing.decide import decide
from articles.editing.drawings import drawings_of, facts_of, map_of
from articles.editing.merge import merge
from articles.editing.publish import publish
from articles.models import Article, Entity, Location, State, StoredDrawing
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

pytestmark = pytest.mark.django_db

BODY = (
    "<p>“The Port Union sleeps,” said Mira Voss of the Harbour Board in Cobh. “Dublin will pay,” Nils Berg told "
    "Tidewire. Ana Ruiz, who runs the Port Union in Ireland, said nothing.</p>"
)


def make_story(**fields):
    """Three people, three organisations and three places, each tie between them of another kind."""
    article = make_article(headline="Board speaks", body=BODY, **fields)
    mira, nils, ana = make_person("Mira Voss"), make_person("Nils Berg"), make_person("Ana Ruiz")
    board, union, tidewire = (make_organisation(name) for name in ("Harbour Board", "Port Union", "Tidewire"))
    cobh = make_location("Cobh", country="IE", latitude=51.85, longitude=-8.29)
    dublin = make_location("Dublin", country="IE", latitude=53.33, longitude=-6.25)
    ireland = make_location("Ireland", country="IE", latitude=53.1, longitude=-8.2, geoname_id=2963597)
    for entity in (mira, nils, ana, board, union, tidewire, cobh, dublin, ireland):
        make_appearance(article, entity)
    make_quote(article, "“The Port Union sleeps,”", speaker=mira)
    told = make_quote(article, "“Dublin will pay,”", speaker=nils)
    start = article.text.index("Tidewire")
    told.addressee, told.addressee_start, told.addressee_end = "Tidewire", start, start + len("Tidewire")
    told.save()
    make_role(article, mira, "director", organisation=board)
    make_role(article, ana, "chair", organisation=union)
    return article


def detail(article):
    return Article.objects.for_detail().get(pk=article.pk)


def test_a_story_says_who_is_connected_with_what_and_how():
    ties = facts_of(detail(make_story())).ties
    assert [(tie.person.name, tie.organisation.name, tie.kind, tie.words) for tie in ties] == [
        ("Mira Voss", "Port Union", Kind.SPEAKS_OF, "names it in a quotation"),
        ("Mira Voss", "Harbour Board", Kind.SPEAKS_FOR, "director; quoted here once"),
        ("Nils Berg", "Tidewire", Kind.TOLD, "told it so"),
        ("Ana Ruiz", "Port Union", Kind.ROLE, "chair"),
    ]


def test_a_story_says_where_it_happened_and_which_places_are_countries():
    places = facts_of(detail(make_story())).places
    assert [(place.name, place.address, place.country) for place in places] == [
        ("Cobh", "/places/cobh/", ""),
        ("Dublin", "/places/dublin/", ""),
        ("Ireland", "/places/ireland/", "IE"),
    ]


def test_places_without_coordinates_and_rejected_names_are_not_drawn():
    article = make_story()
    Location.objects.filter(name="Dublin").update(latitude=None, longitude=None)
    decide([article.appearances.get(entity__name="Cobh")], state=State.REJECTED, user=None)
    article.roles.filter(title="chair").update(state=State.REJECTED)
    facts = facts_of(detail(article))
    assert [place.name for place in facts.places] == ["Ireland"]
    assert "Ana Ruiz" not in [tie.person.name for tie in facts.ties]


def test_a_draft_names_records_without_a_page_and_keeps_nothing():
    drawings = drawings_of(detail(make_story(status="draft")))
    assert ">Cobh</text>" in drawings.map
    assert "href" not in drawings.map + drawings.connections
    assert not StoredDrawing.objects.exists()


def test_a_story_with_nothing_to_draw_has_empty_drawings():
    article = make_article(body="<p>Rain.</p>")
    assert drawings_of(detail(article)).map == drawings_of(detail(article)).connections == ""
    assert not StoredDrawing.objects.exists()


def test_what_was_drawn_is_read_the_second_time(django_assert_num_queries):
    article = make_story()
    first = drawings_of(detail(article))
    made = StoredDrawing.objects.get().made
    again = detail(article)
    with django_assert_num_queries(2):
        assert drawings_of(again) == first
    assert StoredDrawing.objects.get().made == made


CHANGES = {
    "a place moves": lambda a: Location.objects.filter(name="Cobh").update(latitude=10),
    "a place is renamed": lambda a: Location.objects.filter(name="Cobh").update(name="Queenstown"),
    "a person is renamed": lambda a: Entity.objects.filter(name="Mira Voss").update(name="Mira Finch"),
    "an address changes": lambda a: Location.objects.filter(name="Cobh").update(slug="cove"),
    "a name is rejected": lambda a: decide([a.appearances.get(name="Dublin")], state=State.REJECTED, user=None),
    "a role is rejected": lambda a: decide([a.roles.get(title="chair")], state=State.REJECTED, user=None),
    "a role is retitled": lambda a: a.roles.filter(title="chair").update(title="chairwoman"),
    "a quotation is rejected": lambda a: decide([a.quotes.first()], state=State.REJECTED, user=None),
    "people are merged": lambda a: merge(
        a.appearances.get(name="Nils Berg").entity, a.appearances.get(name="Ana Ruiz").entity, user=None
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_drawn_anew(change):
    article = make_story()
    before = drawings_of(detail(article))
    CHANGES[change](article)
    after = drawings_of(detail(article))
    assert after != before
    StoredDrawing.objects.all().delete()
    assert drawings_of(detail(article)) == after


def test_another_language_is_another_drawing():
    ulm = make_location("Ulm", latitude=48.4, longitude=10)
    english = map_of(ulm)
    with translation.override("fr"):
        french = map_of(ulm)
    assert ">Germany</text>" in english
    assert ">Allemagne</text>" in french


def test_hostile_names_are_text():
    article = make_story()
    Location.objects.filter(name="Cobh").update(name='<script>alert("x")</script>')
    Entity.objects.filter(name="Mira Voss").update(name="<b>Mira")
    drawings = drawings_of(detail(article))
    assert "<script" not in drawings.map
    assert "&lt;script&gt;" in drawings.map
    assert "<b>" not in drawings.connections
    assert "&lt;b&gt;Mira" in drawings.connections


def test_a_place_has_a_map_of_its_own(django_assert_num_queries):
    cobh = make_location("Cobh", latitude=51.85, longitude=-8.29)
    youghal = make_location("Youghal", latitude=51.95, longitude=-7.85)
    drawn = map_of(cobh, [youghal])
    assert ">Cobh</text>" in drawn
    assert ">Youghal</text>" in drawn
    with django_assert_num_queries(1):
        assert map_of(cobh, [youghal]) == drawn
    assert map_of(make_location("Nowhere"), [youghal]) == ""


@pytest.mark.django_db(transaction=True)
def test_publishing_draws_so_that_no_reader_waits():
    article = make_story(status="ready")
    publish([article], user=get_user_model().objects.create_superuser("ida"))
    assert [each.key for each in StoredDrawing.objects.all()] == [f"article:{article.pk}"]
    shown = detail(article)
    with CaptureQueriesContext(connection) as asked:
        drawings_of(shown)
    assert not [query for query in asked if query["sql"].startswith("INSERT")]
