"""A catalogue elsewhere is asked for identifiers: what it may answer, and what comes of it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ValidationError

from articles.editing.identify import add_identifier
from articles.importing.lookup import LARGEST_ANSWER, LookupFailed, check_reconcile_url, look_up
from articles.models import Decision, Identifier, Person
from tests.factories import make_appearance, make_article, make_person

MANIFEST = {
    "identifierSpace": "http://www.wikidata.org/entity/",
    "view": {"url": "https://www.wikidata.org/wiki/{{id}}"},
}


@pytest.fixture
def catalogue():
    """A web server on this machine that answers GET and POST as told, and keeps what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(*server.answers["GET"])

        def do_POST(self):
            server.sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(*server.answers["POST"])

        def answer(self, status, content):
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()
            self.wfile.write(content if isinstance(content, bytes) else json.dumps(content).encode())

        def log_message(self, *args): ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answers = {"GET": (200, MANIFEST), "POST": (200, {"q0": {"result": []}})}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server, name="Mara Finch"):
    return look_up(Person(kind="person", name=name), service=f"http://127.0.0.1:{server.server_port}/api")


def test_the_words_of_a_catalogue_become_suggestions(catalogue):
    results = [
        {"id": "Q7", "name": "Mara Finch", "description": "pilot", "score": 98.5, "match": True, "type": []},
        {"id": "Q8", "name": "Mara Finch", "match": "yes", "description": 7},
        {"id": "../Q9", "name": "Mara Finch"},
        {"id": 10, "name": "Mara Finch"},
        "Q11",
    ]
    catalogue.answers["POST"] = 200, {"q0": {"result": results}}
    first, second, third = ask(catalogue)
    assert (first.scheme, first.value, first.address) == ("wikidata", "Q7", "https://www.wikidata.org/wiki/Q7")
    assert (first.description, first.score, first.is_match) == ("pilot", 98.5, True)
    assert (second.description, second.score, second.is_match) == ("", 0.0, False)
    assert (third.scheme, third.value) == ("web", "https://www.wikidata.org/wiki/..%2FQ9")
    assert json.loads(catalogue.sent["queries"][0]) == {"q0": {"query": "Mara Finch", "limit": 10, "type": "Q5"}}


@pytest.mark.parametrize(
    ("method", "answer", "problem"),
    [
        ("GET", (200, {}), "does not say where its records are shown"),
        ("GET", (200, {"view": {"url": "https://x"}}), "does not say where its records are shown"),
        ("GET", (200, b"<html>"), "something else than a JSON object"),
        ("GET", (200, b"[" * 100_000), "something else than a JSON object"),
        ("GET", (302, b""), "answered with status 302; expected 200"),
        ("POST", (500, b""), "answered with status 500; expected 200"),
        ("POST", (200, {"q0": {"result": {}}}), "answered without results"),
        ("POST", (200, []), "something else than a JSON object"),
        ("POST", (200, b" " * (LARGEST_ANSWER + 1)), "answered with more than 1,000,000 bytes"),
    ],
)
def test_an_answer_that_is_none_is_told(catalogue, method, answer, problem):
    catalogue.answers[method] = answer
    with pytest.raises(LookupFailed, match=problem):
        ask(catalogue)


@pytest.mark.parametrize("service", ["http://127.0.0.1:9/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://[", "x"])
def test_what_cannot_be_reached_is_told(service):
    with pytest.raises(LookupFailed, match="cannot be reached"):
        look_up(Person(kind="person", name="Mara Finch"), service=service)


@pytest.mark.django_db(transaction=True)
def test_another_newsroom_is_asked(live_server):
    known = make_person("Mara Finch", aliases=("Mara Finch", "M. Finch"))
    make_appearance(make_article(body="<p>Mara Finch</p>"), known)
    [suggestion] = look_up(Person(kind="person", name="M. Finch"), service=f"{live_server.url}/reconcile")
    assert (suggestion.name, suggestion.score, suggestion.is_match) == ("Mara Finch", 100.0, True)
    assert (suggestion.scheme, suggestion.value) == ("web", f"{live_server.url}/records/{known.pk}/")


@pytest.mark.django_db
def test_an_identifier_is_added_with_who_said_so(admin_user):
    mara = make_person("Mara Finch")
    add_identifier(mara, scheme="wikidata", value="http://www.wikidata.org/entity/Q7", user=admin_user)
    assert [str(each) for each in mara.identifiers.all()] == ["Wikidata Q7"]
    decision = Decision.objects.get()
    assert (decision.subject_id, decision.action, decision.after) == (mara.pk, "identify", {"wikidata": "Q7"})
    with pytest.raises(ValidationError, match="Another record has this identifier"):
        add_identifier(make_person("M. Finch"), scheme="wikidata", value="Q7", user=admin_user)
    assert Identifier.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "is_fine"), [("", True), ("https://a.example/api", True), ("file:///etc", False), ("a.example", False)]
)
def test_an_address_that_cannot_be_asked_is_named_by_the_checks(settings, url, is_fine):
    settings.NEWSROOM_RECONCILE_URL = url
    assert (check_reconcile_url() == []) is is_fine
