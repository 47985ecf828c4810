"""Reported speech without marks: what is beyond doubt, and what is none."""

from __future__ import annotations

import pytest

from articles.extraction.types import Form
from tests.extraction.test_attribution import Reader


def indirect(text: str) -> list[tuple[str, str | None]]:
    reader = Reader(text)
    return [
        (" … ".join(span.of(text) for span in quotation.spans), reader.name(quotation))
        for quotation in reader.quotations
        if quotation.form is Form.INDIRECT
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hugh Hill said the road was shut.", "the road was shut"),
        ("Hugh Hill said that the road was shut.", "the road was shut"),
        ("Hugh Hill told the Skerry Times the road was shut.", "the road was shut"),
        ("Hugh Hill told reporters on Monday that the road was shut.", "the road was shut"),
        ("According to Hugh Hill, the road was shut.", "the road was shut"),
        ("The road was shut, according to Hugh Hill.", "The road was shut"),
        ("The road was shut, Hugh Hill said.", "The road was shut"),
        ("Hugh Hill warned drivers to turn back.", "to turn back"),
        ("Hugh Hill asked whether the road was shut.", "whether the road was shut"),
        ("Hugh Hill denied that the road was shut.", "the road was shut"),
        ("In a statement on Friday, Hugh Hill said prices fell again.", "prices fell again"),
        ("Hugh Hill said the road was shut, but would not say why.", "the road was shut, but would not say why"),
    ],
    ids=[
        "said",
        "said that",
        "told",
        "told on a day",
        "according to",
        "according to, behind",
        "said, behind",
        "warned to",
        "asked whether",
        "denied that",
        "irregular verb",
        "goes on",
    ],
)
def test_plain_reports_are_quotations(text, content):
    assert indirect(text) == [(content, "Hugh Hill")]


@pytest.mark.parametrize(
    "text",
    [
        "Hugh Hill announced a plan.",
        "Hugh Hill denied the charges.",
        "Hugh Hill did not say when the road would open.",
        "Hugh Hill asked not to be named.",
        "Hugh Hill called a plumber.",
        "Hugh Hill asked why.",
        "Hugh Hill thinks the road was shut.",
        "The state’s records show the road was shut.",
    ],
    ids=["announced", "denied", "did not say", "not to be named", "called", "asked why", "thinks", "noun"],
)
def test_objects_refusals_and_thoughts_are_none(text):
    assert indirect(text) == []


def test_one_sentence_may_report_twice():
    assert indirect("Hugh Hill said the road was shut, adding that it was late.") == [
        ("the road was shut", "Hugh Hill"),
        ("it was late", "Hugh Hill"),
    ]


def test_two_sources_in_one_sentence():
    assert indirect("Hugh Hill said it was late, and Ines Calder said it was not.") == [
        ("it was late", "Hugh Hill"),
        ("it was not", "Ines Calder"),
    ]
