"""Lists that are searched by the archive's index, and not row by row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Tag, TaggedArticle
from articles.models.slugs import name_key
from articles.searching.asking import SearchUnavailable
from articles.searching.finding import keys_found
from articles.searching.places import Kind
from articles.searching.queries import read_query


class KeysFirst(ChangeList):
    """Finds the rows of its page by their numbers alone: what a row shows is not counted for all that were found."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = {row.pk: row for row in self.rows_of(keys)}
        self.result_list = [rows[key] for key in keys if key in rows]

    def rows_of(self, keys: list[int]) -> QuerySet[Any]:
        return self.apply_select_related(self.root_queryset.filter(pk__in=keys).order_by())


class IndexedAdmin(ModelAdmin):  # type: ignore[type-arg]
    """`search_fields` only says that there is a box: what is typed into it is asked of the index."""

    search_kinds: ClassVar[tuple[Kind, ...]] = ()
    search_help_text = _("All words, “words in this order”, begin*, -without")
    in_names = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeysFirst

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        try:
            return queryset.filter(self.is_meant(text, is_typing=is_typing(request))), False
        except SearchUnavailable:
            if is_typing(request):
                raise
            messages.error(request, _("The search does not answer just now. The list without a search is all there."))
            return queryset.none(), False

    def is_meant(self, text: str, *, is_typing: bool) -> Q:
        found = self.is_found(text)
        if text[-1].isalnum() and (self.in_names or is_typing):
            found |= self.is_found(f"{text}*")
        return found

    def is_found(self, text: str) -> Q:
        query = read_query(text)
        return Q(pk__in=keys_found(query, self.search_kinds, in_names=self.in_names) if query else [])


def is_typing(request: HttpRequest) -> bool:
    """Whether a box asks while somebody types, whose last word may be cut short."""
    return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"


class IndexedArticleAdmin(IndexedAdmin):
    """Articles are found by the name of a tag, too."""

    search_kinds = (Kind.ARTICLE,)

    def is_found(self, text: str) -> Q:
        tag = Tag.objects.named([text]).get(name_key(text))
        bearing = TaggedArticle.objects.filter(tag=tag).values("content_object")
        return super().is_found(text) | (Q(pk__in=bearing) if tag else Q())


class IndexedNamesAdmin(IndexedAdmin):
    """Records are found by their names, the last word of which may be cut short."""

    search_help_text = _("Any of its names, from their beginning")
    in_names = True
