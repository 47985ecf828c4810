"""Times as the newsroom says them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def newsroom_time(moment: datetime) -> str:
    """“2 June 2031, 09:30 IST”: the newsroom's own clock, and which one that is."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j F Y, H:i')} {local.tzname()}"


def short_time(moment: datetime) -> str:
    """“2 Jun, 09:30”, with the year where it is another one."""
    local = timezone.localtime(moment)
    is_this_year = local.year == timezone.localtime().year
    return date_format(local, "j M, H:i" if is_this_year else "j M Y, H:i")
