"""An authority file becomes records: whole, once, and never over what an editor typed."""

import io
import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editing.merge import merge
from articles.importing.authority import load_authorities
from articles.importing.authority_file import Authority, BadLine, read_authorities
from articles.models import Alias, Entity, Identifier, Location, Organisation, Origin, Person
from articles.searching.finding import keys_found
from articles.searching.places import Kind
from articles.searching.queries import read_query
from tests.factories import make_location, make_organisation, make_person

HEADER = "kind,name,aliases,wikidata\n"


def read(text, *, format="csv", kind=""):
    content = text if isinstance(text, bytes) else text.encode()
    return list(read_authorities(io.BytesIO(content), format=format, kind=kind))


def load(text, **options):
    return load_authorities(read(text), **options)


def counts(outcome):
    return outcome.created, outcome.updated, outcome.unchanged


def test_columns_stand_in_any_order_and_cells_may_be_empty():
    [place] = read('latitude,name,longitude,kind,country,geonames\n51.85," Port  Linden ",-8.3,place,ie,98182\n')
    assert place == Authority(
        2, "location", "Port Linden", (), {"geonames": "98182"}, {"latitude": 51.85, "longitude": -8.3, "country": "IE"}
    )
    assert read("\ufeffname,aliases,viaf\nMara Finch,M. Finch||Finch|M. Finch,\n\n", kind="person") == [
        Authority(2, "person", "Mara Finch", ("M. Finch", "Finch"))
    ]


def test_json_lines_say_the_same_as_csv():
    line = {"kind": "organization", "name": "Pilot Guild", "aliases": ["PG"], "viaf": 77, "description": None}
    [guild] = read(json.dumps(line) + "\n\n", format="jsonl")
    assert guild == Authority(1, "organisation", "Pilot Guild", ("PG",), {"viaf": "77"})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ship,Cobh,,", "the kind is “ship”; expected person, organisation or location"),
        ("person,,,", "no name; expected one"),
        ("person,Mara,,42", "“42” is no Wikidata identifier: expected one like “Q42”."),
        ("person,Mara,,Q4,5", "5 cells; expected 4, as in the first line"),
        (f"person,{'x' * 201},,", "name has 201 characters; expected 200 at most"),
        ('person,"Mara', "unexpected end of data; expected CSV with commas and straight double quotation marks"),
        (b"person,M\xe9re,,", "“M\ufffdre” has bytes that are no text; expected UTF-8"),
        ("person,M\0,,", "“M\0” has bytes that are no text; expected UTF-8"),
    ],
)
def test_a_bad_line_says_what_was_found_and_what_was_expected(line, problem):
    line = line if isinstance(line, bytes) else line.encode()
    assert read(HEADER.encode() + b"person,Ana,,\n" + line + b"\n")[1:] == [BadLine(3, problem)]


@pytest.mark.parametrize(
    ("text", "format", "problem"),
    [
        (
            "kind,ship\nperson,Ana\n",
            "csv",
            "the columns are “kind”, “ship”; expected names of columns, “name” among them",
        ),
        ("", "csv", "the columns are none; expected names of columns, “name” among them"),
        ("[1]\n", "jsonl", "“[1]”; expected one JSON object"),
        ("[" * 100_000, "jsonl", f"“{'[' * 60}”; expected one JSON object"),
        ('{"name": ["Ana"]}', "jsonl", 'name: ["Ana"]; expected text'),
        ('{"name": "Ana", "aliases": [7, true]}', "jsonl", "name: true; expected text"),
        ('{"name": "Ana", "country": "IE"}', "jsonl", "country “IE” of a person; expected it of a organisation or"),
        ('{"name": "Cobh", "kind": "place", "latitude": 5}', "jsonl", "one of latitude and longitude; expected both"),
        (
            '{"name": "Cobh", "kind": "place", "latitude": 95}',
            "jsonl",
            "latitude “95”; expected degrees from -90 to 90",
        ),
        ('{"name": "Cobh", "kind": "place", "latitude": NaN}', "jsonl", "latitude “nan”; expected degrees from -90"),
        ('{"name": "Cobh", "kind": "place", "country": "Eire"}', "jsonl", "country “Eire”; expected as in “IQ”"),
        ('{"name": "Ana", "age": 7}', "jsonl", "unknown: “age”; expected some of kind, name, aliases, description,"),
    ],
)
def test_what_is_no_authority_file_is_named(text, format, problem):
    [bad] = read(text, format=format, kind="person")
    assert bad.problem.startswith(problem)


