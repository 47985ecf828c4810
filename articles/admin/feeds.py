"""The feeds that the newsroom follows: how each is doing, what it brought, and a button to ask it now."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.base import Button, RecordAdmin, change_url, editor, list_url, number_of
from articles.admin.panels import Panel, Row, panel
from articles.editing.times import newsroom_time, short_time
from articles.importing.following import Polled, poll
from articles.models import Feed, FeedItem
from articles.models.access import visible

# Somebody waits for the answer, and a web server not for ever: of summaries only so many pages are fetched. After so
# many seconds no further item is imported and no further feed asked; the rest comes when feeds are watched.
MOST_PAGES, MOST_SECONDS = 3, 30


@admin.register(Feed)
class FeedAdmin(RecordAdmin):
    list_display = ("name", "state", "brought", "polled", "asked_again", "section")
    list_display_links = ("name",)
    list_filter = ("is_active", "section")
    list_select_related = ("section",)
    search_fields = ("title", "own_title", "address", "publisher")
    actions = ("poll_now",)
    fieldsets = (
        (None, {"fields": ("address", "title", "publisher", "section", "fetches_pages", "minutes", "is_active")}),
        (gettext_lazy("How it is doing"), {"fields": ("state", "polled", "asked_again")}),
    )
    readonly_fields = ("state", "polled", "asked_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        brought = FeedItem.objects.exclude(article=None)
        feeds: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = feeds.annotate(articles=number_of(brought, "feed"))
        return counted

    @admin.display(description=gettext_lazy("feed"), ordering="title")
    def name(self, obj: Feed) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("state"), ordering="failures")
    def state(self, obj: Feed) -> str:
        if obj.error and obj.failures:
            failed = ngettext("failed once", "failed %(number)d times in a row", obj.failures)
            return f"{failed % {'number': obj.failures}}: {obj.error}"
        if not obj.is_active:
            return _("switched off")
        return _("answers") if obj.last_polled else _("not polled yet")

    @admin.display(description=gettext_lazy("articles"), ordering="articles")
    def brought(self, obj: Any) -> int:
        return int(obj.articles)

    @admin.display(description=gettext_lazy("last polled"), ordering="last_polled")
    def polled(self, obj: Feed) -> str:
        return newsroom_time(obj.last_polled) if obj.last_polled else "–"

    @admin.display(description=gettext_lazy("next poll"), ordering="next_poll")
    def asked_again(self, obj: Feed) -> str:
        if not obj.is_active:
            return "–"
        return newsroom_time(obj.next_poll) if obj.next_poll > timezone.now() else _("as soon as feeds are watched")

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        """A feed that lives elsewhere or is switched on again begins anew."""
        if {"address", "is_active"} & set(form.changed_data):
            obj.etag = obj.last_modified = obj.error = ""
            obj.failures, obj.next_poll = 0, timezone.now()
        super().save_model(request, obj, form, change)

    def panels(self, request: HttpRequest, obj: Feed) -> list[Panel]:
        items = visible(obj.items.all(), editor(request)).select_related("article")
        items = items.defer("article__body", "article__text")
        return [panel(request, "items", _("What it brought"), items, item_row, empty=_("Nothing yet."))]

    # Polling.

    def buttons(self, request: HttpRequest, obj: Feed | None) -> list[Button]:
        return [Button("_poll", _("Poll now"))]

    def press(self, request: HttpRequest, obj: Feed) -> HttpResponse | None:
        if "_poll" in request.POST:
            self.poll_now(request, [obj])
        return None

    @admin.action(description=gettext_lazy("Poll now"), permissions=["change"])
    def poll_now(self, request: HttpRequest, feeds: Iterable[Feed]) -> None:
        end = monotonic() + MOST_SECONDS
        for feed in feeds:
            if monotonic() < end:
                polled = poll(feed, most_pages=MOST_PAGES, end=end)
                level = messages.WARNING if polled.problem or polled.is_busy else messages.SUCCESS
                self.message_user(request, said_of(polled), level)
            else:
                Feed.objects.filter(pk=feed.pk).update(next_poll=timezone.now())
                later = _("“%(feed)s” is asked as soon as feeds are watched.") % {"feed": feed}
                self.message_user(request, later, messages.WARNING)


def said_of(polled: Polled) -> str:
    name = {"feed": str(polled.feed)}
    if polled.is_busy:
        return _("“%(feed)s” is being polled already.") % name
    if polled.problem:
        return _("“%(feed)s” cannot be read: %(problem)s") % {**name, "problem": polled.problem}
    new, changed, failed = (polled.number(status) for status in ("created", "updated", "failed"))
    said = [
        ngettext("%d new article", "%d new articles", new) % new if new else _("nothing new"),
        ngettext("%d updated", "%d updated", changed) % changed if changed else "",
        ngettext("%d that cannot be imported", "%d that cannot be imported", failed) % failed if failed else "",
        "" if polled.is_complete else _("more follows with the next poll"),
    ]
    return _("“%(feed)s”: %(said)s.") % {**name, "said": ", ".join(filter(None, said))}


def item_row(item: FeedItem) -> Row:
    return Row(
        label=item.article.headline if item.article else str(item),
        url=change_url(item.article) if item.article else "",
        facts=[short_time(item.imported), *([item.error] if item.error and item.headline else [])],
    )


def failing_row(feed: Feed) -> Row:
    """A feed that fails, for the dashboard."""
    return Row(label=str(feed), url=change_url(feed), facts=[feed.error])


def failing_url() -> str:
    return list_url(Feed, "o=-2")
