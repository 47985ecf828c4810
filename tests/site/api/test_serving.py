"""What every address of the API does: methods, other origins, limits, conditional requests, plain errors."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["", "articles", "articles/9999", "nothing", "articles?limit=0", "openapi.json"])
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_pages_of_other_origins_may_read_and_cookies_mean_nothing(client, method, address):
    response = getattr(client, method)(f"/api/v1/{address}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_options_are_answered_without_a_body(client):
    response = client.options("/api/v1/articles", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method):
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/articles")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["detail"] == "This API is for reading: GET, HEAD, OPTIONS."


def test_head_says_what_get_would(client):
    article = make_article()
    got, asked = (getattr(client, method)(f"/api/v1/articles/{article.pk}") for method in ("get", "head"))
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["ETag"] == got["ETag"]
    assert asked["Content-Length"] == got["Content-Length"]


@pytest.mark.parametrize("address", ["articles", "articles/{}"])
def test_what_has_not_changed_is_not_sent_again(client, address):
    article = make_article()
    address = f"/api/v1/{address.format(article.pk)}"
    first = client.get(address)
    again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == again["Cache-Control"] == "public, no-cache"
    article.tags.add("Ferries")
    assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_an_address_that_asks_too_often_is_told_when_to_ask_again(settings):
    settings.NEWSROOM_API_REQUESTS_PER_MINUTE = 2
    one, other = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    # So many that no turn of the minute makes all of them few.
    answers = [one.get("/api/v1/articles") for _ in range(5)]
    [refused, *_] = [answer for answer in answers if answer.status_code != 200]
    assert answers[0].status_code == 200
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert other.get("/api/v1/articles").status_code == 200
    assert one.options("/api/v1/articles").status_code == 204


def test_no_limit_where_none_is_set(client, settings):
    settings.NEWSROOM_API_REQUESTS_PER_MINUTE = 0
    assert {client.get("/api/v1/sections").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("address", ["nothing", "articles/", "articles/1/2", "records/1"])
def test_an_address_that_is_none_is_a_problem_in_json(client, address):
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("address", "parameter", "detail"),
    [
        ("articles?since=yesterday", "since", "Input should be a valid date"),
        ("articles?limit=101", "limit", "less than or equal to 100"),
        ("articles?person=Mira", "person", "valid integer"),
        ("articles?person=9223372036854775808", "person", "less than or equal to 9223372036854775807"),
        ("articles?tag=a%00b", "tag", "match pattern"),
        ("quotations?q=a%00b", "q", "match pattern"),
        ("articles?tgas=ferries", "tgas", "unknown; expected some of cursor, limit, since"),
        ("articles?cursor=2", "cursor", "“2” is no cursor of this list"),
        ("people/Mira", "number", "valid integer"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(client, address, parameter, detail):
    response = client.get(f"/api/v1/{address}")
    said = response.json()
    assert (response.status_code, said["status"], said["type"]) == (422, 422, "about:blank")
    assert said["errors"][0]["parameter"] == parameter
    assert detail in said["errors"][0]["detail"]
    assert detail in said["detail"]


def test_a_cursor_of_another_list_is_refused(client):
    for _ in range(2):
        make_article(tags=("Ferries",))
    cursor = client.get("/api/v1/articles?limit=1").json()["next"].partition("cursor=")[2]
    assert client.get(f"/api/v1/tags?cursor={cursor}").status_code == 422


def test_everything_begins_at_one_address(read):
    said = read("")
    assert said["openapi"] == "http://testserver/api/v1/openapi.json"
    for address in said["collections"].values():
        assert read(address)["results"] == []
