"""Boxes in which articles are looked up and chosen; without JavaScript their address or number is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.models import Article, FrontPagePlace, RelatedArticle


def suggestion(article: Article) -> str:
    """How an article reads in a list to choose from: headline, date, and its status unless readers see it."""
    facts = [date_format(localtime(article.published).date())] if article.published else []
    facts += [] if article.is_published else [article.get_status_display()]
    return " · ".join([article.headline, *facts])


def number_of_article(typed: str) -> str:
    """The number of the article whose address, slug or number somebody typed; empty where there is none."""
    word = typed.strip().rstrip("/").rpartition("/")[2]
    if word.isdecimal():
        return word
    key = Article.objects.filter(slug=word).values_list("pk", flat=True).first() if word else None
    return str(key or "")


class TypedToo:
    """Beside the box that needs JavaScript one that does not."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box: SafeString = super().render(name, value, attrs, renderer)  # type: ignore[misc]
        label = _("Address or number of an article")
        return format_html(
            '{}<noscript><input type="text" name="{}" class="vTextField" aria-label="{}" placeholder="{}"></noscript>',
            *(box, f"{name}__typed", label, label),
        )

    @property
    def media(self) -> forms.Media:
        media: forms.Media = super().media  # type: ignore[misc]
        return media + forms.Media(js=[Script("articles/admin/tags.js", type="module")])  # type: ignore[list-item]


class ArticleBox(TypedToo, AutocompleteSelect):
    def __init__(self) -> None:
        super().__init__(FrontPagePlace._meta.get_field("article"), admin.site)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or number_of_article(data.get(f"{name}__typed", ""))


class ArticlesBox(TypedToo, AutocompleteSelectMultiple):
    """Several articles in the order in which they were chosen."""

    def __init__(self) -> None:
        super().__init__(RelatedArticle._meta.get_field("related"), admin.site)

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        value = [key for key in value if key.isdecimal()]
        groups: list[Any] = super().optgroups(name, value, attrs)
        for _label, options, _index in groups:
            options.sort(key=lambda option: value.index(str(option["value"])))
        return groups

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        typed = number_of_article(data.get(f"{name}__typed", ""))
        return [*(super().value_from_datadict(data, files, name) or []), *([typed] if typed else [])]


class ArticlesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Articles, as a list in the order chosen."""

    widget = ArticlesBox

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Article.objects.defer("body", "text", "end_notes"), required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return suggestion(obj)

    def clean(self, value: Any) -> list[Article]:  # type: ignore[override]
        order = {str(key): number for number, key in enumerate(value or [])}
        return sorted(super().clean(value), key=lambda article: order[str(article.pk)])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(each) for each in self.prepare_value(initial) or []] != [str(key) for key in data or []]


def without_itself(article: Article, picked: list[Article]) -> list[Article]:
    if article in picked:
        raise ValidationError(_("An article is not related to itself."))
    return picked
