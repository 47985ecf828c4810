"""An archive that comes in: what was asked for, and how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext_lazy as _


class ArchiveRunQuerySet(models.QuerySet["ArchiveRun"]):
    def unfinished(self) -> ArchiveRunQuerySet:
        return self.filter(ended=None)

    def for_list(self) -> ArchiveRunQuerySet:
        """With what became of its stories so far, how many of its parts are done, and when the last one was written."""
        return self.select_related("user").annotate(
            number_of_parts=Count("parts"),
            parts_done=Count("parts", filter=Q(parts__is_done=True)),
            bytes_found=Sum("parts__size", default=0),
            bytes_done=Sum("parts__size", filter=Q(parts__is_done=True), default=0),
            stories=Sum("parts__stories", default=0),
            created=Sum("parts__created", default=0),
            updated=Sum("parts__updated", default=0),
            unchanged=Sum("parts__unchanged", default=0),
            failed=Sum("parts__failed", default=0),
            last_written=Max("parts__written"),
        )


class ArchiveRun(models.Model):
    """One import of files and folders, as long as they may take, with the options that were given."""

    sources = models.JSONField(_("files and folders"), help_text=_("As they were given."))
    options = models.JSONField(_("options"), default=dict, blank=True)
    stories_at_once = models.PositiveSmallIntegerField(_("stories written in one transaction"))
    is_enqueued = models.BooleanField(
        _("for workers"), default=False, help_text=_("Workers on any number of machines take its parts from a queue.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where a command imported it."),
    )
    made = models.DateTimeField(_("begun"), auto_now_add=True)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ArchiveRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of an archive")
        verbose_name_plural = _("imports of archives")
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["-made"], name="archiverun_unfinished", condition=Q(ended__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(stories_at_once__gte=1), name="archiverun_some_stories_at_once")
        ]

    def __str__(self) -> str:
        return ", ".join(self.sources)


class ArchivePart(models.Model):
    """A few files of an archive, or one large one, and how many of their stories are written.

    The count goes up in the transaction that writes the stories: whoever goes on later begins just behind them.
    """

    run = models.ForeignKey(ArchiveRun, verbose_name=_("of"), on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("number"))
    files = models.JSONField(_("files"))
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    stories = models.PositiveIntegerField(_("stories"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    is_done = models.BooleanField(_("done"), default=False)
    written = models.DateTimeField(_("last written"), null=True, blank=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("part of an archive")
        verbose_name_plural = _("parts of archives")
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "number"], name="archivepart_waiting", condition=Q(is_done=False))]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="archivepart_once_a_run"),
            models.CheckConstraint(
                condition=Q(
                    stories=models.F("created") + models.F("updated") + models.F("unchanged") + models.F("failed")
                ),
                name="archivepart_stories_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} · {self.number}"
