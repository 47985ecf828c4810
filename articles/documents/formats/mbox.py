"""Mailboxes: messages one after the other, each below a line "From …" (mbox, as Thunderbird and Gmail write it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from articles.documents.errors import BrokenDocument, DocumentError, NoStory
from articles.documents.formats.mail import read_message
from articles.documents.story import Story

# "From ana@example.org Fri Mar 13 17:05:00 2026", with a zone before the year at Gmail's, "From - …" at Thunderbird's.
BEGINNING = re.compile(rb"From \S+ +\w{3} \w{3} [ \d]\d \d\d:\d\d(?::\d\d)? (?:[+-]?\w{3,5} )?\d{4}")
ESCAPED = re.compile(rb">+From ")
# Longer lines come in pieces.
LONGEST_LINE = 65_536


def is_mbox(start: bytes) -> bool:
    return BEGINNING.match(start) is not None


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the stories of a mailbox, message by message; messages are called by their number in it.

    Raises:
        BrokenDocument: it begins with anything else than a message.
    """
    for number, message in enumerate(split_messages(file, source, max_bytes), 1):
        called = f"{source}/message {number}"
        if not message.strip():
            yield NoStory(called, "the message is empty; expected a headline and a story")
            continue
        try:
            yield from read_message(message, called, max_bytes)
        except DocumentError as error:
            yield error


def split_messages(file: IO[bytes], source: str, max_bytes: int) -> Iterator[bytes]:
    """The messages of a mailbox as bytes, of a longer one no more than `max_bytes` and one byte."""
    first = file.readline(LONGEST_LINE)
    if not BEGINNING.match(first):
        raise BrokenDocument(source, "the first line is no beginning of a message; expected “From …” with a date")
    lines: list[bytes] = []
    size = 0
    is_blank = False
    while line := file.readline(LONGEST_LINE):
        if is_blank and BEGINNING.match(line):
            yield b"".join(lines)[: max_bytes + 1]
            lines, size, is_blank = [], 0, False
            continue
        if size <= max_bytes:
            lines.append(line[1:] if ESCAPED.match(line) else line)
            size += len(line)
        is_blank = not line.strip()
    yield b"".join(lines)[: max_bytes + 1]
