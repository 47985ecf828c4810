"""Figures against annotated stories, and the annotation they are read from."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from articles.documents.story import Story
from articles.extraction.alignment import Alignment
from articles.extraction.annotations import BrokenAnnotation, read_annotation
from articles.extraction.pipeline import extract
from articles.extraction.scoring import score
from articles.extraction.sides import ScoredStory
from articles.extraction.types import Cue, Entity, Extraction, Form, Kind, Quotation, RoleHeld
from articles.text.spans import Span

SOURCE = (
    'Quarry to close\n\n<q n="1" s="p1" f="direct">“The dust is everywhere,”</q> <cue n="1">said</cue> '
    '<src n="1"><per i="p1">Ines Calder</per>, a <role of="p1">farmer in <loc i="l1">Settle</loc></role></src>.\n\n'
    '<src n="2"><org i="o1">Calder Stone</org></src> <cue n="2">denied</cue> it. <src n="2">It</src> said '
    '<q n="2" s="o1" f="mixed">the report was “a fable”</q>.\n'
)
ANNOTATED = read_annotation(SOURCE)


def find(words: str, text: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def extraction(text: str) -> Extraction:
    entities = (
        Entity(Kind.PERSON, "Ines Calder", (find("Ines Calder", text),), "test"),
        Entity(Kind.LOCATION, "Settle", (find("Settle", text),), "test"),
        Entity(Kind.PERSON, "Calder Stone", (find("Calder Stone", text),), "test"),
    )
    quotations = (
        Quotation(
            (find("“The dust is everywhere,”", text),),
            Form.DIRECT,
            Cue(find("said", text), "say"),
            find("Ines Calder, a farmer in Settle", text),
            0,
        ),
        Quotation((find("“a fable”", text),), Form.DIRECT, speaker=None),
    )
    return Extraction(entities, (RoleHeld(0, "farmer in Settle", find("farmer in Settle", text)),), quotations)


def scored(text: str) -> ScoredStory:
    return ScoredStory("quarry.txt", ANNOTATED, text, extraction(text))


BODY = ANNOTATED.text.partition("\n\n")[2]


@pytest.mark.parametrize("text", [ANNOTATED.text, BODY.replace("\n\n", "\n")], ids=["whole story", "body alone"])
def test_figures_count_what_is_right(text):
    figures = score([scored(text)]).figures
    assert figures["names.people"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "gold": 1}
    assert figures["names.organisations"]["recall"] == 0.0
    assert figures["roles"]["f1"] == 1.0
    assert figures["quotes.quoted.strict"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "gold": 2}
    assert figures["quotes.quoted.loose"]["f1"] == 1.0
    assert figures["quotes.quoted.speaker"] == {"accuracy": 1.0, "gold": 1}
    assert figures["cues"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "gold": 2}


def test_mistakes_say_what_and_where():
    mistakes = list(map(str, score([scored(ANNOTATED.text)]).mistakes))
    assert mistakes[0] == ("quarry.txt: names.organisations: organisation read as person: Calder Stone → Calder Stone")
    assert "quarry.txt: quotes.quoted: cut short at the left: the report was “a fable” → “a fable”" in mistakes


def test_nothing_extracted_scores_nothing():
    figures = score([ScoredStory("quarry.txt", ANNOTATED, BODY, Extraction())]).figures
    assert figures["quotes.all.strict"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 2}
    assert figures["clusters"]["gold"] == 0


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('A\n<per i="p1">Ana</org> left', "line 2: found </org>, expected </per>"),
        ("Ana</per> left", "line 1: found </per>, expected no closing tag"),
        ('One\ntwo\n<q n="1" s="none" f="direct">three', "line 3: <q> is never closed"),
    ],
    ids=["crossed", "never opened", "never closed"],
)
def test_broken_annotation_names_its_line(source, message):
    with pytest.raises(BrokenAnnotation, match=message):
        read_annotation(source)


def test_annotation_keeps_text_and_nesting():
    assert ANNOTATED.text.startswith("Quarry to close\n\n“The dust is everywhere,” said Ines Calder, a farmer")
    assert [mark.name for mark in ANNOTATED.marks][:6] == ["q", "cue", "src", "per", "role", "loc"]
    assert all(ANNOTATED.text[mark.start : mark.end].strip() for mark in ANNOTATED.marks)


@pytest.mark.parametrize(
    ("printed", "words", "expected"),
    [
        ("It rains  in\nLeeds.", "Leeds", "Leeds"),
        ("It rains.", "It", "It"),
        ("It in Leeds.", "in Leeds", "in Leeds"),
        ("It snows in Leeds.", "snows", None),
    ],
    ids=["other white space", "a part", "words left out", "words of its own"],
)
def test_alignment_finds_the_same_characters(printed, words, expected):
    original = "Weather\n\nIt rains in Leeds."
    span = Alignment(original, printed).to_original(find(words, printed))
    assert (span.of(original) if span else None) == expected


def as_report(name: str, text: str, extracted: Extraction) -> dict[str, object]:
    """The report of an import, as far as the shared scorer reads it."""
    entities = extracted.entities
    report: dict[str, object] = {"source": name, "text": text}
    for kind, plural in (("person", "people"), ("organisation", "organisations"), ("location", "locations")):
        report[plural] = [
            {
                "name": entity.name,
                "mentions": [[span.start, span.end] for span in entity.mentions],
                "roles": [
                    {"title": role.title, "span": [role.span.start, role.span.end]}
                    for role in extracted.roles
                    if role.person == index
                ],
            }
            for index, entity in enumerate(entities)
            if entity.kind == kind
        ]
    report["quotes"] = [
        {
            "spans": [[span.start, span.end] for span in quotation.spans],
            "form": quotation.form,
            "cue": [quotation.cue.span.start, quotation.cue.span.end] if quotation.cue else None,
            "source": [quotation.source.start, quotation.source.end] if quotation.source else None,
            "speaker": None
            if quotation.speaker is None
            else {"kind": entities[quotation.speaker].kind, "name": entities[quotation.speaker].name},
        }
        for quotation in extracted.quotations
    ]
    return report


@pytest.mark.parametrize("folder", ["dev", "own/dev"])
def test_figures_equal_those_of_the_shared_scorer(shared, tmp_path, folder):
    stories, reports = [], []
    for path in sorted((shared / "gold" / folder).glob("*.txt")):
        annotated = read_annotation(path.read_text(encoding="utf-8"))
        headline, *paragraphs = filter(None, annotated.text.split("\n"))
        body = "".join(f"<pre>{paragraph.replace('&', '&amp;').replace('<', '&lt;')}</pre>" for paragraph in paragraphs)
        story = Story(headline, body, language="en")
        extracted = extract(story)
        stories.append(ScoredStory(path.name, annotated, story.text, extracted))
        reports.append(as_report(path.name, story.text, extracted))
    file = tmp_path / "reports.jsonl"
    file.write_text("\n".join(json.dumps(report) for report in reports), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), str(shared / "gold" / folder), str(file), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = score(stories)
    assert {"stories": ours.stories, "reported": len(reports), **ours.figures} == theirs
