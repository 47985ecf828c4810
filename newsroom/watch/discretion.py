"""What no log and no mail about an error says: passwords, keys, addresses that are secrets, and what somebody sent.

A line of the log is looked through as it is written, whatever wrote it. A mail says where a program failed, not what it
held in hand: that may be a password, or a story under an embargo.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.log import AdminEmailHandler
from django.views.debug import SafeExceptionReporterFilter
from pythonjsonlogger.json import JsonFormatter

WITHHELD = "…"
# Each as something that stays, and what follows it and does not.
PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(/preview/)[^/\s\"'?]+",
        r"(\b[a-z][a-z0-9+.-]*://)[^/\s\"'@]+(?=@)",
        r"(\bauthorization\W{1,6}(?:(?:basic|bearer|token)\s+)?)[^\s\"',]+",
        r"(\b\w*(?:password|passwd|passphrase|secret|token|api_?key|sessionid)\w*\W{0,3}[=:]\s*[\"']?)[^\s\"'&,;)}\]]+",
    )
]
SECRETS = ("SECRET_KEY", "EMAIL_HOST_PASSWORD", "NEWSROOM_BACKUP_KEY", "NEWSROOM_METRICS_TOKEN")
# A shorter one would be found in words that are none.
SHORTEST = 6


def withheld(text: str) -> str:
    """`text` without what is secret in it."""
    for secret in _secrets():
        text = text.replace(secret, WITHHELD)
    for pattern in PATTERNS:
        text = pattern.sub(rf"\1{WITHHELD}", text)
    return text


def _secrets() -> Iterator[str]:
    """The newsroom's own, as they are and as JSON writes them."""
    own = [getattr(settings, name, "") for name in SECRETS]
    own += [*settings.SECRET_KEY_FALLBACKS, *(database.get("PASSWORD", "") for database in settings.DATABASES.values())]
    for secret in own:
        if isinstance(secret, str) and len(secret) >= SHORTEST:
            yield secret
            yield json.dumps(secret)[1:-1]


class Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return withheld(super().format(record))


class Json(JsonFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return withheld(super().format(record))


class Mailed(AdminEmailHandler):
    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        super().send_mail(withheld(str(subject)), withheld(str(message)), *args, **kwargs)


class Reported(SafeExceptionReporterFilter):
    """Of a request that failed: its address and what the browser says of itself, and the names of what was sent."""

    hidden_settings = re.compile("API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE|CSRF", re.IGNORECASE)

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, WITHHELD) if self.is_active(request) else request.POST

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(request.COOKIES, WITHHELD) if request else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return [] if self.is_active(request) else super().get_traceback_frame_variables(request, tb_frame)
