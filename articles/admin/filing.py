"""Where an article is filed: its section and series on its form, and the pages of these."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.article_boxes import ArticlesField, suggestion, without_itself
from articles.admin.base import RecordAdmin, change_url, editor, number_of
from articles.admin.panels import Choice, Panel, Row, panel
from articles.editing.filing import move_part, next_part, pick_related
from articles.models import Article, Section, Series
from articles.models.access import Account, hidden_from, visible

FILING = ("section", ("series", "part"), ("is_breaking", "breaking_until"), "related")
STEPS = {"_up": -1, "_down": 1}


class FilingForm(forms.ModelForm):  # type: ignore[type-arg]
    user: Account = AnonymousUser()  # whose form it is: the admin makes a class a request

    is_breaking = forms.BooleanField(
        label=_("Breaking news"), required=False, help_text=_("Said on its page, its cards and the front page.")
    )
    breaking_until = forms.SplitDateTimeField(label=_("Until"), required=False, widget=AdminSplitDateTime)
    related = ArticlesField(
        label=_("Related articles"),
        help_text=_("To be read after this one, in this order, above those that the program finds."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_breaking"] = self.instance.is_breaking
        if self.instance.pk:
            self.initial["related"] = list(self._seen().picked_for(self.instance).values_list("pk", flat=True))
        if "related" in self.fields:
            self.fields["related"].queryset = self._seen().defer("body", "text", "end_notes")  # type: ignore[attr-defined]
        for name in {"section", "series"} & self.fields.keys():
            widget: Any = self.fields[name].widget
            widget.can_delete_related = widget.can_view_related = False
        if "breaking_until" in self.fields:
            until = _("It ends by itself, %(hours)s hours from now where you leave this empty. Time zone: %(zone)s.")
            said = {"hours": settings.NEWSROOM_BREAKING_HOURS, "zone": timezone.get_current_timezone_name()}
            self.fields["breaking_until"].help_text = until % said
            parts: Any = self.fields["breaking_until"].widget
            for part, label in zip(parts.widgets, (_("Breaking until: date"), _("Breaking until: time")), strict=True):
                part.attrs["aria-label"] = label

    def _seen(self) -> Any:
        return visible(Article.objects.all(), self.user, article="pk")

    def clean_related(self) -> list[Article]:
        return without_itself(self.instance, self.cleaned_data["related"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("series"):
            cleaned["part"] = cleaned.get("part") or next_part(cleaned["series"])
        elif cleaned.get("part"):
            self.add_error("part", ValidationError(_("A part is a part of a series: choose one.")))
        if {"is_breaking", "breaking_until"} & set(self.changed_data):
            cleaned["breaking_until"] = self._breaking_until(cleaned)
        return cleaned

    def _breaking_until(self, cleaned: dict[str, Any]) -> Any:
        until, now = cleaned.get("breaking_until"), timezone.now()
        if not cleaned.get("is_breaking"):
            return None
        if until and until <= now and "breaking_until" in self.changed_data:
            self.add_error("breaking_until", ValidationError(_("That is over already.")))
        return until if until and until > now else now + timedelta(hours=settings.NEWSROOM_BREAKING_HOURS)


class FilingAdmin(RecordAdmin):
    """What filing adds to the admin of articles."""

    suggestion = staticmethod(suggestion)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """News is breaking when the desk says so."""
        fixed = super().get_readonly_fields(request, obj)
        may = request.user.has_perm("articles.publish_article")
        return fixed if may else [*fixed, "is_breaking", "breaking_until"]

    @admin.display(description=_("breaking news"), boolean=True)
    def is_breaking(self, obj: Article) -> bool:
        return obj.is_breaking

    def has_arrange_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_frontpageplace")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what was picked; what is picked and hidden from the user stays."""
        super().save_related(request, form, formsets, change)
        if "related" in form.changed_data:
            unseen = Article.objects.picked_for(form.instance).filter(pk__in=hidden_from(request.user).values("pk"))
            pick_related(form.instance, [*form.cleaned_data["related"], *unseen], user=editor(request))


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of the list, whose box says what it is of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].widget.attrs["aria-label"] = _("Position of %(name)s") % {"name": self.instance}


class ShelfAdmin(RecordAdmin):
    """What articles are filed in: as long as some are, it stays."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django would list the articles, those that the user does not see among them."""
        number = sum(obj.articles.count() for obj in objs)
        filed = [ngettext("%d article", "%d articles", number) % number] if number else []
        return [str(obj) for obj in objs], {}, set(), filed


@admin.register(Section)
class SectionAdmin(ShelfAdmin):
    list_display = ("name", "position", "articles", "description")
    list_editable = ("position",)
    ordering = ("position", "name")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "description", "position")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{**kwargs, "form": PositionForm})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(number=number_of(Article.objects.all(), "section"))
        return rows

    @admin.display(description=_("articles"), ordering="number")
    def articles(self, obj: Any) -> int:
        return int(obj.number)


@admin.register(Series)
class SeriesAdmin(ShelfAdmin):
    list_display = ("name", "articles", "description")
    ordering = ("name",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(number=number_of(Article.objects.all(), "series"))
        return rows

    @admin.display(description=_("articles"), ordering="number")
    def articles(self, obj: Any) -> int:
        return int(obj.number)

    def panels(self, request: HttpRequest, obj: Series) -> list[Panel]:
        parts = visible(Article.objects.parts_of(obj), request.user, article="pk").defer("body", "text", "end_notes")
        empty = _("No part yet: choose the series on an article’s form.")
        shown = panel(request, "parts", _("Parts"), parts, part_row, empty=empty, per_page=100)
        if not self.has_change_permission(request, obj):
            shown = replace(shown, rows=[replace(row, choices=[]) for row in shown.rows])
        return [shown]

    def response_change(self, request: HttpRequest, obj: Series) -> HttpResponse:
        """Somebody who orders the parts stays with them."""
        pressed = next((name for name in STEPS if name in request.POST), None)
        if not pressed:
            return super().response_change(request, obj)
        key = request.POST[pressed]
        articles = visible(obj.articles.all(), request.user, article="pk")
        article = articles.filter(pk=key if key.isdecimal() else 0).first()
        if article and move_part(article, STEPS[pressed], user=editor(request)):
            self.message_user(request, _("“%(part)s” was moved.") % {"part": article}, messages.SUCCESS)
        return HttpResponseRedirect(f"{request.get_full_path()}#parts")


def part_row(article: Article) -> Row:
    return Row(
        label=f"{article.part}. {article.headline}",
        url=change_url(article),
        state=article.status,
        state_label=article.get_status_display(),
        choices=[Choice("_up", str(article.pk), _("Up")), Choice("_down", str(article.pk), _("Down"))],
    )
