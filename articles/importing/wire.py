"""What a source lets be done with its story: embargoes, holds and kills."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.documents.story import Story
from articles.editing.desk import add_note
from articles.editing.embargo import embargo_problem, set_embargo
from articles.editing.moves import carry_out
from articles.editing.withdraw import withdraw
from articles.models import Article

KILLED = "its source canceled it"
WITHHELD = "its source withholds it"


def is_older(article: Article, story: Story) -> bool:
    """Whether the article was made of a later version than this one."""
    return 0 < story.version < article.source_version


def heed_embargo(article: Article, story: Story, *, user: User | None) -> list[str]:
    """Embargo an article as its source asks; says what was not done as asked.

    What a person decided about its embargo stays. An article that would come out before then leaves the schedule.
    """
    until = _moment(story.embargo)
    if until is None or until <= timezone.now() or article.embargo == until:
        return []
    said = f"its source embargoes it until {until.isoformat(timespec='minutes')}"
    if article.decisions.filter(action="embargo", user__isnull=False).exists():
        return [f"{said}; an editor decided about its embargo"]
    if article.scheduled_for and article.scheduled_for < until:
        carry_out([article], "hold", user=None, why=said)
    problem = embargo_problem(article, until)
    if problem:
        add_note(article, _("Its source embargoes it: %(problem)s") % {"problem": problem}, user=None)
        return [f"{said}; {problem}"]
    set_embargo(article, until=until, user=user)
    return []


def heed_status(article: Article, story: Story, *, user: User | None) -> list[str]:
    """Withdraw what the source canceled or withholds, and keep it from being published; or let it go again.

    An article that an editor said to be usable all the same stays, with a note to the desk.
    """
    status = Article.SourceStatus(story.status)
    if article.source_status == status:
        return []
    if status == Article.SourceStatus.USABLE:
        _say(article, status)
        return []
    said = WITHHELD if status == Article.SourceStatus.WITHHELD else KILLED
    note = _note(status, story)
    add_note(article, note, user=None)
    if "source_status" in article.edited_fields:
        return [f"{said}; an editor said that it may be used"]
    if article.is_published:
        withdraw(article, note=_("Its source withdrew this article."), user=user)
        article.refresh_from_db()
        said += ": it was withdrawn"
    elif article.scheduled_for:
        carry_out([article], "hold", user=None, why=note)
    _say(article, status)
    return [said]


def _say(article: Article, status: Article.SourceStatus) -> None:
    article.source_status = status
    article.save(update_fields=["source_status", "modified"])


def _note(status: Article.SourceStatus, story: Story) -> str:
    said = (
        _("Its source canceled this article.")
        if status == Article.SourceStatus.CANCELED
        else _("Its source withholds this article.")
    )
    return f"{said} {story.instructions}".strip()


def _moment(until: datetime | None) -> datetime | None:
    return until if until is None or until.tzinfo else timezone.make_aware(until)
