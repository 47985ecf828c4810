"""Beside an article's form: where its source says something else than the desk, each with a button to take it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.admin.base import RecordAdmin, editor
from articles.admin.panels import Choice, Panel, Row
from articles.editing.sourced import Differing, NotTaken, differing, take_from_source
from articles.models import Article

TAKE = "_take_source"
EVERYTHING = "all"
# Where the form has a field, if not in a box of its own.
ANCHORS = {"byline": "#bylines-group"}
LONGEST = 400  # characters of the source's words beside the form


def source_panel(article: Article, *, may_take: bool) -> Panel:
    """The fields that an editor typed and of which the source says something else."""
    found = differing(article)
    rows = [_row(each, may_take=may_take) for each in found]
    every = [Choice(TAKE, EVERYTHING, _("Take all from the source"))] if may_take and len(rows) > 1 else []
    title = _("The source says otherwise")
    return Panel("source", title, len(rows), rows, 1, 1, "", "", "", _("Nothing differs."), choices=every)


def _row(found: Differing, *, may_take: bool) -> Row:
    said = Truncator(found.theirs).chars(LONGEST) if found.theirs else _("nothing")
    choices = [Choice(TAKE, found.field, _("Take the source’s"))] if may_take else []
    place = ANCHORS.get(found.field, f"#id_{found.field}")
    return Row(label=found.label[:1].upper() + found.label[1:], url=place, evidence=said, choices=choices)


def take_asked(request: HttpRequest, article: Article, admin: RecordAdmin) -> list[str]:
    """Take what the button says from the source, and say so; returns the fields."""
    asked = request.POST[TAKE]
    fields = [each.field for each in differing(article)] if asked == EVERYTHING else [asked]
    try:
        taken = take_from_source(article, fields, user=editor(request))
    except NotTaken as error:
        admin.message_user(request, str(error), messages.ERROR)
        return []
    if taken:
        said = _("Taken from the source. Newer versions of the story change it again.")
        admin.message_user(request, said, messages.SUCCESS)
    else:
        admin.message_user(request, _("The source says nothing else."), messages.INFO)
    return taken
