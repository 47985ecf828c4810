from __future__ import annotations

import io
import json
import os

import pytest

from articles.documents.errors import DocumentTooLarge, NoStory, UnknownEncoding, UnknownFormat, UnreadableDocument
from articles.documents.formats import EXPECTED
from articles.documents.reading import _at, find_documents, open_document, read_file, read_stories
from articles.documents.story import Story
from articles.documents.telling import find_format

TEXT = b"Ferry aground\n\nIt sits."


@pytest.mark.parametrize(
    ("source", "content", "format"),
    [
        pytest.param("a.txt", TEXT, "text", id="suffix of text"),
        pytest.param("a.TEXT", TEXT, "text", id="suffix in capitals"),
        pytest.param("a.md", TEXT, "markdown", id="suffix of Markdown"),
        pytest.param("a.xhtml", TEXT, "html", id="suffix of a page"),
        pytest.param("a.txt", b"<!DOCTYPE html>\n<p>Rain", "html", id="page that is called text"),
        pytest.param("standard input", TEXT, "text", id="plain text"),
        pytest.param("a", b" \n<html><p>Rain", "html", id="page"),
        pytest.param("a", b"\xef\xbb\xbf<!-- x --><!doctype HTML><p>Rain", "html", id="page behind mark and comment"),
        pytest.param("a", "<html><p>Rain".encode("utf-16"), "html", id="page in UTF-16"),
        pytest.param("a", b"<h1>Rain</h1>\n<p>It rains.</p>", "html", id="piece of a page"),
        pytest.param("a", b"---\ntitle: Rain\n---\nIt rains.", "markdown", id="front matter"),
        pytest.param("a", b"# Rain\n\nIt rains.", "markdown", id="Markdown heading"),
        pytest.param("a", b"[Updated] Rain\n\nIt rains.", "text", id="brackets"),
        pytest.param("a", b"<Rain> says the sign\n\nIt rains.", "text", id="a word in angles"),
        pytest.param("a.example", TEXT, "text", id="unknown suffix"),
    ],
)
def test_the_format_is_told(source, content, format):
    assert find_format(content, source=source) == format


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00", "a JPEG image"),
        (b"PK\x03\x04".ljust(30, b"\x00") + b"mimetype", "a packed document (odt or epub?)"),
        (b"{\\rtf1 x}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or encrypted Office document"),
        (b'<?xml version="1.0"?>\n<kml><Document/></kml>', "XML with the root <kml>"),
        (b"<gpx><trk/></gpx>", "XML with the root <gpx>"),
        (json.dumps({"headline": "Rain"}).encode(), "JSON"),
    ],
)
def test_what_no_format_reads_is_named(content, found):
    with pytest.raises(UnknownFormat) as error:
        next(read_stories(content, source="inbox/rain"))
    assert str(error.value) == f"inbox/rain: this is {found}; {EXPECTED}"


def test_a_given_format_wins():
    story = next(read_stories(b"# Rain\n\nIt *rains*.", source="a.md", format="text"))
    assert (story.headline, story.text, story.format) == ("# Rain", "It *rains*.", "text")


def test_a_given_format_wins_over_what_a_file_looks_like():
    [story] = stories_of(io.BytesIO(b'{"rain": 1}'), format="text")
    assert story.headline == '{"rain": 1}'


def test_a_story_knows_where_it_came_from():
    story = next(read_stories(TEXT, source="inbox/ferry.txt"))
    assert (story.source, story.format) == ("inbox/ferry.txt", "text")


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_document_is_no_story(content):
    with pytest.raises(NoStory, match=r"a.txt: the file is empty; expected a headline and a story"):
        next(read_stories(content, source="a.txt"))


def test_binary_called_text_is_refused():
    with pytest.raises(UnknownEncoding, match=r"a\.txt: "):
        next(read_stories(bytes(range(256)) * 40, source="a.txt"))


def test_documents_are_found_in_order(tmp_path):
    for name in ("b.txt", "a.md", ".hidden.txt", "c.jpg", "sub/d.HTML", "sub/.git/e.txt", "empty/readme"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents([tmp_path])]
    assert found == ["a.md", "b.txt", "sub/d.HTML"]
    assert list(find_documents([tmp_path / "c.jpg", tmp_path / ".hidden.txt"])) == [
        tmp_path / "c.jpg",
        tmp_path / ".hidden.txt",
    ]


def test_a_link_back_up_is_not_followed(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert list(find_documents([tmp_path])) == [tmp_path / "a.txt"]


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(UnreadableDocument, match="there is no such file or directory"):
        list(find_documents([tmp_path / "none"]))
    with pytest.raises(UnreadableDocument, match="the file cannot be read: No such file or directory"):
        open_document(tmp_path / "none")


def stories_of(file, **options):
    return list(read_file(file, **{"source": "a.txt", "max_bytes": 10_000_000, **options}))


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    with open_document(path) as file:
        assert [story.headline for story in stories_of(file)] == ["Ferry aground"]


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with open_document(path) as file:
        (error,) = stories_of(file)
    assert isinstance(error, DocumentTooLarge)
    assert str(error) == "a.txt: the file has 50,000,000 bytes; expected at most 10,000,000 bytes"


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_no_story(content):
    (error,) = stories_of(io.BytesIO(content))
    assert str(error) == "a.txt: the file is empty; expected a headline and a story"


def test_directories_and_pipes_are_no_documents(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument, match="no regular file"):
        open_document(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableDocument):
        open_document(tmp_path)


@pytest.mark.parametrize(("size", "kind"), [(100, Story), (101, DocumentTooLarge)])
def test_what_cannot_be_rewound_is_read_to_the_limit(size, kind):
    reading, writing = os.pipe()
    os.write(writing, (TEXT + b" It rains." * 9)[:size].ljust(size, b"x"))
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        assert [type(each) for each in stories_of(file, max_bytes=100)] == [kind]


def test_the_seed_story(shared):
    path = shared / "seed" / "canada-nato-iraq.txt"
    story = next(read_stories(path.read_bytes(), source=str(path)))
    assert story.headline == "Canada will lead new training mission for Iraq: NATO Secretary-General"
    assert story.standfirst.startswith("“It will be a non-combat mission")
    assert (story.dateline.place, story.dateline.agency) == ("TORONTO", "Kurdistan 24")
    assert story.text.startswith("Canada will lead a new non-combat training mission")
    assert (story.byline, story.published, story.language, story.end_notes) == ((), None, "en", ())


def test_what_is_wrong_behind_a_story_does_not_hide_it():
    def stories():
        yield Story("Ferry", "")
        raise NoStory("a", "there is no text in it")

    found = _at("https://cobh.example/", stories())
    assert next(found) == Story("Ferry", "")
    with pytest.raises(NoStory):
        next(found)
