"""What locations are part of, and the names inside names, as records."""

from __future__ import annotations

import pytest

from articles.editing.decide import decide
from articles.extraction.places import locate
from articles.extraction.types import Entity, Extraction, Kind
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import link
from articles.importing.records import write_entities
from articles.importing.service import ImportOptions, import_document
from articles.models import Appearance, Location, NamePart, Organisation, State
from articles.text.spans import Span
from tests.factories import make_location

pytestmark = pytest.mark.django_db


def place(*names, text="Rain fell in {}."):
    """Import the locations of one sentence."""
    text = text.format(", then ".join(names))
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    found = [Entity(Kind.LOCATION, name, (span,), "") for name, span in zip(names, spans, strict=True)]
    entities = locate(tuple(found), text, dateline=None)
    return write_entities(entities, link(Extraction(entities), None), after=FollowUps())


def chain(name):
    location = Location.objects.get(name=name)
    names = []
    while location:
        names.append(location.name)
        location = location.part_of
    return names


def test_city_is_part_of_the_records_of_its_region_and_country():
    place("Seattle", "Oregon", "United States", "Portland")
    assert chain("Portland") == ["Portland", "Oregon", "United States"]
    assert chain("Seattle") == ["Seattle", "United States"]
    assert Location.objects.get(name="Seattle").region == "Washington"


def test_no_record_is_made_for_what_no_story_names():
    place("Seattle")
    assert [location.name for location in Location.objects.all()] == ["Seattle"]
    assert Location.objects.get().part_of is None


def test_region_and_country_that_come_later_take_in_what_was_there():
    place("Kitchener")
    place("Canada")
    assert chain("Kitchener") == ["Kitchener", "Canada"]
    place("Ontario", text="Rain fell on {}.")
    assert chain("Kitchener") == ["Kitchener", "Ontario", "Canada"]


def test_what_an_editor_set_stays():
    waterloo = make_location("Waterloo Region")
    place("Kitchener")
    Location.objects.update_or_create(name="Kitchener", defaults={"part_of": waterloo})
    place("Canada")
    place("Kitchener")
    assert chain("Kitchener") == ["Kitchener", "Waterloo Region"]


STORY = """\
Police search warehouse

By Ana Lopez

Officers of the Kenosha Police Department searched a warehouse in Kenosha on Monday, said Mira Voss, who works for \
the University of Toronto.
"""


def test_names_inside_names_are_kept_without_a_naming_of_their_own():
    for _ in range(2):
        (report,) = import_document(STORY.encode(), source="police.txt")
    parts = NamePart.objects.order_by("name").values_list("appearance__entity__name", "name", "entity__name")
    assert list(parts) == [
        ("Kenosha Police Department", "Kenosha", "Kenosha"),
        ("University of Toronto", "Toronto", None),
    ]
    assert NamePart.objects.get(name="Toronto").geoname_id
    assert not Location.objects.filter(name="Toronto").exists()
    by_name = {organisation["name"]: organisation["parts"] for organisation in report["organisations"]}
    (toronto,) = by_name["University of Toronto"]
    start, end = toronto["span"]
    assert (report["text"][start:end], toronto["kind"], toronto["entity"]) == ("Toronto", "location", None)
    (kenosha,) = report["locations"]
    assert (kenosha["region"], kenosha["country"], len(kenosha["mentions"])) == ("Wisconsin", "US", 1)


def test_organisations_are_found_by_the_place_in_their_name(django_assert_num_queries):
    import_document(STORY.encode(), source="police.txt", options=ImportOptions(publish=True))
    kenosha = Location.objects.get()
    assert not Organisation.objects.named_for(kenosha)
    decide(list(Appearance.objects.all()), state=State.ACCEPTED, user=None)
    with django_assert_num_queries(1):
        assert [each.name for each in Organisation.objects.named_for(kenosha)] == ["Kenosha Police Department"]
    (toronto,) = place("Toronto")
    assert [each.name for each in Organisation.objects.named_for(toronto)] == ["University of Toronto"]
