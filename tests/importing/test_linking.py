"""Who is who in the archive: exactly one candidate links, several are left to an editor."""

import pytest

from articles.editing.merge import merge
from articles.extraction.types import Entity, Extraction, Kind, Place, RoleHeld
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import link, linking_names
from articles.importing.records import write_entities
from articles.models import Person, State
from articles.text.spans import Span
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

CORK = Place(2965140, "Cork", "IE", 51.9, -8.47, 124_391)


def person(name, *aliases):
    return Entity(Kind.PERSON, name, (), "a known given name", aliases=aliases)


def organisation(name, *aliases):
    return Entity(Kind.ORGANISATION, name, (), "a clue word", aliases=aliases)


def location(name, place=None):
    return Entity(Kind.LOCATION, name, (), "in the gazetteer", place=place)


def known(name, title="", *, at=None, **fields):
    """A person of the archive with a role in an article."""
    someone = make_person(name, aliases=(name,), **fields)
    article = make_article(body=f"<p>{name}, {title or 'as ever'}, spoke of rain.</p>")
    make_appearance(article, someone)
    if title:
        make_role(article, someone, title, organisation=at)
    return someone


def told(entity, title, *others, at=None):
    """The link of a person whom a story gives a title; `at` is the place among the others of the body it is at."""
    held = RoleHeld(0, title, Span(0, 1), organisation=None if at is None else at + 1)
    return link(Extraction((entity, *others), (held,)), None)[0]


def only(entity, article=None):
    (found,) = link(Extraction((entity,)), article)
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
    assert set(found.notes.values()) == {"nothing speaks for or against it"}


def test_the_losing_name_of_a_merge_leads_to_the_survivor():
    survivor = make_person("Mara Finch", aliases=("Mara Finch",))
    merge(survivor, make_person("Mara Finch-Reed", aliases=("Mara Finch-Reed",)), user=None)
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
    first, second = link(Extraction((person("Mara Finch"), person("Mara J. Finch"))), None)
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
    with django_assert_num_queries(8):
        links = link(Extraction(tuple(entities)), None)
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
    links = link(Extraction((cork, again)), None)
    records = write_entities([cork, again], links, after=FollowUps())
    assert [record.geoname_id for record in records] == [CORK.geoname_id, None]
    assert {record.latitude for record in records} == {CORK.latitude}


def test_the_role_tells_which_of_two_namesakes_is_meant():
    rovers = make_organisation("Rovers FC", aliases=("Rovers FC",))
    keeper, _ = known("Mara Finch", "goalkeeper", at=rovers), known("Mara Finch", "striker")
    assert told(person("Mara Finch"), "goalkeeper").record is None, "the field of work alone could be chance"
    found = told(person("Mara Finch"), "goalkeeper", organisation("Rovers"), organisation("Rovers FC"), at=1)
    assert found.record.pk == keeper.pk
    assert "for: a role at the same organisation" in found.evidence


def test_another_life_is_a_question_with_its_candidate():
    judge = known("Mara Finch", "judge")
    found = told(person("Mara Finch"), "goalkeeper")
    assert found.record is None
    assert found.candidates == (judge.pk,)
    assert found.notes == {judge.pk: "against: sport here, law there"}


def test_another_pronoun_is_a_question():
    known("Robin Finch", gender="female")
    found = link(Extraction((Entity(Kind.PERSON, "Robin Finch", (), "", gender="male"),)), None)[0]
    assert found.record is None
    assert "“he” here, “she” there" in found.evidence


def test_verified_record_is_preferred_where_nothing_speaks_for_another():
    known("Mara Finch")
    verified = known("Mara Finch", is_verified=True)
    assert only(person("Mara Finch")).record.pk == verified.pk


def test_verified_record_is_not_preferred_against_the_evidence():
    known("Mara Finch", "judge", is_verified=True)
    keeper = known("Mara Finch", "goalkeeper", at=make_organisation("Rovers FC", aliases=("Rovers FC",)))
    found = told(person("Mara Finch"), "goalkeeper", organisation("Rovers FC"), at=0)
    assert found.record.pk == keeper.pk


@pytest.mark.parametrize("printed", ["M. Finch", "Maggie Finch"])
def test_short_form_links_by_a_shared_employer_alone(printed):
    board = make_organisation("Harbour Board", aliases=("Harbour Board",))
    margaret = known("Margaret Finch", "engineer", at=board)
    assert only(person(printed)).record is None
    assert only(person(printed)).candidates == ()
    found = told(person(printed), "spokeswoman", organisation("Harbour Board"), at=0)
    assert found.record.pk == margaret.pk


@pytest.mark.parametrize("printed", ["Mara Ann Finch", "Mara B. Finch", "Mario Finch"])
def test_other_given_names_are_other_people(printed):
    make_person("Mara Jane Finch", aliases=("Mara Jane Finch", "Mara Finch"))
    assert only(person(printed, "Mara Finch")).record is None


