"""What the hub has still to be told of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HubNews(models.Model):
    """Readers see something anew, `keys` say what; here until the hub knows that the feeds with it have news."""

    keys = models.JSONField(_("keys"), default=list)
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("news for the hub")
        verbose_name_plural = _("news for the hub")

    def __str__(self) -> str:
        return f"{self.made:%H:%M:%S} {self.keys}"
