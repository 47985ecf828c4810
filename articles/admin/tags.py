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
from articles.admin.entities import AliasFormSet
from articles.admin.panels import Panel, panel
from articles.admin.rows import tagged_article_row
from articles.models import Article, Tag, TaggedArticle, TaggedEntity, TaggedQuote, TagSynonym
from articles.models.slugs import name_key

# taggit brings an admin for a tag model of its own, which nothing here uses.
admin.site.unregister(taggit.admin.Tag)


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Tag.objects.exclude(pk=self.instance.pk).filter(key=name_key(name)).exists():
            raise ValidationError(_("There is a tag of this name already."))
        other = TagSynonym.objects.exclude(tag=self.instance.pk).filter(key=name_key(name)).first()
        if other:
            raise ValidationError(_("This is another name of the tag “%(tag)s”."), params={"tag": other.tag})
        return name


class SynonymForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        known = Tag.objects.named([name]).get(name_key(name))
        if known and known.pk != self.instance.tag_id:
            raise ValidationError(_("This name leads to the tag “%(tag)s” already."), params={"tag": known})
        return name


class SynonymInline(admin.TabularInline):  # type: ignore[type-arg]
    model = TagSynonym
    form = SynonymForm
    formset = AliasFormSet
    extra = 1
    verbose_name = _("other name")
    verbose_name_plural = _("other names: stories that use one of them are about this")


@admin.register(Tag)
class TagAdmin(RecordAdmin):
    form = TagForm
    inlines = (SynonymInline,)
    list_display = ("name", "articles", "entities", "quotations", "merged_into")
    list_filter = (("merged_into", admin.EmptyFieldListFilter),)
    list_select_related = ("merged_into",)
    search_fields = ("name", "other_names__name")
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A name that the tag had before goes on leading to it."""
        super().save_related(request, form, formsets, change)
        former = form.initial.get("name", "")
        if former and name_key(former) != form.instance.key:
            TagSynonym.objects.get_or_create(key=name_key(former), defaults={"name": former, "tag": form.instance})

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
