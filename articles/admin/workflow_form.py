"""The part of an article's form that is not the story: whose it is, when it may and when it shall be published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.fields import MomentField
from articles.editing.correct import Printed
from articles.editing.embargo import embargo_problem
from articles.editing.times import newsroom_time
from articles.models import Article, ErrorReport
from articles.models.corrections import Correction

WORKFLOW_FIELDS = ("assignee", "due", "embargo", "scheduled_for")
LEAVES_SCHEDULE = {"_unschedule", "_publish"}  # buttons
CORRECTION_FIELDS = ("correction_kind", "correction_note", "answered")
BESIDE_THE_STORY = {*WORKFLOW_FIELDS, *CORRECTION_FIELDS}


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class ReportsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({newsroom_time(obj.made)})"


class WorkflowForm(forms.ModelForm):  # type: ignore[type-arg]
    """None of these fields is written by the form itself: functions of `articles.editing` do, and log it.

    `printed` is what the article said before the form was saved, where readers are to be told of a correction.
    """

    printed: Printed | None = None

    assignee = AccountField(label=gettext_lazy("Assigned to"), required=False, queryset=User.objects.none())
    due = MomentField(label=gettext_lazy("Due"), help_text=gettext_lazy("When the desk wants it."))
    embargo = MomentField(
        label=gettext_lazy("Embargoed until"), help_text=gettext_lazy("Nobody can publish it before.")
    )
    scheduled_for = MomentField(
        label=gettext_lazy("Publish at"), help_text=gettext_lazy("Choose a time, then press “Schedule”.")
    )
    correction_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Correction.Kind, required=False, initial=Correction.Kind.CORRECTION
    )
    correction_note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What was wrong, and what is right. Then press “Save with a correction”."),
    )
    answered = ReportsField(
        label=gettext_lazy("Answers these error reports"),
        required=False,
        queryset=ErrorReport.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        for name in ("due", "embargo", "scheduled_for"):
            if name in self.fields:
                self.initial[name] = _to_the_minute(getattr(self.instance, name))
                help_text = self.fields[name].help_text
                self.fields[name].help_text = _("%(help)s Time in %(zone)s.") % {"help": help_text, "zone": zone}
        if "assignee" in self.fields:
            staff = User.objects.filter(is_staff=True, is_active=True) | User.objects.filter(
                pk=self.instance.assignee_id
            )
            self.fields["assignee"].queryset = staff.order_by("first_name", "last_name", "username")  # type: ignore[attr-defined]
            self.initial.setdefault("assignee", self.instance.assignee_id)
        if "answered" in self.fields and self.instance.pk:
            self.fields["answered"].queryset = ErrorReport.objects.open().filter(article=self.instance)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "embargo" in self.changed_data and "scheduled_for" not in self.changed_data:
            self._complain("embargo", embargo_problem(self.instance, cleaned.get("embargo")))
        if "scheduled_for" in self.fields and "scheduled_for" not in self.errors:
            at, embargo = cleaned.get("scheduled_for"), cleaned.get("embargo", self.instance.embargo)
            self._complain("scheduled_for", self._schedule_problem(at, embargo))
        if "correction_note" in self.fields:
            self._complain("correction_note", self._note_problem(cleaned.get("correction_note", "")))
        return cleaned

    def _note_problem(self, note: str) -> str:
        is_asked = "_correct" in self.data
        if is_asked and not note:
            return _("Tell readers what was wrong and what is right.")
        if note and not is_asked:
            return _("Press “Save with a correction” to tell readers, or leave this empty.")
        return ""

    def _complain(self, field: str, problem: str) -> None:
        if problem:
            self.add_error(field, problem)

    def _schedule_problem(self, at: datetime | None, embargo: datetime | None) -> str:
        is_scheduled = self.instance.status == Article.Status.SCHEDULED
        is_asked = "_schedule" in self.data
        if not at:
            if is_asked:
                return _("Choose a date and a time.")
            is_leaving = not is_scheduled or LEAVES_SCHEDULE & self.data.keys()
            return "" if is_leaving else _("Press “Take off the schedule” if it shall not be published by itself.")
        if not is_asked and not is_scheduled:
            return _("Press “Schedule” to publish it then, or leave this empty.")
        if at <= timezone.now() and (is_asked or "scheduled_for" in self.changed_data):
            return _("This time is over.")
        if embargo and at < embargo:
            return _("It is embargoed until %(time)s.") % {"time": newsroom_time(embargo)}
        return ""


def _to_the_minute(moment: datetime | None) -> datetime | None:
    """As the form shows it, so that a time nobody touched is no change."""
    return moment and moment.replace(second=0, microsecond=0)
