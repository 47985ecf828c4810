"""Who sees and changes what: the rules about single articles, as the admin asks for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.editing.access import editable, may_edit, may_review, reviewable
from articles.models.access import visible


class AboutArticles(ModelAdmin):  # type: ignore[type-arg]
    """Rows that speak of an article: those of one that is hidden from the user are not there."""

    article_path = "article"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible(super().get_queryset(request), request.user, article=self.article_path)

    def open_to(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the rows that actions may touch."""
        return rows

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **options: Any
    ) -> HttpResponse | None:
        """An action leaves out what the user may not change, and says so."""
        mine = self.open_to(request, queryset)
        ticked = [key for key in request.POST.getlist("_selected_action") if key.isdecimal()]
        if mine is not queryset and queryset.filter(pk__in=ticked).exclude(pk__in=mine.values("pk")).exists():
            self.message_user(request, _("What is not yours to change was left out."), messages.WARNING)
        return super().response_action(request, mine, *args, **options)


class ArticleAccess(AboutArticles):
    article_path = "pk"

    def open_to(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return editable(rows, request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers see is withdrawn, so that its address says what became of it."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (may_edit(request.user, obj) and not obj.is_published))

    def has_review_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = request.user.has_perms([f"articles.change_{row}" for row in ("appearance", "quote", "role")])
        return may and (obj is None or may_review(request.user, obj))


class ProposalAccess(AboutArticles):
    def open_to(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return reviewable(rows, request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_review(request.user, obj.article))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_review(request.user, obj.article))
