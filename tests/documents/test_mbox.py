from __future__ import annotations

import io

import pytest

from articles.documents.errors import DocumentError
from articles.documents.reading import read_file
from articles.documents.telling import find_format

MESSAGE = (
    "From: Nora Quill <nora@example.org>\nSubject: {0}\n\nThe ferry sails, the harbour says.\n\n"
    ">From Cobh it is far.\n\n"
)
GMAIL = "From 1794@xxx Fri Mar 13 17:05:00 +0000 2026\n"
THUNDERBIRD = "From - Fri Mar 13 17:05:00 2026\n"
DOVECOT = "From nora@example.org  Fri Mar  6 17:05:00 2026\n"


def read(content, max_bytes=1_000_000):
    return list(read_file(io.BytesIO(content), source="in.mbox", max_bytes=max_bytes))


@pytest.mark.parametrize("beginning", [GMAIL, THUNDERBIRD, DOVECOT], ids=["Gmail", "Thunderbird", "Dovecot"])
def test_messages_one_after_the_other(beginning):
    content = "".join(beginning + MESSAGE.format(headline) for headline in ("Ferry sails", "Bus is late")).encode()
    assert find_format(content, source="inbox") == "mbox"
    assert [(story.headline, story.source) for story in read(content)] == [
        ("Ferry sails", "in.mbox/message 1"),
        ("Bus is late", "in.mbox/message 2"),
    ]
    assert read(content)[0].text == "The ferry sails, the harbour says.\nFrom Cobh it is far."


def test_a_line_that_begins_with_from_is_text():
    content = (GMAIL + MESSAGE.format("Ferry sails") + "From Cobh on Friday\n\nFrom there to here\n").encode()
    assert [story.text.count("From") for story in read(content)] == [3]


def test_what_is_wrong_with_one_message_stands_in_its_place():
    content = (GMAIL + "\n" + GMAIL + MESSAGE.format("Ferry sails")).encode()
    error, story = read(content)
    assert str(error) == "in.mbox/message 1: the message is empty; expected a headline and a story"
    assert story.headline == "Ferry sails"


def test_of_a_large_message_the_beginning_is_read():
    large = MESSAGE.format("Ferry sails") + "x" * 70_000 + "\n" + "y" * 70_000 + "\n\n"
    first, second = read((GMAIL + large + GMAIL + MESSAGE.format("Bus is late")).encode(), max_bytes=1_000)
    assert (first.headline, second.headline) == ("Ferry sails", "Bus is late")
    assert first.warnings == ("the message has more than 1,000 bytes; attachments behind that were left out",)


def test_what_is_called_a_mailbox_and_is_none():
    (error,) = read(b"It rains.")
    assert isinstance(error, DocumentError)
    assert "the first line is no beginning of a message" in str(error)
