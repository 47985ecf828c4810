"""What is answered instead: RFC 9457 problems, and where a record has gone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from articles.models import Article
from articles.searching.asking import SearchUnavailable
from articles.site.api.schemas import Moved, Problem, Wrong
from articles.site.keyset import BadCursor

PROBLEM = "application/problem+json"
LISTED: dict[int, Any] = {422: Problem, 429: Problem}
SEARCHED: dict[int, Any] = {**LISTED, 503: Problem}
FOUND: dict[int, Any] = {404: Problem, **LISTED}
MAY_MOVE: dict[int, Any] = {301: Moved, **FOUND}
MAY_GO: dict[int, Any] = {404: Problem, 410: Problem, **LISTED}


class HasMoved(Exception):
    """The record is another one now, which readers see at `address`."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class IsWithdrawn(Exception):
    def __init__(self, article: Article) -> None:
        super().__init__(article.pk)
        self.article = article


class UnknownParameters(Exception):
    def __init__(self, names: list[str], known: list[str]) -> None:
        super().__init__(names)
        self.names, self.known = names, known


def problem(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request.path, **more)
    return HttpResponse(said.model_dump_json(exclude_none=True), status=status, content_type=PROBLEM)


def not_found(request: HttpRequest, error: Any = None) -> HttpResponse:
    return problem(request, 404, "Nothing that readers see is here.")


def has_moved(request: HttpRequest, error: HasMoved) -> HttpResponse:
    said = Moved(moved_to=error.address).model_dump_json()
    return HttpResponse(said, status=301, content_type="application/json", headers={"Location": error.address})


def is_withdrawn(request: HttpRequest, error: IsWithdrawn) -> HttpResponse:
    article = error.article
    note = article.withdrawal_note or None
    return problem(request, 410, "The article was withdrawn.", withdrawn=article.withdrawn_at, note=note)


def wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [Wrong(parameter=str(each["loc"][-1]), detail=each["msg"]) for each in error.errors]
    detail = "; ".join(f"{each.parameter}: {each.detail}" for each in errors)
    return problem(request, 422, detail, errors=errors)


def unknown_parameters(request: HttpRequest, error: UnknownParameters) -> HttpResponse:
    said = f"unknown; expected some of {', '.join(error.known)}"
    errors = [Wrong(parameter=name[:60], detail=said) for name in error.names]
    return problem(request, 422, "; ".join(f"{each.parameter}: {said}" for each in errors[:1]), errors=errors)


def bad_cursor(request: HttpRequest, error: BadCursor) -> HttpResponse:
    return problem(request, 422, str(error), errors=[Wrong(parameter="cursor", detail=str(error))])


def no_search(request: HttpRequest, error: SearchUnavailable) -> HttpResponse:
    response = problem(request, 503, "The search does not answer just now; everything without “q” does.")
    response["Retry-After"] = "60"
    return response


HANDLERS: dict[type[Exception], Any] = {
    Http404: not_found,
    HasMoved: has_moved,
    IsWithdrawn: is_withdrawn,
    ValidationError: wrong_parameters,
    UnknownParameters: unknown_parameters,
    BadCursor: bad_cursor,
    SearchUnavailable: no_search,
}


def answer_with_problems(api: NinjaAPI) -> None:
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
