"""Tags, on every kind of record."""

from __future__ import annotations

from typing import Any

import taggit.admin
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin, number_of
from articles.admin.panels import Panel, panel
from articles.admin.rows import tagged_article_row
from articles.models import Article, Tag, TaggedArticle, TaggedEntity, TaggedQuote

# taggit brings an admin for a tag model of its own, which nothing here uses.
admin.site.unregister(taggit.admin.Tag)


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Tag.objects.exclude(pk=self.instance.pk).filter(name__iexact=name).exists():
            raise ValidationError(_("There is a tag of this name already."))
        return name


@admin.register(Tag)
class TagAdmin(RecordAdmin):
    form = TagForm
    list_display = ("name", "articles", "entities", "quotations", "merged_into")
    list_filter = (("merged_into", admin.EmptyFieldListFilter),)
    list_select_related = ("merged_into",)
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "slug", "description", "merged_into")
    readonly_fields = ("merged_into",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tags: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = tags.annotate(
            article_count=number_of(TaggedArticle.objects.all(), "tag"),
            entity_count=number_of(TaggedEntity.objects.all(), "tag"),
            quote_count=number_of(TaggedQuote.objects.all(), "tag"),
        )
        return counted

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def view_on_site(self, obj: Any) -> str | None:
        shown = Article.objects.published().filter(tags=obj)
        return obj.get_absolute_url() if shown.exists() else None

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, obj: Any) -> int:
        return int(obj.article_count)

    @admin.display(description=_("people, organisations and locations"), ordering="entity_count")
    def entities(self, obj: Any) -> int:
        return int(obj.entity_count)

    @admin.display(description=_("quotations"), ordering="quote_count")
    def quotations(self, obj: Any) -> int:
        return int(obj.quote_count)

    def panels(self, request: HttpRequest, obj: Tag) -> list[Panel]:
        articles = Article.objects.filter(tags=obj).defer("body", "text").latest_first()
        return [panel(request, "articles", _("Articles"), articles, tagged_article_row, empty=_("On no article yet."))]
