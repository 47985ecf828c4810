"""The description holds: whatever is asked, the answer is one that it names."""

from __future__ import annotations

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as rules
from schemathesis import GenerationMode

from newsroom.wsgi import application
from tests.site.api.test_queries import correct_all, numbers
from tests.site.test_queries import make_archive

pytestmark = pytest.mark.django_db

FEW = rules(
    max_examples=15,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection():
    """Requests see what the test made, as those of Django's own test client do."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def operations(settings, one_connection):
    settings.NEWSROOM_API_REQUESTS_PER_MINUTE = 0
    make_archive(2)
    correct_all()
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [each.ok() for each in description.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_asked_the_answer_is_one_that_is_described(operations, mode):
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue

        @FEW
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case):
            if mode is GenerationMode.POSITIVE:
                case.query.pop("cursor", None)  # no text but those of other answers is one
            case.call_and_validate()

        ask()


def test_what_is_there_is_as_described(operations):
    known = numbers()
    one = {"people": "person", "organisations": "organisation", "locations": "location"}
    read = [each for each in operations if "{number}" in each.path]
    assert len(read) == 9 + 7  # records, and their exports
    for operation in read:
        collection = operation.path.split("/{number}")[0].split("/")[-1]
        number = known[one.get(collection, collection.removesuffix("s"))]
        response = operation.Case(path_parameters={"number": number}).call_and_validate()
        assert response.status_code == 200
