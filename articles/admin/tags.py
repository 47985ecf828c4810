"""Tags, on every kind of record: their form, their other names, and what was merged into them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import taggit.admin
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin, change_url, editor, link, number_of
from articles.admin.entities import AliasFormSet
from articles.admin.panels import Panel, panel
from articles.admin.rows import merged_tag_row, tagged_article_row
from articles.admin.tag_merges import merge_view
from articles.editing.tags import rename_tag, unmerge_tag
from articles.models import Article, Tag, TaggedArticle, TaggedEntity, TaggedQuote, TagMerge, TagSynonym
from articles.models.access import visible
from articles.models.slugs import name_key

# taggit brings an admin for a tag model of its own, which nothing here uses.
admin.site.unregister(taggit.admin.Tag)


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        rival = Tag.objects.exclude(pk=self.instance.pk).filter(key=name_key(name)).order_by("-merged_into").last()
        if rival and rival.merged_into:
            params = {"tag": rival.merged_into}
            raise ValidationError(_("A tag of this name was merged into “%(tag)s”: undo that first."), params=params)
        if rival:
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
    fields = ("name", "slug", "description", "merged")
    readonly_fields = ("merged",)
    actions = ("merge",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tags: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = tags.annotate(
            borne_count=number_of(TaggedArticle.objects.all(), "tag"),
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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merged tag stays as it was, so that the merge can be undone."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=["description"])
        else:
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if {"name", "slug"} & set(form.changed_data) and change:
            slug = form.instance.slug if "slug" in form.changed_data else ""
            rename_tag(form.instance, form.instance.name, slug=slug, user=editor(request))

    def response_change(self, request: HttpRequest, obj: Tag) -> HttpResponse:
        """Somebody who undoes a merge stays with the tag."""
        if "_unmerge" not in request.POST:
            return super().response_change(request, obj)
        key = request.POST["_unmerge"]
        merge = obj.absorbed.filter(pk=key if key.isdecimal() else 0).first()
        if merge:
            unmerge_tag(merge.tag, user=editor(request))
            message = _("“%(tag)s” is a tag of its own again, with all that it brought.") % {"tag": merge.tag}
            self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    @admin.action(description=_("Merge…"), permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = queryset.order_by("name").values_list("pk", flat=True)
        return HttpResponseRedirect(f"{reverse('admin:articles_tag_merge')}?{urlencode({'tags': keys}, doseq=True)}")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="articles_tag_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        return merge_view(request, self)

    def view_on_site(self, obj: Any) -> str | None:
        shown = Article.objects.published().filter(tags=obj)
        return obj.get_absolute_url() if shown.exists() else None

    @admin.display(description=_("articles"), ordering="borne_count")
    def articles(self, obj: Any) -> int:
        return int(obj.borne_count)

    @admin.display(description=_("people, organisations and locations"), ordering="entity_count")
    def entities(self, obj: Any) -> int:
        return int(obj.entity_count)

    @admin.display(description=_("quotations"), ordering="quote_count")
    def quotations(self, obj: Any) -> int:
        return int(obj.quote_count)

    @admin.display(description=_("merged into"))
    def merged(self, obj: Tag) -> SafeString | str:
        return link(change_url(obj.merged_into), obj.merged_into) if obj.merged_into else ""

    def panels(self, request: HttpRequest, obj: Tag) -> list[Panel]:
        articles = (
            visible(Article.objects.filter(tags=obj), request.user, article="pk").defer("body", "text").latest_first()
        )
        shown = [panel(request, "articles", _("Articles"), articles, tagged_article_row, empty=_("On no article yet."))]
        merges = TagMerge.objects.filter(survivor=obj).select_related("tag").defer("moved")
        if merges and self.has_change_permission(request, obj):
            shown.insert(0, panel(request, "merged", _("Merged into it"), merges, merged_tag_row, empty=""))
        return shown
