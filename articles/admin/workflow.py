"""Where an article stands: the buttons and actions that move it, what it lacks, whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.admin.base import Button, RecordAdmin, change_url, editor
from articles.admin.desk import NOTE_BUTTONS, NOTES, checks_panel, notes_panel, save_notes
from articles.admin.error_reports import open_reports_panel
from articles.admin.panels import Panel
from articles.admin.previews import previews_view
from articles.admin.sourced import source_panel
from articles.admin.story_pairs import same_story_panel
from articles.admin.withdrawing import withdraw_view
from articles.admin.workflow_form import CORRECTION_FIELDS, LEAVES_SCHEDULE, WORKFLOW_FIELDS, WorkflowForm
from articles.editing.checks import check_articles
from articles.editing.correct import printed, record_correction
from articles.editing.desk import assign
from articles.editing.embargo import set_embargo
from articles.editing.moves import MOVES, Moved, move, moves_from
from articles.editing.publish import publish, schedule
from articles.editing.times import short_time
from articles.models import Article, Correction

LABELS = {
    "submit": _("Send to review"),
    "return": _("Back to draft"),
    "approve": _("Mark as ready"),
    "schedule": _("Schedule"),
    "unschedule": _("Take off the schedule"),
    "publish": _("Publish"),
    "withdraw": _("Withdraw…"),
    "reinstate": _("Reinstate"),
}
DONE = {
    "submit": ngettext_lazy("%d article was sent to review.", "%d articles were sent to review."),
    "return": ngettext_lazy("%d article is a draft again.", "%d articles are drafts again."),
    "approve": ngettext_lazy("%d article is ready.", "%d articles are ready."),
    "schedule": ngettext_lazy("%d article is scheduled.", "%d articles are scheduled."),
    "unschedule": ngettext_lazy("%d article was taken off the schedule.", "%d articles were taken off the schedule."),
    "publish": ngettext_lazy("%d article was published.", "%d articles were published."),
    "reinstate": ngettext_lazy("%d article can be published again.", "%d articles can be published again."),
}


class WorkflowAdmin(RecordAdmin):
    """What the admin of articles adds to that of any record."""

    form = WorkflowForm

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """While a form is saved, nobody else moves the article."""
        is_saving = request.method == "POST" and transaction.get_connection().in_atomic_block
        if is_saving and object_id.isdecimal():
            Article.objects.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    # Who may.

    def may_move(self, request: HttpRequest, name: str) -> bool:
        permission = MOVES[name].permission
        return bool(permission) and request.user.has_perm(f"articles.{permission}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Behind the story and before what is filed once and left."""
        story, *rest = super().get_fieldsets(request, obj)
        times = () if _was_published(obj) else (WORKFLOW_FIELDS[2:],)
        own = [(_("Workflow"), {"fields": (WORKFLOW_FIELDS[:2], *times)})]
        if self.may_correct(request, obj):
            own.insert(0, (_("Correction"), {"fields": CORRECTION_FIELDS}))
        return [story, *own, *rest]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With what the form does not take from this person for this article, whatever is sent."""
        fixed = [*super().get_readonly_fields(request, obj)]
        if _was_published(obj):
            fixed += ["scheduled_for", "embargo"]
        elif not self.has_publish_permission(request):
            # A reporter may set an embargo, not lift one.
            fixed += ["scheduled_for", "embargo"] if obj and obj.embargo else ["scheduled_for"]
        if not self.has_publish_permission(request) or (obj and obj.is_published):
            fixed.append("source_status")
        return fixed if self.may_correct(request, obj) else [*fixed, *CORRECTION_FIELDS]

    def may_correct(self, request: HttpRequest, obj: Any) -> bool:
        return bool(obj and obj.is_published and self.has_publish_permission(request))

    # The form.

    def move_buttons(self, request: HttpRequest, obj: Article | None) -> list[Button]:
        article = obj or Article()
        moves = [move.name for move in moves_from(article) if self.may_move(request, move.name)]
        if article.is_embargoed:
            moves = [name for name in moves if name != "publish"]
        corrects = [Button("_correct", _("Save with a correction"))] if self.may_correct(request, obj) else []
        return corrects + [Button(f"_{name}", LABELS[name]) for name in moves]

    def save_workflow(self, request: HttpRequest, article: Article, form: WorkflowForm) -> None:
        """Save what the form says beside the story; each change is a line in the log."""
        changed, typed, user = set(form.changed_data), form.cleaned_data, editor(request)
        if changed & {"assignee", "due"}:
            assign(article, assignee=typed["assignee"], due=typed["due"], user=user)
        steps = [self._save_embargo, self._save_schedule]
        if _is_later(typed.get("embargo"), article.embargo):
            steps.reverse()  # an article that is scheduled before the new embargo has to be moved out of its way first
        for step in steps:
            step(request, article, form)
        for said in save_notes(request, article):
            self.message_user(request, said, messages.SUCCESS)

    def _save_embargo(self, request: HttpRequest, article: Article, form: WorkflowForm) -> None:
        if "embargo" in form.changed_data:
            problem = set_embargo(article, until=form.cleaned_data["embargo"], user=editor(request))
            if problem:
                self.message_user(request, problem, messages.ERROR)

    def _save_schedule(self, request: HttpRequest, article: Article, form: WorkflowForm) -> None:
        at = form.cleaned_data.get("scheduled_for")
        is_moved = "scheduled_for" in form.changed_data and article.status == Article.Status.SCHEDULED
        if at and ("_schedule" in request.POST or (is_moved and not LEAVES_SCHEDULE & request.POST.keys())):
            self._tell(request, "schedule", schedule(article, at=at, user=editor(request)))

    def begin_correction(self, request: HttpRequest, article: Article, form: WorkflowForm) -> None:
        """Read what readers see before anything is saved."""
        if "_correct" not in request.POST:
            return
        if not self.may_correct(request, article):
            raise PermissionDenied
        form.printed = printed(article)

    def save_correction(self, request: HttpRequest, form: WorkflowForm) -> None:
        """Once all is saved, tell readers what changed."""
        if form.printed is None:
            return
        kind, note = form.cleaned_data["correction_kind"], form.cleaned_data["correction_note"]
        correction = record_correction(
            form.instance,
            form.printed,
            kind=kind or Correction.Kind.CORRECTION,
            note=note,
            user=editor(request),
            answers=form.cleaned_data["answered"],
        )
        said = _("Readers are told: %(correction)s") % {"correction": correction}
        self.message_user(request, said, messages.SUCCESS)

    def press_move(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Make the move whose button was pressed; a page to go on to, where it asks for more or could not be made."""
        name = next((name for name in MOVES if f"_{name}" in request.POST), "")
        if not name:
            return None
        if not self.may_move(request, name):
            raise PermissionDenied
        if name == "withdraw":
            return HttpResponseRedirect(reverse("admin:articles_article_withdraw", args=[article.pk]))
        if name != "schedule":
            self.move(request, name, [article])
        article.refresh_from_db(fields=["status"])
        return None if article.status == MOVES[name].target else HttpResponseRedirect(change_url(article))

    def move(self, request: HttpRequest, name: str, articles: Iterable[Article]) -> None:
        user = editor(request)
        moved = publish(articles, user=user) if name == "publish" else move(articles, name, user=user)
        self._tell(request, name, moved)

    def _tell(self, request: HttpRequest, name: str, moved: Moved) -> None:
        number = len(moved.articles)
        if number or not moved.refused:
            self.message_user(request, DONE[name] % number, messages.SUCCESS if number else messages.INFO)
        for refusal in moved.refused:
            self.message_user(request, _("Not done: %s") % refusal, messages.ERROR)
        if name in ("publish", "schedule"):
            self._warn(request, moved.articles)

    def _warn(self, request: HttpRequest, articles: list[Article]) -> None:
        checks = check_articles(articles)
        for article in articles:
            if checks[article.pk]:
                said = " ".join(check.message for check in checks[article.pk])
                self.message_user(request, f"“{article.headline}”: {said}", messages.WARNING)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Who writes or resolves a note stays with the notes."""
        response = super().response_change(request, obj)
        if NOTE_BUTTONS & request.POST.keys():
            return HttpResponseRedirect(f"{request.get_full_path()}#{NOTES}")
        return response

    def desk_panels(self, request: HttpRequest, obj: Article) -> list[Panel]:
        may_write = self.has_change_permission(request, obj)
        reports = open_reports_panel(request, obj)
        panels = [checks_panel(obj), notes_panel(request, obj, may_write=may_write)]
        first = [reports] if reports.total else []
        if (source := source_panel(obj, may_take=may_write)).total:
            first.append(source)
        if request.user.has_perm("articles.view_storypair") and (same := same_story_panel(request, obj)).total:
            first.append(same)
        return [*first, *panels]

    # Pages of their own.

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "<int:key>/withdraw/", self.admin_site.admin_view(self.withdraw_view), name="articles_article_withdraw"
            ),
            path("<int:key>/links/", self.admin_site.admin_view(self.previews_view), name="articles_article_links"),
        ]
        return [*own, *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, key: int) -> HttpResponse:
        return withdraw_view(request, key, self)

    def previews_view(self, request: HttpRequest, key: int) -> HttpResponse:
        return previews_view(request, key, self)

    # The list.

    @admin.display(description=_("status"), ordering="status")
    def shown_status(self, obj: Any) -> SafeString:
        label = _("corrected") if obj.is_published and obj.is_corrected else obj.get_status_display()
        said = [_("at %(time)s") % {"time": short_time(obj.scheduled_for)}] if obj.scheduled_for else []
        if obj.is_embargoed:
            said.append(_("embargoed until %(time)s") % {"time": short_time(obj.embargo)})
        if obj.assignee:
            said.append(_("with %(name)s") % {"name": obj.assignee.get_full_name() or obj.assignee.get_username()})
        if obj.due and not _was_published(obj):
            said.append(_("due %(time)s") % {"time": short_time(obj.due)})
        state = format_html('<span class="state" data-state="{}">{}</span>', obj.status, label)
        return format_html('{} <span class="facts">{}</span>', state, ", ".join(said)) if said else state

    @admin.action(description=_("Send to review"), permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move(request, "submit", queryset)

    @admin.action(description=_("Mark as ready"), permissions=["publish"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move(request, "approve", queryset)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move(request, "publish", queryset)

    @admin.action(description=_("Back to draft"), permissions=["change"])
    def return_to_draft(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self.move(request, "return", queryset)


def _is_later(until: datetime | None, embargo: datetime | None) -> bool:
    return until is not None and (embargo is None or until > embargo)


def _was_published(article: Article | None) -> bool:
    """Readers see it or find its tombstone: no time is to be set for it."""
    return bool(article and (article.is_published or article.is_withdrawn))
