"""Other people's data is matched against the public records, by the Reconciliation Service API 0.2."""

import json

import pytest

from articles.models import Identifier
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person

pytestmark = pytest.mark.django_db


def public(entity, status="published"):
    make_appearance(make_article(body=f"<p>{entity.name}</p>", status=status), entity)
    return entity


@pytest.fixture
def ask(client):
    """Send queries and read their answers: `ask({"query": "Ana"})` for one, more for a batch."""

    def ask(*queries):
        batch = {f"q{number}": query for number, query in enumerate(queries)}
        response = client.post("/reconcile", {"queries": json.dumps(batch)})
        assert response.status_code == 200, response.content
        answers = response.json()
        assert list(answers) == list(batch)
        return [answer["result"] for answer in answers.values()]

    return ask


def test_without_queries_it_says_what_it_is(client):
    response = client.get("/reconcile", headers={"Origin": "https://refine.example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    said = response.json()
    assert said["versions"] == ["0.2"]
    assert [each["id"] for each in said["defaultTypes"]] == ["person", "organisation", "location"]
    assert said["view"]["url"] == "http://testserver/records/{{id}}/"


def test_the_address_of_a_result_leads_to_its_page_wherever_that_is(client):
    mara = public(make_person("Mara Finch"))
    merged = make_person("M. Finch", merged_into_id=mara.pk)
    for pk in (mara.pk, merged.pk):
        assert client.get(f"/records/{pk}/")["Location"] == "/people/mara-finch/"
    assert client.get(f"/records/{public(make_person('Nils'), status='draft').pk}/").status_code == 404


def test_one_record_that_goes_by_the_name_is_a_match(ask):
    mara = public(make_person("Mara Finch", aliases=("Mara Finch", "The Pilot"), description="Harbour master."))
    [[result]] = ask({"query": "the pilot"})
    assert result == {
        "id": str(mara.pk),
        "name": "Mara Finch",
        "description": "Harbour master.",
        "type": [{"id": "person", "name": "person"}],
        "score": 100.0,
        "match": True,
    }


def test_two_of_the_name_are_no_match(ask):
    one, other = (public(make_person("Mara Finch", aliases=("Mara Finch",))) for _ in range(2))
    [results] = ask({"query": "Mara Finch"})
    assert [(each["id"], each["match"]) for each in results] == [(str(one.pk), False), (str(other.pk), False)]
    Identifier.objects.create(entity_id=one.pk, scheme="wikidata", value="Q7")
    properties = [{"pid": "wikidata", "v": {"id": "Q8"}}, {"pid": "born", "v": 1960}]
    [results] = ask({"query": "Mara Finch", "properties": properties})
    assert [(each["id"], each["match"]) for each in results] == [(str(other.pk), True), (str(one.pk), False)]


def test_a_variant_of_the_name_is_found_and_is_no_match(ask):
    public(make_organisation("Société Linden Ltd", aliases=("Société Linden Ltd",)))
    [[result]] = ask({"query": "Societe Linden"})
    assert not result["match"]
    assert 80 < result["score"] < 99


def test_the_type_chooses(ask):
    public(make_person("Georgia", aliases=("Georgia",)))
    place = public(make_location("Georgia", aliases=("Georgia",)))
    [any_kind, places, both] = ask(
        {"query": "Georgia"},
        {"query": "Georgia", "type": "location"},
        {"query": "Georgia", "type": ["location", "person"], "limit": 1},
    )
    assert [each["match"] for each in any_kind] == [False, False]
    assert [(each["id"], each["match"]) for each in places] == [(str(place.pk), True)]
    assert len(both) == 1
    assert not both[0]["match"]


def test_only_what_readers_see_is_found(ask, client):
    public(make_person("Mara Finch", aliases=("Mara Finch",)), status="draft")
    make_person("Mara Finch", aliases=("Mara Finch",))
    assert ask({"query": "Mara Finch"}) == [[]]
    assert client.get("/reconcile/suggest/entity?prefix=mara").json() == {"result": []}


def test_names_are_suggested_by_how_they_begin(client):
    mara = public(make_person("Mara Finch", aliases=("Mara Finch", "Finch")))
    [result] = client.get("/reconcile/suggest/entity?prefix=FIN").json()["result"]
    assert result == {"id": str(mara.pk), "name": "Mara Finch", "notable": [{"id": "person", "name": "person"}]}
    assert client.get("/reconcile/suggest/entity?prefix=ara").json() == {"result": []}
    assert client.get("/reconcile/suggest/entity").json() == {"result": []}


@pytest.mark.parametrize(
    ("queries", "problem"),
    [
        ("{", "“queries” is '{'; expected JSON"),
        ("[" * 50_000, "“queries” is '["),
        (" " * 100_001, "“queries” has 100,001 characters; expected 100,000 at most"),
        ("[]", "expected an object of queries"),
        (json.dumps({str(n): {"query": "a"} for n in range(51)}), "51 queries; expected 50 at most"),
        ('{"q0": "Ana"}', "q0: expected an object with “query”"),
        (json.dumps({"q0": {"query": "a" * 201}}), "q0: expected an object with “query”, a text of 200 characters"),
        ('{"q0": {"query": "Ana", "type": "ship"}}', "q0: the type is 'ship'; expected some of person, organisation"),
        ('{"q0": {"query": "Ana", "type": {"id": 1}}}', "q0: the type is "),
        ('{"q0": {"query": "Ana", "type": [["x"]]}}', "q0: the type is "),
        ('{"q0": {"query": "Ana", "limit": 0}}', "q0: the limit is 0; expected a number from 1 to 25"),
    ],
)
def test_a_bad_query_is_told_what_is_expected(client, queries, problem):
    response = client.post("/reconcile", {"queries": queries})
    assert response.status_code == 400
    assert response.json()["error"].startswith(problem)


def test_queries_come_by_get_as_well(client):
    public(make_person("Mara Finch", aliases=("Mara Finch",)))
    answer = client.get("/reconcile", {"queries": '{"q0": {"query": "Mara\\u0000 Finch\\ud800"}}'}).json()
    assert answer["q0"]["result"][0]["match"]
    assert client.get("/reconcile/suggest/entity", {"prefix": "ma\0ra"}).json()["result"]


@pytest.mark.parametrize("size", [1, 50])
def test_a_batch_asks_the_database_no_more_than_one_query(ask, django_assert_num_queries, size):
    for number in range(3):
        public(make_person(f"Mara Finch {number}", aliases=(f"Mara Finch {number}", "Finch")))
    with django_assert_num_queries(2):
        ask(*[{"query": f"Mara Finch {number}"} for number in range(size)])
