"""The examples of docs/api.md are what is answered."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from articles.models import Identifier
from tests.factories import make_appearance, make_article, make_byline, make_person, make_quote
from tests.test_docs import ROOT

pytestmark = pytest.mark.django_db

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    GET (\S+)\n\n((?:    .*\n)+)", PAGE, re.MULTILINE)


@pytest.fixture
def archive(settings):
    settings.ALLOWED_HOSTS = ["news.example.org"]
    article = make_article(
        pk=12,
        headline="Southern Water Board limits supply at night",
        body="<p>“We have water for 47 days at this rate,” said Fergal Hayes.</p>",
        dateline_place="Kinsale",
        published=datetime(2026, 6, 9, tzinfo=UTC),
        tags=("Water",),
        byline=("Niamh Cotterell",),
    )
    hayes = make_person("Fergal Hayes", id=37)
    Identifier.objects.create(entity_id=37, scheme="wikidata", value="Q7000037")
    make_appearance(article, hayes, role="director of supply")
    make_quote(article, "“We have water for 47 days at this rate,”", pk=110, speaker=hayes, cue="said")
    make_byline(make_article(), name="Nobody")


def says(answer, example):
    """Whether the answer has all that the example has; the title of a status is the Python version's own."""
    if isinstance(example, dict):
        return all(name in answer and (name == "title" or says(answer[name], example[name])) for name in example)
    if isinstance(example, list):
        return len(answer) == len(example) and all(map(says, answer, example))
    return answer == example


def test_there_are_examples():
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("address", "example"), EXAMPLES, ids=[address for address, _ in EXAMPLES])
def test_the_example_is_what_is_answered(client, archive, address, example):
    answer = client.get(address, headers={"host": "news.example.org"}, secure=True).json()
    assert says(answer, json.loads(example)), json.dumps(answer, ensure_ascii=False, indent=2)


def test_the_filters_of_the_page_are_those_of_the_lists(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for name in ("articles", "quotations"):
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        known = {each["name"] for each in paths[f"/api/v1/{name}"]["get"]["parameters"]} - {"cursor", "limit"}
        assert set(re.findall(r"`(\w+)`", row)) == known | {name}
