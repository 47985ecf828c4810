"""FollowTheMoney: its own package checks every entity; nothing is pointed to that is not there."""

from __future__ import annotations

import json

import pytest

from articles.exporting import followthemoney
from articles.exporting.archive import entity_lines, mention_lines
from articles.models import Entity, Identifier
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person, make_role


@pytest.fixture
def package():
    """The package that checks entities, which some machines cannot build."""
    return pytest.importorskip("followthemoney")


@pytest.fixture
def whole(story, at):
    """Everything that readers see, by identifier."""
    return {each["id"]: each for each in (*entity_lines(at), *mention_lines(at))}


def named(whole, name):
    [found] = [each for each in whole.values() if name in each["properties"].get("name", ())]
    return found


def test_the_package_takes_every_value(whole, package):
    for said in whole.values():
        proxy = package.model.get_proxy(json.loads(followthemoney.as_line(said)), cleaned=False)
        proxy.schema.validate(proxy.to_dict())
        kept = {name: set(proxy.get(name)) for name in said["properties"]}
        assert kept == {name: set(values) for name, values in said["properties"].items()}, said["schema"]


def test_whatever_is_pointed_to_is_there(whole, package):
    for said in whole.values():
        schema = package.model.get(said["schema"])
        for name, values in said["properties"].items():
            if schema.get(name).type.name == "entity":
                assert set(values) <= set(whole), name


def test_a_person_with_office_employer_and_mention(story, whole, at):
    hayes = named({key: each for key, each in whole.items() if each["schema"] == "Person"}, "Fergal Hayes")
    assert hayes["properties"]["lastName"] == ["Hayes"]
    [occupancy] = [each["properties"] for each in whole.values() if each["schema"] == "Occupancy"]
    assert (occupancy["holder"], occupancy["date"]) == ([hayes["id"]], ["2031-05-02"])
    position = whole[occupancy["post"][0]]["properties"]
    assert position["name"] == ["director of supply"]
    assert whole[position["organization"][0]]["properties"]["alias"] == ["LW"]
    mentions = [each["properties"] for each in whole.values() if each["schema"] == "Mention"]
    assert {each["resolved"][0] for each in mentions} == {
        followthemoney.record_id(each.entity, at) for each in story.shown_appearances
    }


def test_the_article_is_a_document(whole):
    [article] = [each["properties"] for each in whole.values() if each["schema"] == "Article"]
    assert article["publishedAt"] == ["2026-06-09T08:30:00"]
    assert (article["language"], article["publisher"]) == (["eng"], ["The Lee Courier"])


@pytest.mark.parametrize(
    ("make", "name", "schema"),
    [
        (make_organisation, "Lee Water Ltd", "Company"),
        (make_organisation, "Department of the Marine", "Organization"),
        (make_location, "Cobh", "Address"),
        (make_person, "Mira Voss", "Person"),
    ],
)
def test_a_record_has_the_schema_of_what_it_is(db, make, name, schema):
    assert followthemoney.schema_of(Entity.objects.get(pk=make(name).pk)) == schema


def test_a_place_lies_somewhere(whole):
    place = next(each for each in whole.values() if each["schema"] == "Address")["properties"]
    assert (place["full"], place["country"]) == (["Kinsale, Ireland"], ["ie"])
    assert (place["latitude"], place["longitude"]) == (["51.7"], ["-8.5"])


def test_identifiers_of_wikidata_are_told(story, at):
    hayes = story.shown_appearances[0].entity
    Identifier.objects.create(entity=hayes, scheme="wikidata", value="Q7000037")
    [said] = [each for each in entity_lines(at) if each["schema"] == "Person"]
    assert said["properties"]["wikidataId"] == ["Q7000037"]


def test_what_readers_do_not_see_is_not_told(db, at):
    draft = make_article(status="draft", body="<p>Zelda Quartz, pilot at Quill Board.</p>")
    person, board = make_person("Zelda Quartz"), make_organisation("Quill Board")
    make_appearance(draft, person)
    make_role(draft, person, "pilot", organisation=board)
    assert [*entity_lines(at), *mention_lines(at)] == []
    shown = make_article(body="<p>Zelda Quartz, pilot at Quill Board.</p>")
    make_appearance(shown, person)
    make_role(shown, person, "pilot", organisation=board)
    told = [*entity_lines(at), *mention_lines(at)]
    assert not any("Quill Board" in each["properties"].get("name", ()) for each in told)
    assert all("organization" not in each["properties"] for each in told)
    assert followthemoney.record_id(person, at) in {each["id"] for each in told}


def test_one_office_is_one_position_whoever_holds_it(story, at):
    board = make_organisation("Harbour Board")
    make_appearance(story, board, "Kinsale")
    for name in ("Ana Lopez", "Tom Hill"):
        person = make_person(name)
        article = make_article(body=f"<p>{name}, Chair.</p>")
        make_appearance(article, person)
        make_role(article, person, "Chair" if "Ana" in name else "chair", organisation=board, start=0, end=5)
    chairs = [each for each in entity_lines(at) if "chair" in str(each["properties"].get("name")).casefold()]
    assert len({each["id"] for each in chairs}) == 1
