"""Archives that come in: how far each is, at a glance."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.base import ReadOnlyAdmin
from articles.editing.times import newsroom_time
from articles.models import ArchiveRun


@admin.register(ArchiveRun)
class ArchiveRunAdmin(ReadOnlyAdmin):
    list_display = ("made", "what", "progress", "stories", "created", "updated", "unchanged", "failed", "last", "user")
    list_filter = ("ended", "is_enqueued", "made")
    fields = ("made", "user", "what", "progress", "stories", "created", "updated", "unchanged", "failed", "last")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return ArchiveRun.objects.for_list()

    @admin.display(description=_("files and folders"))
    def what(self, obj: ArchiveRun) -> str:
        return str(obj)

    @admin.display(description=_("progress"))
    def progress(self, obj: Any) -> str | SafeString:
        done = gettext("%(done)s of %(all)s parts") % {"done": obj.parts_done, "all": obj.number_of_parts}
        if obj.ended:
            return gettext("ended")
        return format_html('<progress max="{}" value="{}"></progress> {}', obj.number_of_parts, obj.parts_done, done)

    @admin.display(description=_("stories"))
    def stories(self, obj: Any) -> int:
        return int(obj.stories)

    @admin.display(description=_("created"))
    def created(self, obj: Any) -> int:
        return int(obj.created)

    @admin.display(description=_("updated"))
    def updated(self, obj: Any) -> int:
        return int(obj.updated)

    @admin.display(description=_("unchanged"))
    def unchanged(self, obj: Any) -> int:
        return int(obj.unchanged)

    @admin.display(description=_("failed"))
    def failed(self, obj: Any) -> int | SafeString:
        """Leads to the log of imports, where each failure says why."""
        if not obj.failed:
            return 0
        asked = urlencode({"status__exact": "failed"})
        url = f"{reverse('admin:articles_articleimport_changelist')}?{asked}"
        return format_html('<a href="{}">{}</a>', url, obj.failed)

    @admin.display(description=_("last written"))
    def last(self, obj: Any) -> str:
        return newsroom_time(obj.last_written) if obj.last_written else ""
