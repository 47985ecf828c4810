"""Read an authority file: people, organisations and places that a newsroom knows, from CSV or JSON lines."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError

from articles.models import Entity, Identifier
from articles.models.identifiers import WHOLE_ADDRESS, clean_value

KINDS = {**{kind: kind for kind in Entity.Kind.values}, "organization": "organisation", "place": "location"}
SCHEMES = tuple(scheme for scheme in Identifier.Scheme.values if scheme != WHOLE_ADDRESS)
# What only some kinds have.
OF_KIND = {
    "given_name": ("person",),
    "family_name": ("person",),
    "country": ("organisation", "location"),
    "latitude": ("location",),
    "longitude": ("location",),
}
COLUMNS = ("kind", "name", "aliases", "description", *OF_KIND, *SCHEMES)
LONGEST = {"name": 200, "given_name": 100, "family_name": 100, "description": 2_000}
FURTHEST = {"latitude": 90, "longitude": 180}  # degrees


@dataclass(frozen=True, slots=True)
class Authority:
    """What one line says of one person, organisation or location; what it does not say is left out."""

    line: int
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used: what was found there and what was expected."""

    line: int
    problem: str


def read_authorities(content: BinaryIO, *, format: str, kind: str = "") -> Iterator[Authority | BadLine]:
    """The people, organisations and places of a file, one at a time, in its order; lines are counted from 1.

    Args:
        format: "csv", whose first line names the columns in any order, or "jsonl", an object a line with the columns
            as its keys.
        kind: what all are that do not say it themselves.
    """
    text = io.TextIOWrapper(content, encoding="utf-8-sig", errors="replace", newline="")
    for line, cells in FORMATS[format](text):
        try:
            yield _authority(line, cells if isinstance(cells, dict) else _refuse(cells), kind)
        except ValidationError as error:
            yield BadLine(line, " ".join(error.messages))


def _csv_rows(text: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, Any] | str]]:
    rows = csv.reader(text, strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        if "name" not in header:
            yield 1, f"the columns are {_quoted(header)}; expected names of columns, “name” among them"
            return
        for cells in rows:
            if len(cells) > len(header):
                yield rows.line_num, f"{len(cells)} cells; expected {len(header)}, as in the first line"
            elif any(cells):
                yield rows.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        yield rows.line_num, f"{error}; expected CSV with commas and straight double quotation marks"


def _json_objects(text: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        yield number, found if isinstance(found, dict) else f"“{line.strip()[:60]}”; expected one JSON object"


FORMATS = {"csv": _csv_rows, "jsonl": _json_objects}


def _authority(line: int, cells: dict[str, Any], kind: str) -> Authority:
    if unknown := [name for name in cells if name not in COLUMNS]:
        _refuse(f"unknown: {_quoted(unknown)}; expected some of {', '.join(COLUMNS)}")
    texts = {name: _text(name, cells[name]) for name in cells if name != "aliases"}
    said = texts.pop("kind", "") or kind
    if said.casefold() not in KINDS:
        _refuse(f"the kind is “{said}”; expected person, organisation or location")
    kind = KINDS[said.casefold()]
    name = texts.pop("name", "")
    if not name:
        _refuse("no name; expected one")
    identifiers = {scheme: clean_value(scheme, texts.pop(scheme)) for scheme in SCHEMES if texts.get(scheme)}
    values = {column: _value(column, kind, text) for column, text in texts.items() if text}
    if ("latitude" in values) != ("longitude" in values):
        _refuse("one of latitude and longitude; expected both or none")
    return Authority(line, kind, name, _aliases(cells.get("aliases")), identifiers, values)


def _aliases(cell: Any) -> tuple[str, ...]:
    names = cell if isinstance(cell, list) else _text("", cell).split("|")
    return tuple(dict.fromkeys(filter(None, (_text("name", name) for name in names))))


def _text(name: str, cell: Any) -> str:
    """A cell as one line of text; numbers of JSON are read as they are written."""
    if cell is None:
        return ""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        _refuse(f"{name}: {json.dumps(cell, ensure_ascii=False)[:60]}; expected text")
    text = " ".join(str(cell).split())
    if "\ufffd" in text or "\0" in text:
        _refuse(f"“{text[:60]}” has bytes that are no text; expected UTF-8")
    if len(text) > LONGEST.get(name, len(text)):
        _refuse(f"{name} has {len(text)} characters; expected {LONGEST[name]} at most")
    return text


def _value(column: str, kind: str, text: str) -> str | float:
    if column in OF_KIND and kind not in OF_KIND[column]:
        _refuse(f"{column} “{text[:60]}” of a {kind}; expected it of a {' or '.join(OF_KIND[column])} only")
    if column == "country":
        return text.upper() if re.fullmatch("[A-Za-z]{2}", text) else _refuse(f"country “{text}”; expected as in “IQ”")
    return _degrees(column, text) if column in FURTHEST else text


def _degrees(column: str, text: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    if not abs(degrees) <= FURTHEST[column]:
        _refuse(f"{column} “{text[:60]}”; expected degrees from -{FURTHEST[column]} to {FURTHEST[column]}")
    return degrees


def _refuse(problem: str) -> Any:
    raise ValidationError(problem)


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name[:60]}”" for name in names[:5]) or "none"
