from __future__ import annotations

import dataclasses
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from articles.documents.errors import DocumentError, DocumentTooLarge
from articles.documents.formats import story_lines
from articles.documents.reading import read_file, read_stories
from articles.documents.story import Credit, Dateline, Status, Story

FULL = Story(
    headline="Ferry sits on a sandbank off Cobh",
    body="<p>It sat “for six hours” &amp; more.</p><ul><li><p>One</p></li></ul>",
    source="inbox/ferry.xml",
    standfirst="Passengers played cards.",
    byline=("Ana Moss", "Tom Hill"),
    credits=(Credit("Bo Ek", "photographs"),),
    dateline=Dateline("COBH", "Harbour Wire"),
    published=datetime(2026, 3, 14, 6, 30, tzinfo=timezone(timedelta(hours=1))),
    language="en",
    address="https://harbour.example/2026/ferry",
    publisher="Harbour Wire",
    keywords=("ferries", "Cobh"),
    end_notes=("Editing by Una Corrigan\nand others",),
    identifier="urn:harbour:7",
    version=3,
    modified=datetime(2026, 3, 14, 7, 0, tzinfo=UTC),
    section="Shipping",
    urgency=4,
    copyright="© Harbour Wire",
    instructions="Not for Malta.",
    embargo=datetime(2026, 3, 15, tzinfo=UTC),
    status=Status.WITHHELD,
    corrections=("Six hours, not five.",),
    format="nitf",
    warnings=("the picture was left out",),
    kept={"article": {"slug": "ferry"}, "names": [{"spans": [[0, 4]]}]},
)


def stories_of(content, max_bytes=10_000):
    return list(read_file(io.BytesIO(content), source="a.jsonl", max_bytes=max_bytes))


def test_every_field_comes_back():
    assert all(getattr(FULL, field.name) for field in dataclasses.fields(Story))
    day = Story("Rain", "", language="", published=date(2026, 3, 14), source="b.txt", format="text")
    (one, two) = stories_of(f"{story_lines.write(FULL)}\n\n{story_lines.write(day)}".encode())
    assert dataclasses.asdict(one) == dataclasses.asdict(FULL)
    assert dataclasses.asdict(two) == dataclasses.asdict(day)


def test_the_fields_are_those_of_a_story():
    assert set(story_lines.READERS) == {field.name for field in dataclasses.fields(Story)}


def test_a_line_written_by_hand_needs_little():
    (story,) = stories_of(
        b'{"headline": "Rain in  Cobh", "body": "<p onclick=x()>It rained on the town.</p><script>x()</script>"}'
    )
    assert (story.headline, story.body) == ("Rain in Cobh", "<p>It rained on the town.</p>")
    assert (story.language, story.source, story.format) == ("en", "a.jsonl, line 1", "jsonl")


def test_lines_are_known_whatever_the_file_is_called():
    (story,) = read_stories(b'\xef\xbb\xbf{"story": 1, "headline": "Rain"}\n', source="rain.txt")
    assert (story.headline, story.format) == ("Rain", "jsonl")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"[]", "it is no JSON object; expected one with headline and body"),
        (b'{"headline": "Rain"', "it is no JSON at line 1, character 20: Expecting ',' delimiter"),
        (b"9" * 5_000, "it is no JSON that can be read: too deep, or too large a number"),
        (b'{"headline": "Caf\xe9"}', "byte 18 is no UTF-8"),
        (b'{"body": "<p>Rain</p>"}', "it has no headline"),
        (b'{"story": 2, "headline": "Rain"}', "story is 2; expected 1"),
        (b'{"headline": ["Rain"]}', 'headline is ["Rain"]; expected a text'),
        (b'{"headline": "Rain", "byline": "Ana"}', 'byline is "Ana"; expected a list of texts'),
        (b'{"headline": "Rain", "version": true}', "version is true; expected a number"),
        (b'{"headline": "Rain", "status": "killed"}', 'status is "killed"; expected usable, withheld or canceled'),
        (b'{"headline": "Rain", "address": "javascript:x"}', "expected an address like https://host/path"),
        (b'{"headline": "Rain", "published": "soon"}', "expected a date or time like 2026-03-14"),
        (b'{"headline": "Rain", "dateline": "COBH"}', "expected an object with place and agency"),
        (b'{"headline": "Rain", "credits": [1]}', "expected a list of objects with name and role"),
        (b'{"headline": "Rain", "titel": "x"}', "it has a field “titel”; expected headline, body, "),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, found):
    error, story = stories_of(line + b'\n{"headline": "Sun"}\n')
    assert isinstance(error, DocumentError)
    assert str(error).startswith("a.jsonl, line 1: ")
    assert found in str(error)
    assert story.headline == "Sun"


def test_a_line_above_the_limit_is_passed_over():
    long = json.dumps({"headline": "Rain", "body": "x" * 500}).encode()
    before, error, after = stories_of(b'{"headline": "Sun"}\n' + long + b'\n{"headline": "Snow"}', max_bytes=100)
    assert (before.headline, after.headline) == ("Sun", "Snow")
    assert isinstance(error, DocumentTooLarge)
    assert error.source == "a.jsonl, line 2"


def test_a_file_without_a_line_is_no_story():
    (error,) = stories_of(b" \n\n ")
    assert "the file is empty" in str(error) or "no line with a story" in str(error)
