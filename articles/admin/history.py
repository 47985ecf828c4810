"""The history of an article: its versions, what changed between any two, and the way back to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.admin.base import RecordAdmin, change_url, editor
from articles.editing.comparing import LISTS, difference
from articles.editing.keeping import Past, states_of
from articles.editing.restoring import Restored, restore, restore_field
from articles.editing.snapshot import FIELDS, State, snapshot
from articles.importing.service import extract_article
from articles.models import Article, ArticleVersion

PER_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One state in the list: how it came to be, and in short what that changed."""

    past: Past
    changes: list[str]
    compare_url: str
    restore_url: str


def history_urls(model_admin: RecordAdmin) -> list[URLPattern]:
    def view(function: Any) -> Any:
        def of_article(request: HttpRequest, key: int, **named: Any) -> HttpResponse:
            response: HttpResponse = function(request, model_admin, article_of(request, model_admin, str(key)), **named)
            return response

        return model_admin.admin_site.admin_view(of_article)

    return [
        path("<int:key>/history/compare/", view(compare_view), name="articles_article_compare"),
        path("<int:key>/history/<int:number>/restore/", view(restore_view), name="articles_article_restore"),
    ]


def article_of(request: HttpRequest, model_admin: RecordAdmin, key: str) -> Article:
    article = find_article(request, model_admin, key)
    if article is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return article


def find_article(request: HttpRequest, model_admin: RecordAdmin, key: str) -> Article | None:
    """One of the articles that the person who asks may know of."""
    return model_admin.get_queryset(request).filter(pk=key if key.isdecimal() else 0).first()


def history_page(request: HttpRequest, model_admin: RecordAdmin, key: str) -> HttpResponse:
    article = article_of(request, model_admin, key)
    page = Paginator(states_of(article)[::-1], PER_PAGE).get_page(request.GET.get("page"))
    may_restore = model_admin.has_change_permission(request, article)
    context = {
        **_context(request, article, _("History of “%(headline)s”") % {"headline": article.headline}),
        "entries": _entries(article, list(page), may_restore=may_restore),
        "page": page,
        "total": page.paginator.count,
        "compare_url": _url("compare", article),
        "may_restore": may_restore,
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def _entries(article: Article, states: list[Past], *, may_restore: bool) -> list[Entry]:
    entries = []
    after = _state_at(article, states[0].number)
    for past in states:
        before = _state_at(article, past.number - 1) if past.number > 1 else None
        entries.append(
            Entry(
                past=past,
                changes=difference(before, after).in_short() if before else [],
                compare_url=_compare_url(article, past.number - 1, past.number) if before else "",
                restore_url="" if past.is_current or not may_restore else _url("restore", article, past.number),
            )
        )
        after = before or {}
    return entries


def _state_at(article: Article, number: int) -> State:
    """State `number` of an article; the one after the last version is the one that it is in."""
    version = article.versions.filter(number=number).first()
    state: State = version.state if version else snapshot(article)
    return state


def compare_view(request: HttpRequest, model_admin: RecordAdmin, article: Article) -> HttpResponse:
    states = {str(past.number): past for past in states_of(article)}
    chosen = [states[key] for key in (request.GET.get("old"), request.GET.get("new")) if key in states]
    if len({past.number for past in chosen}) < 2:
        messages.warning(request, _("Choose two versions to compare."))
        return HttpResponseRedirect(_url("history", article))
    old, new = sorted(chosen, key=lambda past: past.number)
    may_restore = model_admin.has_change_permission(request, article)
    context = {
        **_context(request, article, _("Version %(old)d and version %(new)d") % {"old": old.number, "new": new.number}),
        "sides": [
            (past, _url("restore", article, past.number) if may_restore and not past.is_current else "")
            for past in (old, new)
        ],
        "difference": difference(_state_at(article, old.number), _state_at(article, new.number)),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def restore_view(request: HttpRequest, model_admin: RecordAdmin, article: Article, number: int) -> HttpResponse:
    """What going back to a version would change; sent, it does, as a whole or in the field named."""
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    version = article.versions.filter(number=number).first()
    if not version:
        raise Http404
    if request.method == "POST":
        return _restore(request, version, request.POST.get("field", ""))
    past = next(past for past in states_of(article) if past.number == number)
    context = {
        **_context(request, article, _("Go back to version %(number)d") % {"number": number}),
        "past": past,
        "difference": difference(snapshot(article), version.state),
    }
    return TemplateResponse(request, "admin/articles/article/restore.html", context)


def _restore(request: HttpRequest, version: ArticleVersion, name: str) -> HttpResponse:
    user, article = editor(request), version.article
    if name and name not in {*FIELDS, *LISTS}:
        raise Http404
    if name:
        done = restore_field(version, name, user=user)
        said = _("One field is as it was in version %(number)d: nothing else has changed.")
    else:
        done = restore(version, user=user, undo="undo" in request.POST)
        said = _("The article is as it was in version %(number)d.")
    if name == "body":
        article.refresh_from_db()
        extract_article(article)
    for told in done.told:
        messages.warning(request, told)
    messages.success(request, _with_undo(request, said % {"number": version.number}, done))
    return HttpResponseRedirect(change_url(article))


def _with_undo(request: HttpRequest, said: str, done: Restored) -> str:
    return format_html(
        '{} <form method="post" action="{}" class="undo"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button name="undo" value="1">{}</button></form>',
        said,
        _url("restore", done.kept.article, done.kept.number),
        get_token(request),
        _("Undo"),
    )


def _context(request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": title,
        "article": article,
        "opts": Article._meta,
        "change_url": change_url(article),
        "history_url": _url("history", article),
    }


def _url(name: str, article: Article, *args: int) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args])


def _compare_url(article: Article, old: int, new: int) -> str:
    return f"{_url('compare', article)}?old={old}&new={new}"
