"""Quotations: who said what, checked against the words of the article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.admin.base import editor, link, record_url
from articles.admin.entities import AnyEntityAdmin
from articles.admin.fields import TagsField
from articles.admin.filters import Dates
from articles.admin.proposals import ProposalAdmin
from articles.admin.rows import short_form
from articles.admin.searching import IndexedAdmin
from articles.editing.decide import reattribute, say_language
from articles.models import Entity, Quote
from articles.models.article_queries import newest_first
from articles.models.review import SHOWN
from articles.searching.places import Kind
from articles.text.spans import Span, cut

# Characters of the story shown before and after a quotation: two or three sentences, enough to see who is speaking.
AROUND = 280


class QuoteForm(forms.ModelForm):  # type: ignore[type-arg]
    tags = TagsField(label=_("Tags"))


class SpeakerKind(admin.SimpleListFilter):
    title = _("kind of speaker")
    parameter_name = "speaker_kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*((kind.value, kind.label) for kind in Entity.Kind), ("none", _("no speaker"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(speaker=None)
            case kind:
                return queryset.filter(speaker__kind=kind)


@admin.register(Quote)
class QuoteAdmin(ProposalAdmin, IndexedAdmin):
    form = QuoteForm
    list_display = ("words", "speaker_link", "source", "cue", "form_name", "article_link", "shown_state")
    list_filter = ("state", "form", SpeakerKind, ("article__published", Dates), "anchoring", "origin")
    search_fields = ("text",)
    search_kinds = (Kind.QUOTATION,)
    ordering = (*newest_first("article__"), "start")
    autocomplete_fields = ("speaker",)
    readonly_fields = (
        "in_context",
        "equals_article",
        "article_link",
        "source",
        "cue",
        "addressee",
        "occasion",
        "form_name",
        "shown_state",
        "evidence",
        "score",
        "origin",
        "extractor",
        "anchoring",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "in_context",
                    "equals_article",
                    "article_link",
                    "speaker",
                    "source",
                    "cue",
                    "addressee",
                    "occasion",
                    "form_name",
                    "language",
                    "tags",
                )
            },
        ),
        (
            _("Where it comes from"),
            {"fields": ("shown_state", "evidence", "score", "origin", "extractor", "anchoring")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("speaker", "article")

    def view_on_site(self, obj: Quote) -> str | None:
        return obj.get_absolute_url() if obj.article.is_published and obj.state in SHOWN else None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:  # type: ignore[type-arg]
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "speaker":
            field.label_from_instance = AnyEntityAdmin.suggestion  # type: ignore[method-assign, assignment]
        return field

    @admin.display(description=_("words"), ordering="text")
    def words(self, obj: Quote) -> str:
        return Truncator(obj.text).chars(120)

    @admin.display(description=_("speaker"), ordering="speaker__name")
    def speaker_link(self, obj: Quote) -> SafeString | str:
        return link(record_url(obj.speaker.kind, obj.speaker.pk), obj.speaker) if obj.speaker else ""

    @admin.display(description=_("form"), ordering="form")
    def form_name(self, obj: Quote) -> str:
        return short_form(obj)

    @admin.display(description=_("article"), ordering="article__headline")
    def article_link(self, obj: Quote) -> SafeString:
        return link(record_url("article", obj.article_id), obj.article)

    @admin.display(description=_("as printed"))
    def in_context(self, obj: Quote) -> str:
        return render_to_string("admin/articles/quote/_context.html", {"quote": obj, "pieces": pieces(obj)})

    @admin.display(description=_("same words as the article"), boolean=True)
    def equals_article(self, obj: Quote) -> bool:
        return bool(obj.spans) and cut(obj.article.text, [Span(*pair) for pair in obj.spans]) == obj.text

    def save_model(self, request: HttpRequest, obj: Quote, form: QuoteForm, change: bool) -> None:
        if "speaker" in form.changed_data:
            reattribute(Quote.objects.get(pk=obj.pk), speaker=form.cleaned_data["speaker"], user=editor(request))
        if "language" in form.changed_data:
            say_language(Quote.objects.get(pk=obj.pk), language=form.cleaned_data["language"], user=editor(request))


def pieces(quote: Quote) -> list[tuple[str, bool]]:
    """The words around a quotation cut into runs, each with whether it is quoted."""
    text, runs = quote.article.text, []
    if not quote.spans:
        return []
    end = max(quote.spans[0][0] - AROUND, 0)
    for start, stop in quote.spans:
        runs += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [*runs, (text[end : end + AROUND], False)]