@pytest.mark.django_db
def test_new_records_are_verified_and_found_by_every_name():
    outcome = load(
        "kind,name,aliases,description,wikidata,geonames,country,latitude,longitude\n"
        "person,Mara van Finch,M. Finch,Harbour master,Q7,,,,\n"
        "organisation,Pilot Guild,,,,,,,\n"
        "place,Cobh,,,Q8,2965140,IE,51.85,-8.3\n"
    )
    assert counts(outcome) == (3, 0, 0)
    mara = Person.objects.get()
    assert (mara.given_name, mara.family_name, mara.slug) == ("Mara", "van Finch", "mara-van-finch")
    assert (mara.kind, mara.origin, mara.is_verified, mara.description) == (
        "person",
        "imported",
        True,
        "Harbour master",
    )
    assert {(alias.name, alias.key, alias.plain) for alias in mara.aliases.all()} == {
        ("Mara van Finch", "mara van finch", "finch mara"),
        ("M. Finch", "m. finch", "finch m"),
    }
    cobh = Location.objects.get()
    assert (cobh.geoname_id, cobh.country, cobh.latitude, cobh.longitude) == (2965140, "IE", 51.85, -8.3)
    assert [str(each) for each in cobh.identifiers.all()] == ["Wikidata Q8"]
    assert Organisation.objects.get().name == "Pilot Guild"


@pytest.mark.django_db
def test_what_was_loaded_is_found_by_the_search():
    load(HEADER + "person,Mara Finch,The Pilot,\n")
    assert list(keys_found(read_query("pilot"), [Kind.PERSON])) == [Person.objects.get().pk]


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    text = HEADER + "person,Mara Finch,Finch,Q7\nperson,Mara Finch,,Q8\nplace,Cobh,Queenstown,\n"
    assert counts(load(text)) == (3, 0, 0)
    before = list(Entity.objects.values()), list(Alias.objects.values()), list(Identifier.objects.values())
    assert counts(load(text)) == (0, 0, 3)
    assert before == (list(Entity.objects.values()), list(Alias.objects.values()), list(Identifier.objects.values()))
    assert sorted(Person.objects.values_list("slug", flat=True)) == ["mara-finch", "mara-finch-2"]


@pytest.mark.django_db
def test_one_bad_line_leaves_everything_as_it_was():
    outcome = load(HEADER + "person,Mara Finch,,\nperson,Nils Berg,,7\nship,Cobh,,\n")
    assert [bad.line for bad in outcome.bad] == [3, 4]
    assert not Entity.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_counts_and_writes_nothing():
    assert counts(load(HEADER + "person,Mara Finch,,Q7\n", dry_run=True)) == (1, 0, 0)
    assert not Entity.objects.exists()
    assert not Identifier.objects.exists()


@pytest.mark.django_db
def test_a_machines_record_gets_what_the_file_knows():
    mara = make_person("Mara Finch", aliases=("Mara Finch",), origin=Origin.EXTRACTED, given_name="Mara Fi")
    outcome = load("kind,name,given_name,family_name,viaf\nperson,MARA FINCH,Mara,Finch-Reed,7\n")
    assert counts(outcome) == (0, 1, 0)
    mara.refresh_from_db()
    assert (mara.name, mara.given_name, mara.family_name) == ("Mara Finch", "Mara", "Finch-Reed")
    assert (mara.origin, mara.is_verified) == ("imported", True)
    assert [str(each) for each in mara.identifiers.all()] == ["VIAF 7"]


@pytest.mark.parametrize("origin", [Origin.TYPED, Origin.IMPORTED, Origin.EXTRACTED])
@pytest.mark.django_db
def test_what_an_editor_typed_stays(origin, admin_user):
    mara = make_person("Mara Finch", aliases=("Mara Finch",), origin=origin, description="Typed.", family_name="")
    if origin != Origin.TYPED:
        LogEntry.objects.log_actions(admin_user.pk, [mara], CHANGE, "Changed description.", single_object=True)
    load("kind,name,given_name,family_name,description\nperson,Mara Finch,M.,Finch,From the file.\n")
    mara.refresh_from_db()
    assert (mara.description, mara.given_name, mara.family_name) == ("Typed.", "Mara", "Finch")
    assert (mara.is_verified, mara.origin) == (False, origin)


