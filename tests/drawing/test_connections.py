from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.drawing.connections import HEIGHT, MOST, Kind, Party, Tie, Words, columns, connections, crossings

WORDS = Words(
    label="Who is connected",
    table="As a table",
    person="Person",
    organisation="Organisation",
    how="How",
    kinds={kind: f"kind {kind}" for kind in Kind},
)


def tie(person, organisation, kind=Kind.ROLE, words="director"):
    return Tie(
        Party(person, f"Person {person}", f"/p/{person}/"), Party(organisation, f"Board {organisation}"), kind, words
    )


def drawn(*ties):
    return ElementTree.fromstring(connections(ties, WORDS))


def names(root):
    people, organisations = root.find("div").findall("ul")
    return [["".join(item.itertext()) for item in column] for column in (people, organisations)]


TIES = st.dictionaries(
    st.tuples(st.integers(1, 20), st.integers(101, 120)), st.sampled_from(list(Kind)), min_size=1, max_size=40
).map(lambda ties: [tie(*pair, kind) for pair, kind in ties.items()])
# A machine that is busy is slow, and that is no fault of what is tested.
patient = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(TIES)
def test_columns_hold_the_parties_that_are_tied_and_twelve_at_most(ties):
    people, organisations = columns(ties)
    assert 1 <= len(people) <= MOST
    assert 1 <= len(organisations) <= MOST
    kept = [each for each in ties if each.person in people and each.organisation in organisations]
    assert {each.person for each in kept} == set(people)


@patient
@given(TIES)
def test_no_order_of_appearance_has_fewer_crossings(ties):
    people, organisations = columns(ties)
    kept = [each for each in ties if each.person in people and each.organisation in organisations]
    as_they_came = (
        list(dict.fromkeys(each.person for each in kept)),
        list(dict.fromkeys(each.organisation for each in kept)),
    )
    assert crossings(kept, people, organisations) <= crossings(kept, *as_they_came)


@patient
@given(TIES)
def test_each_line_joins_the_rows_of_its_names(ties):
    root = drawn(*ties)
    people, organisations = names(root)
    for line in root.find("div").find("svg"):
        person, _, organisation = line.find("title").text.partition(":")[0].partition(" – ")
        start = round((people.index(person) + 0.5) / len(people) * HEIGHT)
        end = round((organisations.index(organisation) + 0.5) / len(organisations) * HEIGHT)
        assert line.get("d") == f"M0 {start}C50 {start} 50 {end} 100 {end}"


def test_lines_that_cross_are_uncrossed():
    people, organisations = columns([tie(1, 12), tie(2, 11), tie(3, 12)])
    assert crossings([tie(1, 12), tie(2, 11), tie(3, 12)], people, organisations) == 0


def test_what_has_no_room_in_the_drawing_is_in_the_table():
    ties = [tie(number, 100 + number) for number in range(20)]
    root = drawn(*ties)
    assert len(root.find("div").find("svg")) == MOST
    assert len(root.find("details/table/tbody")) == 20
    assert root.find("details").get("open") == ""
    assert drawn(*ties[:3]).find("details").get("open") is None


def test_the_key_tells_the_kinds_of_line_that_are_drawn():
    root = drawn(tie(1, 11, Kind.TOLD), tie(2, 11, Kind.SPEAKS_FOR))
    assert [item.text for item in root.find("ul")] == ["kind speaks-for", "kind told"]


def test_names_are_text_whatever_they_hold():
    hostile = Tie(Party(1, "<b>x", '/"><i>/'), Party(2, "&amp;"), Kind.ROLE, "<u>")
    root = drawn(hostile)
    assert names(root) == [["<b>x"], ["&amp;"]]
    assert root.find("div/ul/li/a").get("href") == '/"><i>/'
    assert {each.tag for each in root.iter()}.isdisjoint({"b", "i", "u"})


def test_nobody_is_connected_with_nothing():
    assert connections([], WORDS) == ""
