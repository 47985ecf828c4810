"""What the templates' own tags say in words."""

from __future__ import annotations

import pytest

from articles.models import Location
from articles.templatetags import newsroom


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param([], "", id="none"),
        pytest.param(["Ana"], "Ana", id="one"),
        pytest.param(["Ana", "Ben"], "Ana and Ben", id="two"),
        pytest.param(["Ana", "Ben", "Cem"], "Ana, Ben and Cem", id="three"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names, expected):
    assert newsroom.listed(names) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "Cobh", "region": "Munster", "country": "IE"}, "Munster, Ireland"),
        ({"name": "Kazan", "country": "RU"}, "Russia"),
        ({"name": "Berlin", "region": "Berlin", "country": "DE"}, "Germany"),
        ({"name": "South Korea", "country": "KR"}, ""),
        ({"name": "Nowhere", "country": "XX"}, ""),
    ],
    ids=["region and country", "not the official name", "region of its name", "country itself", "unknown"],
)
def test_location_lies_within_its_region_and_country(fields, expected):
    assert newsroom.within(Location(**fields)) == expected


@pytest.mark.parametrize(
    ("value", "directions", "expected"),
    [
        pytest.param(51.853, "NS", "51.85° N", id="north"),
        pytest.param(-33.9, "NS", "33.90° S", id="south"),
        pytest.param(-8.29, "EW", "8.29° W", id="west"),
        pytest.param(0.0, "EW", "0.00° E", id="zero"),
    ],
)
def test_degrees_name_their_direction(value, directions, expected):
    assert newsroom.degrees(value, directions) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One line.\nAnother.", "One line.", id="first paragraph"),
        pytest.param("rain, " * 60, "rain, " * 35 + "rain …", id="cut between words, no comma left"),
    ],
)
def test_opening_is_the_first_paragraph_cut_at_a_word(text, expected):
    assert newsroom.opening(text) == expected