def test_one_word_leads_to_a_verified_person_of_that_name():
    make_person("Pelé", aliases=("Pelé",))
    assert only(person("Pelé")).record is None
    verified = make_person("Edson Nascimento", aliases=("Edson Nascimento", "Dico"), is_verified=True)
    assert only(person("Dico")).record.pk == verified.pk


def test_one_word_that_is_the_family_name_leads_to_nobody():
    make_person("Mara Finch", aliases=("Mara Finch", "Finch"), is_verified=True)
    assert only(person("Finch")).record is None


def test_a_name_that_an_editor_refused_needs_evidence():
    mara = known("Mara Finch", "chief judge")
    make_appearance(make_article(body="<p>Mara Finch sang.</p>"), mara, state=State.REJECTED)
    found = only(person("Mara Finch"))
    assert (found.record, found.candidates) == (None, (mara.pk,))
    assert "an editor said of this name in another story that it is not this record" in found.evidence
    assert told(person("Mara Finch"), "chief judge").record.pk == mara.pk


@pytest.mark.parametrize(
    ("known_name", "printed"),
    [
        ("Acme Ltd", "Acme"),
        ("Acme", "The Acme Company, Inc."),
        ("Finch & Sons", "Finch and Sons GmbH"),
        ("José Muñoz", "Jose Munoz"),
    ],
)
def test_articles_accents_and_legal_forms_do_not_count(known_name, printed):
    make = person if "Muñoz" in known_name else organisation
    record = (make_person if make is person else make_organisation)(known_name, aliases=(known_name,))
    assert only(make(printed)).record.pk == record.pk


def test_two_long_names_of_one_acronym_are_two_organisations():
    make_organisation("Irish Seafarers Union", aliases=("Irish Seafarers Union", "ISU"))
    assert only(organisation("Indiana State University", "ISU")).record is None


def test_supreme_court_is_that_of_the_story_s_country():
    indian = make_organisation("Supreme Court", aliases=("Supreme Court",), country="IN")
    ireland = location("Cork", CORK)
    in_ireland, _ = link(Extraction((organisation("Supreme Court"), ireland)), None)
    assert in_ireland.record is None
    assert (in_ireland.candidates, in_ireland.country) == ((), "IE")
    article = make_article(body="<p>The Indian Supreme Court ruled.</p>")
    court = Entity(Kind.ORGANISATION, "Supreme Court", (Span(11, 24),), "")
    assert link(Extraction((court, ireland)), article)[0].record.pk == indian.pk
    assert only(organisation("Supreme Court")).candidates == (indian.pk,)


def test_a_people_leads_to_its_country():
    france = make_location("France", geoname_id=3017382, aliases=("France",))
    assert only(location("French")).record.pk == france.pk


def test_a_question_stays_one_when_the_story_is_imported_again():
    article = make_article(body="<p>Mara Finch spoke.</p>")
    mara = make_person("Mara Finch", aliases=("Mara Finch",))
    make_appearance(article, mara, state=State.SUGGESTED, candidates=[7], candidate_notes={"7": "for: a tag"})
    again = only(person("Mara Finch"), article)
    assert (again.record.pk, again.candidates, again.notes) == (mara.pk, (7,), {7: "for: a tag"})


def beside(someone, *others):
    """An article that names all of them."""
    article = make_article(body=f"<p>{', '.join(each.name for each in (someone, *others))} met.</p>")
    for each in (someone, *others):
        make_appearance(article, each)
    return someone


def test_people_named_with_both_tell_which_namesake_is_meant():
    friends = [make_person(name, aliases=(name,)) for name in ("Jonas Reed", "Ada Moss")]
    _, mara = known("Mara Finch"), beside(make_person("Mara Finch", aliases=("Mara Finch",)), *friends)
    found = told(person("Mara Finch"), "visitor", person("Jonas Reed"), person("Ada Moss"))
    assert found.record.pk == mara.pk
    assert "for: the same people are named with both" in found.evidence


def test_full_name_among_nobody_and_nothing_known_is_a_question():
    mara = beside(make_person("Mara Finch", aliases=("Mara Finch",)), make_organisation("Harbour Board"))
    found = told(person("Mara Finch"), "visitor", organisation("Mountain Rescue"))
    assert (found.record, found.candidates) == (None, (mara.pk,))
    assert found.notes == {mara.pk: "against: nobody and nothing else is named with both"}
    assert only(person("Mara Finch")).record.pk == mara.pk, "a story that names nothing else tells nothing against it"


@pytest.mark.parametrize("size", [1, 12])
def test_telling_namesakes_apart_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries, size):
    board = make_organisation("Harbour Board", aliases=("Harbour Board",))
    names = [f"Mara Finch{number}" for number in range(size)]
    for name in names:
        beside(known(name, "judge", at=board), board), beside(known(name, "baker"), make_person("Jonas Reed"))
    roles = tuple(RoleHeld(number, "visitor", Span(number, number + 1)) for number in range(size))
    extraction = Extraction((*(person(name) for name in names), organisation("Harbour Board")), roles)
    article = make_article(body="<p>They met.</p>")
    with django_assert_num_queries(9):
        links = link(extraction, article)
    assert all(len(found.notes) == 2 or found.record for found in links)
