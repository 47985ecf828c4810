"""The API's description as a page."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db


def test_the_page_names_every_address_and_what_it_can_be_asked(client):
    page = client.get("/api/").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    for path, methods in schema["paths"].items():
        assert f"<code>{path}</code>" in page
        for each in methods["get"]["parameters"]:
            assert each["in"] == "path" or f"<code>{each['name']}</code>" in page
    assert "1 to 100, 20 unless told" in page


def test_addresses_on_the_page_lead_somewhere(client):
    page = client.get("/api/").content.decode()
    addresses = set(re.findall(r'href="(/api/[^"]*)"', page))
    assert "/api/v1/openapi.json" in addresses
    assert {client.get(address).status_code for address in addresses} == {200}


def test_readers_find_the_page(client):
    assert '<a href="/api/">For programs</a>' in client.get("/").content.decode()
