"""`manage.py score_extraction`: the figures of a folder, and errors that say what is wrong where."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

STORY = (
    'Quarry near <loc i="l1">Settle</loc> to close\n\n'
    '<src n="1"><per i="p1">Margaret Calder</per></src>, who farms next to it, <cue n="1">said</cue>: '
    '<q n="1" s="p1" f="direct">“The dust is everywhere.”</q>\n\n'
    '<q n="2" s="p1" f="direct">“We close the windows,”</q> <src n="2">she</src> <cue n="2">added</cue>.\n'
)


def run(*arguments: object) -> str:
    output = StringIO()
    call_command("score_extraction", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "quarry.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def test_figures_as_json(folder):
    figures = json.loads(run(folder, "--json"))
    assert figures["stories"] == 1
    assert figures["quotes.quoted.strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 2}
    assert figures["quotes.quoted.speaker"] == {"accuracy": 1.0, "gold": 2}


def test_table_names_every_figure(folder):
    output = run(folder)
    assert all(
        name in output for name in ("names.people", "clusters", "roles", "quotes.quoted.strict", "cues", "1.0000")
    )


@pytest.fixture
def mistaken(folder):
    """A folder in which two words are annotated as names that nobody would take for names."""
    story = STORY.replace("next to it", 'next <org i="o1">to</org> <org i="o2">it</org>')
    (folder / "quarry.txt").write_text(story, encoding="utf-8")
    return folder


def test_misses_are_printed_when_asked_for(mistaken):
    assert "quarry.txt: names.organisations: missed: of one word: to → nothing\n" in run(mistaken, "--misses", 5)
    assert "missed" not in run(mistaken)


def test_kinds_of_mistake_are_counted_with_an_example(mistaken):
    (row,) = [line for line in run(mistaken, "--mistakes").splitlines() if "missed: of one word" in line]
    assert row.split() == "names.organisations 2 missed: of one word to → nothing".split()


def test_kinds_of_mistake_as_json(mistaken):
    figures = json.loads(run(mistaken, "--mistakes", "--json"))
    example = {"kind": "missed: of one word", "count": 2, "example": "to → nothing", "story": "quarry.txt"}
    assert figures["mistakes"]["names.organisations"] == [example]
    assert figures["mistakes"]["names.people"] == []
    assert "mistakes" not in json.loads(run(mistaken, "--json"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'Head\n\n<per i="p1">Ana</org> left.', "broken.txt: line 3: found </org>, expected </per>"),
        (b"Head\n\n\xe9", "broken.txt: byte 6 is not UTF-8"),
    ],
    ids=["tags", "encoding"],
)
def test_broken_story_is_named_with_its_place(tmp_path, content, message):
    (tmp_path / "broken.txt").write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run(tmp_path)


def test_missing_and_empty_folders_are_errors(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        run(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="no annotated story in"):
        run(tmp_path)
