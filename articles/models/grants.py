"""What was given to a group of users when the program was set up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grant(models.Model):
    """A permission that a group was given once. It is not given again to a group that lost it since."""

    group = models.CharField(_("group"), max_length=150)
    permission = models.CharField(_("permission"), max_length=200)
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [models.UniqueConstraint(fields=["group", "permission"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.permission}"
