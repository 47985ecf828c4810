from __future__ import annotations

import pytest
from django.core.cache import cache

ROOT = "/api/v1/"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def read(client, db):
    """What an address of the API answers, as long as it does."""

    def read(address, **query):
        response = client.get(address if "/api/v1/" in address else f"{ROOT}{address}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return read


@pytest.fixture
def numbers(read):
    """The numbers of the records that a list has."""
    return lambda address, **query: [row["id"] for row in read(address, **query)["results"]]
