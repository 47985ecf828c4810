"""Maps and other drawings, kept so that a page need not draw them again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredDrawing(models.Model):
    """What was drawn for a page, compressed, after a digest of what it shows: another digest, and it is drawn anew."""

    key = models.CharField(_("key"), max_length=40, primary_key=True, help_text=_("“article:12”, “entity:5”"))
    content = models.BinaryField(_("content"))
    made = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("stored drawing")
        verbose_name_plural = _("stored drawings")

    def __str__(self) -> str:
        return self.key
