"""What becomes of the errors that readers report. Each call is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.logbook import about, write_down
from articles.models import Correction, ErrorReport


@transaction.atomic
def settle(
    reports: Iterable[ErrorReport],
    *,
    state: ErrorReport.State,
    user: User | None,
    correction: Correction | None = None,
) -> int:
    """Mark reports as handled or dismissed, or open them again; returns how many changed."""
    keys = [report.pk for report in reports]
    held = ErrorReport.objects.select_for_update(of=("self",)).select_related("article")
    rows = list(held.filter(pk__in=keys).exclude(state=state))
    batch, now = uuid.uuid4(), timezone.now()
    is_open = state == ErrorReport.State.OPEN
    ErrorReport.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state,
        handled=None if is_open else now,
        handled_by=None if is_open else user,
        correction=correction,
    )
    write_down(
        *(
            about(
                row.article,
                batch=batch,
                action="settle-report",
                before={"report": row.pk, "state": row.state},
                after={"report": row.pk, "state": state},
                user=user,
            )
            for row in rows
        )
    )
    return len(rows)
