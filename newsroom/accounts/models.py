"""Where somebody is signed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignIn(models.Model):
    """A session of somebody, with what they recognise it by."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    session = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    started = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_seen", "-pk"]
        # It is seen and ended by whose it is, on a page of their own.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}, {self.started:%Y-%m-%d %H:%M}"
