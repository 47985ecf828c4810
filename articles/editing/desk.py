"""What colleagues tell each other about an article: whose it is, by when, and notes. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.logbook import about, write_down
from articles.models import Article, DeskNote


@transaction.atomic
def assign(article: Article, *, assignee: User | None, due: datetime | None, user: User | None) -> None:
    before = {"assignee": _name(article.assignee), "due": _time(article.due)}
    article.assignee, article.due = assignee, due
    article.save(update_fields=["assignee", "due", "modified"])
    write_down(
        about(
            article,
            action="assign",
            before=before,
            after={"assignee": _name(assignee), "due": _time(due)},
            user=user,
        )
    )


@transaction.atomic
def add_note(article: Article, text: str, *, user: User | None) -> DeskNote:
    """Write a note to the desk; `user` is None where the program writes it."""
    return DeskNote.objects.create(article=article, text=text.strip(), user=user)


@transaction.atomic
def resolve_notes(notes: Iterable[DeskNote], *, user: User | None) -> int:
    keys = [note.pk for note in notes]
    return DeskNote.objects.open().filter(pk__in=keys).update(resolved=timezone.now(), resolved_by=user)


@transaction.atomic
def reopen_notes(notes: Iterable[DeskNote]) -> int:
    keys = [note.pk for note in notes]
    return DeskNote.objects.filter(pk__in=keys).exclude(resolved=None).update(resolved=None, resolved_by=None)


def _name(user: User | None) -> str:
    return user.get_username() if user else ""


def _time(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
