"""The API's description as a page for people, made of the one for programs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.site.api.service import api


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask for; `is_whole`, where its address answers as it stands."""

    path: str
    says: str
    parameters: list[Parameter]

    @property
    def is_whole(self) -> bool:
        return "{" not in self.path


def documentation(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/api.html", {"groups": groups(api.get_openapi_schema())})


def groups(schema: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """The operations of each collection, the list before the single record."""
    found: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in schema["paths"].items():
        said = methods["get"]
        parameters = [parameter(each) for each in said["parameters"] if each["in"] == "query"]
        found[said["tags"][0]].append(Operation(path, said["description"], parameters))
    return list(found.items())


def parameter(said: dict[str, Any]) -> Parameter:
    schema = said["schema"]
    kind = {"integer": "number", "string": "text"}.get(schema["type"], schema["type"])
    if "default" in schema and "maximum" in schema:
        kind = f"{schema['minimum']} to {schema['maximum']}, {schema['default']} unless told"
    return Parameter(said["name"], schema.get("format") or kind, said["description"])
