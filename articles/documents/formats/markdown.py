"""Markdown (CommonMark with tables), with the front matter of static site generators."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from markdown_it import MarkdownIt

from articles.documents import dates, declared
from articles.documents.assembling import Draft, assemble
from articles.documents.encodings import decode
from articles.documents.errors import NoStory
from articles.documents.story import Story
from articles.text import normalize

FENCE = "---"
# What the fields are called by Jekyll, Hugo, Pelican and people.
NAMES = {
    "headline": ("headline", "title"),
    "standfirst": ("standfirst", "description", "subtitle", "summary", "dek", "excerpt"),
    "byline": ("byline", "author", "authors"),
    "published": ("date", "published", "publishdate", "pubdate"),
    "language": ("language", "lang"),
    "address": ("url", "canonical", "canonical_url", "link"),
    "publisher": ("source", "publisher", "site"),
    "keywords": ("tags", "keywords", "categories"),
    "dateline": ("dateline",),
    "end_notes": ("notes", "end_notes"),
}
FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]*?)\s*:(?:\s+(?P<value>.*))?")
ITEM = re.compile(r"\s*-\s+(?P<value>.+)")
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read one story from a Markdown document; HTML in it is shown as written, never taken as markup.

    Raises:
        UnknownEncoding: the bytes are no text.
        NoStory: the front matter is broken, or there is nothing that can be a headline.
    """
    text = normalize.clean(decode(content, source))
    fields, body = split_front_matter(text, source)
    markup = PARSER.render(body)
    headline = fields.get("headline", [""])[0]
    yield assemble(
        Draft(
            markup,
            headline=headline,
            standfirst=" ".join(fields.get("standfirst", [])),
            byline=declared.names(fields.get("byline", [])),
            credits=declared.credits(fields.get("byline", [])),
            published=_date(fields, source),
            language=fields.get("language", [""])[0],
            address=_address(fields),
            publisher=fields.get("publisher", [""])[0],
            keywords=_keywords(fields.get("keywords", [])),
            dateline=declared.dateline(fields.get("dateline", [""])[0]),
            end_notes=tuple(fields.get("end_notes", [])),
        ),
        source=source,
        format="markdown",
    )


def split_front_matter(text: str, source: str) -> tuple[dict[str, list[str]], str]:
    """Take "key: value" lines between two lines of three hyphens off the top of a document.

    Args:
        text: the whole document, line ends as newlines.
        source: what to call it in an error.

    Returns:
        The fields that `NAMES` knows, under the names there, each with its values; and the rest of the document.

    Raises:
        NoStory: the front matter has no end, or a line that is no field.

    >>> split_front_matter("---\\ntitle: Rain\\ntags: [weather, Lagos]\\n---\\nIt rained.", "rain.md")
    ({'headline': ['Rain'], 'keywords': ['weather', 'Lagos']}, 'It rained.')
    """
    lines = text.lstrip("\n").split("\n")
    if lines[0].rstrip() != FENCE or len(lines) < 2 or not (FIELD.fullmatch(lines[1]) or lines[1].startswith("#")):
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in {FENCE, "..."}), None)
    if end is None:
        raise NoStory(source, f"the front matter that begins in line 1 has no end; expected a line {FENCE!r}")
    known = {alias: name for name, aliases in NAMES.items() for alias in aliases}
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for number, line in enumerate(lines[1:end], 2):
        if not line.strip() or line.startswith("#"):
            continue
        if item := ITEM.fullmatch(line):
            current.append(_unquoted(item["value"]))
        elif (match := FIELD.fullmatch(line)) and not line[0].isspace():
            current = _values(match["value"] or "")
            if name := known.get(match["name"].casefold().replace(" ", "_")):
                fields[name] = fields.get(name) or current
        elif line[0].isspace() and current:
            current[-1] += f" {line.strip()}"
        else:
            raise NoStory(source, f"line {number} of the front matter is {line.strip()[:60]!r}; expected “key: value”")
    return {name: values for name, values in fields.items() if values}, "\n".join(lines[end + 1 :])


def _values(written: str) -> list[str]:
    written = written.strip()
    if written.startswith("[") and written.endswith("]"):
        return [_unquoted(value) for value in written[1:-1].split(",") if value.strip()]
    return [_unquoted(written)] if written not in {"", "|", ">", ">-", "|-"} else []


def _unquoted(value: str) -> str:
    """A value without the quotation marks around it, and what YAML escapes in them as it is meant.

    >>> _unquoted(r'"He said \"no\""'), _unquoted("'it''s'"), _unquoted("plain")
    ('He said "no"', "it's", 'plain')
    """
    value = value.strip()
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
        return value
    if value[0] == "'":
        return value[1:-1].replace("''", "'")
    try:
        return str(json.loads(value, strict=False))
    except ValueError:
        return value[1:-1]


def _keywords(values: list[str]) -> tuple[str, ...]:
    """`tags: ferries, Cobh` is a list as well as `[ferries, Cobh]` is."""
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _date(fields: Mapping[str, list[str]], source: str) -> date | datetime | None:
    printed = fields.get("published", [""])[0]
    if not printed:
        return None
    moment = dates.full_date(printed)
    if moment is None:
        raise NoStory(source, f"the front matter has the date {printed!r}; expected one like 2026-03-14")
    return moment


def _address(fields: Mapping[str, list[str]]) -> str:
    address = fields.get("address", [""])[0]
    return address if re.fullmatch(r"https?://\S{1,480}", address) else ""
