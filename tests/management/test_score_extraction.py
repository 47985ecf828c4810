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


def test_misses_are_printed_when_asked_for(folder):
    story = STORY.replace("next to it", 'next to <org i="o1">it</org>')
    (folder / "quarry.txt").write_text(story, encoding="utf-8")
    assert "quarry.txt: missed organisation 'it'" in run(folder, "--misses", 5)
    assert "missed" not in run(folder)


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
