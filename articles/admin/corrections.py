"""What readers were told was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.access import AboutArticles
from articles.admin.base import RecordAdmin, editor, link, record_url
from articles.admin.filters import Dates
from articles.admin.panels import Panel, Row, panel
from articles.admin.rows import speech_row
from articles.editing.correct import amend
from articles.models import Article, Correction, Entity
from articles.text.body import plain_text
from articles.text.changed import changed_blocks


@admin.register(Correction)
class CorrectionAdmin(AboutArticles, RecordAdmin):
    list_display = ("note", "kind", "article_link", "made", "user")
    list_filter = ("kind", ("made", Dates))
    list_select_related = ("article", "user")
    search_fields = ("note", "article__headline")
    fields = ("kind", "note", "article_link", "made", "user", "difference")
    readonly_fields = ("article_link", "made", "user", "difference")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("article__body", "article__text")

    def view_on_site(self, obj: Correction) -> str | None:
        return obj.get_absolute_url() if obj.article.is_published else None

    @admin.display(description=gettext_lazy("article"), ordering="article__headline")
    def article_link(self, obj: Correction) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)

    @admin.display(description=gettext_lazy("what changed"))
    def difference(self, obj: Correction) -> str:
        lines = differences(obj)
        return render_to_string("admin/articles/_change.html", {"lines": lines}) if lines else _("nothing but the note")

    def save_model(self, request: HttpRequest, obj: Correction, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        amend(Correction.objects.get(pk=obj.pk), kind=obj.kind, note=obj.note, user=editor(request))

    def panels(self, request: HttpRequest, obj: Correction) -> list[Panel]:
        quotes = obj.quotes.select_related("article", "speaker").order_by("start", "pk")
        return [
            panel(request, "quotations", _("Quotations"), quotes, speech_row, empty=_("It touches no quotation.")),
            panel(
                request, "names", _("Names"), obj.entities.order_by("name"), _name_row, empty=_("It touches nobody.")
            ),
        ]


def _name_row(entity: Entity) -> Row:
    return Row(label=entity.name, url=record_url(entity.kind, entity.pk), facts=[entity.get_kind_display()])


def differences(correction: Correction) -> list[tuple[str, str, str]]:
    """Each field with what it was and what it became; of the body, the paragraphs that changed."""
    return [
        (_label(name), *_words(name, correction.before.get(name), after)) for name, after in correction.after.items()
    ]


def _label(name: str) -> str:
    return str(label_for_field(name, Article)) if name != "byline" else _("byline")


def _words(name: str, before: Any, after: Any) -> tuple[str, str]:
    if name != "body":
        return _one_line(before), _one_line(after)
    old, new = plain_text(before), plain_text(after)
    gone, come = changed_blocks(old, new)
    return " ".join(span.of(old) for span in gone) or "–", " ".join(span.of(new) for span in come) or "–"


def _one_line(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value or "–")
