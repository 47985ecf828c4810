"""What readers are told of the data is what was measured and what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from articles.site import about
from tests.factories import make_appearance, make_article, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent


def test_figures_are_those_of_the_documentation():
    said = json.loads(about.FIGURES.read_text("utf-8"))
    text = (ROOT / "docs" / "extraction.md").read_text("utf-8")
    assert f"Measured on {said['measured']} on two cores" in text
    assert (
        f"*News* are 157 and {said['stories']['news']} Wikinews stories, *own* 266 and {said['stories']['own']}" in text
    )
    rows = dict(re.findall(r"^\| ([^|]+?) \| [\d.]+ \| [\d.]+ \| (\**[\d.]+\** \| [\d.]+) \|", text, re.M))
    figures = {name: [float(each.strip("* ")) for each in row.split("|")] for name, row in rows.items()}
    assert {name: figures.get(name) for name in said["figures"]} == said["figures"]


def test_page_tells_figures_and_numbers(client):
    article = make_article(body="<p>“Rain,” said Mira Voss.</p>", tags=("Weather",))
    person = make_person("Mira Voss")
    make_appearance(article, person), make_appearance(article, make_organisation("Harbour Board"))
    make_quote(article, "“Rain,”", speaker=person)
    make_article(status="draft", tags=("Secret",))
    response = client.get("/about-the-data/")
    assert [(str(each.label), each.number) for each in response.context["amounts"]] == [
        ("articles", 1),
        ("people", 1),
        ("organisations", 1),
        ("places", 0),
        ("quotations", 1),
        ("topics", 1),
    ]
    page = response.content.decode()
    assert "measured on 26 November 2026 against 40 news stories and 35 stories" in page
    assert '<th scope="row">Names of people</th><td>96</td><td>94</td>' in page
    assert 'href="/corrections/"' in page


def test_nobody_counts_for_ever(client, monkeypatch):
    monkeypatch.setattr(about, "MOST", 2)
    for number in range(3):
        make_appearance(make_article(body="<p>Mira Voss</p>"), make_person(f"Mira Voss {number}"))
    assert "<b>more than 2</b> people" in client.get("/about-the-data/").content.decode()
