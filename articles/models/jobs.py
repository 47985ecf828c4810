"""When each scheduled job ran last, on whichever machine."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """The last run of a job; `problem` says why it ended without doing its work."""

    name = models.CharField(_("job"), max_length=40, primary_key=True)
    started = models.DateTimeField(_("started"))
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")

    def __str__(self) -> str:
        return self.name
