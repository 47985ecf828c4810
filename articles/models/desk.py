"""What colleagues write about an article to each other, and readers to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.corrections import Correction


class DeskNoteQuerySet(models.QuerySet["DeskNote"]):
    def open(self) -> DeskNoteQuerySet:
        return self.filter(resolved=None)

    def for_panel(self) -> DeskNoteQuerySet:
        """The open ones first, each group from the latest on."""
        return self.select_related("user", "resolved_by").order_by(
            models.F("resolved").desc(nulls_first=True), "-made", "-pk"
        )


class DeskNote(models.Model):
    """A note beside an article, for colleagues alone."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="desk_notes")
    text = models.TextField(_("text"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where the program wrote it."),
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = DeskNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk note")
        verbose_name_plural = _("desk notes")
        ordering = ["-made", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="desknote_text_given")]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> ErrorReportQuerySet:
        return self.filter(state=ErrorReport.State.OPEN)


class ErrorReport(models.Model):
    """A reader says that an article is wrong."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        HANDLED = "handled", _("handled")
        DISMISSED = "dismissed", _("dismissed")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="error_reports"
    )
    passage = models.TextField(_("passage"), blank=True, help_text=_("The words of the article that are wrong."))
    message = models.TextField(_("message"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("email"), blank=True, help_text=_("Never shown to readers."))
    made = models.DateTimeField(_("made"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    handled = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: what became of it."))
    correction = models.ForeignKey(
        Correction,
        verbose_name=_("correction"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="error_reports",
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["state", "-made"], name="errorreport_state_made")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "handled", "dismissed"]), name="errorreport_state_known"
            ),
            models.CheckConstraint(condition=~Q(message=""), name="errorreport_message_given"),
            models.CheckConstraint(
                condition=Q(state="open", handled__isnull=True) | (~Q(state="open") & Q(handled__isnull=False)),
                name="errorreport_handled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.message).chars(80)
