"""The API as one: its resources, its addresses and its description in OpenAPI."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, re_path, reverse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from articles.site.api import articles, corrections, entities, exports, filing, quotations, schemas
from articles.site.api.problems import LISTED, PROBLEM, answer_with_problems, not_found
from articles.site.api.serving import serve

JSON = "application/json"


class ReadingAPI(NinjaAPI):
    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        """Made once for each address that the site may have: nothing else in it changes while the program runs."""
        return self._described(self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)

    @cache  # noqa: B019  # there is one API, as long as the program runs
    def _described(self, path_prefix: str) -> Any:
        """With what the library does not know of: problems have their own type, and answers may not have changed."""
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        for methods in schema["paths"].values():
            for operation in methods.values():
                _complete(operation)
        return schema


def _complete(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if status >= 400:
            response["content"] = {PROBLEM: response["content"].pop(JSON)}
    operation["responses"][304] = {"description": "Not changed: its ETag is that of If-None-Match"}
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter may be left out; it cannot be null."""
    if "anyOf" not in schema:
        return schema
    [wanted] = [each for each in schema["anyOf"] if each != {"type": "null"}]
    return {**wanted, **{name: value for name, value in schema.items() if name not in ("anyOf", "default")}}


class AsItReads(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


COLLECTIONS = {
    "articles": articles.router,
    "people": entities.people,
    "organisations": entities.organisations,
    "locations": entities.locations,
    "quotations": quotations.router,
    "tags": filing.tags,
    "authors": filing.authors,
    "sections": filing.sections,
    "corrections": corrections.router,
}

api = ReadingAPI(
    title="Newsroom",
    version="1",
    description="Articles and what is on record in them: people, organisations, places and quotations. For reading.",
    urls_namespace="api",
    docs_url=None,
    renderer=AsItReads(),
)
answer_with_problems(api)


@api.get("", response={200: schemas.Index, **LISTED}, tags=["index"])
def index(request: HttpRequest) -> Any:
    """Where everything begins."""
    root = request.build_absolute_uri(reverse("api:api-root"))
    return schemas.Index(
        collections={name: f"{root}{name}" for name in COLLECTIONS},
        openapi=request.build_absolute_uri(reverse("api:openapi-json")),
        documentation=request.build_absolute_uri(reverse("api-documentation")),
    )


for name, router in COLLECTIONS.items():
    api.add_router(f"/{name}", router)
api.add_router("", exports.router)


def urls() -> tuple[list[URLPattern], str, str]:
    """Every address under the API's, what is nothing included, for `path()`."""
    patterns, app_name, namespace = api.urls
    views = [each for each in patterns if isinstance(each, URLPattern)]
    return [serve(each) for each in [*views, re_path("", not_found)]], app_name, namespace
