"""Who is who in the archive: exactly one candidate links, several are left to an editor."""

import pytest

from articles.extraction.types import Entity, Kind, Place
from articles.importing.linking import link, linking_names
from articles.importing.records import write_entities
from articles.models import Person
from tests.factories import make_location, make_organisation, make_person

pytestmark = pytest.mark.django_db

CORK = Place(2965140, "Cork", "IE", 51.9, -8.47, 124_391)


def person(name, *aliases):
    return Entity(Kind.PERSON, name, (), "a known given name", aliases=aliases)


def organisation(name, *aliases):
    return Entity(Kind.ORGANISATION, name, (), "a clue word", aliases=aliases)


def location(name, place=None):
    return Entity(Kind.LOCATION, name, (), "in the gazetteer", place=place)


def only(entity, article=None):
    (found,) = link([entity], article)
    return found


def test_the_same_name_is_the_same_person():
    mara = make_person("Mara Finch", aliases=("Mara Finch",))
    assert only(person("MARA  Finch")).record.pk == mara.pk


def test_nobody_is_linked_by_a_surname_alone():
    make_person("Mara Finch", aliases=("Mara Finch", "Finch"))
    assert only(person("Finch")).record is None
    assert only(person("Jonas Finch", "Finch")).record is None


def test_given_and_family_name_are_enough_without_the_middle_one():
    mara = make_person("Mara Jane Finch", given_name="Mara", family_name="Finch", aliases=("Mara Jane Finch",))
    assert only(person("Mara Finch", "Finch")).record.pk == mara.pk


def test_two_candidates_are_left_to_an_editor():
    namesakes = [make_person("Mara Finch", aliases=("Mara Finch",)) for _ in range(2)]
    found = only(person("Mara Finch"))
    assert found.record is None
    assert found.candidates == tuple(sorted(namesake.pk for namesake in namesakes))
    assert found.evidence == "a new record, for an editor to decide: 2 records have the same name"


def test_the_losing_name_of_a_merge_leads_to_the_survivor():
    survivor = make_person("Mara Finch", aliases=("Mara Finch",))
    make_person("Mara Finch-Reed", aliases=("Mara Finch-Reed",), merged_into=survivor)
    assert only(person("Mara Finch-Reed")).record.pk == survivor.pk


def test_an_acronym_leads_to_the_organisation():
    union = make_organisation("Irish Seafarers Union", aliases=("Irish Seafarers Union", "ISU"))
    assert only(organisation("ISU")).record.pk == union.pk


def test_a_name_of_another_kind_does_not_link():
    make_organisation("Mara Finch", aliases=("Mara Finch",))
    assert only(person("Mara Finch")).record is None


def test_a_place_is_known_by_its_number_whatever_it_is_called():
    cork = make_location("Corcaigh", geoname_id=CORK.geoname_id, aliases=("Corcaigh",))
    assert only(location("Cork", CORK)).record.pk == cork.pk


def test_a_place_of_the_same_name_elsewhere_is_another_one():
    make_location("Cork", geoname_id=1, aliases=("Cork",))
    assert only(location("Cork", CORK)).record is None


def test_two_people_of_one_story_are_never_one_record():
    make_person("Mara Finch", given_name="Mara", family_name="Finch", aliases=("Mara Finch",))
    first, second = link([person("Mara Finch"), person("Mara J. Finch")], None)
    assert first.record is not None
    assert second.record is None
    assert second.evidence == "a new record: another name of this story is “Mara Finch” already"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Mara Jane Finch", "linked to “Mara Jane Finch”: the same name"),
        ("Mara Finch", "linked to “Mara Jane Finch”: the same given and family name"),
        ("Jonas Finch", "a new record: the archive has none of this name"),
    ],
    ids=["same name", "without the middle name", "nobody"],
)
def test_link_says_why(name, reason):
    make_person("Mara Jane Finch", given_name="Mara", family_name="Finch", aliases=("Mara Jane Finch",))
    assert only(person(name)).evidence == reason


def test_place_links_by_its_number_and_says_so():
    make_location("Corcaigh", geoname_id=CORK.geoname_id, aliases=("Corcaigh",))
    assert only(location("Cork", CORK)).evidence == "linked to “Corcaigh”: the same place in the GeoNames gazetteer"


@pytest.mark.parametrize("archive", [1, 40])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, archive):
    for number in range(archive):
        make_person(f"Mara{number} Finch{number}", aliases=(f"Mara{number} Finch{number}",))
    entities = [person(f"Mara{number} Finch{number}") for number in range(archive)] + [location("Cork", CORK)]
    with django_assert_num_queries(3):
        links = link(entities, None)
    assert {found.record.pk for found in links[:-1]} == set(Person.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("surname", ["Finch", "Mac Finch", "Ó Finch", "van den Finch", "De Finch"])
def test_a_surname_is_no_full_name_whatever_its_particles(surname):
    assert linking_names(person(f"Mara {surname}", surname)) == [f"Mara {surname}"]


def test_names_that_tell_who_is_meant():
    assert linking_names(person("Ana Lopez", "Lopez", "Ana Lopez Ruiz")) == ["Ana Lopez", "Ana Lopez Ruiz"]
    assert linking_names(organisation("Harbour Board", "HB")) == ["Harbour Board", "HB"]


def test_a_place_number_is_given_to_one_record_alone():
    cork = location("Cork", CORK)
    again = location("Corcaigh", CORK)
    links = link([cork, again], None)
    records = write_entities([cork, again], links)
    assert [record.geoname_id for record in records] == [CORK.geoname_id, None]
    assert {record.latitude for record in records} == {CORK.latitude}
