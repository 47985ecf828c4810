"""Whatever comes in with a story, nothing of it runs where it comes out: pages, feeds, embeds, the API, the desk."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from lxml import etree

from articles.models import Article
from tests.access import paths_of, routes
from tests.dangers import LINKS, PAYLOADS, dangers
from tests.hostile import make_archive

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Fields of answers for programs that others put into their pages as they are.
MARKUP = {"html", "content_html", "body_html", "body_xhtml"}
FORMATS = {"<feed:form>": ("atom", "rss", "json"), "<table:form>": ("csv", "json")}
# So many records are asked for by each page; the words of all stand in the same places.
MOST = 2
LEFT_OUT = ("/admin/logout/", "/admin/jsi18n/", "/healthz", "/readyz", "/metrics", "/version")


def read(response):
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def wrong_with(response, path):
    """What is dangerous about an answer, each with the address that gave it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code in (301, 302):
        return [] if response["Location"].startswith(("/", "http://testserver/")) else [f"{path} leads away"]
    said = read(response) if not kind.startswith("image/") else ""
    if kind == "text/html":
        found = dangers(said) if said else []
    elif kind.endswith(("json", "json+ftm")):
        # Entities are a line each.
        parts = said.strip().split("\n") if kind.endswith("ftm") else [said]
        found = [danger for part in parts for markup in embedded(json.loads(part)) for danger in fragment(markup)]
    elif kind.endswith("xml"):
        found = dangers_of_xml(said)
    else:
        found = [] if kind.startswith(("text/plain", "text/csv", "text/markdown", "image/")) else [f"is {kind}"]
    if response["X-Content-Type-Options"] != "nosniff":
        found.append("may be taken for something else")
    return [f"{path}: {danger}" for danger in found]


def fragment(markup):
    return dangers(markup, is_page=False)


def embedded(said):
    """The values of all fields of mark-up in an answer for programs."""
    if isinstance(said, dict):
        for name, value in said.items():
            if name in MARKUP and isinstance(value, str):
                yield value
            yield from embedded(value)
    elif isinstance(said, list):
        for value in said:
            yield from embedded(value)


def dangers_of_xml(said):
    """A feed or an export is well-formed; the mark-up in it is as harmless as a page's."""
    tree = etree.fromstring(said.encode(), etree.XMLParser(resolve_entities=False))
    found = []
    for element in tree.iter(etree.Element):
        name, parent = element.tag.rpartition("}")[2], element.getparent()
        is_html = element.get("type") == "html" or name in ("encoded", "html")
        if (is_html or (name == "description" and parent.tag == "item")) and element.text:
            found += fragment(element.text)
        if "xhtml" in element.tag:
            found += [f"<{element.tag} {name}>" for name in element.attrib if name.startswith("on") or name == "style"]
            found += [f"<{element.tag}>"] if element.tag.endswith(("}script", "}iframe", "}object")) else []
        for name in ("href", "src", "url"):
            if re.match(r"\s*(javascript|data|vbscript):", element.get(name) or "", re.IGNORECASE):
                found.append(f"<{element.tag} {name}={element.get(name)[:40]}>")
    return found


def some(paths, number):
    """`MOST` of the addresses of one page, beginning at another one for each page, so that every payload is met."""
    start = number % len(paths) if paths else 0
    return [*paths[start:], *paths[:start]][:MOST]


def every_page(*, of_desk):
    """Addresses of every page of a wing, in every format."""
    for number, route in enumerate(routes()):
        if route.startswith("admin/") != of_desk:
            continue
        paths = some(paths_of(route), number)
        kinds = next((kinds for form, kinds in FORMATS.items() if form in route), None)
        yield from (f"{path.rpartition('.')[0]}.{kind}" for path in paths for kind in kinds) if kinds else paths


def desk_lists():
    for model in admin.site._registry:
        if model._meta.app_label == "articles":
            yield reverse(f"admin:articles_{model._meta.model_name}_changelist")


def asked():
    """Addresses with a payload in them: what is asked for comes back in the answer."""
    for payload in (*PAYLOADS, *LINKS):
        words = {"q": payload}
        yield f"/search/?{urlencode(words)}"
        yield f"/search/?{urlencode({'q': 'ferry', 'kind': payload, 'tag': payload, 'page': payload})}"
        yield f"/nowhere/{urlencode(words)}/"
        yield f"/oembed?{urlencode({'url': payload, 'format': payload})}"
        yield f"/reconcile?{urlencode({'queries': payload, 'callback': payload})}"
        yield f"/reconcile/suggest/entity?{urlencode({'prefix': payload})}"
        yield f"/api/v1/articles?{urlencode({'cursor': payload, 'tag': payload})}"
        yield f"/articles/?{urlencode({'page': payload, 'after': payload})}"
        yield f"/admin/login/?{urlencode({'next': payload})}"


def test_nothing_that_came_in_runs_where_it_comes_out():
    editor = make_archive()
    assert Article.objects.published().count() == len(PAYLOADS) - 1
    reader, desk = Client(), Client()
    desk.force_login(editor)
    found, seen = [], set()
    for path in dict.fromkeys([*every_page(of_desk=False), *asked()]):
        if path not in LEFT_OUT:
            response = reader.get(path)
            seen.add((response.status_code, path.split("/")[1]))
            found += wrong_with(response, path)
    searched = [f"{path}?{urlencode({'q': PAYLOADS[0]})}" for path in desk_lists()]
    for path in dict.fromkeys([*every_page(of_desk=True), *searched]):
        if path not in LEFT_OUT:
            found += wrong_with(desk.get(path), path)
    print("\n".join(found))
    assert found == []
    assert {(200, part) for part in ("articles", "people", "tags", "search", "quotes", "api", "oembed")} - {
        (status, part.partition("?")[0]) for status, part in seen
    } == set()


def test_signing_in_leads_nowhere_else(admin_user):
    for link in (*LINKS, "//evil.example/", "https://evil.example/", r"/\evil.example"):
        client = Client()
        sent = {"username": "admin", "password": "password", "next": link}
        assert client.post(f"/admin/login/?{urlencode({'next': link})}", sent)["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("markup", "danger"),
    [
        ("<p><script>ran=1</script>", "script: ran=1"),
        ("<p onclick=ran=1>", "<p onclick=ran=1>"),
        ("<a href=' java\nscript:ran=1'>", "<a href"),
        ("<svg><a xlink:href='javascript:ran=1'>", "<a xlink:href"),
        ("<iframe src=/></iframe>", "<iframe>"),
        ("<meta http-equiv=refresh content=0>", "<meta>"),
        ("<p style='color:red;ran'>", "<p style"),
        ("<img src='data:text/html,x'>", "<img src"),
    ],
)
def test_what_is_dangerous_would_be_seen(markup, danger):
    assert dangers(markup)[0].startswith(danger)
