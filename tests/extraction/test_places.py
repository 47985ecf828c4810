from __future__ import annotations

import pytest

from articles.documents.story import Dateline
from articles.extraction.geonames import Rank, lookup
from articles.extraction.places import locate
from articles.extraction.types import Entity, Kind
from articles.text.spans import Span


def located(text, *names, dateline=None):
    entities = tuple(
        Entity(Kind.LOCATION, name, (Span(text.index(name), text.index(name) + len(name)),), "") for name in names
    )
    return locate(entities, text, dateline=dateline)


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Rain fell in Paris.", ["Paris"], "FR"),
        ("Rain fell in Paris, Texas.", ["Paris"], "US"),
        ("Rain fell in Paris, Tex., again.", ["Paris"], "US"),
        ("Rain fell in Paris. All Texas was wet.", ["Paris", "Texas"], "US"),
        ("In Birmingham, Alabama, too.", ["Birmingham"], "US"),
        ("In Birmingham, England, too.", ["Birmingham"], "GB"),
        ("In Valencia, Venezuela, too.", ["Valencia"], "VE"),
        ("Spanish police searched Valencia.", ["Valencia"], "ES"),
        ("Venezuelan police searched Valencia.", ["Valencia"], "VE"),
        ("They flew to Georgia.", ["Georgia"], "GE"),
        ("From Alabama to Georgia.", ["Georgia", "Alabama"], "US"),
        ("They flew to Washington.", ["Washington"], "US"),
    ],
    ids=[
        "greatest",
        "state after it",
        "short state after it",
        "state of the story",
        "namesake's state",
        "home nation",
        "country after it",
        "demonym",
        "demonym of the other",
        "country",
        "state beside states",
        "capital",
    ],
)
def test_place_is_in_the_country_meant(text, names, country):
    place = located(text, *names)[0].place
    assert place is not None
    assert place.country == country


def test_washington_alone_is_the_capital():
    (washington,) = located("They flew to Washington.", "Washington")
    assert (round(washington.place.latitude), round(washington.place.longitude)) == (39, -77)


def test_name_spelled_otherwise_has_no_place():
    assert located("near Brzankowo Dolne", "Brzankowo Dolne")[0].place is None


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [("Kenya", 0, 37), ("Fiji", -18, 178), ("Iraq", 33, 44)],
    ids=["inland", "across the date line", "many cities"],
)
def test_country_lies_where_its_people_live(name, latitude, longitude):
    place = located(f"in {name}.", name)[0].place
    assert abs(place.latitude - latitude) < 2
    assert abs(place.longitude - longitude) < 2
    assert place.geoname_id


@pytest.mark.parametrize(
    ("place", "name"),
    [("OSLO", "Oslo"), ("SALT LAKE CITY, Utah", "Salt Lake City"), ("VASHMAR", "Vashmar"), ("Port Vila", "Port Vila")],
    ids=["gazetteer", "with its state", "unknown", "not in capitals"],
)
def test_dateline_adds_its_place(place, name):
    (entity,) = located("Rain fell.", dateline=Dateline(place))
    assert (entity.name, entity.kind, entity.mentions) == (name, Kind.LOCATION, ())


def test_dateline_adds_nothing_that_the_story_names():
    assert len(located("Rain fell in Oslo.", "Oslo", dateline=Dateline("OSLO"))) == 1


def test_dateline_tells_the_country():
    valencia, _ = located("Rain fell in Valencia.", "Valencia", dateline=Dateline("CARACAS"))
    assert valencia.place.country == "VE"


def test_people_have_no_place():
    (paris,) = locate((Entity(Kind.PERSON, "Paris", (Span(0, 5),), ""),), "Paris ran.", dateline=None)
    assert paris.place is None


def test_lookup_minds_neither_case_nor_accents_but_spelling():
    assert lookup("BOGOTA")[0].place == lookup("Bogotá")[0].place
    assert lookup("Bogotta") == ()
    assert lookup("Kiev")[0].place.name == "Kyiv"
    assert [known.rank for known in lookup("Georgia")][:2] == [Rank.COUNTRY, Rank.REGION]


def test_two_names_of_one_place_are_one_entity():
    text = "Flights to the United States stopped. Canada and the U.S. are in talks."
    entities = located(text, "United States", "Canada", "U.S.")
    assert [(entity.name, entity.aliases, len(entity.mentions)) for entity in entities] == [
        ("United States", ("U.S.",), 2),
        ("Canada", (), 1),
    ]


@pytest.mark.parametrize(
    ("text", "names", "rule"),
    [
        ("Rain fell in Paris, Texas.", ["Paris"], "“Texas” stands right behind the name"),
        ("Rain fell in Paris.", ["Paris"], "the greatest of "),
        ("Rain fell in Reykjavik.", ["Reykjavik"], "the only place of that name in the gazetteer"),
        (
            "Rain fell in Paris. All Texas was wet.",
            ["Paris", "Texas"],
            "the only place of that name in Texas, which the story tells of",
        ),
        (
            "Venezuelan police searched Valencia.",
            ["Valencia"],
            "the only place of that name in Venezuela, which the story tells of",
        ),
        ("They flew to Washington.", ["Washington"], "the city rather than the region of that name"),
        ("They flew to Kenya.", ["Kenya"], "the country of that name"),
        ("near Brzankowo Dolne", ["Brzankowo Dolne"], "no place of that name in the gazetteer"),
    ],
    ids=["words behind", "greatest", "only one", "state", "country", "capital", "a country", "unknown"],
)
def test_place_says_why_it_is_that_one(text, names, rule):
    found = located(text, *names)[0].place_rule
    assert found.startswith(rule) if rule.endswith(" ") else found == rule
