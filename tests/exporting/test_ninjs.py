"""ninjs: what an export says, and that it says nothing which the standard does not know."""

from __future__ import annotations

import json

import pytest
from jsonschema_rs import Draft202012Validator

from articles.exporting.ninjs import as_ninjs
from tests.exporting.conftest import BODY, WORDS, detail
from tests.factories import make_article

# What ninjs 3.0 has for a story of text and what is associated with it: properties, their types and their values. Any
# other property is wrong, here as there.
TEXT, NUMBER = {"type": "string"}, {"type": "number"}
MOMENT, ADDRESS = {"type": "string", "format": "date-time"}, {"type": "string", "format": "uri"}


def closed(required=(), **properties):
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def several(**properties):
    return {"type": "array", "minItems": 1, "items": closed(**properties)}


WORDED = {"role": TEXT, "contentType": TEXT, "value": TEXT}
NAMED = {"name": TEXT, "rel": TEXT, "uri": ADDRESS, "literal": TEXT}
POINT = closed(type={"const": "Point"}, coordinates={"type": "array", "items": NUMBER})
RENDITION = {
    "name": TEXT,
    "href": ADDRESS,
    "contentType": TEXT,
    "width": {"type": "number"},
    "height": {"type": "number"},
}
ITEM = {
    "uri": ADDRESS,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
    "representationType": {"enum": ["full", "partial"]},
    "standard": closed(name=TEXT, version=TEXT, schema=ADDRESS),
    "profile": TEXT,
    "version": TEXT,
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "contentCreated": MOMENT,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "language": TEXT,
    "copyrightHolder": TEXT,
    "usageTerms": TEXT,
    "slugline": TEXT,
    "by": TEXT,
    "located": TEXT,
    "headlines": several(required=["value"], **WORDED),
    "descriptions": several(required=["value"], **WORDED),
    "bodies": several(required=["value"], **WORDED, charCount={"type": "integer"}, wordCount={"type": "integer"}),
    "infoSources": several(name=TEXT, role=TEXT, uri=ADDRESS, literal=TEXT),
    "people": several(**NAMED),
    "organisations": several(**NAMED),
    "places": several(**NAMED, geojson=POINT),
    "subjects": several(**NAMED),
    "altIds": several(role=TEXT, value=TEXT),
    "renditions": several(required=["name"], **RENDITION),
}
ASSOCIATED = closed(required=["name", "uri"], name=TEXT, **ITEM)
NINJS = Draft202012Validator(
    closed(required=["uri"], **ITEM, associations={"type": "array", "items": ASSOCIATED}), validate_formats=True
)


def wrong(said):
    return [f"{list(error.instance_path)}: {error.message}" for error in NINJS.iter_errors(said)]


def test_the_standard_knows_all_that_is_said(story, at):
    assert wrong(json.loads(json.dumps(as_ninjs(story, at)))) == []


def test_a_bare_story_is_one_as_well(db, at):
    assert wrong(as_ninjs(detail(make_article()), at)) == []


def test_what_the_standard_does_not_know_is_noticed(story, at):
    assert wrong({**as_ninjs(story, at), "byline": "Ana Lopez", "versionCreated": "soon"})


def test_the_story_is_told_whole(story, at):
    said = as_ninjs(story, at)
    assert said["uri"] == f"https://news.example.org/api/v1/articles/{story.pk}"
    assert said["contentCreated"] == "2026-06-09T08:30:00+00:00"
    assert [each["value"] for each in said["headlines"] + said["descriptions"]] == [story.headline, story.standfirst]
    assert [each["value"] for each in said["bodies"]] == [BODY, story.text, "Reporting by Niamh Cotterell"]
    assert (said["by"], said["located"], said["language"]) == ("Niamh Cotterell", "Kinsale", "en")
    assert [(each["name"], each["role"]) for each in said["infoSources"]] == [
        ("Niamh Cotterell", "reporting"),
        ("Bo Ek", "photographs"),
        ("Tidewire", "agency"),
        ("The Lee Courier", "publisher"),
    ]
    assert [each["value"] for each in said["altIds"]] == [at.page(story), "https://courier.example.org/water"]


def test_names_and_subjects_lead_to_their_records(story, at):
    said = as_ninjs(story, at)
    names = {each["name"]: each["uri"] for kind in ("people", "organisations", "places") for each in said[kind]}
    assert names == {each.entity.name: at.entity(each.entity) for each in story.shown_appearances}
    assert said["places"][0]["geojson"] == {"type": "Point", "coordinates": [-8.5, 51.7]}
    assert [(each["name"], each["rel"]) for each in said["subjects"]] == [
        ("Water", "about"),
        ("Drought", "about"),
        ("Towns", "section"),
        ("The dry year", "series"),
    ]


def test_pictures_quotations_and_corrections_are_associated(story, at):
    picture, quotation, correction = as_ninjs(story, at)["associations"]
    assert [each["value"] for each in picture["descriptions"]] == ["The well in Kinsale.", "A dry well"]
    assert [each["width"] for each in picture["renditions"]] == [480, 800, 1200, 1500]
    assert (quotation["bodies"][0]["value"], quotation["people"][0]["rel"]) == (WORDS, "speaker")
    assert (correction["profile"], correction["bodies"][0]["value"]) == ("correction", "It is 47 days, not 74.")


def test_a_day_without_a_time_is_its_beginning_in_the_newsroom(story, at, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    story.published_has_time = False
    assert as_ninjs(story, at)["contentCreated"] == "2026-06-09T00:00:00+01:00"


@pytest.mark.parametrize("state", ["suggested", "rejected"])
def test_what_readers_do_not_see_is_not_told(story, at, state):
    story.appearances.update(state=state)
    story.quotes.update(state=state)
    said = as_ninjs(detail(story), at)
    assert not {"people", "organisations", "places"} & set(said)
    assert [each["name"] for each in said["associations"] if "quotation" in each["name"]] == []
