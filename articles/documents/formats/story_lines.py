"""Newsroom's own format: a story a line, as a JSON object of all that a `Story` says.

    {"story": 1, "headline": "Rain floods Lagos", "body": "<p>It rained.</p>", "language": "en"}

The names are those of `Story`; what is not there is empty. Bodies are sanitised and characters cleaned, as in every
document; else a line is taken at its word, and nothing is told apart anew.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

from articles.documents import declared
from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.languages import find_language
from articles.documents.sanitizing import sanitise
from articles.documents.story import Credit, Dateline, Status, Story
from articles.documents.strict_json import parse
from articles.text import normalize

VERSION = 1
ALWAYS = ("headline", "body", "language")
ADDRESS = re.compile(r"https?://[^\s/]\S{0,480}")
MARK = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"story"\s*:\s*1\s*[,}]')


def write(story: Story) -> str:
    r"""A story as one line, its end not included.

    >>> write(Story("Rain", "<p>It rained.</p>", language="en"))
    '{"story": 1, "headline": "Rain", "body": "<p>It rained.</p>", "language": "en"}'
    """
    said = dataclasses.asdict(story)
    kept = {name: value for name, value in said.items() if name in ALWAYS or value not in ("", 0, (), None)}
    return json.dumps({"story": VERSION, **kept}, ensure_ascii=False, default=_written)


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read a file of stories line by line; empty lines are passed over."""
    number = 0
    has_any = False
    while line := file.readline(max_bytes + 1):
        number += 1
        place = f"{source}, line {number}"
        if len(line) > max_bytes:
            yield DocumentTooLarge(
                place, f"it has more than {max_bytes:,} bytes, which is the most expected of a story"
            )
            while line and not line.endswith(b"\n"):
                line = file.readline(max_bytes)
        elif line.strip():
            has_any = True
            try:
                yield read_line(line, place)
            except DocumentError as error:
                yield error
    if not has_any:
        raise NoStory(source, "there is no line with a story in it; expected a JSON object a line")


def is_sure(start: bytes) -> bool:
    return bool(MARK.match(start))


def read_line(line: bytes, source: str) -> Story:
    """Read one story.

    Raises:
        BrokenDocument: the line is no JSON object, has a field that no story has, or one of another kind.
        NoStory: it has no headline.
    """
    fields: dict[str, Any] = {"source": source, "format": "jsonl"}
    for name, value in _object(line, source).items():
        if name != "story" and name not in READERS:
            raise BrokenDocument(source, f"it has a field “{name[:60]}”; expected {', '.join(READERS)}")
        read_value, expected = (_version, str(VERSION)) if name == "story" else READERS[name]
        try:
            fields[name] = read_value(value)
        except (TypeError, ValueError, KeyError, BrokenDocument) as error:
            found = json.dumps(value, ensure_ascii=False)[:60]
            raise BrokenDocument(source, f"{name} is {found}; expected {expected}") from error
    fields.pop("story", None)
    if not fields.get("headline"):
        raise NoStory(source, "it has no headline")
    story = Story(**{"body": "", **fields})
    if "language" not in fields:
        written = f"{story.headline}\n{story.standfirst}\n{story.text}"
        story = dataclasses.replace(story, language=find_language(written, declared=""))
    return story


def _object(line: bytes, source: str) -> Mapping[str, Any]:
    try:
        value = parse(line.rstrip().decode("utf-8-sig"), source)
    except UnicodeDecodeError as error:
        raise BrokenDocument(source, f"byte {error.start + 1} is no UTF-8") from error
    if not isinstance(value, dict):
        raise BrokenDocument(source, "it is no JSON object; expected one with headline and body")
    return value


def _written(value: date | datetime) -> str:
    return value.isoformat()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return normalize.clean(value).strip()


def _headline(value: Any) -> str:
    return " ".join(_text(value).split())


def _body(value: Any) -> str:
    return sanitise(value if isinstance(value, str) else _text(value))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(filter(None, map(_text, value)))


def _address(value: Any) -> str:
    if value and not ADDRESS.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= declared.LARGEST:
        raise TypeError
    return value


def _day_or_moment(value: Any) -> date | datetime | None:
    return declared.day_or_moment(_text(value), "", "")


def _moment(value: Any) -> datetime | None:
    return declared.moment(_text(value), "", "")


def _dateline(value: Any) -> Dateline:
    return Dateline(_text(value["place"]), _text(value.get("agency", "")))


def _credits(value: Any) -> tuple[Credit, ...]:
    return tuple(Credit(_text(each["name"]), _text(each["role"])) for each in value)


def _status(value: Any) -> Status:
    return Status(_text(value))


def _kept(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _version(value: Any) -> int:
    if value != VERSION:
        raise ValueError
    return VERSION


TEXT = (_text, "a text")
TEXTS = (_texts, "a list of texts")
NUMBER = (_number, "a number")
MOMENT = (_moment, "a time like 2026-03-14T06:30:00+00:00")
# How each field of a story is read, and what is expected of it.
READERS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "headline": (_headline, "a text"),
    "body": (_body, "a text of HTML"),
    "source": TEXT,
    "standfirst": TEXT,
    "byline": TEXTS,
    "credits": (_credits, "a list of objects with name and role"),
    "dateline": (_dateline, "an object with place and agency"),
    "published": (_day_or_moment, "a date or time like 2026-03-14 or 2026-03-14T06:30:00+00:00"),
    "language": TEXT,
    "address": (_address, "an address like https://host/path"),
    "publisher": TEXT,
    "keywords": TEXTS,
    "end_notes": TEXTS,
    "identifier": TEXT,
    "version": NUMBER,
    "modified": MOMENT,
    "section": TEXT,
    "urgency": NUMBER,
    "copyright": TEXT,
    "instructions": TEXT,
    "embargo": MOMENT,
    "status": (_status, "usable, withheld or canceled"),
    "corrections": TEXTS,
    "format": TEXT,
    "warnings": TEXTS,
    "kept": (_kept, "an object"),
}
