"""Until when nobody may publish an article."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing.logbook import about, write_down
from articles.editing.previews import revoke_links
from articles.editing.times import newsroom_time
from articles.models import Article


@transaction.atomic
def set_embargo(article: Article, *, until: datetime | None, user: User | None) -> str:
    """Embargo an article, or lift its embargo; returns why not, empty where it was done.

    Links for previews that were made before it end: whoever has one was not told of the embargo.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    problem = embargo_problem(row, until)
    if problem or row.embargo == until:
        return problem
    write_down(
        about(
            row,
            action="embargo",
            before={"embargo": row.embargo.isoformat() if row.embargo else ""},
            after={"embargo": until.isoformat() if until else ""},
            user=user,
        )
    )
    article.embargo = row.embargo = until
    row.save(update_fields=["embargo", "modified"])
    if row.is_embargoed:
        revoke_links([row], user=user)
    return ""


def embargo_problem(article: Article, until: datetime | None) -> str:
    """Why an article cannot be embargoed until then, in words; empty where it can."""
    if until is None:
        return ""
    if article.is_published and article.released and until > article.released:
        return _("Readers see it already; withdraw it if they should not.")
    if article.scheduled_for and until > article.scheduled_for:
        return _("It is scheduled for %(time)s, before that.") % {"time": newsroom_time(article.scheduled_for)}
    return ""
