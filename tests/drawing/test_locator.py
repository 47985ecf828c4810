"""Maps: whatever the places are, what is drawn stays on the map, no two names touch, and the Earth is right way out."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.drawing.frame import frame_of, whole_earth
from articles.drawing.labels import beside, shortened, width
from articles.drawing.lines import Box, cut_line, cut_ring, is_within, path, simplified
from articles.drawing.locator import Place, locator_map
from articles.drawing.projections import Azimuthal, EqualEarth
from articles.drawing.world import world

# A machine that is busy is slow, and that is no fault of what is tested.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

COBH = Place("Cobh", "/places/cobh/", -8.29, 51.85)
LAGOS = Place("Lagos", "/places/lagos/", 3.39, 6.45)
SUVA = Place("Suva", "/places/suva/", 178.44, -18.14)
APIA = Place("Apia", "/places/apia/", -171.76, -13.83)


def drawn(*places, **options):
    return ElementTree.fromstring(locator_map(places, label="Map", **options))


def size(svg):
    return tuple(int(part) for part in svg.get("viewBox").split()[2:])


def by_class(svg, name):
    return [each for each in svg.iter() if each.get("class") == name]


def points(data):
    """The points of path data: “M3 4l5-6 7 8z”."""
    found = []
    for piece in data.replace("z", "").split("M")[1:]:
        start, _, steps = piece.partition("l")
        at = tuple(map(int, numbers(start)))
        found.append(at)
        values = list(map(int, numbers(steps)))
        for across, down in zip(values[::2], values[1::2], strict=True):
            at = (at[0] + across, at[1] + down)
            found.append(at)
    return found


def numbers(text):
    return text.replace("-", " -").split()


def label_box(text):
    """Where the words of a label are, by the same measure as they were placed by."""
    size_of = {"place": 25, "country": 21}[text.get("class")]
    long = width(text.text or "", size_of)
    x, y = int(text.get("x")), int(text.get("y"))
    left = x - {None: 0, "middle": long / 2, "end": long}[text.get("text-anchor")]
    # A pixel of slack: coordinates are whole numbers.
    return Box(left + 2, y - size_of * 0.78 + 2, left + long - 2, y + size_of * 0.26 - 2)


ANYWHERE = st.builds(
    Place,
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    address=st.sampled_from(["", "/places/x/", "/places/“>&/"]),
    longitude=st.one_of(st.sampled_from([-180.0, 180.0, 0.0]), st.floats(-180, 180)),
    latitude=st.one_of(st.sampled_from([-90.0, 90.0, 0.0]), st.floats(-90, 90)),
    country=st.sampled_from(["", "", "", "FR", "RU", "AQ", "FJ", "US", "VA", "??"]),
)


# A map takes its time: what fails is told as it was found.
@settings(patient, max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(ANYWHERE, min_size=1, max_size=8))
def test_whatever_the_places_are_they_are_drawn_on_the_map(places):
    svg = drawn(*places)
    whole = Box(0, 0, *size(svg))
    for circle in by_class(svg, "dot"):
        assert whole.contains((int(circle.get("cx")), int(circle.get("cy"))))
    for shape in [*by_class(svg, "land"), *by_class(svg, "border"), *by_class(svg, "here")]:
        for point in points(shape.get("d")):
            assert whole.around(10).contains(point)
    boxes = [label_box(text) for text in [*by_class(svg, "place"), *by_class(svg, "country")]]
    for number, box in enumerate(boxes):
        assert whole.holds(box)
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])
    assert len(by_class(svg, "dot")) + len(by_class(svg, "place")) >= 1


@pytest.mark.parametrize(
    ("place", "on_land"),
    [
        pytest.param((-8.0, 53.0), True, id="Ireland"),
        pytest.param((-30.0, 45.0), False, id="Atlantic"),
        pytest.param((50.5, 41.5), False, id="Caspian Sea, a hole in the land"),
        pytest.param((-3.7, 40.4), True, id="Madrid, opposite of New Zealand"),
        pytest.param((175.5, -39.0), True, id="New Zealand, opposite of Spain"),
        pytest.param((5.5, 22.8), True, id="Sahara, opposite of Tonga"),
        pytest.param((-175.2, -22.0), False, id="sea by Tonga, opposite of the Sahara"),
        pytest.param((0.0, -90.0), True, id="South Pole"),
        pytest.param((10.0, 90.0), False, id="North Pole, opposite of Antarctica"),
        pytest.param((180.0, 68.0), True, id="Chukotka, on the date line"),
        pytest.param((180.0, -30.0), False, id="Pacific, on the date line"),
        pytest.param((116.4, 39.9), True, id="Beijing, opposite of Argentina"),
        pytest.param((-63.6, -39.9), True, id="Argentina, opposite of Beijing"),
    ],
)
def test_land_is_land_and_sea_is_sea(place, on_land):
    svg = drawn(Place("Here", "", *place))
    (dot,) = by_class(svg, "dot")
    middle = (int(dot.get("cx")) + 0.5, int(dot.get("cy")) + 0.5)
    land = by_class(svg, "land")[0].get("d")
    rings = [points("M" + each) for each in land.split("M")[1:]]
    assert (sum(is_within(middle, ring) for ring in rings) % 2 == 1) is on_land


def test_places_on_both_sides_of_the_date_line_are_neighbours():
    frame = frame_of([SUVA.point, APIA.point])
    assert isinstance(frame.projection, Azimuthal)
    svg = drawn(SUVA, APIA)
    suva, apia = sorted(int(each.get("cx")) for each in by_class(svg, "dot"))
    assert 300 < apia - suva < 640


def test_places_on_all_sides_of_the_earth_are_drawn_on_the_whole_of_it():
    new_york, tokyo, cape_town = (
        Place("New York", "", -74, 40.7),
        Place("Tokyo", "", 139.7, 35.7),
        Place("Cape Town", "", 18.4, -33.9),
    )
    assert isinstance(frame_of([each.point for each in (new_york, tokyo, cape_town)]).projection, EqualEarth)
    svg = drawn(new_york, tokyo, cape_town)
    assert [text.text for text in by_class(svg, "place")] == ["Cape Town", "Tokyo", "New York"]
    assert by_class(svg, "bar") == by_class(svg, "globe") == []


def test_a_town_alone_is_shown_with_what_lies_around_it():
    svg = drawn(COBH)
    assert [text.text for text in by_class(svg, "country")] == ["Ireland"]
    assert by_class(svg, "bar")[1].text == "100\u202fkm"
    assert len(by_class(svg, "globe")) == 1


def test_a_country_is_shown_as_an_area_from_border_to_border():
    svg = drawn(Place("Germany", "/places/germany/", 10.4, 51.1, "DE"))
    assert by_class(svg, "dot") == []
    assert [text.text for text in by_class(svg, "place")] == ["Germany"]
    area = points(by_class(svg, "here")[0].get("d"))
    assert max(y for _, y in area) - min(y for _, y in area) > 200
    assert "Germany" not in [text.text for text in by_class(svg, "country")]


def test_countries_bear_the_names_of_the_site_s_language():
    svg = drawn(Place("Ulm", "", 10, 48.4), names={"DE": "Allemagne"})
    assert "Allemagne" in [text.text for text in by_class(svg, "country")]


def test_places_are_links_where_a_finger_has_room():
    youghal = Place("Youghal", "/places/youghal/", -8.28, 51.86)
    svg = drawn(COBH, youghal, Place("Dublin", "", -6.26, 53.33))
    assert [link.get("href") for link in svg.iter("a")] == ["/places/cobh/"]
    assert [title.text for title in svg.iter("title")] == ["Dublin", "Youghal", "Cobh"]


def test_names_are_text_whatever_they_hold():
    hostile = Place('<script>alert("1")</script>\x00&', "/places/\"onload='x'/", 3.39, 6.45)
    text = locator_map([hostile], label='"><b>')
    svg = ElementTree.fromstring(text)
    assert {each.tag for each in svg.iter()} <= set("svg path g a title circle text rect".split())
    assert svg.get("aria-label") == '"><b>'
    assert next(svg.iter("a")).get("href") == hostile.address
    assert next(svg.iter("a")).find("title").text == '<script>alert("1")</script>&'


def test_what_is_drawn_is_the_same_each_time():
    assert locator_map([LAGOS, COBH], label="Map") == locator_map([LAGOS, COBH], label="Map")


def test_no_place_no_map():
    assert locator_map([], label="Map") == ""


# Lines.

POINT = st.tuples(st.floats(-50, 150), st.floats(-50, 150))
BOX = Box(0, 0, 100, 100)


@patient
@given(st.lists(POINT, min_size=3, max_size=12), st.tuples(st.floats(1, 99), st.floats(1, 99)))
def test_a_ring_cut_to_a_box_covers_the_same_points_of_it(ring, point):
    cut = cut_ring(ring, BOX)
    assert all(BOX.around(1e-6).contains(each) for each in cut)
    if not near(point, [*ring, ring[0]]):
        assert is_within(point, cut) == is_within(point, ring)


@patient
@given(st.lists(POINT, min_size=2, max_size=12))
def test_a_line_cut_to_a_box_stays_on_the_line(line):
    for piece in cut_line(line, BOX):
        for point in piece:
            assert BOX.around(1e-6).contains(point)
            assert near(point, line)


@patient
@given(st.lists(POINT, min_size=2, max_size=30), st.floats(0.1, 20))
def test_a_simpler_line_strays_no_farther_than_allowed(line, tolerance):
    simple = simplified(line, tolerance)
    assert (simple[0], simple[-1]) == (line[0], line[-1])
    assert all(near(point, simple, within=tolerance + 1e-6) for point in line)


def near(point, line, within=1e-3):
    return any(distance(point, start, end) <= within for start, end in pairwise(line))


def distance(point, start, end):
    across, down = end[0] - start[0], end[1] - start[1]
    length = across**2 + down**2
    along = 0 if length == 0 else ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length
    along = min(1, max(0, along))
    return ((point[0] - start[0] - along * across) ** 2 + (point[1] - start[1] - along * down) ** 2) ** 0.5


@patient
@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=9))
def test_a_path_goes_through_all_its_points(line):
    told = [each for number, each in enumerate(line) if number == 0 or each != line[number - 1]]
    assert points(path(line)) == (told if len(told) > 1 else [])


@patient
@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_a_point_of_a_map_leads_back_to_its_place(x, y, across, up):
    projection = Azimuthal((x, y))
    point = projection.point((across, up))
    if point[0] ** 2 + point[1] ** 2 < 2.9:
        back = projection.place(point)
        assert projection.point(back) == pytest.approx(point, abs=1e-6)


def test_the_whole_earth_fits_its_map():
    frame = whole_earth()
    for place in [(-180, 0), (180, 0), (0, 84), (0, -58), (-180, 84), (180, -58)]:
        assert frame.box.around(1).contains(frame.point(place))


# Words.


def test_long_names_are_cut_between_words():
    assert shortened("Royal Harbour Board of the Southern Counties") == "Royal Harbour Board of…"
    assert shortened("Cobh") == "Cobh"
    assert shortened("A" * 40) == "A" * 25 + "…"


def test_wide_letters_are_taken_as_wide():
    assert width("東京", 10) > width("ab", 10) > width("il", 10)
    assert width("e\u0301", 10) == width("e", 10)


def test_a_label_stands_beside_its_point_first_to_the_right():
    first, second, *_ = beside("Cobh", (100, 100), size=20, gap=10)
    assert (first.anchor, first.box.left) == ("start", 110)
    assert (second.anchor, second.box.right) == ("end", 90)


# The data.


def test_every_ring_of_the_data_is_closed_and_named_by_its_code():
    for name in ("near", "far"):
        earth = world(name)
        assert all(ring.places[0] == ring.places[-1] for ring in earth.land)
        assert all(ring.places[0] == ring.places[-1] for country in earth.countries for ring in country.rings)
    codes = {country.code for country in world("near").countries}
    assert {"IE", "NG", "FR", "NO", "XK", "TW", "PS"} <= codes
