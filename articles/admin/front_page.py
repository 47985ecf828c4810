"""The front page as editors arrange it: an ordered list, moved by buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.article_boxes import ArticleBox
from articles.admin.base import RecordAdmin, change_url, editor
from articles.editing.access import may_see
from articles.editing.front_page import last_change, put, take_back
from articles.models import Article, Decision, FrontPagePlace
from articles.models.access import hidden_from, visible

LAST = 9_999  # behind all that stand there
OFFERED = 10
# What the buttons of a row do to its position; none takes it off.
MOVES: dict[str, Callable[[int], int | None]] = {
    "lead": lambda at: 1,
    "up": lambda at: at - 1,
    "down": lambda at: at + 1,
    "off": lambda at: None,
}


class AddForm(forms.Form):
    article = forms.ModelChoiceField(
        Article.objects.all(), label=gettext_lazy("Article"), widget=ArticleBox(), required=False
    )


@dataclass(frozen=True)
class Line:
    """One place: its article, and the buttons that it has, each with whether it was pressed last.

    Without an article: there is one, under an embargo, that the user does not see.
    """

    article: Article | None
    url: str
    buttons: list[tuple[str, str, bool]]


@admin.register(FrontPagePlace)
class FrontPageAdmin(RecordAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="articles_frontpageplace_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_arrange = self.has_change_permission(request)
        if request.method == "POST":
            if not may_arrange:
                raise PermissionDenied
            return self._arrange(request)
        form, last = AddForm(), self._last(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Front page"),
            "lines": lines(request),
            "form": form,
            "media": self.media + form.media,
            "offered": offered(),
            "last": last,
            "last_words": change_in_words(last) if last else "",
            "may_arrange": may_arrange,
        }
        return TemplateResponse(request, "admin/articles/front_page.html", context)

    def _arrange(self, request: HttpRequest) -> HttpResponse:
        if "undo" in request.POST:
            return self._take_back(request)
        pressed = next((name for name in (*MOVES, "add", "first") if name in request.POST), "")
        article = chosen(request, pressed)
        if not article:
            self.message_user(request, _("Choose an article first."), messages.WARNING)
        elif put(article, position(article, pressed), user=editor(request)):
            self.message_user(request, said(article), messages.SUCCESS)
        asked = {"moved": str(article.pk), "by": pressed} if article and pressed in MOVES else {}
        return redirect(f"{front_page_url()}?{urlencode(asked)}" if asked else front_page_url())

    def _last(self, request: HttpRequest) -> Decision | None:
        """The last change, unless it is of an article that the user does not see."""
        change = last_change()
        return change if change and change.article and may_see(request.user, change.article) else None

    def _take_back(self, request: HttpRequest) -> HttpResponse:
        """Only what the page offered: another change since is not undone unseen."""
        change = self._last(request)
        if not change or str(change.pk) != request.POST["undo"] or not take_back(change, user=editor(request)):
            self.message_user(request, _("The page has changed meanwhile: nothing was undone."), messages.WARNING)
        else:
            self.message_user(request, _("Undone: “%(article)s”.") % {"article": change.article}, messages.SUCCESS)
        return redirect(front_page_url())


def front_page_url() -> str:
    return reverse("admin:articles_frontpageplace_changelist")


def lines(request: HttpRequest) -> list[Line]:
    places = list(FrontPagePlace.objects.select_related("article__section").defer("article__body", "article__text"))
    moved, by = request.GET.get("moved"), request.GET.get("by", "")
    found, unseen = [], set(hidden_from(request.user).values_list("pk", flat=True))
    for number, place in enumerate(places, start=1):
        if place.article_id in unseen:
            found.append(Line(None, "", []))
            continue
        names = [*(["lead", "up"] if number > 1 else []), *(["down"] if number < len(places) else []), "off"]
        pressed = (by if by in names else names[0]) if str(place.article_id) == moved else ""
        buttons = [(name, label(name), name == pressed) for name in names]
        found.append(Line(place.article, change_url(place.article), buttons))
    return found


def label(name: str) -> str:
    return {"lead": _("Make the lead"), "up": _("Up"), "down": _("Down"), "off": _("Take off")}[name]


def offered() -> QuerySet[Article]:
    """The latest that have no place yet, for a click each."""
    free = Article.objects.published().filter(front_page_place__isnull=True).latest_first()
    return free.select_related("section").defer("body", "text", "end_notes")[:OFFERED]


def chosen(request: HttpRequest, pressed: str) -> Article | None:
    key = request.POST.get(pressed, "")
    if key.isdecimal():
        return visible(Article.objects.all(), request.user, article="pk").filter(pk=key).first()
    form = AddForm(request.POST)
    form.fields["article"].queryset = visible(Article.objects.all(), request.user, article="pk")  # type: ignore[attr-defined]
    return form.cleaned_data["article"] if form.is_valid() else None


def position(article: Article, pressed: str) -> int | None:
    """Where a button puts an article: what has a place moves from it."""
    if pressed not in MOVES:
        return 1 if pressed == "first" else LAST
    place = FrontPagePlace.objects.filter(article=article).first()
    return MOVES[pressed](place.position) if place else None


def said(article: Article) -> str:
    place = FrontPagePlace.objects.filter(article=article).first()
    words = _("“%(article)s” is in place %(number)s now.") if place else _("“%(article)s” was taken off.")
    if place and not article.is_published:
        words = _("“%(article)s” is in place %(number)s; readers see it there once it is published.")
    return words % {"article": article, "number": place.position if place else ""}


def change_in_words(change: Decision) -> str:
    """The last change, beside the button that undoes it."""
    before, after = change.before["place"], change.after["place"]
    if not before:
        words = _("“%(article)s” was put in place %(after)s")
    elif not after:
        words = _("“%(article)s” was taken off place %(before)s")
    else:
        words = _("“%(article)s” was moved from place %(before)s to %(after)s")
    return words % {"article": change.article, "before": before, "after": after}


@admin.action(description=gettext_lazy("Put on the front page"), permissions=["arrange"])
def put_on_front_page(model_admin: RecordAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    free = [
        article
        for article in queryset.filter(front_page_place__isnull=True)
        if put(article, LAST, user=editor(request))
    ]
    words = ngettext("%d article was put on the front page.", "%d articles were put on the front page.", len(free))
    model_admin.message_user(request, words % len(free), messages.SUCCESS if free else messages.INFO)
