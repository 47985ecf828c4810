"""Authors, and the rows of an article's byline."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin, link, list_url
from articles.editing.access import may_edit
from articles.models import Article, Author, Byline
from articles.models.slugs import unique_slug

# Rows without a number of their own come behind those with one.
LAST = 32_000


class PartOfArticle(admin.StackedInline):  # type: ignore[type-arg]  # not generic at run time
    """Rows on the article's form: who may change the article may change them."""

    extra = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Beside a search box stands a way to add a record, none to change or delete the one chosen."""
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                field.widget.can_change_related = field.widget.can_delete_related = False
                field.widget.can_view_related = False
        return formset

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_article") or self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return request.user.has_perm("articles.add_article")
        return request.user.has_perm("articles.change_article") and may_edit(request.user, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class OrderedForm(forms.ModelForm):  # type: ignore[type-arg]
    position = forms.IntegerField(
        label=_("Order"), required=False, min_value=1, max_value=LAST, widget=forms.NumberInput({"class": "order"})
    )

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or LAST


class BylineForm(OrderedForm):
    name = forms.CharField(
        label=_("Name as printed"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it is the author’s name. An agency has a name here and no author."),
    )

    class Meta:
        model = Byline
        fields = ("author", "name", "role", "position")
        help_texts = {"author": ""}

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        author = cleaned.get("author")
        if not cleaned.get("name") and author:
            cleaned["name"] = author.name
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("author", _("Choose an author or type a name."))
        return cleaned


class BylineInline(PartOfArticle):
    model = Byline
    form = BylineForm
    fields = (("author", "name", "role", "position"),)
    autocomplete_fields = ("author",)
    ordering = ("position", "pk")
    verbose_name = _("name")
    verbose_name_plural = _("byline")


class AuthorForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Author
        fields = ("name", "bio", "picture", "email", "user", "slug")

    def clean_slug(self) -> str:
        others = Author.objects.exclude(pk=self.instance.pk)
        return self.cleaned_data["slug"] or unique_slug(others, self.cleaned_data.get("name", ""), fallback="author")


@admin.register(Author)
class AuthorAdmin(RecordAdmin):
    list_display = ("name", "number_of_articles", "email", "user")
    search_fields = ("name", "email", "user__username")
    ordering = ("key", "pk")
    autocomplete_fields = ("picture",)
    form = AuthorForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        authors: QuerySet[Any] = super().get_queryset(request).select_related("user")
        counted: QuerySet[Any] = authors.annotate(number=Count("bylines__article", distinct=True))
        return counted

    def view_on_site(self, obj: Author) -> str | None:
        return obj.get_absolute_url() if Author.objects.public().filter(pk=obj.pk).exists() else None

    @admin.display(description=_("articles"), ordering="number")
    def number_of_articles(self, obj: Any) -> SafeString | int:
        return link(list_url(Article, urlencode({"q": obj.name})), obj.number) if obj.number else 0
