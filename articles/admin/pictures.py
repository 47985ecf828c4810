"""The picture library, and the pictures of an article."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.base import RecordAdmin
from articles.models import Picture


@admin.register(Picture)
class PictureAdmin(RecordAdmin):
    list_display = ("__str__", "credit", "licence", "created")
    search_fields = ("title", "alt", "caption", "credit", "keywords")
    exclude = ("file",)

    def has_add_permission(self, request: object) -> bool:
        return False