@pytest.mark.parametrize(
    ("line", "is_same"),
    [
        ("organisation,Pilot Guild,Q7,", True),
        ("organisation,Guild of Pilots,Q7,", True),
        ("organisation,Pilot Guild,,", True),
        ("organisation,pilot  guild,,IE", True),
        ("organisation,The Guild,,", True),
        ("organisation,Pilot Guild,Q8,", False),
        ("organisation,Pilot Guild,,NZ", False),
        ("person,Pilot Guild,,", False),
    ],
)
@pytest.mark.django_db
def test_a_line_means_the_record_of_its_identifier_or_of_its_name(line, is_same):
    guild = make_organisation("Pilot Guild", aliases=("Pilot Guild", "The Guild"), country="IE")
    Identifier.objects.create(entity_id=guild.pk, scheme="wikidata", value="Q7")
    outcome = load(f"kind,name,wikidata,country\n{line}\n")
    assert outcome.created == (not is_same)


@pytest.mark.django_db
def test_a_record_of_the_name_goes_before_one_that_goes_by_it():
    make_organisation("Harbour Board", aliases=("Harbour Board", "HB"))
    board = make_organisation("HB", aliases=("HB",))
    load("kind,name,viaf\norganisation,HB,7\n")
    assert Identifier.objects.get().entity_id == board.pk


@pytest.mark.django_db
def test_a_line_that_several_records_could_be_is_left_out():
    for _ in range(2):
        make_person("Mara Finch", aliases=("Mara Finch",))
    outcome = load(HEADER + "person,Mara Finch,,\nperson,Nils Berg,,\n")
    assert counts(outcome) == (1, 0, 0)
    [undecided] = outcome.undecided
    assert undecided.problem == "“Mara Finch” can be 2 records; expected an identifier that one of them has"


@pytest.mark.django_db
def test_identifiers_of_two_records_are_a_bad_line():
    for scheme, value, entity in (("wikidata", "Q7", make_person("A B")), ("viaf", "7", make_person("C D"))):
        Identifier.objects.create(entity=entity, scheme=scheme, value=value)
    [bad] = load("kind,name,wikidata,viaf\nperson,Ana Berg,Q7,7\n").bad
    assert bad.problem == "its identifiers belong to “A B” and “C D”; expected those of one record"
    [bad] = load("kind,name,wikidata\nplace,A B,Q7\n").bad
    assert bad.problem == "its identifier belongs to the person “A B”; expected a location"


@pytest.mark.django_db
def test_a_merged_record_stands_for_its_survivor():
    board = make_organisation("Harbour Board", aliases=("Harbour Board",))
    merge(board, make_organisation("Port Board", aliases=("Port Board",)), user=None)
    assert counts(load("kind,name,viaf\norganisation,Port Board,7\n")) == (0, 1, 0)
    assert Identifier.objects.get().entity_id == board.pk


@pytest.mark.django_db
def test_a_location_is_known_by_its_gazetteer_number():
    cobh = make_location("Cobh", geoname_id=2965140)
    load("kind,name,geonames\nplace,Queenstown,2965140\n")
    assert [alias.name for alias in cobh.aliases.order_by("name")] == ["Cobh", "Queenstown"]


@pytest.mark.django_db
def test_one_name_many_times_takes_addresses_in_turn():
    make_person("Mara Finch", slug="mara-finch-2", aliases=())
    load(HEADER + "".join(f"person,Mara Finch,,Q{number}\n" for number in range(1, 5)))
    assert sorted(Person.objects.values_list("slug", flat=True)) == [
        "mara-finch",
        "mara-finch-2",
        "mara-finch-3",
        "mara-finch-4",
        "mara-finch-5",
    ]


def queries_for(numbers):
    """How often a load of such lines asks the database, rows of the search index and children aside."""
    kinds = ("person", "organisation", "location")
    lines = [f"{kind},{kind} {number},alias {number},Q{number}{len(kind)}\n" for number in numbers for kind in kinds]
    with CaptureQueriesContext(connection) as asked:
        assert load(HEADER + "".join(lines)).created == len(lines)
    return len([query for query in asked if query["sql"].startswith("SELECT")])


@pytest.mark.django_db
def test_many_lines_ask_no_more_than_few():
    queries_for([1])
    assert queries_for(range(2, 4)) == queries_for(range(10, 90))
