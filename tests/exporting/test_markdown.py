"""Markdown: the importer reads an export as the same story."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from articles.documents.formats import markdown
from articles.documents.reading import read_stories
from articles.exporting.markdown import as_document
from tests.exporting.conftest import BODY, detail
from tests.factories import make_article, make_byline
from tests.test_docs import ROOT

STORIES = ROOT / "articles" / "demo" / "stories"


def read(document):
    [story] = markdown.read(document.encode(), "export.md")
    return story


def test_the_importer_reads_the_same_story(story, at):
    again = read(as_document(story, at))
    assert (again.headline, again.standfirst, again.body) == (story.headline, story.standfirst, BODY)
    assert again.text == story.text
    assert again.byline == ("Niamh Cotterell",)
    assert [(each.name, each.role) for each in again.credits] == [("Bo Ek", "photographs")]
    assert (again.dateline.place, again.dateline.agency) == ("Kinsale", "Tidewire")
    assert again.end_notes == ("Reporting by Niamh Cotterell",)
    assert again.published == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
    assert (again.language, again.publisher, again.address) == ("en", "The Lee Courier", story.address)
    assert set(again.keywords) == {"Water", "Drought"}


def test_a_day_stays_a_day(db, at):
    article = make_article(published=datetime(2026, 6, 9, tzinfo=UTC))
    assert read(as_document(detail(article), at)).published == date(2026, 6, 9)


def test_names_quotations_and_corrections_are_kept(story, at):
    matter = as_document(story, at).split("---\n")[1]
    assert '- name: "Fergal Hayes"\n  kind: "person"\n  role: "director of supply"\n' in matter
    assert '- text: "“We have water for 47 days,”"\n  form: "direct"\n  speaker: "Fergal Hayes"\n' in matter
    assert '- kind: "correction"\n' in matter
    assert '  note: "It is 47 days, not 74."\n' in matter


@pytest.mark.parametrize(
    "headline",
    ['He said "no": twice', "It's - # [not] *that*", "back\\slash", "---", "a: b", "“Rain,” & <b>more</b>"],
)
def test_any_headline_comes_back(db, at, headline):
    article = make_article(headline=headline, standfirst=headline)
    make_byline(article, name="Tidewire")
    again = read(as_document(detail(article), at))
    assert (again.headline, again.standfirst) == (headline, headline)


@pytest.mark.parametrize("file", ["2026-05-14-cobh-residents.md", "2026-03-05-harbour-plan.txt"])
def test_a_demo_story_comes_back(db, at, file):
    [first] = read_stories((STORIES / file).read_bytes(), source=file)
    place = first.dateline
    article = make_article(
        headline=first.headline,
        body=first.body,
        dateline_place=place.place if place else "",
        dateline_agency=place.agency if place else "",
    )
    again = read(as_document(detail(article), at))
    assert (again.body, again.dateline) == (first.body, first.dateline)
