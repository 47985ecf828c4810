"""Beside an article's form: what it lacks before it is published, and notes between colleagues."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.base import editor
from articles.admin.panels import Box, Choice, Panel, Row, panel
from articles.editing.checks import Check, check_article
from articles.editing.desk import add_note, reopen_notes, resolve_notes
from articles.editing.times import newsroom_time
from articles.models import Article, DeskNote

NOTE = "_note"
NOTE_BUTTONS = {"_add_note", "_resolve_note", "_reopen_note"}
CHECKS, NOTES = "checks", "desk-notes"  # keys of the panels


def checks_panel(article: Article) -> Panel:
    """Where the article stands, and what is missing or doubtful, the blocks first, each leading to its place."""
    checks = sorted(check_article(article), key=lambda check: not check.is_block)
    rows = [_status_row(article), *_embargo_rows(article), *(_check_row(check, article) for check in checks)]
    return Panel(CHECKS, _("Where it stands"), len(checks), rows, 1, 1, "", "", "", "")


def _status_row(article: Article) -> Row:
    status, said = Article.Status(article.status), _("Readers do not see it.")
    if article.scheduled_for:
        said = _("It is published by itself on %(time)s.") % {"time": newsroom_time(article.scheduled_for)}
    elif article.is_published and article.released:
        said = _("Readers see it since %(time)s.") % {"time": newsroom_time(article.released)}
    elif article.withdrawn_at:
        said = _("Since %(time)s readers find in its place: %(note)s") % {
            "time": newsroom_time(article.withdrawn_at),
            "note": article.withdrawal_note,
        }
    return Row(label=said, url="", state=status, state_label=str(status.label))


def _embargo_rows(article: Article) -> list[Row]:
    if not article.embargo or not article.is_embargoed:
        return []
    said = _("Nobody can publish it before %(time)s.") % {"time": newsroom_time(article.embargo)}
    return [Row(label=said, url="", state="failed", state_label=_("embargo"))]


def _check_row(check: Check, article: Article) -> Row:
    state, label = ("failed", _("block")) if check.is_block else ("suggested", _("warning"))
    return Row(label=check.message, url=_place(check, article), state=state, state_label=label)


def _place(check: Check, article: Article) -> str:
    if check.place == "byline":
        return "#bylines-group"
    if check.place != "quotations":
        return f"#id_{check.place}"
    return reverse("admin:articles_article_review", args=[article.pk])


def notes_panel(request: HttpRequest, article: Article, *, may_write: bool) -> Panel:
    notes = article.desk_notes.for_panel()
    shown = panel(request, NOTES, _("Notes to the desk"), notes, _note_row, empty=_("Nobody has left a note."))
    if not may_write:
        return replace(shown, rows=[replace(row, choices=[]) for row in shown.rows])
    box = Box(NOTE, _("New note, for colleagues alone"), Choice("_add_note", "1", _("Add the note")), typed(request))
    return replace(shown, box=box)


def _note_row(note: DeskNote) -> Row:
    facts = [str(note.user or _("the program")), newsroom_time(note.made)]
    if note.resolved:
        facts.append(_("resolved by %(name)s") % {"name": note.resolved_by or "–"})
    choice = ("_reopen_note", _("Reopen")) if note.resolved else ("_resolve_note", _("Resolve"))
    return Row(
        label=note.text,
        url="",
        state="" if note.resolved else "suggested",
        state_label="" if note.resolved else _("open"),
        facts=facts,
        choices=[Choice(choice[0], str(note.pk), choice[1])],
    )


def typed(request: HttpRequest) -> str:
    """The note in the box, kept where the form came back with an error."""
    return request.POST.get(NOTE, "").strip()[:2000]


def save_notes(request: HttpRequest, article: Article) -> list[str]:
    """Add, resolve or reopen a note as the form says; returns what was done, in words."""
    said = []
    if typed(request):
        add_note(article, typed(request), user=editor(request))
        said.append(_("The note was added."))
    for button, act in {
        "_resolve_note": lambda notes: resolve_notes(notes, user=editor(request)),
        "_reopen_note": reopen_notes,
    }.items():
        key = request.POST.get(button, "")
        if key.isdecimal() and act(list(article.desk_notes.filter(pk=key))):
            said.append(_("The note is resolved.") if button == "_resolve_note" else _("The note is open again."))
    return said
